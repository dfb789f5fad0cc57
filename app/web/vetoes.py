"""Veto findings as pages, for the discipline officer."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.domain.veto import FindingAction
from app.http import Read, Write
from app.services import declarations, nomination_views, vetoes
from app.services.inputs import vetoes as inputs
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
INPUTS: dict[FindingAction, Any] = {
    FindingAction.VERIFY: inputs.FindingVerify,
    FindingAction.CONFIRM: inputs.FindingConfirm,
    FindingAction.DISMISS: inputs.FindingDismiss,
}


@routes.get("/veto-findings")
def list_findings(ctx: Read, request: Request, cursor: str = "") -> Response:
    """Findings of one's own units, newest first."""
    found = vetoes.listed(ctx, after=parsed("vet", cursor).hex if cursor else "", limit=50)
    more = shown("vet", found[49][0].id) if len(found) > 50 else ""
    rows = [(shown("vet", row[0].id), row) for row in found[:50]]
    return render(request, "vetoes/list.html", rows=rows, more=more, names=vetoes.names())


@routes.get("/nominations/{nomination_id}/record-veto")
def record_form(ctx: Read, request: Request, nomination_id: str) -> Response:
    """The items in force in the case's campaign."""
    ctx.actor.require_anywhere("veto:record")
    view = nomination_views.shown(ctx, parsed("nom", nomination_id))
    lines = declarations.view(ctx, view.nomination).lines
    items = [(line.veto.code, line.veto.text_zh, line.veto.text_en) for line in lines]
    return render(request, "vetoes/record.html", id=nomination_id, items=items, window=view.row.window.name)


@routes.post("/nominations/{nomination_id}/record-veto")
def record(ctx: Write, request: Request, nomination_id: str, fields: Posted) -> Response:
    row = vetoes.record(ctx, parsed("nom", nomination_id), fields.to(inputs.FindingRecord))
    return go(request, f"/veto-findings/{shown('vet', row.id)}", "否决情形已登记。")


@routes.get("/veto-findings/{finding_id}")
def show_finding(ctx: Read, request: Request, finding_id: str) -> Response:
    view = vetoes.shown(ctx, parsed("vet", finding_id))
    return render(request, "vetoes/show.html", view=view, id=finding_id, names=vetoes.names())


@routes.get("/veto-findings/{finding_id}/{slug}")
def act_form(ctx: Read, request: Request, finding_id: str, slug: str) -> Response:
    view = vetoes.shown(ctx, parsed("vet", finding_id))
    return render(request, "vetoes/act.html", view=view, id=finding_id, action=_action(slug).value)


@routes.post("/veto-findings/{finding_id}/{slug}")
def act(ctx: Write, request: Request, finding_id: str, slug: str, fields: Posted) -> Response:
    action = _action(slug)
    vetoes.act(ctx, parsed("vet", finding_id), fields.to(INPUTS[action], action=action.value), fields.version)
    return go(request, f"/veto-findings/{finding_id}", "已办理。", act=("veto_action", action))


def _action(slug: str) -> FindingAction:
    try:
        return FindingAction(slug.upper())
    except ValueError:
        raise Refusal("NOT_FOUND") from None
