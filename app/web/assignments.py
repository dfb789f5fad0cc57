"""Who scores what, as pages: the matrix of cases and reviewers, giving and taking back by hand, automatic runs."""

from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.services import assignment_runs, assignments, evaluation_overview
from app.services.evaluation_overview import Overview
from app.services.inputs.assignments import AssignmentGive, AssignmentRelease, RunStart
from app.web.face import router
from app.web.fields import Fields, Posted
from app.web.pages import go, render

routes = router()
PAGE = 40


@routes.get("/campaigns/{campaign_id}/assignments")
def show_matrix(ctx: Read, request: Request, campaign_id: str, cursor: int = 0) -> Response:
    """Cases by reviewers, one page of cases; every cell says in words what its sign means."""
    found = evaluation_overview.shown(ctx, parsed("cmp", campaign_id))
    lines = found.cases[cursor : cursor + PAGE]
    more = str(cursor + PAGE) if len(found.cases) > cursor + PAGE else ""
    return render(request, "evaluation/matrix.html", found=found, lines=lines, more=more, id=campaign_id)


@routes.get("/nominations/{nomination_id}/assign")
def give_form(ctx: Read, request: Request, nomination_id: str) -> Response:
    """Every reviewer beside the case: free, holding it, at the limit, or why they stand aside."""
    found = evaluation_overview.of_case(ctx, parsed("nom", nomination_id))
    return render(request, "evaluation/give.html", found=found, line=found.cases[0], id=nomination_id)


@routes.post("/nominations/{nomination_id}/assign")
def give(ctx: Write, request: Request, nomination_id: str, fields: Posted) -> Response:
    case = evaluation_overview.of_case(ctx, parsed("nom", nomination_id))
    assignments.give(ctx, case.campaign.id, fields.to(AssignmentGive, nomination_id=nomination_id))
    return go(request, f"/nominations/{nomination_id}/assign", "已分配。")


@routes.get("/assignments/{assignment_id}/release")
def release_form(ctx: Read, request: Request, assignment_id: str) -> Response:
    view = assignments.shown(ctx, parsed("asg", assignment_id))
    return render(request, "evaluation/release.html", view=view, id=assignment_id)


@routes.post("/assignments/{assignment_id}/release")
def release(ctx: Write, request: Request, assignment_id: str, fields: Posted) -> Response:
    row = assignments.release(ctx, parsed("asg", assignment_id), fields.to(AssignmentRelease), fields.version)
    return go(request, f"/nominations/{shown('nom', row.nomination_id)}/assign", "已收回，请另行分配。")


@routes.get("/campaigns/{campaign_id}/assignment-runs")
def list_runs(ctx: Read, request: Request, campaign_id: str, cursor: str = "") -> Response:
    after = parsed("run", cursor).hex if cursor else ""
    found = assignment_runs.listed(ctx, parsed("cmp", campaign_id), after=after, limit=PAGE)
    more = shown("run", found[PAGE - 1].id) if len(found) > PAGE else ""
    overview = evaluation_overview.shown(ctx, parsed("cmp", campaign_id))
    return render(
        request, "evaluation/runs.html", runs=found[:PAGE], more=more, found=overview, id=campaign_id
    )


@routes.get("/campaigns/{campaign_id}/assignment-runs/start")
def run_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    """The form; asked with its values in the address, it says what the run would give and why."""
    found = evaluation_overview.shown(ctx, parsed("cmp", campaign_id))
    asked = Fields(request.query_params.multi_items(), {})
    preview = None
    if asked.get("due_on") and not getattr(request.state, "refusal", None):
        _remember(request, asked)
        preview = _previewed(ctx, request, found.campaign.id, asked)
    return render(
        request,
        "evaluation/run_start.html",
        found=found,
        id=campaign_id,
        preview=preview,
        **_named(found),
    )


@routes.post("/campaigns/{campaign_id}/assignment-runs/start")
def start(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    run = assignment_runs.start(ctx, parsed("cmp", campaign_id), fields.to(RunStart))
    return go(request, f"/assignment-runs/{shown('run', run.id)}", "自动分配已完成。")


@routes.get("/assignment-runs/{run_id}")
def show_run(ctx: Read, request: Request, run_id: str) -> Response:
    """What a run gave and why; whether its seed and inputs give the same again."""
    view = assignment_runs.shown(ctx, parsed("run", run_id))
    found = evaluation_overview.shown(ctx, view.run.campaign_id)
    campaign = shown("cmp", view.run.campaign_id)
    return render(request, "evaluation/run.html", view=view, found=found, id=campaign, **_named(found))


def _previewed(
    ctx: Read, request: Request, campaign_id: UUID, asked: Fields
) -> assignment_runs.Preview | None:
    """The dry view; what cannot be run is said beside its field, as the run itself would say it."""
    try:
        return assignment_runs.preview(ctx, campaign_id, asked.to(RunStart))
    except Refusal as refusal:
        if refusal.code not in ("VALIDATION_FAILED", "REVIEWERS_BELOW_MINIMUM"):
            raise
        request.state.refusal = refusal
        return None


def _remember(request: Request, asked: Fields) -> None:
    request.state.typed = {name: [value] for name, value in asked.pairs}


def _named(found: Overview) -> dict[str, Any]:
    """Windows and reviewers by the hex of their ids, as a run's inputs name them."""
    return {
        "windows": {line.row.nomination.id.hex: line.row.window.name for line in found.cases},
        "names": {line.seat.id.hex: line.seat.row.person.name for line in found.seats},
    }
