"""The objections desk: one screen for each act."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.domain.objection import Channel, IdentityKind, ObjectionAct, ObjectionAction, ObjectionResult
from app.http import Read, Write
from app.services import notices, objection_handlers, objection_intake, objections
from app.services.inputs import objections as inputs
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
INPUTS: dict[ObjectionAction, Any] = {
    ObjectionAction.ASSIGN: inputs.ObjectionAssign,
    ObjectionAction.ACCEPT: inputs.ObjectionAccept,
    ObjectionAction.DECLINE: inputs.ObjectionDecline,
    ObjectionAction.INVESTIGATE: inputs.ObjectionInvestigate,
    ObjectionAction.EXTEND: inputs.ObjectionExtend,
    ObjectionAction.CONCLUDE: inputs.ObjectionConclude,
    ObjectionAction.ACT: inputs.ObjectionActOn,
    ObjectionAction.REPLY: inputs.ObjectionReply,
    ObjectionAction.CLOSE: inputs.ObjectionClose,
    ObjectionAction.REOPEN: inputs.ObjectionReopen,
}


@routes.get("/objections")
def list_objections(ctx: Read, request: Request, cursor: str = "") -> Response:
    """Objections of one's own units, newest first."""
    after = parsed("obj", cursor).hex if cursor else ""
    found = objections.listed(ctx, after=after, limit=50)
    more = shown("obj", found[49].objection.id) if len(found) > 50 else ""
    rows = [(shown("obj", row.objection.id), row) for row in found[:50]]
    return render(request, "objections/list.html", rows=rows, more=more)


@routes.get("/objections/{objection_id}")
def show_objection(ctx: Read, request: Request, objection_id: str) -> Response:
    view = objections.shown(ctx, parsed("obj", objection_id))
    notice_id = shown("ntc", view.objection.notice_id)
    return render(
        request, "objections/show.html", view=view, id=objection_id, notice_id=notice_id, opened=None
    )


@routes.get("/notices/{notice_id}/record-objection")
def record_form(ctx: Read, request: Request, notice_id: str) -> Response:
    view = notices.shown(ctx, parsed("ntc", notice_id))
    items = [(shown("nti", one.item.id), one.item.snapshot["window_name"]) for one in view.items]
    kinds, channels = [kind.value for kind in IdentityKind], [channel.value for channel in Channel]
    return render(
        request, "objections/record.html", items=items, id=notice_id, kinds=kinds, channels=channels
    )


@routes.post("/notices/{notice_id}/record-objection")
def record(ctx: Write, request: Request, notice_id: str, fields: Posted) -> Response:  # noqa: ARG001  (the twin's address)
    row = objection_intake.record(ctx, fields.to(inputs.ObjectionRecord))
    return go(request, f"/objections/{shown('obj', row.id)}", "异议已登记。")


@routes.get("/objections/{objection_id}/open-identity")
def identity_form(ctx: Read, request: Request, objection_id: str) -> Response:
    return _act_page(ctx, request, objection_id, "OPEN_IDENTITY")


@routes.post("/objections/{objection_id}/open-identity")
def open_identity(ctx: Write, request: Request, objection_id: str, fields: Posted) -> Response:
    """The name is on this answer only."""
    opened = objections.open_identity(ctx, parsed("obj", objection_id), fields.to(inputs.IdentityOpening))
    view = objections.shown(ctx, parsed("obj", objection_id))
    notice_id = shown("ntc", view.objection.notice_id)
    return render(
        request, "objections/show.html", view=view, id=objection_id, notice_id=notice_id, opened=opened
    )


@routes.get("/objections/{objection_id}/approve-dismissal")
def approval_form(ctx: Read, request: Request, objection_id: str) -> Response:
    return _act_page(ctx, request, objection_id, "APPROVE_DISMISSAL")


@routes.post("/objections/{objection_id}/approve-dismissal")
def approve(ctx: Write, request: Request, objection_id: str, fields: Posted) -> Response:
    body = fields.to(inputs.DismissalApproval)
    objections.approve_dismissal(ctx, parsed("obj", objection_id), body, fields.version)
    return go(request, f"/objections/{objection_id}", "已批准维持推荐。")


@routes.get("/objections/{objection_id}/{slug}")
def act_form(ctx: Read, request: Request, objection_id: str, slug: str) -> Response:
    return _act_page(ctx, request, objection_id, _action(slug).value)


@routes.post("/objections/{objection_id}/{slug}")
def act(ctx: Write, request: Request, objection_id: str, slug: str, fields: Posted) -> Response:
    action = _action(slug)
    body = fields.to(INPUTS[action], action=action.value)
    objections.act(ctx, parsed("obj", objection_id), body, fields.version)
    return go(request, f"/objections/{objection_id}", "已办理。", act=("objection_action", action))


def _action(slug: str) -> ObjectionAction:
    try:
        return ObjectionAction(slug.replace("-", "_").upper())
    except ValueError:
        raise Refusal("NOT_FOUND") from None


def _act_page(ctx: Read, request: Request, objection_id: str, action: str) -> Response:
    view = objections.shown(ctx, parsed("obj", objection_id))
    people = objection_handlers.handlers(ctx, view.objection) if action == ObjectionAction.ASSIGN else []
    options = [(shown("per", one.id), one.name) for one in people]
    choices: dict[str, Any] = {
        "results": [r.value for r in ObjectionResult],
        "acts": [a.value for a in ObjectionAct],
    }
    return render(
        request, "objections/act.html", view=view, id=objection_id, action=action, people=options, **choices
    )
