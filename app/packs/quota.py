"""How many may be commended, and how many of them go on to the ministry (R-011 to R-015)."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.domain.errors import Reason
from app.domain.quota import RESERVE, Plan, plan_reasons
from app.domain.quota import Bucket as QuotaBucket
from app.packs.parts import Chinese, English, Part, Section

BucketCode = Annotated[str, StringConstraints(pattern=r"^(\d{6}|[A-Z][A-Z0-9_]{1,39})$")]
Places = Annotated[int, Field(ge=0, le=9999)]


class FreedPlace(StrEnum):
    """What becomes of a place freed after the filing deadline; reopening one needs a recorded decision."""

    FORFEITED = "FORFEITED"
    FREE = "FREE"


class SampleAllocation(Part):
    """Invented numbers to try the system with; the real annex is imported by the office (D-02)."""

    is_sample: Literal[True]
    note_zh: Chinese
    note_en: English
    places: Mapping[BucketCode, Places] = Field(min_length=1, max_length=100)


class Quota(Section):
    """Totals of the host. `provincial_total` is the number of awards, whatever the host's level is called."""

    provincial_total: int = Field(ge=1, le=9999)
    ministry_total: Places
    ministry_fixed: Mapping[BucketCode, Places]
    ministry_pool: Places
    freed_after_deadline: FreedPlace
    sample_allocation: SampleAllocation

    def sample_plan(self) -> Plan:
        """The sample as a plan: limits equal the places (G-12); who has fixed places stays outside the pool (R-015)."""
        places = {**dict.fromkeys(self.ministry_fixed, 0), **self.sample_allocation.places}
        buckets = (self._bucket(code, count) for code, count in places.items())
        return Plan(self.provincial_total, self.ministry_total, self.ministry_pool, tuple(buckets))

    def faults(self) -> Iterator[Reason]:
        plan = self.sample_plan()
        for reason in plan_reasons(plan):
            yield Reason(reason.code, _in_sample(reason.pointer, plan), reason.params)

    def _bucket(self, code: str, places: int) -> QuotaBucket:
        fixed = self.ministry_fixed.get(code, 0)
        competes = self.ministry_pool > 0 and not fixed and code != RESERVE
        return QuotaBucket(code, places, places, fixed, competes)


def _in_sample(pointer: str, plan: Plan) -> str:
    """The plan's `/buckets/3/…` as the place where the pack has that bucket."""
    _, section, *rest = pointer.split("/")
    return f"/sample_allocation/places/{plan.buckets[int(rest[0])].code}" if section == "buckets" else pointer
