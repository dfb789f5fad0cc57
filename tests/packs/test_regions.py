"""The shipped divisions of Zhejiang, and what is found in a faulty list."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.levels import Level
from app.packs.regions import SHIPPED, RegionRow, faults, on_day, read, shipped

TODAY = date(2026, 11, 24)
CITIES = {
    "330100": ("杭州市", "Hangzhou"),
    "330200": ("宁波市", "Ningbo"),
    "330300": ("温州市", "Wenzhou"),
    "330400": ("嘉兴市", "Jiaxing"),
    "330500": ("湖州市", "Huzhou"),
    "330600": ("绍兴市", "Shaoxing"),
    "330700": ("金华市", "Jinhua"),
    "330800": ("衢州市", "Quzhou"),
    "330900": ("舟山市", "Zhoushan"),
    "331000": ("台州市", "Taizhou"),
    "331100": ("丽水市", "Lishui"),
}


def test_one_province_eleven_cities_and_ninety_county_level_units_hold_today() -> None:
    today = [row for row in shipped() if row.valid_on(TODAY)]
    assert Counter(row.level for row in today) == {Level.PROVINCIAL: 1, Level.MUNICIPAL: 11, Level.COUNTY: 90}
    assert {row.code: (row.name_zh, row.name_en) for row in today if row.level is Level.MUNICIPAL} == CITIES


def test_each_city_has_as_many_county_level_units_as_it_has() -> None:
    counts = Counter(row.parent for row in shipped() if row.level is Level.COUNTY and row.valid_on(TODAY))
    assert [counts[city] for city in CITIES] == [13, 10, 12, 7, 5, 6, 9, 6, 4, 9, 9]


@pytest.mark.rule("E-26")
@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("330103", "下城区", None),
        ("330104", "江干区", None),
        ("330113", None, "临平区"),
        ("330114", None, "钱塘区"),
        ("330102", "上城区", "上城区"),
        ("330105", "拱墅区", "拱墅区"),
        ("330110", "余杭区", "余杭区"),
        ("330199", None, None),
    ],
)
def test_hangzhous_districts_change_on_the_ninth_of_april_2021(
    code: str, before: str | None, after: str | None
) -> None:
    found = [on_day(shipped(), code, date(2021, 4, day)) for day in (8, 9)]
    assert [row and row.name_zh for row in found] == [before, after]


def test_names_end_in_the_kind_of_unit_and_are_written_in_pinyin() -> None:
    endings = {"区": " District", "县": " County", "市": " City"}
    counties = [row for row in shipped() if row.level is Level.COUNTY]
    assert all(row.name_en.endswith(endings[row.name_zh[-1]]) for row in counties)
    odd = {
        "乐清市": "Yueqing City",
        "景宁畲族自治县": "Jingning She Autonomous County",
        "莲都区": "Liandu District",
    }
    assert {row.name_zh: row.name_en for row in counties if row.name_zh in odd} == odd
    assert all(row.name_en.isascii() and row.name_en[0].isupper() for row in shipped())


def test_the_shipped_list_is_sorted_and_without_fault() -> None:
    assert faults(shipped()) == []
    assert [row.code for row in shipped()] == sorted(row.code for row in shipped())


PROVINCE = RegionRow("330000", Level.PROVINCIAL, "", date(2020, 1, 1), None, "浙江省", "Zhejiang")
TAIZHOU = RegionRow("331000", Level.MUNICIPAL, "330000", date(2020, 1, 1), None, "台州市", "Taizhou")
SANMEN = RegionRow("331022", Level.COUNTY, "331000", date(2020, 1, 1), None, "三门县", "Sanmen County")


@pytest.mark.rule("E-26")
@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (SANMEN, None),
        (replace(SANMEN, code="33102"), "33102: a code has six digits"),
        (replace(SANMEN, name_en=""), "331022: a name is missing"),
        (replace(SANMEN, valid_to=date(2019, 1, 1)), "331022: ends before it begins"),
        (replace(SANMEN, parent="331100"), "331022: its parent is not above it"),
        (replace(SANMEN, parent=""), "331022: its parent is not above it"),
        (replace(SANMEN, code="331122"), "331122: its parent is not above it"),
        (replace(SANMEN, valid_from=date(2019, 1, 1)), "331022: its parent is not above it"),
        (replace(TAIZHOU, level=Level.PROVINCIAL, code="340000"), "340000: its parent is not above it"),
        (replace(TAIZHOU, valid_from=date(2021, 1, 1)), "331000: two meanings at a time"),
    ],
)
def test_each_fault_of_a_list_is_named(row: RegionRow, fault: str | None) -> None:
    found = faults([PROVINCE, TAIZHOU, row])
    assert (found == []) if fault is None else (fault in found)


@pytest.mark.rule("E-26")
def test_a_code_may_be_given_again_after_it_was_abolished() -> None:
    first = replace(SANMEN, valid_to=date(2022, 5, 1))
    second = replace(SANMEN, valid_from=date(2022, 5, 2), name_zh="三门市")
    rows = [PROVINCE, TAIZHOU, first, second]
    assert faults(rows) == []
    assert [on_day(rows, "331022", date(2022, 5, day)) for day in (1, 2)] == [first, second]


def test_a_faulty_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(
        SHIPPED.read_text(encoding="utf-8").replace("331022,COUNTY,331000", "331022,COUNTY,331100")
    )
    with pytest.raises(ValueError, match="331022: its parent is not above it"):
        read(path)
