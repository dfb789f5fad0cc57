"""Objections over JSON, for those who handle them; who raised one is asked for separately and on the record."""

from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.notices import day
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    ActionOut,
    BlockerOut,
    Moment,
    NominationId,
    NoticeId,
    NoticeItemId,
    ObjectionId,
    Page,
    Shape,
    Tagged,
)
from app.db.tables.supervision import ObjectionStep
from app.domain.objection import Channel, IdentityKind, ObjectionStage, Timeliness
from app.http import Read, Write
from app.services import objection_intake, objections
from app.services.inputs.objections import (
    DismissalApproval,
    IdentityOpening,
    ObjectionRecord,
    ObjectionStepIn,
)
from app.services.objection_views import ObjectionView

routes = router("objections")

Objection = Annotated[ObjectionId, Path(description="The objection.")]


class ObjectionHeadOut(Tagged):
    """An objection in a list."""

    id: ObjectionId
    code: str = Field(max_length=40, examples=["YY-2026-1A2B3C4D"])
    notice_id: NoticeId
    item_id: NoticeItemId
    nomination_id: NominationId
    window_name: str = Field(max_length=100, examples=["西湖区社会保险服务大厅"])
    channel: Channel = Field(examples=["WEB"])
    identity_kind: IdentityKind = Field(examples=["ANONYMOUS"])
    timeliness: Timeliness = Field(examples=["IN_TIME"])
    stage: ObjectionStage = Field(examples=["RECEIVED"])
    blocking: bool = Field(description="Whether it holds its nominee now.", examples=[True])
    received_at: Moment
    effective_on: str = Field(
        max_length=10, description="The day it counts as made.", examples=["2026-09-16"]
    )
    due_on: str = Field(max_length=10, examples=["2026-09-21"])
    handler_id: str = Field(max_length=40, description="Empty until assigned.", examples=[""])

    @classmethod
    def of(cls, row: objections.Row) -> "ObjectionHeadOut":
        return cls(**_head(row))


class ObjectionStepOut(Shape):
    """One act on an objection."""

    action: str = Field(max_length=40, examples=["ACCEPT"])
    from_stage: ObjectionStage = Field(examples=["RECEIVED"])
    to_stage: ObjectionStage = Field(examples=["ACCEPTED"])
    at: Moment
    actor: str = Field(max_length=80, examples=["person:0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"])
    note: str = Field(max_length=2000, examples=[""])

    @classmethod
    def of(cls, row: ObjectionStep) -> "ObjectionStepOut":
        return cls.model_validate(row, from_attributes=True)


class ObjectionOut(ObjectionHeadOut):
    """An objection as its officers see it, without who raised it."""

    has_leads: bool = Field(examples=[True])
    content: str = Field(max_length=5000, examples=["该窗口申报的群众满意率与实际不符。"])
    sent_on: str = Field(max_length=10, examples=[""])
    arrived_on: str = Field(max_length=10, examples=[""])
    extended: bool = Field(examples=[False])
    result: str = Field(max_length=40, description="Empty until concluded.", examples=[""])
    finding: str = Field(max_length=5000, examples=[""])
    act: str = Field(max_length=40, description="Empty until acted on.", examples=[""])
    act_reason: str = Field(max_length=1000, examples=[""])
    dismissal_approved: bool = Field(examples=[False])
    replied_on: str = Field(max_length=10, examples=[""])
    reply: str = Field(max_length=500, examples=[""])
    steps: list[ObjectionStepOut] = Field(max_length=500)
    actions: list[ActionOut] = Field(max_length=20)

    @classmethod
    def whole(cls, view: ObjectionView) -> "ObjectionOut":
        row = view.objection
        same = ("has_leads", "content", "extended", "finding", "act_reason")
        return cls(
            **_head(view.row),
            **{name: getattr(row, name) for name in same},
            sent_on=day(row.sent_on),
            arrived_on=day(row.arrived_on),
            result=row.result.value if row.result else "",
            act=row.act.value if row.act else "",
            dismissal_approved=bool(row.act_approved_by),
            replied_on=day(row.replied_on),
            reply=row.public_summary,
            steps=[ObjectionStepOut.of(one) for one in view.steps],
            actions=[
                ActionOut(
                    action=a.action, permitted=a.permitted, blockers=[BlockerOut.of(r) for r in a.reasons]
                )
                for a in view.actions
            ],
        )


class ObjectorOut(Shape):
    """Who raised the objection; this answer is never kept for a retry."""

    name: str = Field(max_length=200, examples=["某某"])
    contact: str = Field(max_length=200, examples=["0571-85110001"])


def _head(row: objections.Row) -> dict[str, Any]:
    one = row.objection
    same = (
        "id",
        "code",
        "notice_id",
        "nomination_id",
        "channel",
        "identity_kind",
        "timeliness",
        "stage",
        "blocking",
        "received_at",
    )
    return {name: getattr(one, name) for name in same} | {
        "etag": etag(one.row_version),
        "item_id": one.notice_item_id,
        "window_name": str(row.item.snapshot.get("window_name", "")),
        "effective_on": day(one.effective_on),
        "due_on": day(one.due_on),
        "handler_id": f"per_{one.handler_id.hex}" if one.handler_id else "",
    }


@routes.get(
    "/objections",
    operation_id="listObjections",
    summary="List objections",
    openapi_extra=about("列出异议", "objection:read"),
)
def list_objections(
    ctx: Read,
    paging: Listing,
    nomination_id: Annotated[
        NominationId | SkipJsonSchema[None], Query(description="Only about this one.")
    ] = None,
    stage: Annotated[ObjectionStage | SkipJsonSchema[None], Query(description="Only at this stage.")] = None,
) -> Page[ObjectionHeadOut]:
    """Objections one's own units handle, newest first."""
    found = objections.listed(
        ctx, stage=stage, nomination_id=nomination_id, after=paging.after, limit=paging.limit
    )
    return listing.page(paging, found, ObjectionHeadOut.of, lambda row: row.objection.id.hex)


@routes.post(
    "/objections",
    operation_id="recordObjection",
    summary="Record an objection that came by telephone, letter or visit",
    status_code=201,
    responses=declared(
        "OBJECTOR_MISSING",
        "OBJECTOR_NOT_ANONYMOUS",
        "POSTMARK_IMPOSSIBLE",
        "RECEIVED_IN_FUTURE",
        "NOTICE_NOT_PUBLISHED",
        "NOT_FOUND",
    ),
    openapi_extra=about("登记异议", "objection:record"),
)
def record_objection(ctx: Write, response: Response, body: ObjectionRecord) -> ObjectionOut:
    """Taken down by staff; a letter counts from the postmark that the notice's rule names."""
    row = objection_intake.record(ctx, body)
    return tagged(
        response, ObjectionOut.whole(objections.shown(ctx, row.id)), f"/api/v1/objections/obj_{row.id.hex}"
    )


@routes.get(
    "/objections/{objection_id}",
    operation_id="getObjection",
    summary="Show an objection",
    openapi_extra=about("查看异议", "objection:read"),
)
def get_objection(ctx: Read, response: Response, objection_id: Objection) -> ObjectionOut:
    """One objection, its steps, and what may be done; never who raised it."""
    return tagged(response, ObjectionOut.whole(objections.shown(ctx, objection_id)))


@routes.post(
    "/objections/{objection_id}/transitions",
    operation_id="transitionObjection",
    summary="Take an objection's next step",
    responses=declared(
        "TRANSITION_NOT_ALLOWED",
        "OBJECTION_LATE",
        "OBJECTION_ANONYMOUS",
        "OBJECTION_OFF_TOPIC",
        "OBJECTION_MUST_BE_ACCEPTED",
        "HANDLER_MISSING",
        "HANDLER_NOT_ABLE",
        "HANDLER_PREPARED_IT",
        "RECUSAL",
        "NOT_THE_HANDLER",
        "EXTENSION_USED",
        "DUE_DATE_NOT_LATER",
        "NOTHING_TO_ACT_ON",
        "ACT_MISSING",
        "DISMISSAL_NOT_APPROVED",
        "SAME_PERSON",
        "NOBODY_TO_REPLY_TO",
        "REPLY_MISSING",
        "NOTICE_ITEM_MOVED_ON",
        "REVOCATION_FIRST",
        "VETO_UNKNOWN",
        "FACT_DATE_MISSING",
        "CALENDAR_YEAR_MISSING",
    ),
    openapi_extra=about("办理异议"),
)
def transition_objection(
    ctx: Write, response: Response, objection_id: Objection, body: ObjectionStepIn, version: IfMatch
) -> ObjectionOut:
    """Assign, screen, investigate, conclude, act, answer, close, reopen. What is upheld is carried out with its record."""
    row = objections.act(ctx, objection_id, body, version)
    return tagged(response, ObjectionOut.whole(objections.shown(ctx, row.id)))


@routes.post(
    "/objections/{objection_id}/dismissal-approvals",
    operation_id="approveDismissal",
    summary="Approve that an upheld objection does not cost the place",
    status_code=201,
    responses=declared("SAME_PERSON", "NOTHING_TO_ACT_ON"),
    openapi_extra=about("批准维持推荐", "objection:approve_dismissal"),
)
def approve_dismissal(
    ctx: Write, response: Response, objection_id: Objection, body: DismissalApproval, version: IfMatch
) -> ObjectionOut:
    """Given one level up, by somebody else than the handler."""
    row = objections.approve_dismissal(ctx, objection_id, body, version)
    return tagged(
        response, ObjectionOut.whole(objections.shown(ctx, row.id)), f"/api/v1/objections/obj_{row.id.hex}"
    )


@routes.post(
    "/objections/{objection_id}/identity-openings",
    operation_id="openObjectorIdentity",
    summary="Read who raised an objection",
    status_code=201,
    responses=declared("IDENTITY_NOT_GIVEN", "IDENTITY_KEY_UNKNOWN", "SECRET_SHOWN_ONCE", "PERSON_NEEDED"),
    openapi_extra=about("开启异议人身份", "objection:identity"),
)
def open_identity(ctx: Write, objection_id: Objection, body: IdentityOpening) -> ObjectorOut:
    """The handler or a discipline officer reads the sealed name, for a reason that stays on the record."""
    found = objections.open_identity(ctx, objection_id, body)
    return ObjectorOut(name=found.name, contact=found.contact)
