"""Notices over JSON."""

from datetime import date
from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    ActionOut,
    BlockerOut,
    CampaignId,
    Moment,
    NominationId,
    NoticeId,
    NoticeItemId,
    OrganizationId,
    Page,
    Shape,
    Tagged,
)
from app.db.tables.supervision import NoticeChange, PublicNotice
from app.domain.levels import Level
from app.domain.notice import ItemOutcome, NoticeStage, NoticeState
from app.http import Read, Write
from app.packs.supervision import NoticeChannel
from app.services import notice_acts, notices
from app.services.inputs.notices import NoticeAct, NoticeDraft, OutageRecord

routes = router("notices")

Notice = Annotated[NoticeId, Path(description="The notice.")]


def day(value: date | None) -> str:
    """An optional day on the wire: empty when there is none."""
    return value.isoformat() if value else ""


class NoticeHeadOut(Tagged):
    """A notice in a list."""

    id: NoticeId
    campaign_id: CampaignId
    issuer_id: OrganizationId
    level: Level = Field(examples=["MUNICIPAL"])
    round: int = Field(ge=1, le=99, examples=[1])
    code: str = Field(max_length=40, description="Empty until published.", examples=["GS-2026-4C1D2E3F"])
    title: str = Field(max_length=200, examples=["优质服务窗口推荐对象公示"])
    stage: NoticeStage = Field(examples=["PUBLISHED"])
    publish_on: str = Field(
        max_length=10, description="First day; empty until published.", examples=["2026-09-14"]
    )
    last_day: str = Field(max_length=10, description="It ends at 24:00 of this day.", examples=["2026-09-21"])

    @classmethod
    def of(cls, row: PublicNotice) -> "NoticeHeadOut":
        return cls(**_head(row))


class NoticeChannelOut(Shape):
    """Where the notice appears."""

    channel: NoticeChannel = Field(examples=["WEBSITE"])
    detail: str = Field(max_length=200, examples=["市局门户网站"])


class NoticeItemOut(Shape):
    """One nominee as the notice shows it."""

    id: NoticeItemId
    nomination_id: NominationId
    position: int = Field(ge=0, le=1000, examples=[0])
    window_name: str = Field(max_length=100, examples=["西湖区社会保险服务大厅"])
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    city: str = Field(max_length=40, examples=["杭州市"])
    window_type: str = Field(max_length=100, examples=["社会保险经办"])
    merits: str = Field(max_length=2000, examples=["一窗受理，群众满意率高。"])
    outcome: ItemOutcome = Field(examples=["RUNNING"])
    removed_reason: str = Field(max_length=500, examples=[""])


class NoticeChangeOut(Shape):
    """What was changed after publication."""

    kind: str = Field(max_length=20, examples=["EXTEND"])
    at: Moment
    reason: str = Field(max_length=1000, examples=["网站故障。"])
    text: str = Field(max_length=1000, description="Of an erratum.", examples=[""])
    old_last_day: str = Field(max_length=10, examples=["2026-09-21"])
    new_last_day: str = Field(max_length=10, examples=["2026-09-23"])

    @classmethod
    def of(cls, row: NoticeChange) -> "NoticeChangeOut":
        return cls(
            kind=row.kind,
            at=row.created_at,
            reason=row.reason,
            text=str(row.detail.get("text", "")),
            old_last_day=day(row.old_last_day),
            new_last_day=day(row.new_last_day),
        )


class NoticeOut(NoticeHeadOut):
    """A notice as its officers see it."""

    state: NoticeState = Field(examples=["RUNNING"])
    basis: str = Field(max_length=1000, examples=["浙劳社〔2026〕1号"])
    body: str = Field(max_length=5000, examples=["拟推荐下列窗口。"])
    channels: list[NoticeChannelOut] = Field(max_length=10)
    contact_office: str = Field(max_length=100, examples=["市局监察室"])
    contact_phone: str = Field(max_length=60, examples=["0571-85110000"])
    contact_email: str = Field(max_length=100, examples=["jiancha@example.gov.cn"])
    contact_address: str = Field(max_length=200, examples=["杭州市中河中路1号"])
    contact_postcode: str = Field(max_length=10, examples=["310001"])
    reception_hours: str = Field(max_length=100, examples=["工作日 8:30—17:30"])
    ends_at: str = Field(
        max_length=40,
        description="Exclusive instant; empty until published.",
        examples=["2026-09-21T16:00:00+00:00"],
    )
    calendar_source: str = Field(max_length=200, examples=["国务院办公厅关于2026年部分节假日安排的通知"])
    content_hash: str = Field(max_length=80, examples=["sha256:9f86d081884c7d65"])
    superseded_by: str = Field(max_length=40, description="The next round, if there is one.", examples=[""])
    items: list[NoticeItemOut] = Field(max_length=200)
    changes: list[NoticeChangeOut] = Field(max_length=1000)
    actions: list[ActionOut] = Field(max_length=20)

    @classmethod
    def whole(cls, view: notices.NoticeView) -> "NoticeOut":
        row = view.notice
        return cls(
            **_head(row),
            **{name: getattr(row, name) for name in notices.FIELDS if name != "title"},
            state=view.state,
            channels=[NoticeChannelOut.model_validate(one) for one in row.channels],
            ends_at=row.ends_at.isoformat() if row.ends_at else "",
            calendar_source=row.calendar_source,
            content_hash=row.content_hash,
            superseded_by=f"ntc_{view.superseded_by.hex}" if view.superseded_by else "",
            items=[_item(one) for one in view.items],
            changes=[NoticeChangeOut.of(one) for one in view.changes],
            actions=[
                ActionOut(
                    action=a.action, permitted=a.permitted, blockers=[BlockerOut.of(r) for r in a.reasons]
                )
                for a in view.actions
            ],
        )


def _head(row: PublicNotice) -> dict[str, Any]:
    same = ("id", "campaign_id", "level", "round", "title", "stage")
    return {name: getattr(row, name) for name in same} | {
        "etag": etag(row.row_version),
        "issuer_id": row.issuer_org_id,
        "code": row.code or "",
        "publish_on": day(row.publish_on),
        "last_day": day(row.last_day),
    }


def _item(one: notices.ItemView) -> NoticeItemOut:
    said = one.item.snapshot
    return NoticeItemOut(
        id=one.item.id,
        nomination_id=one.item.nomination_id,
        position=one.item.position,
        outcome=one.outcome,
        removed_reason=one.item.removed_reason,
        **{
            name: str(said.get(name, ""))
            for name in ("window_name", "sponsor", "city", "window_type", "merits")
        },
    )


@routes.get(
    "/notices",
    operation_id="listNotices",
    summary="List notices",
    openapi_extra=about("列出公示", "notice:read"),
)
def list_notices(
    ctx: Read,
    paging: Listing,
    campaign_id: Annotated[
        CampaignId | SkipJsonSchema[None], Query(description="Only of this campaign.")
    ] = None,
    stage: Annotated[NoticeStage | SkipJsonSchema[None], Query(description="Only at this stage.")] = None,
) -> Page[NoticeHeadOut]:
    """Notices of one's own units, newest first."""
    found = notices.listed(ctx, campaign_id=campaign_id, stage=stage, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, NoticeHeadOut.of, lambda row: row.id.hex)


@routes.post(
    "/campaigns/{campaign_id}/notices",
    operation_id="draftNotice",
    summary="Draft a notice",
    status_code=201,
    responses=declared("NOTICE_ITEM_NOT_READY", "NOTICE_ITEM_FOREIGN", "NOTICE_ITEM_TWICE"),
    openapi_extra=about("拟定公示", "notice:draft"),
)
def draft_notice(ctx: Write, response: Response, campaign_id: CampaignId, body: NoticeDraft) -> NoticeOut:
    """The organising unit lists its cleared nominees; a second person reviews and publishes."""
    row = notices.draft(ctx, campaign_id, body)
    return tagged(response, NoticeOut.whole(notices.view(ctx, row)), f"/api/v1/notices/ntc_{row.id.hex}")


@routes.get(
    "/notices/{notice_id}",
    operation_id="getNotice",
    summary="Show a notice",
    openapi_extra=about("查看公示", "notice:read"),
)
def get_notice(ctx: Read, response: Response, notice_id: Notice) -> NoticeOut:
    """A notice with its nominees, what was changed, and what may be done now."""
    return tagged(response, NoticeOut.whole(notices.shown(ctx, notice_id)))


@routes.patch(
    "/notices/{notice_id}",
    operation_id="editNotice",
    summary="Change a draft",
    responses=declared(
        "NOTICE_NOT_EDITABLE", "NOTICE_ITEM_NOT_READY", "NOTICE_ITEM_FOREIGN", "NOTICE_ITEM_TWICE"
    ),
    openapi_extra=about("修改公示稿", "notice:draft"),
)
def edit_notice(
    ctx: Write, response: Response, notice_id: Notice, body: NoticeDraft, version: IfMatch
) -> NoticeOut:
    """Replace the text and the list of a draft."""
    row = notices.edit(ctx, notice_id, body, version)
    return tagged(response, NoticeOut.whole(notices.view(ctx, row)))


@routes.post(
    "/notices/{notice_id}/transitions",
    operation_id="transitionNotice",
    summary="Take a notice's next step",
    responses=declared(
        "TRANSITION_NOT_ALLOWED",
        "SAME_PERSON",
        "PII_IN_NOTICE",
        "NOTICE_CONTENT_MISSING",
        "NOTICE_EMPTY",
        "NOTICE_CHANNEL_MISSING",
        "NOTICE_ITEM_NOT_READY",
        "NOTICE_PERIOD_TOO_SHORT",
        "CALENDAR_YEAR_MISSING",
        "PUBLISH_DATE_PAST",
        "NOTICE_CLOSED",
        "NOTICE_STILL_RUNNING",
        "NOTICE_NOT_BEGUN",
        "NOTICE_ALREADY_PUBLIC",
        "EXTENSION_NOT_LATER",
        "ERRATUM_HAS_EFFECT",
        "NOTICE_ITEM_NOT_LISTED",
        "NOTICE_ITEM_MOVED_ON",
        "OBJECTION_OPEN",
        "CAMPAIGN_SUSPENDED",
    ),
    openapi_extra=about("办理公示"),
)
def transition_notice(
    ctx: Write, response: Response, notice_id: Notice, body: NoticeAct, version: IfMatch
) -> NoticeOut:
    """Review, publish, extend, correct, take back or conclude; nominees move with the notice."""
    row = notice_acts.act(ctx, notice_id, body, version)
    return tagged(response, NoticeOut.whole(notices.view(ctx, row)))


@routes.post(
    "/notices/{notice_id}/outages",
    operation_id="recordOutage",
    summary="Record an outage of the public page",
    status_code=201,
    responses=declared("OUTAGE_IMPOSSIBLE", "NOTICE_NOT_PUBLISHED", "CALENDAR_YEAR_MISSING"),
    openapi_extra=about("登记公示故障", "notice:extend"),
)
def record_outage(
    ctx: Write, response: Response, notice_id: Notice, body: OutageRecord, version: IfMatch
) -> NoticeOut:
    """More than four hours of working time lost make the notice longer by the working days they fell on."""
    row = notice_acts.record_outage(ctx, notice_id, body, version)
    return tagged(response, NoticeOut.whole(notices.view(ctx, row)), f"/api/v1/notices/ntc_{row.id.hex}")
