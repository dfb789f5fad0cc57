"""Levels, the own level of a window, and whether its type fits its affiliation."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import CATALOGUE, Refusal
from app.domain.levels import (
    AFFILIATION_CODES,
    STATION_CODES,
    Level,
    applicable_levels,
    not_applicable_levels,
    own_level,
    window_type_reasons,
)

T, C, M, P = Level
CITY = (C, M)
ALL_FOUR = (T, C, M, P)
UNIT = (P,)
ROUTES = [subset for size in (1, 2, 3, 4) for subset in combinations(Level, size)]


def test_levels_compare_by_height_not_by_spelling() -> None:
    assert sorted([P, T, M, C]) == [T, C, M, P]
    assert T < C < M < P
    assert (P >= M, M <= P, M > P, T >= C) == (True, True, False, False)


def test_every_level_has_both_names() -> None:
    assert [(level.name_zh, level.name_en) for level in Level] == [
        ("乡镇（街道）", "Township (sub-district)"),
        ("县级", "County"),
        ("市级", "Municipal"),
        ("省级", "Provincial"),
    ]


@pytest.mark.rule("R-026", "E-39", "E-14")
@pytest.mark.parametrize(
    ("code", "route", "expected"),
    [
        ("50", CITY, C),
        ("51", CITY, C),
        ("52", CITY, C),
        ("40", CITY, M),
        ("41", CITY, M),
        ("60", CITY, C),
        ("61", CITY, C),
        ("63", CITY, C),
        ("70", CITY, C),
        ("72", CITY, C),
        ("61", ALL_FOUR, T),
        ("71", ALL_FOUR, T),
        ("50", (M, P), M),
        ("20", UNIT, P),
        ("10", UNIT, P),
        ("20", ALL_FOUR, P),
    ],
)
def test_the_own_level_is_that_of_the_affiliation_or_the_next_above_on_the_route(
    code: str, route: tuple[Level, ...], expected: Level
) -> None:
    assert own_level(code, route) == expected


@pytest.mark.rule("R-006")
@pytest.mark.parametrize(
    ("code", "route"), [("90", ALL_FOUR), ("20", CITY), ("", CITY), ("99", CITY), ("5", CITY)]
)
def test_a_window_without_a_level_on_the_route_is_out_of_scope(code: str, route: tuple[Level, ...]) -> None:
    with pytest.raises(Refusal) as refused:
        own_level(code, route)
    assert refused.value.code == "OUT_OF_SCOPE_WINDOW"
    assert refused.value.reason.params == {"affiliation_level": code}


@pytest.mark.rule("R-025", "E-14", "E-39")
def test_levels_below_the_own_one_are_not_applicable() -> None:
    assert applicable_levels(CITY, C) == (C, M)
    assert not_applicable_levels(CITY, C) == ()
    assert (applicable_levels(CITY, M), not_applicable_levels(CITY, M)) == ((M,), (C,))
    assert (applicable_levels(UNIT, P), not_applicable_levels(UNIT, P)) == ((P,), ())
    assert not_applicable_levels(ALL_FOUR, M) == (T, C)


@given(st.sampled_from(ROUTES), st.sampled_from(sorted(AFFILIATION_CODES - {"90"})))
def test_a_route_is_split_in_levels_that_act_and_levels_that_do_not(
    route: tuple[Level, ...], code: str
) -> None:
    natural = own_level(code, ALL_FOUR)
    if max(route) < natural:
        with pytest.raises(Refusal):
            own_level(code, route)
        return
    own = own_level(code, route)
    assert not_applicable_levels(route, own) + applicable_levels(route, own) == route
    assert own == min(level for level in route if level >= natural)


@pytest.mark.rule("R-010")
def test_stations_sit_at_their_own_codes_and_all_other_windows_above_them() -> None:
    fitting = {
        (kind, code)
        for kind, code in product([*STATION_CODES, "SOCIAL_INSURANCE", "OTHER_WINDOW"], AFFILIATION_CODES)
        if not window_type_reasons(kind, code)
    }
    offices = {"10", "20", "40", "41", "50", "51", "52"}
    assert fitting == (
        {("TOWNSHIP_STATION", code) for code in ("60", "62", "63")}
        | {("SUBDISTRICT_STATION", code) for code in ("60", "61")}
        | {("COMMUNITY_STATION", code) for code in ("70", "71", "72")}
        | {("SOCIAL_INSURANCE", code) for code in offices}
        | {("OTHER_WINDOW", code) for code in offices}
    )


@pytest.mark.rule("R-010")
def test_a_township_station_with_a_county_affiliation_is_told_what_would_fit() -> None:
    (reason,) = window_type_reasons("TOWNSHIP_STATION", "50")
    assert (reason.code, reason.pointer) == ("WINDOW_TYPE_LEVEL", "/affiliation_level")
    assert reason.params["expected"] == ("60", "62", "63")
    assert "60, 62, 63" in reason.sentence("en")
    assert reason.code in CATALOGUE


def test_a_pack_may_say_itself_which_codes_fit_a_type() -> None:
    assert window_type_reasons("TOWNSHIP_STATION", "50", ("50",)) == []
    assert [r.code for r in window_type_reasons("PETITION", "50", ("20",))] == ["WINDOW_TYPE_LEVEL"]
