"""Working days, the last day of a notice, the instant a deadline ends (D6, D7, I-08, I-10, I-21).

A year whose arrangement is not loaded is refused, never guessed: which weekends are worked is announced
each November for the next year only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from app.domain.errors import Refusal

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The loaded years, and the days in them that differ from the Monday-to-Friday week (True: worked)."""

    days: Mapping[date, bool]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Refuses `CALENDAR_YEAR_MISSING` for a day of a year that is not loaded."""
        self.require(day)
        return self.days.get(day, day.weekday() < _SATURDAY)

    def require(self, day: date) -> None:
        """Refuse `CALENDAR_YEAR_MISSING` unless the year of `day` is loaded (I-21)."""
        if day.year not in self.years:
            raise Refusal("CALENDAR_YEAR_MISSING", year=day.year)


class DayKind(StrEnum):
    WORKING = "WORKING"
    CALENDAR = "CALENDAR"


class Roll(StrEnum):
    """Where a deadline on a rest day goes."""

    FORWARD = "FORWARD"
    NONE = "NONE"
    BACK = "BACK"


@dataclass(frozen=True)
class NoticeRule:
    """How long a notice has to stand, in which days, and whether the day of publication is the first of them."""

    min_days: int
    day_kind: DayKind = DayKind.WORKING
    count_publication_day: bool = False


def notice_end(rule: NoticeRule, publish_on: date, calendar: WorkingCalendar) -> date:
    """The earliest last day of a notice published on a day; it ends at 24:00 of that day.

    Counted in calendar days, a last day that is a rest day moves behind the rest days (Civil Code Art. 203).
    Refuses `CALENDAR_YEAR_MISSING`.
    """
    calendar.require(publish_on)
    before = publish_on - _ONE_DAY if rule.count_publication_day else publish_on
    if rule.day_kind is DayKind.WORKING:
        return working_days_after(before, rule.min_days, calendar)
    return calendar_days_after(before, rule.min_days, calendar)


def working_days_after(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The `count`-th working day after `day`, which itself is not counted (Civil Code Art. 201)."""
    if count < 0:
        raise ValueError("days are counted forward")
    while count:
        day += _ONE_DAY
        count -= calendar.is_working_day(day)
    return day


def working_days_between(day: date, last: date, calendar: WorkingCalendar) -> int:
    """How many working days lie after `day`, up to and with `last`."""
    return sum(calendar.is_working_day(day + _ONE_DAY * n) for n in range(1, (last - day).days + 1))


def calendar_days_after(day: date, count: int, calendar: WorkingCalendar) -> date:
    """`count` days after `day`, which itself is not counted; a rest day at the end moves forward."""
    if count < 0:
        raise ValueError("days are counted forward")
    return roll(day + timedelta(days=count), Roll.FORWARD, calendar)


def roll(deadline: date, direction: Roll, calendar: WorkingCalendar) -> date:
    """The day suggested for a deadline that falls on a rest day; what the office confirms is final (decisions 4)."""
    if direction is Roll.NONE:
        return deadline
    step = _ONE_DAY if direction is Roll.FORWARD else -_ONE_DAY
    while not calendar.is_working_day(deadline):
        deadline += step
    return deadline


def ends_at(last_day: date, zone: tzinfo) -> datetime:
    """The exclusive end of a last day: 00:00 of the next day in the zone, as an instant in UTC."""
    return datetime.combine(last_day + _ONE_DAY, time(), tzinfo=zone).astimezone(UTC)
