"""From the sheets of all reviewers to a ranking (R-021, G-08, E-23, E-24, decisions 33).

Values stay exact fractions to the end. Equal values are a tie, which is shown and left to a recorded
decision: neither an id nor the time of an entry ever decides. Nothing is trimmed unless the rules say so.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from app.domain.errors import Refusal

Key = TypeVar("Key", bound=Hashable)
Number = TypeVar("Number", int, Fraction)


class Method(StrEnum):
    """How one value comes of several sheets; the trimmed mean leaves out one highest and one lowest."""

    MEAN = "MEAN"
    TRIMMED_MEAN = "TRIMMED_MEAN"
    MEDIAN = "MEDIAN"


class Cut(StrEnum):
    """Where a candidate stands to the number of places; a tie across it needs a decision."""

    WITHIN = "WITHIN"
    TIED_AT_CUT = "TIED_AT_CUT"
    BEYOND = "BEYOND"


class Place(NamedTuple):
    """A rank, whether others share it, and where it stands to the places."""

    rank: int
    tied: bool
    cut: Cut


@dataclass(frozen=True)
class Standing(Generic[Key]):
    """One candidate's place: `value` decides, `shown` is for people."""

    key: Key
    value: Fraction
    rank: int
    tied: bool
    cut: Cut

    @property
    def shown(self) -> Decimal:
        return shown(self.value)


def combined(totals: Sequence[Decimal | Fraction], method: Method) -> Fraction:
    """One exact value out of the sheets' totals. Refuses `SCORES_MISSING` when there are too few for the method."""
    values = counting([Fraction(total) for total in totals], method)
    return sum(values, Fraction(0)) / len(values)


def counting(totals: Sequence[Number], method: Method) -> list[Number]:
    """The totals whose mean is the value: all, all but the ends, or the middle. Refuses `SCORES_MISSING`."""
    needed = 3 if method is Method.TRIMMED_MEAN else 1
    if len(totals) < needed:
        raise Refusal("SCORES_MISSING", needed=needed, given=len(totals))
    values = sorted(totals)
    if method is Method.MEDIAN:
        middle = (len(values) - 1) // 2
        return values[middle : len(values) - middle]
    return values[1:-1] if method is Method.TRIMMED_MEAN else values


def shown(value: Decimal | Fraction) -> Decimal:
    """A value as people read it: two decimals, a half rounded up; never used to rank."""
    hundredths = (Fraction(value) * 200 + 1) // 2
    return Decimal(hundredths).scaleb(-2)


def ranked(values: Mapping[Key, Fraction], places: int) -> list[Standing[Key]]:
    """All candidates by value, equal values on equal rank (1, 2, 2, 4); the order within a tie means nothing."""
    return [Standing(key, values[key], *place) for key, place in placed(values, places).items()]


def placed(values: Mapping[Key, Number], places: int) -> dict[Key, Place]:
    """The same without the values, which may be whole numbers of any one unit; best first."""
    ordered = sorted(values, key=values.__getitem__, reverse=True)
    equals, found, better = Counter(values.values()), dict[Number, Place](), 0
    for value, equal in sorted(equals.items(), reverse=True):
        found[value] = Place(better + 1, equal > 1, _cut(better, equal, places))
        better += equal
    return {key: found[values[key]] for key in ordered}


def _cut(better: int, equal: int, places: int) -> Cut:
    if better + equal <= places:
        return Cut.WITHIN
    return Cut.TIED_AT_CUT if better < places else Cut.BEYOND
