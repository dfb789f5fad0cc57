"""The working-day calendar as the database holds it; the table decides, not a library (D7)."""

from sqlmodel import select

from app.db.tables.places import CalendarDay, CalendarYear
from app.domain.calendar import WorkingCalendar
from app.services.context import Ctx


def calendar(ctx: Ctx) -> WorkingCalendar:
    """All loaded years. A year that is not among them is refused wherever a date is computed (I-21)."""
    days = {row.day: row.is_workday for row in ctx.session.exec(select(CalendarDay)).all()}
    return WorkingCalendar(days, frozenset(ctx.session.exec(select(CalendarYear.year)).all()))
