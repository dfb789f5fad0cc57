"""Windows as pages: search, one window with its history, one screen for each act."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.packs.identity import WindowType
from app.services import window_choices, windows
from app.services.inputs.windows import WindowAcceptance, WindowEdit, WindowMerger, WindowRegister
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
PAGE = 50
AFFILIATIONS = ("10", "20", "40", "50", "60", "61", "62", "63", "70", "71", "72", "90")
"""The affiliation levels a form offers; the finer codes of the standard come over the API only."""


@routes.get("/windows")
def list_windows(ctx: Read, request: Request, q: str = "", region: str = "", cursor: str = "") -> Response:
    """The windows of one's own area, found by name, former name or sponsor."""
    after = parsed("win", cursor) if cursor else None
    found = windows.listed(ctx, q=q.strip()[:80], region=region, after=after, limit=PAGE)
    more = shown("win", found[PAGE - 1].window.id) if len(found) > PAGE else ""
    offered = window_choices.choices(ctx, "window:read")
    return render(request, "windows/list.html", rows=found[:PAGE], more=more, q=q, region=region, of=offered)


@routes.get("/windows/register")
def register_form(ctx: Read, request: Request) -> Response:
    return _editor(ctx, request, None)


@routes.post("/windows/register")
def register(ctx: Write, request: Request, fields: Posted) -> Response:
    window = windows.register(ctx, fields.to(WindowRegister, **_ticked(fields)))
    return go(request, f"/windows/{shown('win', window.id)}", "窗口已登记。")


@routes.get("/windows/{window_id}")
def show_window(ctx: Read, request: Request, window_id: str) -> Response:
    """A merged window's address leads on to the one it became (E-03)."""
    found = parsed("win", window_id)
    try:
        view = windows.shown(ctx, found)
    except Refusal as refusal:
        if refusal.code != "WINDOW_MERGED":
            raise
        return go(request, f"/windows/{refusal.reason.params['successor']}", "原窗口已并入此窗口。")
    cases = windows.nominations(ctx, found)
    return render(request, "windows/show.html", view=view, cases=cases, types=_type_names())


@routes.get("/windows/{window_id}/edit")
def edit_form(ctx: Read, request: Request, window_id: str) -> Response:
    return _editor(ctx, request, _view(ctx, window_id))


@routes.post("/windows/{window_id}/edit")
def edit(ctx: Write, request: Request, window_id: str, fields: Posted) -> Response:
    body = fields.to(WindowEdit, **_ticked(fields))
    windows.edit(ctx, parsed("win", window_id), body, fields.version)
    return go(request, f"/windows/{window_id}", "窗口信息已保存。")


@routes.get("/windows/{window_id}/accept")
def accept_form(ctx: Read, request: Request, window_id: str) -> Response:
    return render(request, "windows/accept.html", view=_view(ctx, window_id))


@routes.post("/windows/{window_id}/accept")
def accept(ctx: Write, request: Request, window_id: str, fields: Posted) -> Response:
    windows.accept_other(ctx, parsed("win", window_id), fields.to(WindowAcceptance), fields.version)
    return go(request, f"/windows/{window_id}", "已认定为评选范围内的窗口。")


@routes.get("/windows/{window_id}/merge")
def merge_form(ctx: Read, request: Request, window_id: str, q: str = "") -> Response:
    """The window it goes on as is looked for by name."""
    view = _view(ctx, window_id)
    found = windows.listed(ctx, q=q.strip()[:80] or view.row.window.name, limit=20)
    others = [row for row in found if row.window.id != view.row.window.id]
    return render(request, "windows/merge.html", view=view, others=others, q=q)


@routes.post("/windows/{window_id}/merge")
def merge(ctx: Write, request: Request, window_id: str, fields: Posted) -> Response:
    body = fields.to(WindowMerger)
    windows.merge(ctx, parsed("win", window_id), body, fields.version)
    return go(request, f"/windows/{shown('win', body.into_id)}", "窗口已合并。")


def _view(ctx: Read, window_id: str) -> windows.WindowView:
    return windows.shown(ctx, parsed("win", window_id))


def _editor(ctx: Read, request: Request, view: windows.WindowView | None) -> Response:
    """The same form for a new window and a known one."""
    offered = window_choices.choices(ctx, "window:edit" if view else "window:create")
    return render(request, "windows/edit.html", view=view, of=offered, affiliations=AFFILIATIONS)


def _ticked(fields: Posted) -> dict[str, bool]:
    """A box that is not ticked is not sent, and says no."""
    return {name: bool(fields.get(name)) for name in ("in_labor_system", "serves_public_directly")}


def _type_names() -> dict[str, WindowType]:
    return {kind.code: kind for kind in window_choices.types()}
