"""The shipped calendar: complete, made by the committed script, and equal to an independent library."""

import runpy
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from app.packs.calendar import SHIPPED, SpecialDay, faults, read, shipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.rule("D7", "I-21")
def test_the_years_2004_to_2026_are_loaded_each_with_its_source() -> None:
    assert sorted(shipped().sources) == list(range(2004, 2027))
    assert all(str(year) in title for year, title in shipped().sources.items())


@pytest.mark.rule("D7", "E-10")
def test_every_day_of_2018_to_2026_is_what_an_independent_library_says() -> None:
    oracle = holidays.country_holidays("CN", years=range(2018, 2027))
    calendar = shipped().calendar
    days = [date(2018, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2018, 1, 1)).days)]
    assert len(days) == 3287
    assert [one for one in days if calendar.is_working_day(one) != oracle.is_working_day(one)] == []


@pytest.mark.rule("E-10")
def test_the_worked_weekends_of_2026_are_those_that_were_announced() -> None:
    worked = [one.day for one in shipped().days if one.is_workday and one.day.year == 2026]
    assert [f"{one.month}/{one.day}" for one in worked] == ["1/4", "2/14", "2/28", "5/9", "9/20", "10/10"]


def test_the_committed_file_is_what_the_script_writes() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "make_calendar.py"))
    assert tool["written"]() == SHIPPED.read_text(encoding="utf-8")
    assert tool["main"](["--check"]) == 0


def test_each_fault_of_a_calendar_is_named() -> None:
    saturday, monday = date(2026, 1, 3), date(2026, 1, 5)
    assert faults({2026: ""}, []) == ["2026: no source"]
    assert faults({2026: "x"}, [SpecialDay(date(2025, 1, 1), False, "")]) == ["2025-01-01: year not loaded"]
    assert faults({2026: "x"}, [SpecialDay(monday, False, "")] * 2) == ["2026-01-05: listed twice"]
    assert faults({2026: "x"}, [SpecialDay(saturday, False, "")]) == ["2026-01-03: no deviation"]
    assert faults({2026: "x"}, [SpecialDay(saturday, True, "")]) == []


def test_a_faulty_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text("year,day,is_workday,note\n2026,,,paper\n2026,2026-01-05,1,\n2027,2027-01-01,0,\n")
    with pytest.raises(ValueError, match="2027-01-01: year not loaded; 2026-01-05: no deviation"):
        read(path)
