"""From frozen inputs to a ranking: each case's value, its rank in the bucket and over the pool, how its sheets spread.

Nothing else enters: the same inputs give the same result on any day and any machine (R-021, E-24, G-08).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.ranking import Method, Standing, combined, ranked

OUTLIER_SHARE = Fraction(1, 5)
"""A sheet further than this share of the total from every other is pointed out; a platform default."""


@dataclass(frozen=True)
class SheetTotal:
    """One locked sheet and its exact total."""

    sheet: str
    reviewer: str
    total: Fraction


@dataclass(frozen=True)
class ScoredCase:
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


@dataclass(frozen=True)
class Spread:
    """How the sheets of one case, or of one reviewer, lie; shown beside the value, never acted upon (E-24)."""

    lowest: Fraction
    highest: Fraction
    all_maximum: bool
    outliers: tuple[str, ...] = ()

    @property
    def range(self) -> Fraction:
        return self.highest - self.lowest


@dataclass(frozen=True)
class Line:
    """One case in the ranking; `pool` is absent where its bucket has no part in the pool."""

    case: str
    bucket: str
    value: Fraction
    in_bucket: Standing[str]
    in_pool: Standing[str] | None
    spread: Spread


@dataclass(frozen=True)
class ReviewerSpread:
    """How one reviewer scored: the mean of their sheets, and by how much they lie above the cases' values on average."""

    reviewer: str
    sheets: int
    mean: Fraction
    above: Fraction
    spread: Spread


def standings(cases: Sequence[ScoredCase], rules: Rules) -> list[Line]:
    """All cases, bucket by bucket, best first; the order within a tie means nothing."""
    values = {one.case: combined([sheet.total for sheet in one.sheets], rules.method) for one in cases}
    in_buckets, in_pool = _in_buckets(cases, values, rules), _in_pool(cases, values, rules)
    lines = [
        Line(
            one.case,
            one.bucket,
            values[one.case],
            in_buckets[one.case],
            in_pool.get(one.case),
            spread(one.sheets, rules.total_points),
        )
        for one in cases
    ]
    return sorted(lines, key=lambda line: (line.bucket, line.in_bucket.rank, line.case))


def spread(sheets: Sequence[SheetTotal], total_points: Fraction) -> Spread:
    """How far the sheets lie apart, whether all are at the maximum, and which stands alone."""
    totals = [sheet.total for sheet in sheets]
    return Spread(
        min(totals),
        max(totals),
        all(total == total_points for total in totals),
        tuple(sheet.sheet for sheet in sheets if _stands_alone(sheet, sheets, total_points)),
    )


def reviewer_spreads(cases: Sequence[ScoredCase], rules: Rules) -> list[ReviewerSpread]:
    """The same by reviewer, for whoever asks whether one is stricter than the others."""
    given: dict[str, list[tuple[SheetTotal, Fraction]]] = {}
    for one in cases:
        value = combined([sheet.total for sheet in one.sheets], rules.method)
        for sheet in one.sheets:
            given.setdefault(sheet.reviewer, []).append((sheet, sheet.total - value))
    return [
        ReviewerSpread(
            reviewer,
            len(sheets),
            sum((sheet.total for sheet, _ in sheets), Fraction(0)) / len(sheets),
            sum((above for _, above in sheets), Fraction(0)) / len(sheets),
            spread_of_one([sheet for sheet, _ in sheets], rules.total_points),
        )
        for reviewer, sheets in sorted(given.items())
    ]


def spread_of_one(sheets: Sequence[SheetTotal], total_points: Fraction) -> Spread:
    """The sheets of one reviewer belong to different cases, so none of them is an outlier among them."""
    totals = [sheet.total for sheet in sheets]
    return Spread(min(totals), max(totals), all(total == total_points for total in totals))


def _in_buckets(
    cases: Sequence[ScoredCase], values: Mapping[str, Fraction], rules: Rules
) -> dict[str, Standing[str]]:
    places = {bucket.code: bucket.places for bucket in rules.buckets}
    found: dict[str, Standing[str]] = {}
    for code in {one.bucket for one in cases}:
        mine = {one.case: values[one.case] for one in cases if one.bucket == code}
        found |= {standing.key: standing for standing in ranked(mine, places.get(code, 0))}
    return found


def _in_pool(
    cases: Sequence[ScoredCase], values: Mapping[str, Fraction], rules: Rules
) -> dict[str, Standing[str]]:
    """One ranking over all buckets that may compete; none where there is no pool (E-15, E-45)."""
    eligible = {bucket.code for bucket in rules.buckets if bucket.pool_eligible and rules.pool_places}
    competing = {one.case: values[one.case] for one in cases if one.bucket in eligible}
    return {standing.key: standing for standing in ranked(competing, rules.pool_places)}


def _stands_alone(sheet: SheetTotal, sheets: Sequence[SheetTotal], total_points: Fraction) -> bool:
    distances = [abs(sheet.total - other.total) for other in sheets if other is not sheet]
    # Of two that differ neither is the odd one.
    return len(distances) > 1 and min(distances) > total_points * OUTLIER_SHARE
