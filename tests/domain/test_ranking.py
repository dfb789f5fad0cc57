"""Sheets combined and candidates ranked: exact values, half-up display, ties shown; worked examples."""

from decimal import Decimal
from fractions import Fraction
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.domain.ranking import Cut, Method, combined, ranked, shown

D = Decimal


def totals(*values: str) -> list[Decimal]:
    return [D(value) for value in values]


@pytest.mark.rule("E-24")
@pytest.mark.parametrize(
    ("sheets", "method", "exact", "display"),
    [
        (("86.5", "91", "88.5"), Method.MEAN, Fraction(266, 3), "88.67"),  # worked example 1
        (("92", "90.5", "88", "40"), Method.MEAN, Fraction("77.625"), "77.63"),  # 2: the outlier counts fully
        (("92", "90.5", "88", "40"), Method.TRIMMED_MEAN, Fraction("89.25"), "89.25"),  # 3: unless rules trim
        (
            ("92", "90.5", "88", "40"),
            Method.MEDIAN,
            Fraction("89.25"),
            "89.25",
        ),  # 4: an even number of sheets
        (("90", "70", "85"), Method.MEDIAN, Fraction(85), "85.00"),  # 5: an odd one
        (
            ("80", "80.5", "80", "80"),
            Method.MEAN,
            Fraction("80.125"),
            "80.13",
        ),  # 6: a half goes up, not to even
        (
            ("100", "100", "100"),
            Method.TRIMMED_MEAN,
            Fraction(100),
            "100.00",
        ),  # 7: everybody gave the maximum
        (("0",), Method.MEAN, Fraction(0), "0.00"),
    ],
)
def test_worked_examples_of_combining_sheets(
    sheets: tuple[str, ...], method: Method, exact: Fraction, display: str
) -> None:
    value = combined(totals(*sheets), method)
    assert value == exact
    assert str(shown(value)) == display


@pytest.mark.parametrize(
    ("method", "count", "needed"), [(Method.MEAN, 0, 1), (Method.MEDIAN, 0, 1), (Method.TRIMMED_MEAN, 2, 3)]
)
def test_too_few_sheets_are_refused(method: Method, count: int, needed: int) -> None:
    with pytest.raises(Refusal) as refused:
        combined([D(80)] * count, method)
    assert (refused.value.code, refused.value.reason.params) == (
        "SCORES_MISSING",
        {"needed": needed, "given": count},
    )


@pytest.mark.rule("G-08", "E-23")
def test_worked_example_eight_a_tie_at_the_cut_is_shown_and_not_decided() -> None:
    values = {
        name: Fraction(value)
        for name, value in zip("abcde", ["90", "88.5", "88.5", "88.5", "70"], strict=True)
    }
    standings = {one.key: (one.rank, one.tied, one.cut) for one in ranked(values, places=2)}
    assert standings == {
        "a": (1, False, Cut.WITHIN),
        "b": (2, True, Cut.TIED_AT_CUT),
        "c": (2, True, Cut.TIED_AT_CUT),
        "d": (2, True, Cut.TIED_AT_CUT),
        "e": (5, False, Cut.BEYOND),
    }
    within = {one.key: (one.tied, one.cut) for one in ranked(values, places=4)}
    assert within["b"] == (True, Cut.WITHIN)


@pytest.mark.rule("E-23")
def test_worked_example_nine_values_that_look_alike_are_still_ranked_exactly() -> None:
    """Means of three and of seven sheets: 88.6666… and 88.6714… show as 88.67 both, but are no tie."""
    three = combined(totals("86.5", "91", "88.5"), Method.MEAN)
    seven = combined(totals("88", "89", "88.5", "89", "88.5", "89", "88.7"), Method.MEAN)
    first, second = ranked({"three": three, "seven": seven}, places=1)
    assert (first.key, second.key, first.tied) == ("seven", "three", False)
    assert first.shown == second.shown == D("88.67")


def test_worked_example_ten_equal_means_of_different_numbers_of_sheets_are_a_tie() -> None:
    """266/3 out of three sheets is 532/6 out of six; binary floats and rounded decimals could tell them apart."""
    three = combined(totals("86.5", "91", "88.5"), Method.MEAN)
    six = combined(totals("90", "90", "88", "88", "88", "88"), Method.MEAN)
    assert [one.rank for one in ranked({"three": three, "six": six}, places=1)] == [1, 1]


def test_no_candidates_and_no_places() -> None:
    assert ranked({}, places=3) == []
    (only,) = ranked({"a": Fraction(99)}, places=0)
    assert (only.rank, only.cut) == (1, Cut.BEYOND)


SHEETS = st.lists(st.integers(0, 200).map(lambda halves: Decimal(halves) / 2), min_size=3, max_size=9)


@given(SHEETS, st.sampled_from(Method), st.randoms())
def test_the_order_of_sheets_means_nothing(sheets: list[Decimal], method: Method, random: Random) -> None:
    mixed = list(sheets)
    random.shuffle(mixed)
    value = combined(sheets, method)
    assert combined(mixed, method) == value
    assert min(sheets) <= value <= max(sheets)


@given(SHEETS)
def test_the_median_is_the_libraries(sheets: list[Decimal]) -> None:
    assert combined(sheets, Method.MEDIAN) == Fraction(median(sheets))


@given(st.fractions(min_value=0, max_value=1000))
def test_what_is_shown_differs_by_at_most_half_a_hundredth_and_a_half_goes_up(value: Fraction) -> None:
    difference = Fraction(shown(value)) - value
    assert Fraction(-1, 200) < difference <= Fraction(1, 200)
    assert shown(value).as_tuple().exponent == -2


VALUES = st.lists(st.integers(0, 6), max_size=12).map(
    lambda ints: {n: Fraction(i) for n, i in enumerate(ints)}
)


@given(VALUES, st.integers(0, 13))
def test_ranks_follow_values_and_the_cut_follows_ranks(values: dict[int, Fraction], places: int) -> None:
    standings = ranked(values, places)
    assert sorted(one.key for one in standings) == sorted(values)
    for one in standings:
        better = [key for key in values if values[key] > one.value]
        assert one.rank == len(better) + 1
    within = [one for one in standings if one.cut is Cut.WITHIN]
    contested = [one for one in standings if one.cut is Cut.TIED_AT_CUT]
    assert len(within) <= places
    assert len({one.value for one in contested}) <= 1
    assert not contested or len(within) < places < len(within) + len(contested)
    assert contested or len(within) == min(places, len(values))
