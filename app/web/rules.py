"""A campaign's rules as pages: every section with its clause, what is ours marked; a new version with its reason."""

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response

from app.domain.ids import parsed
from app.http import Read, Write
from app.packs import loading
from app.services import campaign_setup, campaigns
from app.services.inputs.campaigns import RulesEdit
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, language_of, render
from app.web.rules_shown import Reader

routes = router()


@routes.get("/campaigns/{campaign_id}/rules")
def show_rules(
    ctx: Read, request: Request, campaign_id: str, version: Annotated[int, Query(ge=0, le=999)] = 0
) -> Response:
    """The rules in force, or an earlier version, and the cases that each change concerned."""
    found = parsed("cmp", campaign_id)
    view = campaign_setup.rules_version(ctx, found, version or None)
    reader = Reader(view.rules, language_of(request))
    return render(
        request,
        "rules/show.html",
        view=view,
        id=campaign_id,
        reader=reader,
        sections=reader.sections(),
        versions=campaign_setup.rules_versions(ctx, found),
    )


@routes.get("/campaigns/{campaign_id}/rules/edit")
def edit_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    """The whole rules as text; once they are frozen a reason is needed."""
    view = campaign_setup.rules_version(ctx, parsed("cmp", campaign_id))
    touched = campaign_setup.concerned(ctx, view.campaign.id)
    text = loading.as_toml(view.rules)
    return render(request, "rules/edit.html", view=view, id=campaign_id, text=text, touched=touched)


@routes.post("/campaigns/{campaign_id}/rules/edit")
def edit(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    campaign = campaign_setup.set_rules(ctx, parsed("cmp", campaign_id), fields.to(RulesEdit), fields.version)
    if campaign.stage in campaigns.EDITABLE:
        return go(request, f"/campaigns/{campaign_id}/rules", "规则已保存。")
    return go(request, f"/campaigns/{campaign_id}/rules", "规则已更新为新的版本。")
