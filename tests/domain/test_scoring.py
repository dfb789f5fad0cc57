"""A reviewer's sheet: points, steps, comments, sums; with worked examples."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scoring import (
    Entry,
    SheetRule,
    criterion_points,
    draft_reasons,
    item_factors,
    rubric_reasons,
    sheet_reasons,
    sheet_total,
)
from tests.domain.rubrics import NOTICE, WEIGHTED, Criterion, D, Item, Rubric, criterion

RULE = SheetRule()


def full(rubric: Rubric) -> dict[str, Entry]:
    return {item.code: Entry(item.max_points) for one in rubric.criteria for item in one.items}


def codes(rubric: Rubric, entries: dict[str, Entry]) -> list[tuple[str, str]]:
    return [(reason.code, reason.pointer) for reason in sheet_reasons(rubric, entries, RULE)]


@pytest.mark.rule("R-018", "D8")
def test_the_notices_five_criteria_have_28_items_and_add_up_to_a_hundred() -> None:
    assert sum(len(one.items) for one in NOTICE.criteria) == 28
    assert rubric_reasons(NOTICE) == []
    assert sheet_total(NOTICE, full(NOTICE)) == 100
    assert sheet_reasons(NOTICE, full(NOTICE), RULE) == []


def test_worked_example_one_points_add_up() -> None:
    """C1 4+3.5+3+4+2.5 = 17; C2 8 × 2 = 16; C3 5 × 3.5 = 17.5; C4 5 × 4 = 20; C5 5 × 3 = 15; together 85.5."""
    entries = {f"C1.{n}": Entry(D(p)) for n, p in enumerate("4 3.5 3 4 2.5".split(), 1)}
    entries |= {f"C2.{n}": Entry(D(2)) for n in range(1, 9)}
    for code, points in {"C3": "3.5", "C4": "4", "C5": "3"}.items():
        entries |= {f"{code}.{n}": Entry(D(points)) for n in range(1, 6)}
    assert [criterion_points(one, entries) for one in NOTICE.criteria] == [
        D(17),
        D(16),
        D("17.5"),
        D(20),
        D(15),
    ]
    assert sheet_total(NOTICE, entries) == Fraction("85.5")
    assert codes(NOTICE, entries) == []


def test_worked_example_two_weights_share_out_the_total_exactly() -> None:
    """A 12 of 15 × 40 = 32; B 5 of 7 × 35 = 25; C 13.5 of 20 × 25 = 16.875; together 73.875, nothing rounded."""
    entries = {"A.1": Entry(D(4)), "A.2": Entry(D(4)), "A.3": Entry(D(4)), "B.1": Entry(D(5))}
    entries |= {"C.1": Entry(D(10)), "C.2": Entry(D("3.5"), "x")}
    assert sheet_total(WEIGHTED, entries) == Fraction("73.875")
    assert sheet_total(WEIGHTED, {"A.1": Entry(D(1))}) == Fraction(40, 15)  # no decimal holds it


@pytest.mark.rule("R-018")
def test_an_item_without_points_is_named() -> None:
    entries = full(NOTICE)
    del entries["C1.2"], entries["C5.5"]
    (reason,) = sheet_reasons(NOTICE, entries, RULE)
    assert (reason.code, reason.params) == ("CRITERIA_INCOMPLETE", {"missing": ("C1.2", "C5.5")})
    assert draft_reasons(NOTICE, entries, RULE) == []


@pytest.mark.parametrize(
    ("code", "points", "expected"),
    [
        ("C1.1", "4.5", ("SCORE_RANGE", "/entries/C1.1/points")),
        ("C2.1", "3", ("SCORE_RANGE", "/entries/C2.1/points")),
        ("C1.1", "-0.5", ("SCORE_RANGE", "/entries/C1.1/points")),
        ("C1.1", "3.25", ("SCORE_STEP", "/entries/C1.1/points")),
        ("C1.1", "NaN", ("NUMBER_NOT_FINITE", "/entries/C1.1/points")),
        ("C1.1", "Infinity", ("NUMBER_NOT_FINITE", "/entries/C1.1/points")),
        ("C9.1", "1", ("SCORE_ITEM_UNKNOWN", "/entries/C9.1")),
    ],
)
def test_points_outside_the_items_scale_are_refused(
    code: str, points: str, expected: tuple[str, str]
) -> None:
    entries = full(NOTICE) | {code: Entry(D(points))}
    assert codes(NOTICE, entries) == [expected]
    assert [(r.code, r.pointer) for r in draft_reasons(NOTICE, entries, RULE)] == [expected]


@pytest.mark.parametrize(
    ("code", "points", "needed"),
    [
        ("C1.1", "2", False),
        ("C1.1", "1.5", True),
        ("C2.1", "1", True),
        ("C2.1", "1.5", False),
        ("C1.1", "0", True),
    ],
)
def test_at_forty_percent_or_less_the_reviewer_says_why(code: str, points: str, *, needed: bool) -> None:
    entries = full(NOTICE) | {code: Entry(D(points), " \u3000")}
    expected = [("SCORE_COMMENT_NEEDED", f"/entries/{code}/comment")] if needed else []
    assert codes(NOTICE, entries) == expected
    assert codes(NOTICE, entries | {code: Entry(D(points), "材料不全")}) == []
    assert draft_reasons(NOTICE, entries, RULE) == []


def test_the_reason_says_the_number_at_which_a_comment_is_owed() -> None:
    (reason,) = sheet_reasons(NOTICE, full(NOTICE) | {"C1.1": Entry(D(1))}, RULE)
    assert reason.params == {"item": "C1.1", "threshold": "1.6"}


@pytest.mark.parametrize(
    ("rubric", "expected"),
    [
        (replace(NOTICE, total_points=D(99)), [("PACK_POINTS_MISMATCH", "/total_points")]),
        (
            Rubric(D(20), (criterion("C1", 5, "3.5", "20"),)),
            [("PACK_POINTS_MISMATCH", "/criteria/0/max_points")],
        ),
        (Rubric(D(20), (criterion("C1", 5, "4"),)), [("PACK_WEIGHTS_AND_POINTS", "/criteria/0")]),
        (Rubric(D(20), (criterion("C1", 5, "4", "20", "20"),)), [("PACK_WEIGHTS_AND_POINTS", "/criteria/0")]),
        (
            Rubric(D(40), (criterion("C1", 5, "4", "20"), criterion("C2", 5, "4", weight="20"))),
            [("PACK_WEIGHTS_AND_POINTS", "/criteria/1")],
        ),
        (replace(WEIGHTED, total_points=D(90)), [("PACK_POINTS_MISMATCH", "/total_points")]),
        (WEIGHTED, []),
    ],
)
def test_a_rubric_adds_up_and_counts_by_points_or_by_weights(
    rubric: Rubric, expected: list[tuple[str, str]]
) -> None:
    assert [(reason.code, reason.pointer) for reason in rubric_reasons(rubric)] == expected


HALVES = st.lists(st.integers(1, 20), min_size=1, max_size=6)


@st.composite
def scored(draw: st.DrawFn) -> tuple[Rubric, dict[str, Entry]]:
    """A rubric of one to five criteria in half points, and a sheet within its limits."""
    criteria, entries, total = [], {}, D(0)
    for number in range(draw(st.integers(1, 5))):
        halves = draw(HALVES)
        items = tuple(Item(f"C{number}.{n}", Decimal(half) / 2) for n, half in enumerate(halves))
        points = sum((item.max_points for item in items), D(0))
        criteria.append(Criterion(f"C{number}", items, max_points=points))
        total += points
        for item, half in zip(items, halves, strict=True):
            entries[item.code] = Entry(Decimal(draw(st.integers(0, half))) / 2, "理由")
    return Rubric(total, tuple(criteria)), entries


@given(scored())
def test_a_sheet_within_its_limits_is_accepted_and_adds_up_exactly(
    sheet: tuple[Rubric, dict[str, Entry]],
) -> None:
    rubric, entries = sheet
    assert rubric_reasons(rubric) == []
    assert sheet_reasons(rubric, entries, RULE) == []
    assert sheet_total(rubric, entries) == sum(entry.points for entry in entries.values())
    assert 0 <= sheet_total(rubric, entries) <= rubric.total_points


@given(scored(), st.decimals(allow_nan=True, allow_infinity=True))
def test_whatever_is_typed_is_accepted_only_inside_the_scale(
    sheet: tuple[Rubric, dict[str, Entry]], typed: Decimal
) -> None:
    rubric, entries = sheet
    item = rubric.criteria[0].items[0]
    reasons = sheet_reasons(rubric, entries | {item.code: Entry(typed, "理由")}, RULE)
    inside = typed.is_finite() and 0 <= typed <= item.max_points and Fraction(typed) * 2 % 1 == 0
    assert (reasons == []) == inside


@given(scored())
def test_weights_equal_to_the_maxima_give_the_same_total(sheet: tuple[Rubric, dict[str, Entry]]) -> None:
    rubric, entries = sheet
    weighted = replace(
        rubric,
        criteria=tuple(replace(one, max_points=None, weight=one.max_points) for one in rubric.criteria),
    )
    assert rubric_reasons(weighted) == []
    assert sheet_total(weighted, entries) == sheet_total(rubric, entries)


@given(scored(), st.integers(1, 97))
def test_whole_factors_add_a_sheet_up_to_its_exact_total(
    sheet: tuple[Rubric, dict[str, Entry]], weight: int
) -> None:
    by_points, entries = sheet
    weighted = replace(
        by_points,
        criteria=tuple(replace(one, max_points=None, weight=D(weight)) for one in by_points.criteria),
    )
    for rubric in (by_points, weighted):
        factors, parts = item_factors(rubric)
        added = sum(int(entry.points * 100) * factors[code] for code, entry in entries.items())
        assert Fraction(added, parts) == sheet_total(rubric, entries)
    assert set(item_factors(by_points)[0].values()) == {1}
