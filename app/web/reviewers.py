"""The bench of a campaign as pages: who may be asked to score, where they come from, how much they hold."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.db.tables.evaluation import ReviewerStatus
from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.services import campaigns, recusal_choices, reviewers
from app.services.inputs.reviewers import ReviewerEdit, ReviewerRegister
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()


@routes.get("/campaigns/{campaign_id}/reviewers")
def list_reviewers(ctx: Read, request: Request, campaign_id: str) -> Response:
    views = reviewers.listed(ctx, parsed("cmp", campaign_id))
    campaign = campaigns.readable(ctx, parsed("cmp", campaign_id))
    return render(request, "evaluation/reviewers.html", views=views, campaign=campaign, id=campaign_id)


@routes.get("/campaigns/{campaign_id}/reviewers/register")
def register_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    """People appointed as reviewers at the host who are not on the bench yet."""
    people = reviewers.appointees(ctx, parsed("cmp", campaign_id))
    campaign = campaigns.readable(ctx, parsed("cmp", campaign_id))
    options = [(shown("per", one.id), one.name) for one in people]
    return render(
        request,
        "evaluation/reviewer.html",
        campaign=campaign,
        people=options,
        view=None,
        back=f"/campaigns/{campaign_id}/reviewers",
        **_choices(ctx),
    )


@routes.post("/campaigns/{campaign_id}/reviewers/register")
def register(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    reviewers.register(ctx, parsed("cmp", campaign_id), fields.to(ReviewerRegister))
    return go(request, f"/campaigns/{campaign_id}/reviewers", "评审员已登记，请其签署回避声明。")


@routes.get("/reviewers/{reviewer_id}/edit")
def edit_form(ctx: Read, request: Request, reviewer_id: str) -> Response:
    view = reviewers.shown(ctx, parsed("rvw", reviewer_id))
    campaign = campaigns.readable(ctx, view.row.reviewer.campaign_id)
    return render(
        request,
        "evaluation/reviewer.html",
        campaign=campaign,
        people=(),
        view=view,
        back=f"/campaigns/{shown('cmp', campaign.id)}/reviewers",
        **_choices(ctx),
    )


@routes.post("/reviewers/{reviewer_id}/edit")
def edit(ctx: Write, request: Request, reviewer_id: str, fields: Posted) -> Response:
    row = reviewers.edit(ctx, parsed("rvw", reviewer_id), fields.to(ReviewerEdit), fields.version)
    return go(request, f"/campaigns/{shown('cmp', row.campaign_id)}/reviewers", "评审员信息已保存。")


def _choices(ctx: Read) -> dict[str, Any]:
    return {"choices": recusal_choices.choices(ctx), "statuses": list(ReviewerStatus)}
