"""A reviewer's sheet: which points may be given, what is still missing, what they add up to (R-018, decisions 33).

Criteria, items and limits are a pack's data; the protocols below say what is asked of them. Points are
`Decimal`, totals exact fractions: nothing is rounded before it is shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Protocol

from app.domain.errors import Reason


class Item(Protocol):
    """One sub-point and the most it can bring."""

    @property
    def code(self) -> str: ...
    @property
    def max_points(self) -> Decimal: ...


class Criterion(Protocol):
    """A criterion counts by its own points, or by a weight of the total; never by both."""

    @property
    def code(self) -> str: ...
    @property
    def max_points(self) -> Decimal | None: ...
    @property
    def weight(self) -> Decimal | None: ...
    @property
    def items(self) -> Sequence[Item]: ...


class Rubric(Protocol):
    """All criteria and what they add up to."""

    @property
    def total_points(self) -> Decimal: ...
    @property
    def criteria(self) -> Sequence[Criterion]: ...


@dataclass(frozen=True)
class SheetRule:
    """Points come in steps; at or below a share of an item's maximum the reviewer says why."""

    step: Decimal = Decimal("0.5")
    comment_at_percent: int = 40


@dataclass(frozen=True)
class Entry:
    """The points given for one item, with the reviewer's comment."""

    points: Decimal
    comment: str = ""


def rubric_reasons(rubric: Rubric) -> list[Reason]:
    """What speaks against a rubric: points and weights mixed, or sums that are not what is declared."""
    mixed = [
        Reason("PACK_WEIGHTS_AND_POINTS", f"/criteria/{index}", {"criterion": criterion.code})
        for index, criterion in enumerate(rubric.criteria)
        if (criterion.weight is None) == (criterion.max_points is None)
        or (criterion.weight is None) != (rubric.criteria[0].weight is None)
    ]
    return mixed or list(_sum_reasons(rubric))


def draft_reasons(rubric: Rubric, entries: Mapping[str, Entry], rule: SheetRule) -> list[Reason]:
    """Why these entries cannot even be saved: unknown items, points outside 0 to the maximum or between two steps."""
    items = {item.code: item for item in _items(rubric)}
    unknown = [
        Reason("SCORE_ITEM_UNKNOWN", _at(code), {"item": code}) for code in entries if code not in items
    ]
    known = ((items[code], entry) for code, entry in entries.items() if code in items)
    return unknown + [reason for item, entry in known for reason in _points_reasons(item, entry, rule)]


def sheet_reasons(rubric: Rubric, entries: Mapping[str, Entry], rule: SheetRule) -> list[Reason]:
    """Why a sheet cannot be submitted: besides a draft's faults, items without points and low scores without a word."""
    drafted = draft_reasons(rubric, entries, rule)
    if drafted:
        return drafted
    silent = [
        reason
        for item in _items(rubric)
        if item.code in entries
        for reason in _comment_reasons(item, entries[item.code], rule)
    ]
    missing = tuple(item.code for item in _items(rubric) if item.code not in entries)
    gap = [Reason("CRITERIA_INCOMPLETE", "/entries", {"missing": missing})] if missing else []
    return gap + silent


def criterion_points(criterion: Criterion, entries: Mapping[str, Entry]) -> Decimal:
    """The points given within one criterion; an item without points counts 0."""
    return _added(entries[item.code].points for item in criterion.items if item.code in entries)


def sheet_total(rubric: Rubric, entries: Mapping[str, Entry]) -> Fraction:
    """The exact total of a sheet: points added up, or each criterion's share of its weight."""
    return sum((_worth(criterion, entries) for criterion in rubric.criteria), Fraction(0))


def item_factors(rubric: Rubric) -> tuple[dict[str, int], int]:
    """By how much a hundredth of a point counts for each item, as whole parts, and how many parts make a point of the total.

    With them a database adds sheets up exactly: Σ hundredths x factor, over the parts.
    """
    exact = {
        item.code: Fraction(1, 100) * _share(criterion)
        for criterion in rubric.criteria
        for item in criterion.items
    }
    parts = lcm(*(one.denominator for one in exact.values()))
    return {code: one.numerator * (parts // one.denominator) for code, one in exact.items()}, parts


def _worth(criterion: Criterion, entries: Mapping[str, Entry]) -> Fraction:
    return Fraction(criterion_points(criterion, entries)) * _share(criterion)


def _share(criterion: Criterion) -> Fraction:
    """What a point of a criterion is worth in the total."""
    if criterion.weight is None:
        return Fraction(1)
    return Fraction(criterion.weight) / Fraction(_added(item.max_points for item in criterion.items))


def _sum_reasons(rubric: Rubric) -> Iterator[Reason]:
    parts = [c.max_points if c.weight is None else c.weight for c in rubric.criteria]
    yield from _mismatch(rubric.total_points, (part for part in parts if part is not None), "/total_points")
    for index, criterion in enumerate(rubric.criteria):
        if criterion.max_points is not None:
            points = (item.max_points for item in criterion.items)
            yield from _mismatch(criterion.max_points, points, f"/criteria/{index}/max_points")


def _mismatch(declared: Decimal, parts: Iterable[Decimal], pointer: str) -> Iterator[Reason]:
    added = _added(parts)
    if added != declared:
        yield Reason("PACK_POINTS_MISMATCH", pointer, {"declared": str(declared), "added": str(added)})


def _points_reasons(item: Item, entry: Entry, rule: SheetRule) -> Iterator[Reason]:
    at = f"{_at(item.code)}/points"
    if not entry.points.is_finite():
        yield Reason("NUMBER_NOT_FINITE", at)
    elif not 0 <= entry.points <= item.max_points:
        yield Reason("SCORE_RANGE", at, {"item": item.code, "max_points": str(item.max_points)})
    elif entry.points % rule.step:
        yield Reason("SCORE_STEP", at, {"item": item.code, "step": str(rule.step)})


def _comment_reasons(item: Item, entry: Entry, rule: SheetRule) -> Iterator[Reason]:
    threshold = item.max_points * rule.comment_at_percent / 100
    if entry.points <= threshold and not entry.comment.strip():
        params = {"item": item.code, "threshold": f"{threshold.normalize():f}"}
        yield Reason("SCORE_COMMENT_NEEDED", f"{_at(item.code)}/comment", params)


def _items(rubric: Rubric) -> Iterator[Item]:
    for criterion in rubric.criteria:
        yield from criterion.items


def _added(points: Iterable[Decimal]) -> Decimal:
    return sum(points, Decimal(0))


def _at(code: str) -> str:
    return f"/entries/{code}"
