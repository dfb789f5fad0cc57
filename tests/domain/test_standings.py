"""A ranking out of frozen inputs: by bucket and over the pool, exact, with spreads shown and nothing left out."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ranking import Cut, Method, combined, ranked
from app.domain.standings import (
    BucketPlaces,
    Line,
    Rules,
    ScoredCase,
    SheetTotal,
    reviewer_spreads,
    spread,
    standings,
)

BUCKETS = (BucketPlaces("330100", 2, False), BucketPlaces("330200", 1, True), BucketPlaces("UNITS", 1, True))


def rules(method: Method = Method.MEAN, pool: int = 2) -> Rules:
    return Rules(method, Fraction(100), pool, BUCKETS)


def case(name: str, bucket: str, *totals: str) -> ScoredCase:
    sheets = (SheetTotal(f"{name}-{n}", f"r{n}", Fraction(total)) for n, total in enumerate(totals, 1))
    return ScoredCase(name, bucket, tuple(sheets))


def places(lines: list[Line]) -> dict[str, tuple[int, Cut, int, Cut | None]]:
    return {
        one.case: (
            one.in_bucket.rank,
            one.in_bucket.cut,
            one.in_pool.rank if one.in_pool else 0,
            one.in_pool.cut if one.in_pool else None,
        )
        for one in lines
    }


@pytest.mark.rule("R-021", "E-15", "R-015")
def test_cases_are_ranked_in_their_bucket_and_the_eligible_ones_over_the_pool() -> None:
    lines = standings(
        [
            case("h1", "330100", "99", "99", "99"),
            case("h2", "330100", "90", "90", "90"),
            case("h3", "330100", "95", "95", "95"),
            case("n1", "330200", "91", "92", "93"),
            case("n2", "330200", "88", "88", "88"),
            case("u1", "UNITS", "85", "86", "87"),
        ],
        rules(),
    )

    assert places(lines) == {
        "h1": (1, Cut.WITHIN, 0, None),
        "h3": (2, Cut.WITHIN, 0, None),
        "h2": (3, Cut.BEYOND, 0, None),
        "n1": (1, Cut.WITHIN, 1, Cut.WITHIN),
        "n2": (2, Cut.BEYOND, 2, Cut.WITHIN),
        "u1": (1, Cut.WITHIN, 3, Cut.BEYOND),
    }


@pytest.mark.rule("E-23", "G-08")
def test_a_tie_at_the_cut_is_shown_in_the_bucket_and_in_the_pool() -> None:
    lines = standings(
        [case("n1", "330200", "90"), case("n2", "330200", "90"), case("u1", "UNITS", "90")], rules(pool=1)
    )

    assert places(lines) == {
        "n1": (1, Cut.TIED_AT_CUT, 1, Cut.TIED_AT_CUT),
        "n2": (1, Cut.TIED_AT_CUT, 1, Cut.TIED_AT_CUT),
        "u1": (1, Cut.WITHIN, 1, Cut.TIED_AT_CUT),
    }


def test_without_a_pool_nobody_is_ranked_over_it() -> None:
    (line,) = standings([case("n1", "330200", "90")], rules(pool=0))
    assert line.in_pool is None


def test_a_bucket_the_plan_no_longer_has_has_no_places() -> None:
    (line,) = standings([case("x", "339999", "90")], rules())
    assert (line.in_bucket.rank, line.in_bucket.cut) == (1, Cut.BEYOND)


@pytest.mark.rule("E-24")
@pytest.mark.parametrize(
    ("totals", "all_maximum", "outliers"),
    [
        (("100", "100", "100"), True, ()),
        (("92", "90.5", "88", "40"), False, ("a-4",)),
        (("92", "90", "70"), False, ()),  # 20 from the next: a fifth, not more
        (("92", "90", "69.5"), False, ("a-3",)),
        (("91", "92", "70", "70"), False, ()),  # two camps, nobody alone
        (("95", "40"), False, ()),
        (("95",), False, ()),
    ],
)
def test_all_at_the_maximum_and_one_far_away_are_pointed_out(
    totals: tuple[str, ...], all_maximum: bool, outliers: tuple[str, ...]
) -> None:
    found = spread(case("a", "330100", *totals).sheets, Fraction(100))
    assert (found.all_maximum, found.outliers) == (all_maximum, outliers)


@pytest.mark.rule("E-24")
def test_an_outlier_counts_fully_unless_the_rules_trim() -> None:
    sheets = case("a", "330100", "92", "90.5", "88", "40")
    values = {method: standings([sheets], rules(method))[0].value for method in Method}
    assert values == {
        Method.MEAN: Fraction("77.625"),
        Method.TRIMMED_MEAN: Fraction("89.25"),
        Method.MEDIAN: Fraction("89.25"),
    }


def test_each_reviewer_is_shown_beside_the_others() -> None:
    cases = [case("a", "330100", "100", "80", "90"), case("b", "330200", "100", "70", "85")]
    found = {one.reviewer: (one.sheets, one.mean, one.above) for one in reviewer_spreads(cases, rules())}
    assert found == {
        "r1": (2, 100, Fraction(25, 2)),
        "r2": (2, 75, Fraction(-25, 2)),
        "r3": (2, Fraction(175, 2), 0),
    }
    assert [one.spread.all_maximum for one in reviewer_spreads(cases, rules())] == [True, False, False]


TOTALS = st.lists(st.integers(0, 200).map(lambda halves: Fraction(halves, 2)), min_size=3, max_size=5)
WORLDS = st.lists(st.tuples(st.sampled_from(["330100", "330200", "UNITS"]), TOTALS), max_size=8).map(
    lambda drawn: [
        ScoredCase(f"c{n}", bucket, tuple(SheetTotal(f"c{n}-{i}", f"r{i}", t) for i, t in enumerate(totals)))
        for n, (bucket, totals) in enumerate(drawn)
    ]
)


@settings(deadline=None)
@given(WORLDS, st.sampled_from(Method), st.randoms())
def test_the_order_of_the_inputs_means_nothing(
    world: list[ScoredCase], method: Method, random: Random
) -> None:
    mixed = list(world)
    random.shuffle(mixed)
    assert standings(mixed, rules(method)) == standings(world, rules(method))


@settings(deadline=None)
@given(WORLDS, st.sampled_from(Method))
def test_every_case_is_ranked_once_and_a_better_one_is_never_behind(
    world: list[ScoredCase], method: Method
) -> None:
    lines = standings(world, rules(method))
    assert sorted(one.case for one in lines) == sorted(one.case for one in world)
    for one in lines:
        for other in lines:
            if one.bucket == other.bucket and one.value > other.value:
                assert one.in_bucket.rank < other.in_bucket.rank
            if one.in_pool and other.in_pool:
                assert (one.in_pool.rank < other.in_pool.rank) == (one.value > other.value)


UNEVEN = st.lists(
    st.tuples(
        st.sampled_from(["330100", "330200", "UNITS"]),
        st.lists(st.fractions(0, 100, max_denominator=12), min_size=3, max_size=5),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(UNEVEN, st.sampled_from(Method))
def test_whole_numbers_of_a_unit_give_what_fractions_give(
    world: list[tuple[str, list[Fraction]]], method: Method
) -> None:
    cases = [
        ScoredCase(f"c{n}", bucket, tuple(SheetTotal(f"c{n}-{i}", f"r{i}", t) for i, t in enumerate(totals)))
        for n, (bucket, totals) in enumerate(world)
    ]
    exact = {f"c{n}": combined(totals, method) for n, (_, totals) in enumerate(world)}
    places = {one.code: one.places for one in BUCKETS}
    expected = {
        standing.key: (standing.value, standing.rank, standing.tied, standing.cut)
        for code, at in places.items()
        for standing in ranked({c.case: exact[c.case] for c in cases if c.bucket == code}, at)
    }
    pool = ranked({one.case: exact[one.case] for one in cases if one.bucket != "330100"}, 2)

    lines = standings(cases, rules(method))

    assert {one.case: (one.value, *one.in_bucket) for one in lines} == expected
    assert {one.case: one.in_pool for one in lines if one.in_pool} == {
        one.key: (one.rank, one.tied, one.cut) for one in pool
    }
    for found in reviewer_spreads(cases, rules(method)):
        given = [(s.total, exact[c.case]) for c in cases for s in c.sheets if s.reviewer == found.reviewer]
        assert found.mean == sum(total for total, _ in given) / len(given)
        assert found.above == sum(total - value for total, value in given) / len(given)
        assert found.spread[:2] == (min(given)[0], max(given)[0])
