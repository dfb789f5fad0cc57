"""Campaigns as pages: the list, one campaign with what comes next and why not, its making and its steps."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.campaign import CampaignAction, CampaignStage
from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.services import campaign_choices, campaign_setup, campaign_steps, campaigns, packs
from app.services.inputs.campaigns import (
    CampaignAct,
    CampaignClone,
    CampaignCreate,
    CampaignEdit,
    CampaignImport,
)
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
PAGE = 50


@routes.get("/campaigns")
def list_campaigns(ctx: Read, request: Request, cursor: str = "") -> Response:
    """All campaigns, newest first."""
    after = parsed("cmp", cursor).hex if cursor else ""
    found = campaigns.listed(ctx, after=after, limit=PAGE)
    more = shown("cmp", found[PAGE - 1].id) if len(found) > PAGE else ""
    hosts = campaign_choices.hosts_of(ctx, found)
    return render(request, "campaigns/list.html", rows=found[:PAGE], hosts=hosts, more=more)


@routes.get("/campaigns/create")
def create_form(ctx: Read, request: Request) -> Response:
    offered = campaign_choices.for_a_new_one(ctx)
    return render(request, "campaigns/create.html", of=offered, packs=packs.listed(ctx))


@routes.post("/campaigns/create")
def create(ctx: Write, request: Request, fields: Posted) -> Response:
    campaign = campaigns.create(ctx, fields.to(CampaignCreate))
    return go(request, f"/campaigns/{shown('cmp', campaign.id)}", "活动已创建，请按下一步的提示完成筹备。")


@routes.get("/campaigns/import")
def import_form(ctx: Read, request: Request) -> Response:
    return render(request, "campaigns/import.html", of=campaign_choices.for_a_new_one(ctx))


@routes.post("/campaigns/import")
def import_rules(ctx: Write, request: Request, fields: Posted) -> Response:
    """A campaign from rules of one's own: another province's, another department's."""
    campaign = campaigns.imported(ctx, fields.to(CampaignImport))
    return go(request, f"/campaigns/{shown('cmp', campaign.id)}", "活动已创建，请按下一步的提示完成筹备。")


@routes.get("/campaigns/{campaign_id}")
def show_campaign(ctx: Read, request: Request, campaign_id: str) -> Response:
    """What it is and what it is for, how far it has come, what is next and why not."""
    found = parsed("cmp", campaign_id)
    view = campaigns.shown(ctx, found)
    return render(
        request,
        "campaigns/show.html",
        view=view,
        stages=list(CampaignStage),
        deadlines=campaign_setup.deadlines(ctx, view.campaign, view.rules),
        papers=campaign_setup.documents(ctx, found),
        members=campaign_setup.taking_part(ctx, found),
        steps=campaign_steps.history(ctx, found),
        editable=view.campaign.stage in campaigns.EDITABLE,
    )


@routes.get("/campaigns/{campaign_id}/edit")
def edit_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    view = campaigns.shown(ctx, parsed("cmp", campaign_id))
    deadlines = campaign_setup.deadlines(ctx, view.campaign, view.rules)
    return render(request, "campaigns/edit.html", view=view, deadlines=deadlines)


@routes.post("/campaigns/{campaign_id}/edit")
def edit(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    none = {name: 0 for name, value in fields.pairs if name.endswith("_year") and not value}
    body = fields.whole(CampaignEdit, **none)
    campaigns.edit(ctx, parsed("cmp", campaign_id), body, fields.version)
    return go(request, f"/campaigns/{campaign_id}", "活动信息已保存。")


@routes.get("/campaigns/{campaign_id}/clone")
def clone_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    view = campaigns.shown(ctx, parsed("cmp", campaign_id))
    return render(request, "campaigns/clone.html", view=view, of=campaign_choices.for_a_new_one(ctx))


@routes.post("/campaigns/{campaign_id}/clone")
def clone(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    campaign = campaigns.clone(ctx, parsed("cmp", campaign_id), fields.to(CampaignClone))
    return go(request, f"/campaigns/{shown('cmp', campaign.id)}", "已复制为新的活动。")


@routes.get("/campaigns/{campaign_id}/steps/{slug}")
def step_form(ctx: Read, request: Request, campaign_id: str, slug: str) -> Response:
    """The step and everything that still speaks against it."""
    view = campaigns.shown(ctx, parsed("cmp", campaign_id))
    action = _action(slug)
    state = next((one for one in view.actions if one.action is action), None)
    return render(request, "campaigns/step.html", view=view, action=action, state=state)


@routes.post("/campaigns/{campaign_id}/steps/{slug}")
def step(ctx: Write, request: Request, campaign_id: str, slug: str, fields: Posted) -> Response:
    action = _action(slug)
    body = fields.to(CampaignAct, action=action.value)
    campaign_steps.act(ctx, parsed("cmp", campaign_id), body, fields.version)
    return go(request, f"/campaigns/{campaign_id}", "已办理。", act=("campaign_action", action))


def _action(slug: str) -> CampaignAction:
    try:
        return CampaignAction(slug.replace("-", "_").upper())
    except ValueError:
        raise Refusal("NOT_FOUND") from None
