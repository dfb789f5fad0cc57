"""The working-day calendar as the database holds it; the table decides, not a library (D7)."""

from app.db import calendars as rows
from app.domain.calendar import WorkingCalendar
from app.services.context import Ctx


def calendar(ctx: Ctx) -> WorkingCalendar:
    """All loaded years. A year that is not among them is refused wherever a date is computed (I-21)."""
    days = {row.day: row.is_workday for row in rows.all_days(ctx.session)}
    return WorkingCalendar(days, rows.years_loaded(ctx.session))
