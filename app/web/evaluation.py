"""The office's view of the evaluation: how far it is, opening it and locking its scores, many cases at once."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed
from app.domain.nomination import Stage
from app.http import Read, Write
from app.services import evaluation_overview, evaluation_steps
from app.services.inputs.assignments import CaseList
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()


@routes.get("/campaigns/{campaign_id}/evaluation")
def show_evaluation(ctx: Read, request: Request, campaign_id: str) -> Response:
    """Which sheets are still out, by case and by reviewer, and what may be opened or locked."""
    found = evaluation_overview.shown(ctx, parsed("cmp", campaign_id))
    return render(
        request, "evaluation/show.html", found=found, id=campaign_id, stages=evaluation_overview.STAGES
    )


@routes.get("/campaigns/{campaign_id}/evaluation/open")
def open_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    found = evaluation_overview.shown(ctx, parsed("cmp", campaign_id))
    lines, ready = found.at(Stage.ACCEPTED), found.openable
    return render(request, "evaluation/open.html", found=found, id=campaign_id, lines=lines, ready=ready)


@routes.post("/campaigns/{campaign_id}/evaluation/open")
def open_evaluation(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    """The chosen cases; one that stays says why on this very answer."""
    outcomes = evaluation_steps.open_evaluation(ctx, parsed("cmp", campaign_id), _chosen(fields))
    if all(not one.reasons for one in outcomes):
        return go(request, f"/campaigns/{campaign_id}/evaluation", "所选推荐已开始评审。")
    found = evaluation_overview.shown(ctx, parsed("cmp", campaign_id))
    return render(
        request,
        "evaluation/outcome.html",
        found=found,
        id=campaign_id,
        outcomes=outcomes,
        act="OPEN_EVALUATION",
    )


@routes.get("/campaigns/{campaign_id}/evaluation/lock")
def lock_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    found = evaluation_overview.shown(ctx, parsed("cmp", campaign_id))
    lines, ready = found.at(Stage.UNDER_EVALUATION), found.lockable
    return render(request, "evaluation/lock.html", found=found, id=campaign_id, lines=lines, ready=ready)


@routes.post("/campaigns/{campaign_id}/evaluation/lock")
def lock_scores(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    """The chosen cases; one that stays says why on this very answer."""
    outcomes = evaluation_steps.lock_scores(ctx, parsed("cmp", campaign_id), _chosen(fields))
    if all(not one.reasons for one in outcomes):
        return go(request, f"/campaigns/{campaign_id}/evaluation", "所选推荐的评分已锁定。")
    found = evaluation_overview.shown(ctx, parsed("cmp", campaign_id))
    return render(
        request, "evaluation/outcome.html", found=found, id=campaign_id, outcomes=outcomes, act="LOCK_SCORES"
    )


def _chosen(fields: Posted) -> CaseList:
    """What was ticked; nothing ticked is nothing chosen, never everything."""
    ticked = [value for name, value in fields.pairs if name == "nomination_ids"]
    return fields.to(CaseList, nomination_ids=ticked)
