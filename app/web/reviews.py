"""A reviewer's side of the evaluation: what is to be scored, the word on recusal, the sheet beside the material."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from app.answers import attachment
from app.domain import scoring
from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.domain.nomination import Stage
from app.domain.ranking import shown as rounded
from app.http import Read, Write
from app.services import assignments, evaluation_files, materials, score_sheets
from app.services.assignments import Queue
from app.services.inputs.assignments import AssignmentRelease
from app.services.inputs.score_sheets import SheetConfirmation, SheetDraft
from app.services.score_sheets import SheetView
from app.web.face import router
from app.web.fields import Fields, Posted
from app.web.pages import go, render

routes = router()
PAGE = 50
STATE = "sheet-state"
"""What htmx swaps when a sheet saved itself: version and sums; never what somebody is typing."""
_ENTRY = re.compile(r"entries\.(.+)\.(points|comment)")


@routes.get("/reviews")
def list_reviews(ctx: Read, request: Request, cursor: str = "") -> Response:
    """One's own cases: how far, what is next, what has to be looked at again; a declaration that is owed first."""
    queue = assignments.queue(ctx, after=parsed("asg", cursor).hex if cursor else "", limit=PAGE)
    more = shown("asg", queue.rows[PAGE - 1].assignment.id) if len(queue.rows) > PAGE else ""
    seats = [(one.reviewer, one.campaign, one.declaration) for one in queue.seats]
    titles = {campaign.id: campaign.title for _, campaign, _ in seats}
    return render(
        request,
        "reviews/list.html",
        seats=seats,
        queue=queue,
        rows=queue.rows[:PAGE],
        more=more,
        titles=titles,
    )


@routes.get("/reviews/{assignment_id}")
def show_sheet(ctx: Read, request: Request, assignment_id: str) -> Response:
    """The material and the sheet; a given sheet is read only."""
    view = score_sheets.shown(ctx, parsed("asg", assignment_id))
    if _is_autosave(request):
        return _state(request, view)
    queue = assignments.queue(ctx, campaign_id=view.row.assignment.campaign_id, limit=500)
    open_now = view.row.nomination.stage is Stage.UNDER_EVALUATION
    file = evaluation_files.shown(ctx, view.row.assignment.id) if open_now else None
    template = "reviews/given.html" if view.sheet.stage.final else "reviews/sheet.html"
    following = _following(queue, view.row.assignment.id)
    return render(
        request, template, **_sheet(view), file=file, queue=queue, id=assignment_id, following=following
    )


@routes.post("/reviews/{assignment_id}")
def score(ctx: Write, request: Request, assignment_id: str, fields: Posted) -> Response:
    """Save, submit, or submit and go on; whichever button it was, what was typed is kept first."""
    found = parsed("asg", assignment_id)
    view = score_sheets.save(ctx, found, typed(fields), fields.version)
    if _is_autosave(request):
        return _state(request, view)
    act = fields.get("_act")
    if act not in ("submit", "onward"):
        return go(request, f"/reviews/{assignment_id}", "评分已保存，尚未提交。")
    view = score_sheets.submit(ctx, found, view.sheet.row_version)
    if act == "submit":
        return go(request, f"/reviews/{assignment_id}", "评分已提交。")
    queue = assignments.queue(ctx, campaign_id=view.row.assignment.campaign_id, limit=500)
    following = _following(queue, found)
    return go(request, f"/reviews/{shown('asg', following)}" if following else "/reviews", "评分已提交。")


@routes.get("/reviews/{assignment_id}/files/{material_id}")
def download(ctx: Read, assignment_id: str, material_id: str) -> Response:
    """A file of the case one has to score, always to be saved."""
    file = evaluation_files.shown(ctx, parsed("asg", assignment_id))
    wanted = parsed("mat", material_id)
    if wanted not in {one.id for one in file.files}:
        raise Refusal("NOT_FOUND")
    row, content = materials.opened(ctx, wanted)
    return attachment(content, row.file_name, row.media_type, row.sha256)


@routes.get("/reviews/{assignment_id}/stand-aside")
def stand_aside_form(ctx: Read, request: Request, assignment_id: str) -> Response:
    view = assignments.shown(ctx, parsed("asg", assignment_id))
    return render(request, "reviews/stand_aside.html", row=view.row, id=assignment_id)


@routes.post("/reviews/{assignment_id}/stand-aside")
def stand_aside(ctx: Write, request: Request, assignment_id: str, fields: Posted) -> Response:
    assignments.stand_aside(ctx, parsed("asg", assignment_id), fields.to(AssignmentRelease), fields.version)
    return go(request, "/reviews", "已回避，本件不再显示，由主办单位另行安排。")


@routes.get("/reviews/{assignment_id}/confirm")
def confirm_form(ctx: Read, request: Request, assignment_id: str) -> Response:
    view = score_sheets.shown(ctx, parsed("asg", assignment_id))
    open_now = view.row.nomination.stage is Stage.UNDER_EVALUATION
    file = evaluation_files.shown(ctx, view.row.assignment.id) if open_now else None
    return render(request, "reviews/confirm.html", **_sheet(view), file=file, id=assignment_id)


@routes.post("/reviews/{assignment_id}/confirm")
def confirm(ctx: Write, request: Request, assignment_id: str, fields: Posted) -> Response:
    body = fields.to(SheetConfirmation)
    score_sheets.confirm(ctx, parsed("asg", assignment_id), body, fields.version)
    if body.stands:
        return go(request, f"/reviews/{assignment_id}", "已确认原评分有效。")
    return go(request, f"/reviews/{assignment_id}", "已重新打开评分表，请按更新后的材料评分。")


def typed(fields: Fields) -> SheetDraft:
    """The points as the form sent them."""
    entries, rest = entries_of(fields)
    return Fields(rest, {}).to(SheetDraft, entries=entries)


def entries_of(fields: Fields) -> tuple[dict[str, dict[str, str]], list[tuple[str, str]]]:
    """Points and comments by item, one left quite empty left out; and the other fields of the form."""
    entries: dict[str, dict[str, str]] = {}
    rest = []
    for name, value in fields.pairs:
        hit = _ENTRY.fullmatch(name)
        if hit and value.strip():
            entries.setdefault(hit[1], {})[hit[2]] = value.strip()
        elif not hit:
            rest.append((name, value))
    return entries, rest


def _sheet(view: SheetView) -> dict[str, Any]:
    """The sheet as templates read it: points and sums as text."""
    given = {code: (plain(one.points), one.comment) for code, one in view.entries.items()}
    sums = {
        one.code: plain(scoring.criterion_points(one, view.entries)) for one in view.rules.rubric.criteria
    }
    return {"view": view, "given": given, "sums": sums, "total": rounded(view.total), "plain": plain}


def plain(points: Decimal) -> str:
    """Points without needless zeros."""
    return f"{points.normalize():f}"


def _is_autosave(request: Request) -> bool:
    return request.headers.get("hx-target") == STATE


def _state(request: Request, view: SheetView) -> Response:
    return render(request, "reviews/state.html", **_sheet(view), partly=True)


def _following(queue: Queue, assignment_id: UUID) -> UUID | None:
    """The next case of the list without a submitted sheet, from the start again after the last."""
    waiting = [row.assignment.id for row in queue.rows if not row.assignment.status.given]
    later = [one for one in waiting if one > assignment_id]
    return next((one for one in (*later, *waiting) if one != assignment_id), None)
