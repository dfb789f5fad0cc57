"""Years of working days: imported by the office; a correction lengthens running notices and never shortens one (D7, E-10)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.db import calendars as rows
from app.db.tables.places import CalendarDay, CalendarYear
from app.domain.errors import Reason, Refusal, refuse
from app.services import audit, calendars, notice_calendar, organizations
from app.services.context import Ctx, check_version
from app.services.inputs.calendars import YearImport


@dataclass(frozen=True)
class YearView:
    """A year, its special days, and the notices that its import has made longer."""

    year: CalendarYear
    days: list[CalendarDay]
    extended: list[UUID] = field(default_factory=list)


def listed(ctx: Ctx) -> list[CalendarYear]:
    """The loaded years, latest first. For everybody who is signed in."""
    return rows.years(ctx.session)


def shown(ctx: Ctx, year: int) -> YearView:
    """One year. Refuses `NOT_FOUND` for one that is not loaded."""
    found = rows.one(ctx.session, year)
    if found is None:
        raise Refusal("NOT_FOUND")
    return YearView(found, rows.days_of(ctx.session, year))


def whole(ctx: Ctx) -> list[YearView]:
    """Every loaded year with its special days, latest first; two statements."""
    days = sorted(rows.all_days(ctx.session), key=lambda one: one.day)
    return [YearView(one, [day for day in days if day.day.year == one.year]) for one in listed(ctx)]


def load(ctx: Ctx, year: int, body: YearImport, version: int | None) -> YearView:
    """Load a year from its paper, or put a loaded one right (E-11).

    Needs `calendar:import` for the whole installation; refuses `CALENDAR_DAYS_INVALID`, and for a loaded year
    `PRECONDITION_REQUIRED` and `VERSION_CONFLICT`.
    """
    organizations.for_all(ctx, "calendar:import")
    refuse(_faults(year, body))
    held = rows.locked(ctx.session, year)
    _check(held, version)
    before = held.model_dump(mode="json") if held else None
    former = calendars.calendar(ctx)
    row = held or CalendarYear(**audit.stamp(ctx), year=year, source_title=body.source_title)
    row.source_title, row.source_url = body.source_title, (body.papers or [""])[0]
    row.confirmed_by = ctx.actor.key
    if held:
        audit.touch(ctx, row)
    ctx.session.add(row)
    _write(ctx, year, body)
    summary = {"year": year, "days": len(body.days), "correction": held is not None}
    audit.note(ctx, "calendar_year.imported", row, before=before, summary=summary)
    extended = notice_calendar.recompute(ctx, former, row.source_title)
    return YearView(row, rows.days_of(ctx.session, year), extended)


def _check(held: CalendarYear | None, version: int | None) -> None:
    if held is not None and version is None:
        raise Refusal("PRECONDITION_REQUIRED")
    check_version(held.row_version if held else 0, version)


def _faults(year: int, body: YearImport) -> Iterator[Reason]:
    if body.year not in (None, year):
        yield Reason("CALENDAR_DAYS_INVALID", "/year", {"day": body.year, "year": year})
    seen: set[date] = set()
    for index, one in enumerate(body.days):
        if one.day in seen or abs(one.day.year - year) > 1:
            params = {"day": one.day.isoformat(), "year": year}
            yield Reason("CALENDAR_DAYS_INVALID", f"/days/{index}/date", params)
        seen.add(one.day)


def _write(ctx: Ctx, year: int, body: YearImport) -> None:
    named: Sequence[date] = [one.day for one in body.days]
    later = rows.governed_by_a_later_paper(ctx.session, year, named)
    rows.forget(ctx.session, year, named)
    ctx.session.add_all(
        CalendarDay(
            day=one.day,
            source_year=year,
            is_workday=not one.is_off_day,
            label=one.name,
            recorded_at=ctx.now,
        )
        for one in body.days
        if one.day not in later
    )
    ctx.session.flush()
