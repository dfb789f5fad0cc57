"""Working days as pages: the loaded years, one year, its import from a file or from typed lines."""

import json
import re
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.http import Read, Write
from app.services import calendar_years
from app.services.calendar_years import YearView
from app.services.inputs.calendars import YearImport
from app.web.face import router
from app.web.fields import Fields, Posted
from app.web.pages import go, render

routes = router()
MOST_BYTES = 200_000
FREE, WORKED = ("休", "off"), ("班", "work")
_LINE = re.compile(r"(\S+)\s+(.+?)\s+(\S+)")


@routes.get("/calendar-years")
def list_years(ctx: Read, request: Request) -> Response:
    """The years whose working days are known; every other year is refused wherever a date is computed."""
    return render(request, "calendars/list.html", rows=calendar_years.listed(ctx))


@routes.get("/calendar-years/import")
def import_form(ctx: Read, request: Request) -> Response:
    ctx.actor.require_anywhere("calendar:import")
    return render(request, "calendars/import.html", view=None, lines="")


@routes.post("/calendar-years/import")
def import_year(ctx: Write, request: Request, fields: Posted) -> Response:
    body = _body(fields)
    if body.year is None:
        raise Refusal("VALIDATION_FAILED", "/year")
    calendar_years.load(ctx, body.year, body, None)
    return go(request, f"/calendar-years/{body.year}", "年度工作日已载入。")


@routes.get("/calendar-years/{year}")
def show_year(ctx: Read, request: Request, year: int) -> Response:
    return render(request, "calendars/show.html", view=calendar_years.shown(ctx, year))


@routes.get("/calendar-years/{year}/correct")
def correct_form(ctx: Read, request: Request, year: int) -> Response:
    ctx.actor.require_anywhere("calendar:import")
    view = calendar_years.shown(ctx, year)
    return render(request, "calendars/import.html", view=view, lines=_lines(view))


@routes.post("/calendar-years/{year}/correct")
def correct(ctx: Write, request: Request, year: int, fields: Posted) -> Response:
    """Running notices may become longer by it, never shorter (E-10)."""
    view = calendar_years.load(ctx, year, _body(fields), fields.version)
    if view.extended:
        return go(request, f"/calendar-years/{year}", "年度工作日已更正，受影响的公示已相应延长。")
    return go(request, f"/calendar-years/{year}", "年度工作日已更正。")


def _lines(view: YearView) -> str:
    """The days as they are typed, one a line."""
    return "\n".join(
        f"{one.day} {one.label or '—'} {(WORKED if one.is_workday else FREE)[0]}" for one in view.days
    )


def _body(fields: Fields) -> YearImport:
    """The file if one was sent, else the typed lines; what is said beside the file wins over it."""
    said = _file(fields) if "file" in fields.files else {"days": _days(fields.get("_days"))}
    beside = {name for name, value in fields.pairs if value}
    return fields.to(YearImport, **{name: value for name, value in said.items() if name not in beside})


def _file(fields: Fields) -> dict[str, Any]:
    data = fields.file("file").file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refusal("FILE_TOO_LARGE", "/file", limit="200 kB")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        where = {
            "where_zh": "应为 holiday-cn 格式的 JSON。",
            "where_en": "JSON as holiday-cn writes it is expected.",
        }
        raise Refusal("FILE_UNREADABLE", "/file", **where)
    return found


def _days(text: str) -> list[dict[str, Any]]:
    """`2027-10-01 国庆节 休`, one day a line; a line that is none is refused as a day."""
    return [_day(line) for line in text.splitlines() if line.strip()]


def _day(line: str) -> dict[str, Any]:
    hit = _LINE.fullmatch(line.strip())
    if hit is None or hit[3] not in FREE + WORKED:
        raise Refusal("CALENDAR_LINE_UNREADABLE", "/_days", line=line.strip()[:60])
    return {"date": hit[1], "name": hit[2], "isOffDay": hit[3] in FREE}
