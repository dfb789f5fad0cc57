"""The working-day calendar that ships with the product: 2004-2026, a seed for the tables (decisions 5)."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.domain.calendar import WorkingCalendar

SHIPPED = Path(__file__).parent / "data" / "calendar.csv"


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from the Monday-to-Friday week: a holiday, or a worked weekend day (调休)."""

    day: date
    is_workday: bool
    label: str


@dataclass(frozen=True)
class CalendarFile:
    """What a calendar file holds: the source of each loaded year, and the days that deviate."""

    sources: Mapping[int, str]
    days: tuple[SpecialDay, ...]

    @property
    def calendar(self) -> WorkingCalendar:
        return WorkingCalendar({one.day: one.is_workday for one in self.days}, frozenset(self.sources))


@cache
def shipped() -> CalendarFile:
    """The committed file. `tools/make_calendar.py` writes it."""
    return read(SHIPPED)


def read(path: Path) -> CalendarFile:
    """Read one calendar file. Raises `ValueError` with every fault found."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    sources = {int(row["year"]): row["note"] for row in rows if not row["day"]}
    days = tuple(
        SpecialDay(date.fromisoformat(row["day"]), row["is_workday"] == "1", row["note"])
        for row in rows
        if row["day"]
    )
    if found := faults(sources, days):
        raise ValueError("; ".join(found))
    return CalendarFile(sources, days)


def faults(sources: Mapping[int, str], days: Iterable[SpecialDay]) -> list[str]:
    """What speaks against such a calendar: a year without source, a day twice, a day that does not deviate."""
    listed = [one.day for one in days]
    return (
        [f"{year}: no source" for year, title in sources.items() if not title]
        + [f"{day}: year not loaded" for day in listed if day.year not in sources]
        + [f"{day}: listed twice" for day in sorted({day for day in listed if listed.count(day) > 1})]
        + [f"{one.day}: no deviation" for one in days if one.is_workday == (one.day.weekday() < 5)]
    )
