"""What a campaign stands on, as pages: its papers, who takes part, local bodies, exceptions to the deadline."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.db.tables.campaigns import BodyKind, DocumentKind
from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.services import campaign_choices, campaign_setup, campaigns, late_acceptances, local_bodies
from app.services.inputs import campaigns as inputs
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()


@routes.get("/campaigns/{campaign_id}/documents/record")
def paper_form(ctx: Read, request: Request, campaign_id: str, kind: str = "") -> Response:
    return _paper(ctx, request, campaign_id, None, kind)


@routes.post("/campaigns/{campaign_id}/documents/record")
def record_paper(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    campaign_setup.record_document(ctx, parsed("cmp", campaign_id), fields.to(inputs.DocumentRecord))
    return go(request, f"/campaigns/{campaign_id}", "文件已登记。")


@routes.get("/campaigns/{campaign_id}/documents/{document_id}/correct")
def correction_form(ctx: Read, request: Request, campaign_id: str, document_id: str) -> Response:
    return _paper(ctx, request, campaign_id, document_id)


@routes.post("/campaigns/{campaign_id}/documents/{document_id}/correct")
def correct_paper(
    ctx: Write, request: Request, campaign_id: str, document_id: str, fields: Posted
) -> Response:
    at = parsed("cmp", campaign_id), parsed("doc", document_id)
    campaign_setup.correct_document(ctx, *at, fields.to(inputs.DocumentRecord), fields.version)
    return go(request, f"/campaigns/{campaign_id}", "文件信息已更正。")


@routes.get("/campaigns/{campaign_id}/participants")
def participants_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    """Everybody the routes address, ticked who takes part."""
    found = parsed("cmp", campaign_id)
    view = campaigns.shown(ctx, found)
    return render(
        request, "campaigns/participants.html", view=view, units=campaign_choices.candidates(ctx, found)
    )


@routes.post("/campaigns/{campaign_id}/participants")
def set_participants(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    """A unit's route and bucket follow from the rules; the form only says who takes part."""
    found = parsed("cmp", campaign_id)
    ticked = {value for name, value in fields.pairs if name == "_unit"}
    chosen = [
        {
            "organization_id": shown("org", one.organization.id),
            "route": one.route,
            "bucket_code": one.bucket_code,
        }
        for one in campaign_choices.candidates(ctx, found)
        if shown("org", one.organization.id) in ticked
    ]
    body = fields.to(inputs.ParticipantList, participants=chosen)
    campaign_setup.set_participants(ctx, found, body, fields.version)
    return go(request, f"/campaigns/{campaign_id}", "参加单位已保存。")


@routes.get("/campaigns/{campaign_id}/local-bodies")
def list_bodies(ctx: Read, request: Request, campaign_id: str) -> Response:
    """Who has reported its leading body and working office, who has not, and whose day has passed."""
    found = parsed("cmp", campaign_id)
    view = campaigns.shown(ctx, found)
    return render(
        request,
        "campaigns/bodies.html",
        view=view,
        rows=local_bodies.listed(ctx, found),
        missing=local_bodies.unreported(ctx, found),
    )


@routes.get("/campaigns/{campaign_id}/local-bodies/record")
def body_form(ctx: Read, request: Request, campaign_id: str, unit: str = "", kind: str = "") -> Response:
    found = parsed("cmp", campaign_id)
    offered: dict[str, Any] = {"units": local_bodies.unreported(ctx, found).rows, "unit": unit, "kind": kind}
    view = campaigns.shown(ctx, found)
    return render(request, "campaigns/body.html", view=view, body=None, kinds=list(BodyKind), **offered)


@routes.post("/campaigns/{campaign_id}/local-bodies/record")
def record_body(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    local_bodies.record(ctx, parsed("cmp", campaign_id), fields.to(inputs.LocalBodyRecord))
    return go(request, f"/campaigns/{campaign_id}/local-bodies", "组织机构已登记。")


@routes.get("/local-bodies/{body_id}/edit")
def edit_body_form(ctx: Read, request: Request, body_id: str) -> Response:
    found = local_bodies.shown(ctx, parsed("lbd", body_id))
    view = campaigns.shown(ctx, found.body.campaign_id)
    return render(request, "campaigns/body.html", view=view, body=found)


@routes.post("/local-bodies/{body_id}/edit")
def edit_body(ctx: Write, request: Request, body_id: str, fields: Posted) -> Response:
    body = local_bodies.edit(
        ctx, parsed("lbd", body_id), fields.to(inputs.LocalBodyEdit), fields.version
    ).body
    return go(request, f"/campaigns/{shown('cmp', body.campaign_id)}/local-bodies", "组织机构已更新。")


@routes.get("/campaigns/{campaign_id}/late-acceptances")
def list_late(ctx: Read, request: Request, campaign_id: str) -> Response:
    found = parsed("cmp", campaign_id)
    rows = late_acceptances.listed(ctx, found)
    return render(request, "campaigns/late.html", view=campaigns.shown(ctx, found), rows=rows)


@routes.get("/campaigns/{campaign_id}/late-acceptances/grant")
def late_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    found = parsed("cmp", campaign_id)
    members = campaign_setup.taking_part(ctx, found)
    return render(request, "campaigns/late_grant.html", view=campaigns.shown(ctx, found), members=members)


@routes.post("/campaigns/{campaign_id}/late-acceptances/grant")
def grant_late(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    late_acceptances.grant(ctx, parsed("cmp", campaign_id), fields.to(inputs.LateGrant))
    return go(request, f"/campaigns/{campaign_id}/late-acceptances", "逾期受理已登记。")


def _paper(
    ctx: Read, request: Request, campaign_id: str, document_id: str | None, kind: str = ""
) -> Response:
    """The same form for a new paper and a recorded one."""
    found = parsed("cmp", campaign_id)
    view = campaigns.shown(ctx, found)
    paper = None
    if document_id:
        wanted = parsed("doc", document_id)
        paper = next((one for one in campaign_setup.documents(ctx, found) if one.id == wanted), None)
        if paper is None:
            raise Refusal("NOT_FOUND")
    kinds = list(DocumentKind)
    return render(request, "campaigns/paper.html", view=view, paper=paper, kinds=kinds, kind=kind)
