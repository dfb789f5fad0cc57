"""How many may be commended, and how many of them go on to the ministry (R-011 to R-015)."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.domain.errors import Reason
from app.packs.parts import Chinese, English, Part, Section

Bucket = Annotated[str, StringConstraints(pattern=r"^(\d{6}|[A-Z][A-Z0-9_]{1,39})$")]
Places = Annotated[int, Field(ge=0, le=9999)]


class FreedPlace(StrEnum):
    """What becomes of a place freed after the filing deadline; reopening one needs a recorded decision."""

    FORFEITED = "FORFEITED"
    FREE = "FREE"


class SampleAllocation(Part):
    """Invented numbers to try the system with; the real annex is imported by the office (D2)."""

    is_sample: Literal[True]
    note_zh: Chinese
    note_en: English
    places: Mapping[Bucket, Places] = Field(min_length=1, max_length=100)


class Quota(Section):
    """Totals of the host. `provincial_total` is the number of awards, whatever the host's level is called."""

    provincial_total: int = Field(ge=1, le=9999)
    ministry_total: Places
    ministry_fixed: Mapping[Bucket, Places]
    ministry_pool: Places
    freed_after_deadline: FreedPlace
    sample_allocation: SampleAllocation

    def faults(self) -> Iterator[Reason]:
        ministry = sum(self.ministry_fixed.values()) + self.ministry_pool
        yield from _mismatch(self.ministry_total, ministry, "/ministry_total")
        if self.ministry_total > self.provincial_total:
            yield from _mismatch(self.provincial_total, self.ministry_total, "/ministry_total")
        sample = self.sample_allocation.places
        yield from _mismatch(self.provincial_total, sum(sample.values()), "/sample_allocation/places")
        for bucket, fixed in self.ministry_fixed.items():
            if fixed > sample.get(bucket, 0):
                yield from _mismatch(fixed, sample.get(bucket, 0), f"/ministry_fixed/{bucket}")


def _mismatch(expected: int, actual: int, at: str) -> Iterator[Reason]:
    if expected != actual:
        yield Reason("QUOTA_SUM_MISMATCH", at, {"expected": expected, "actual": actual})
