"""Sheets of a case and their corrections as pages: asked for by one person, decided by another (E-20, I-13)."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain import scoring
from app.domain.ids import parsed, shown
from app.domain.ranking import shown as rounded
from app.http import Read, Write
from app.services import campaigns, evaluation_overview, score_corrections, score_overview
from app.services.inputs.score_sheets import CorrectionApprove, CorrectionDecline, CorrectionRequest
from app.services.score_overview import SheetDetail
from app.web.face import router
from app.web.fields import Fields, Posted
from app.web.pages import go, render
from app.web.reviews import entries_of, plain

routes = router()
PAGE = 50


@routes.get("/nominations/{nomination_id}/scores")
def list_sheets(ctx: Read, request: Request, nomination_id: str) -> Response:
    """Every version of every sheet of a case; points only after the lock."""
    lines = score_overview.of_case(ctx, parsed("nom", nomination_id))
    found = evaluation_overview.of_case(ctx, parsed("nom", nomination_id))
    case = found.cases[0].row
    sealed = score_overview.sealed(case.nomination)
    return render(
        request,
        "evaluation/sheets.html",
        lines=lines,
        case=case,
        id=nomination_id,
        sealed=sealed,
        found=found,
        rounded=rounded,
    )


@routes.get("/score-sheets/{sheet_id}")
def show_sheet(ctx: Read, request: Request, sheet_id: str) -> Response:
    detail = score_overview.shown(ctx, parsed("sht", sheet_id))
    return render(request, "evaluation/sheet.html", **_detail(detail), id=sheet_id)


@routes.get("/score-sheets/{sheet_id}/correct")
def correction_form(ctx: Read, request: Request, sheet_id: str) -> Response:
    """The sheet with a field for each item; only what differs is asked for."""
    detail = score_overview.shown(ctx, parsed("sht", sheet_id))
    return render(request, "evaluation/correct.html", **_detail(detail), id=sheet_id, missing=())


@routes.post("/score-sheets/{sheet_id}/correct")
def correct(ctx: Write, request: Request, sheet_id: str, fields: Posted) -> Response:
    detail = score_overview.shown(ctx, parsed("sht", sheet_id))
    entries, rest = entries_of(fields)
    changed = {code: one for code, one in entries.items() if one != _kept(detail, code)}
    body = Fields(rest, {}).to(CorrectionRequest, entries=changed or dict(list(entries.items())[:1]))
    made = score_corrections.request(ctx, parsed("sht", sheet_id), body)
    return go(request, f"/score-corrections/{shown('cor', made.id)}", "更正申请已提交，由另一人审批。")


@routes.get("/campaigns/{campaign_id}/score-corrections")
def list_corrections(ctx: Read, request: Request, campaign_id: str, cursor: str = "") -> Response:
    after = parsed("cor", cursor).hex if cursor else ""
    found = score_corrections.listed(ctx, parsed("cmp", campaign_id), after=after, limit=PAGE)
    more = shown("cor", found[PAGE - 1].id) if len(found) > PAGE else ""
    overview = evaluation_overview.shown(ctx, parsed("cmp", campaign_id))
    named = score_corrections.windows(ctx, found)
    return render(
        request,
        "evaluation/corrections.html",
        rows=found[:PAGE],
        more=more,
        found=overview,
        named=named,
        id=campaign_id,
    )


@routes.get("/score-corrections/{correction_id}")
def show_correction(ctx: Read, request: Request, correction_id: str) -> Response:
    return _correction(ctx, request, correction_id, "evaluation/correction.html")


@routes.get("/score-corrections/{correction_id}/approve")
def approve_form(ctx: Read, request: Request, correction_id: str) -> Response:
    return _correction(ctx, request, correction_id, "evaluation/decide.html", action="APPROVE")


@routes.post("/score-corrections/{correction_id}/approve")
def approve(ctx: Write, request: Request, correction_id: str, fields: Posted) -> Response:
    body = fields.to(CorrectionApprove, action="APPROVE")
    score_corrections.decide(ctx, parsed("cor", correction_id), body, fields.version)
    return go(request, f"/score-corrections/{correction_id}", "更正已批准，评分表有了新的一版。")


@routes.get("/score-corrections/{correction_id}/decline")
def decline_form(ctx: Read, request: Request, correction_id: str) -> Response:
    return _correction(ctx, request, correction_id, "evaluation/decide.html", action="DECLINE")


@routes.post("/score-corrections/{correction_id}/decline")
def decline(ctx: Write, request: Request, correction_id: str, fields: Posted) -> Response:
    body = fields.to(CorrectionDecline, action="DECLINE")
    score_corrections.decide(ctx, parsed("cor", correction_id), body, fields.version)
    return go(request, f"/score-corrections/{correction_id}", "更正未予批准，评分表不变。")


def _correction(ctx: Read, request: Request, correction_id: str, template: str, action: str = "") -> Response:
    view = score_corrections.shown(ctx, parsed("cor", correction_id))
    campaign = campaigns.campaign_of(ctx, view.nomination.campaign_id)
    detail = score_overview.shown(ctx, view.correction.sheet_id) if _may_look(ctx, view) else None
    before = {code: plain(one.points) for code, one in detail.entries.items()} if detail else {}
    window = score_corrections.windows(ctx, [view.correction])[view.nomination.id]
    return render(
        request,
        template,
        correction=view,
        campaign=campaign,
        before=before,
        window=window,
        id=correction_id,
        action=action,
    )


def _may_look(ctx: Read, view: score_corrections.CorrectionView) -> bool:
    """Before the lock a sheet's points are its author's alone; a correction then shows what it asks for, no more."""
    return not score_overview.sealed(view.nomination) or view.correction.requested_by == ctx.actor.person_id


def _detail(detail: SheetDetail) -> dict[str, Any]:
    given = {code: (plain(one.points), one.comment) for code, one in detail.entries.items()}
    rubric = detail.rules.rubric
    sums = {one.code: plain(scoring.criterion_points(one, detail.entries)) for one in rubric.criteria}
    total = rounded(scoring.sheet_total(rubric, detail.entries))
    return {"view": detail, "given": given, "sums": sums, "total": total, "plain": plain}


def _kept(detail: SheetDetail, code: str) -> dict[str, str]:
    """What the sheet has for an item, as the form would send it back."""
    held = detail.entries.get(code)
    if held is None:
        return {}
    return {"points": plain(held.points)} | ({"comment": held.comment} if held.comment else {})
