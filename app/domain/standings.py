"""From frozen inputs to a ranking: each case's value, its rank in the bucket and over the pool, how its sheets spread.

Nothing else enters: the same inputs give the same result on any day and any machine (R-021, E-24, G-08). Totals become
whole numbers of one unit that divides them all, so that thousands of cases add up exactly without a fraction per step.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm
from typing import NamedTuple

from app.domain.ranking import Method, Place, counting, placed

OUTLIER_SHARE = Fraction(1, 5)
"""A sheet further than this share of the total from every other is pointed out; a platform default."""


class SheetTotal(NamedTuple):
    """One locked sheet and its exact total."""

    sheet: str
    reviewer: str
    total: Fraction


class ScoredCase(NamedTuple):
    """One case with its sheets."""

    case: str
    bucket: str
    sheets: tuple[SheetTotal, ...]


@dataclass(frozen=True)
class BucketPlaces:
    """Award places of a bucket, and whether it competes for the pool."""

    code: str
    places: int
    pool_eligible: bool


@dataclass(frozen=True)
class Rules:
    """What a ranking goes by."""

    method: Method
    total_points: Fraction
    pool_places: int
    buckets: tuple[BucketPlaces, ...]


class Spread(NamedTuple):
    """How the sheets of one case, or of one reviewer, lie; shown beside the value, never acted upon (E-24)."""

    lowest: Fraction
    highest: Fraction
    all_maximum: bool
    outliers: tuple[str, ...] = ()

    @property
    def range(self) -> Fraction:
        return self.highest - self.lowest


class Line(NamedTuple):
    """One case in the ranking; `in_pool` is absent where its bucket has no part in the pool."""

    case: str
    bucket: str
    value: Fraction
    in_bucket: Place
    in_pool: Place | None


class ReviewerSpread(NamedTuple):
    """How one reviewer scored: the mean of their sheets, and by how much they lie above the cases' values on average."""

    reviewer: str
    sheets: int
    mean: Fraction
    above: Fraction
    spread: Spread


def standings(cases: Sequence[ScoredCase], rules: Rules) -> list[Line]:
    """All cases, bucket by bucket, best first; the order within a tie means nothing."""
    values, unit = _values(cases, rules.method)
    exact = _fractions(unit)
    in_buckets, in_pool = _in_buckets(cases, values, rules), _in_pool(cases, values, rules)
    lines = [
        Line(case, bucket, exact(values[case]), in_buckets[case], in_pool.get(case))
        for case, bucket, _ in cases
    ]
    return sorted(lines, key=lambda line: (line.bucket, line.in_bucket.rank, line.case))


def spread(sheets: Sequence[SheetTotal], total_points: Fraction) -> Spread:
    """How far the sheets lie apart, whether all are at the maximum, and which stands alone."""
    totals = [sheet.total for sheet in sheets]
    lowest, highest = min(totals), max(totals)
    alone = _alone(sheets, total_points) if highest - lowest > total_points * OUTLIER_SHARE else ()
    return Spread(lowest, highest, lowest == total_points == highest, tuple(alone))


def reviewer_spreads(cases: Sequence[ScoredCase], rules: Rules) -> list[ReviewerSpread]:
    """The same by reviewer, for whoever asks whether one is stricter than the others."""
    values, unit = _values(cases, rules.method)
    given: dict[str, list[SheetTotal]] = {}
    against: dict[str, int] = {}
    for case, _, sheets in cases:
        for sheet in sheets:
            given.setdefault(sheet.reviewer, []).append(sheet)
            against[sheet.reviewer] = against.get(sheet.reviewer, 0) + values[case]
    return [
        _reviewer(reviewer, sheets, Fraction(against[reviewer], unit), rules.total_points)
        for reviewer, sheets in sorted(given.items())
    ]


def _reviewer(
    reviewer: str, sheets: Sequence[SheetTotal], against: Fraction, total_points: Fraction
) -> ReviewerSpread:
    """The sheets of one reviewer belong to different cases, so none of them is an outlier among them."""
    unit = _unit(sheets)
    parts = [_parts(sheet.total, unit) for sheet in sheets]
    given, lowest, highest = (
        Fraction(sum(parts), unit),
        Fraction(min(parts), unit),
        Fraction(max(parts), unit),
    )
    spread = Spread(lowest, highest, lowest == total_points == highest)
    return ReviewerSpread(reviewer, len(sheets), given / len(sheets), (given - against) / len(sheets), spread)


def _values(cases: Sequence[ScoredCase], method: Method) -> tuple[dict[str, int], int]:
    """The value of each case as a whole number of parts, and how many parts make a point."""
    unit = _unit(sheet for one in cases for sheet in one.sheets)
    counted = {
        case: counting([_parts(sheet.total, unit) for sheet in sheets], method) for case, _, sheets in cases
    }
    each = lcm(*{len(parts) for parts in counted.values()})
    return {case: sum(parts) * (each // len(parts)) for case, parts in counted.items()}, unit * each


def _unit(sheets: Sequence[SheetTotal] | Iterator[SheetTotal]) -> int:
    """The parts of a point in which every total is a whole number."""
    return lcm(*{sheet.total.denominator for sheet in sheets})


def _parts(total: Fraction, unit: int) -> int:
    return total.numerator * (unit // total.denominator)


def _fractions(unit: int) -> Callable[[int], Fraction]:
    """Parts as the fraction they are; hundreds of cases have the same."""
    return cache(lambda parts: Fraction(parts, unit))


def _in_buckets(cases: Sequence[ScoredCase], values: Mapping[str, int], rules: Rules) -> dict[str, Place]:
    places = {bucket.code: bucket.places for bucket in rules.buckets}
    mine: dict[str, dict[str, int]] = {}
    for case, bucket, _ in cases:
        mine.setdefault(bucket, {})[case] = values[case]
    found: dict[str, Place] = {}
    for code, candidates in mine.items():
        found |= placed(candidates, places.get(code, 0))
    return found


def _in_pool(cases: Sequence[ScoredCase], values: Mapping[str, int], rules: Rules) -> dict[str, Place]:
    """One ranking over all buckets that may compete; none where there is no pool (E-15, E-45)."""
    eligible = {bucket.code for bucket in rules.buckets if bucket.pool_eligible and rules.pool_places}
    return placed({case: values[case] for case, bucket, _ in cases if bucket in eligible}, rules.pool_places)


def _alone(sheets: Sequence[SheetTotal], total_points: Fraction) -> Iterator[str]:
    """Sheets far from every other; of two that differ neither is the odd one."""
    for sheet in sheets if len(sheets) > 2 else ():
        if min(abs(sheet.total - other.total) for other in sheets if other is not sheet) > (
            total_points * OUTLIER_SHARE
        ):
            yield sheet.sheet
