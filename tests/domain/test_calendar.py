"""Working days, the end of a notice, deadlines on rest days, the instant a day ends."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import (
    DayKind,
    NoticeRule,
    Roll,
    WorkingCalendar,
    calendar_days_after,
    ends_at,
    notice_end,
    roll,
    working_days_after,
)
from app.domain.errors import Refusal
from app.packs.calendar import shipped

CALENDAR = shipped().calendar
SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = st.dates(date(2004, 1, 1), date(2026, 10, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.rule("R-028", "E-10", "G-06", "D6")
@pytest.mark.parametrize(
    ("publish_on", "counted", "last_day"),
    [
        ("2022-10-31", True, "2022-11-04"),
        ("2022-05-07", True, "2022-05-12"),
        ("2025-04-14", False, "2025-04-21"),
        ("2026-09-18", False, "2026-09-24"),
        ("2026-09-21", False, "2026-09-29"),
        ("2026-09-24", True, "2026-10-08"),
        ("2026-09-24", False, "2026-10-09"),
        ("2026-09-30", True, "2026-10-12"),
        ("2026-09-30", False, "2026-10-13"),
        ("2026-02-10", True, "2026-02-14"),
        ("2026-02-10", False, "2026-02-24"),
        ("2026-04-29", True, "2026-05-08"),
        ("2026-04-29", False, "2026-05-09"),
        ("2023-09-27", False, "2023-10-10"),
    ],
)
def test_five_working_days_end_where_real_notices_and_the_calendar_say(
    publish_on: str, counted: bool, last_day: str
) -> None:
    rule = NoticeRule(5, DayKind.WORKING, counted)
    assert notice_end(rule, day(publish_on), CALENDAR) == day(last_day)


@pytest.mark.rule("E-11", "I-21", "D7")
@pytest.mark.parametrize("counted", [True, False])
def test_a_notice_into_a_year_without_calendar_is_refused_with_the_year(counted: bool) -> None:
    with pytest.raises(Refusal) as refused:
        notice_end(NoticeRule(5, DayKind.WORKING, counted), day("2026-12-28"), CALENDAR)
    assert (refused.value.code, refused.value.reason.params) == ("CALENDAR_YEAR_MISSING", {"year": 2027})
    assert "2027" in refused.value.reason.sentence("zh")


@pytest.mark.rule("E-11", "I-21")
def test_a_publication_day_before_the_first_loaded_year_is_refused_too() -> None:
    with pytest.raises(Refusal) as refused:
        notice_end(NoticeRule(1), day("2003-12-31"), CALENDAR)
    assert refused.value.reason.params == {"year": 2003}


@pytest.mark.rule("E-10")
def test_a_worked_sunday_counts_and_a_holiday_on_friday_does_not() -> None:
    assert CALENDAR.is_working_day(day("2026-09-20"))
    assert not CALENDAR.is_working_day(day("2026-09-25"))


@pytest.mark.rule("E-10", "G-06")
@pytest.mark.parametrize(
    ("publish_on", "days", "counted", "last_day"),
    [
        ("2026-09-07", 5, False, "2026-09-14"),  # ends on Saturday 12, so Monday
        ("2026-09-07", 5, True, "2026-09-11"),
        ("2026-09-24", 7, False, "2026-10-08"),  # ends on 1 October, behind the whole holiday
        ("2016-11-07", 7, True, "2016-11-14"),  # counted like a real one, which ended on Sunday 13
    ],
)
def test_calendar_days_that_end_on_a_rest_day_end_behind_the_rest_days(
    publish_on: str, days: int, counted: bool, last_day: str
) -> None:
    rule = NoticeRule(days, DayKind.CALENDAR, counted)
    assert notice_end(rule, day(publish_on), CALENDAR) == day(last_day)


@pytest.mark.rule("E-10", "G-10")
@pytest.mark.parametrize(
    ("deadline", "forward", "back"),
    [
        ("2023-09-30", "2023-10-07", "2023-09-28"),
        ("2026-06-20", "2026-06-22", "2026-06-18"),
        ("2026-09-30", "2026-09-30", "2026-09-30"),
    ],
)
def test_a_deadline_on_a_rest_day_has_a_suggestion(deadline: str, forward: str, back: str) -> None:
    rolled = {direction: roll(day(deadline), direction, CALENDAR).isoformat() for direction in Roll}
    assert rolled == {Roll.FORWARD: forward, Roll.NONE: deadline, Roll.BACK: back}


def test_days_after_a_release_are_counted_in_working_days_only() -> None:
    assert working_days_after(day("2026-09-24"), 5, CALENDAR) == day("2026-10-09")
    assert working_days_after(day("2026-09-24"), 0, CALENDAR) == day("2026-09-24")
    assert calendar_days_after(day("2026-09-24"), 1, CALENDAR) == day("2026-09-28")


@pytest.mark.parametrize("counting", [working_days_after, calendar_days_after])
def test_days_are_not_counted_backward(counting: type) -> None:
    with pytest.raises(ValueError, match="forward"):
        counting(day("2026-09-24"), -1, CALENDAR)


def test_a_day_ends_at_midnight_of_the_campaigns_zone() -> None:
    assert ends_at(day("2026-09-24"), SHANGHAI) == datetime(2026, 9, 24, 16, tzinfo=UTC)
    assert ends_at(day("2026-12-31"), ZoneInfo("UTC")) == datetime(2027, 1, 1, tzinfo=UTC)


def test_a_zone_that_skips_midnight_still_has_an_end_of_day() -> None:
    # Cairo went from 23:59:59 to 01:00 on 2023-04-28; the day before ended when that night began.
    assert ends_at(day("2023-04-27"), ZoneInfo("Africa/Cairo")) == datetime(2023, 4, 27, 22, tzinfo=UTC)


@given(DAYS)
def test_the_last_second_of_a_day_lies_before_its_end(last_day: date) -> None:
    end = ends_at(last_day, SHANGHAI)
    assert (end - timedelta(seconds=1)).astimezone(SHANGHAI).date() == last_day
    assert end.astimezone(SHANGHAI).date() == last_day + timedelta(days=1)


@given(DAYS, st.integers(1, 30), st.booleans())
def test_a_notice_stands_for_exactly_its_working_days(publish_on: date, days: int, counted: bool) -> None:
    end = notice_end(NoticeRule(days, DayKind.WORKING, counted), publish_on, CALENDAR)
    first = publish_on + timedelta(days=0 if counted else 1)
    stood = [first + timedelta(days=n) for n in range((end - first).days + 1)]
    assert sum(CALENDAR.is_working_day(one) for one in stood) == days
    assert CALENDAR.is_working_day(end)


@given(DAYS, st.integers(1, 30), st.sampled_from(DayKind))
def test_not_counting_the_day_of_publication_never_ends_earlier(
    publish_on: date, days: int, kind: DayKind
) -> None:
    counting, skipping = (notice_end(NoticeRule(days, kind, c), publish_on, CALENDAR) for c in (True, False))
    assert counting <= skipping
    assert notice_end(NoticeRule(days + 1, kind), publish_on, CALENDAR) >= skipping


@given(DAYS)
def test_rolling_lands_on_the_nearest_working_day_of_its_side(deadline: date) -> None:
    forward = roll(deadline, Roll.FORWARD, CALENDAR)
    assert forward >= deadline
    assert CALENDAR.is_working_day(forward)
    assert roll(forward, Roll.FORWARD, CALENDAR) == forward
    assert (
        working_days_after(deadline - timedelta(days=1), 1, CALENDAR) == forward if deadline.day > 1 else True
    )


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.frozensets(st.integers(2000, 2040), max_size=20))
def test_a_year_is_known_or_refused(one: date, years: frozenset[int]) -> None:
    calendar = WorkingCalendar({}, years)
    if one.year in years:
        assert calendar.is_working_day(one) == (one.weekday() < 5)
        return
    with pytest.raises(Refusal) as refused:
        calendar.is_working_day(one)
    assert refused.value.reason.params == {"year": one.year}
