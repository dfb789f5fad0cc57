"""By when: the notice's phrases beside suggested days; the office types the date that counts (R-036, R-049, G-10)."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.domain.calendar import Roll
from app.domain.errors import Reason
from app.packs.parts import Chinese, English, Part, Section, repeated


class DeadlineKind(StrEnum):
    """In the order in which they fall."""

    CONTACTS = "CONTACTS"
    MATERIALS = "MATERIALS"
    MINISTRY_MATERIALS = "MINISTRY_MATERIALS"


def _in_every_year(month_day: str) -> str:
    try:
        date.fromisoformat(f"2001-{month_day}")  # not a leap year: 29 February is no yearly day
    except ValueError:
        raise PydanticCustomError("FIELD_FORMAT", "a month and day such as 09-30 is expected") from None
    return month_day


MonthDay = Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{2}$"), AfterValidator(_in_every_year)]


class Deadline(Part):
    """One deadline; without `month_day` there is nothing to suggest and the office must set it."""

    kind: DeadlineKind
    phrase_zh: Chinese
    phrase_en: English
    month_day: MonthDay | None = None


class Deadlines(Section):
    """Which deadlines the campaign has; days end at 24:00. `roll` moves only what is suggested (decisions 4)."""

    roll: Roll
    release_working_days: int = Field(ge=0, le=60)
    kinds: tuple[Deadline, ...] = Field(min_length=2, max_length=3)

    def of(self, kind: DeadlineKind) -> Deadline | None:
        return next((deadline for deadline in self.kinds if deadline.kind is kind), None)

    def faults(self) -> Iterator[Reason]:
        yield from repeated((deadline.kind for deadline in self.kinds), "/kinds/{}/kind")
        for kind in (DeadlineKind.CONTACTS, DeadlineKind.MATERIALS):
            if self.of(kind) is None:
                yield Reason("PACK_REFERENCE_UNKNOWN", "/kinds", {"reference": kind.value})
        order = list(DeadlineKind)
        listed = sorted(self.kinds, key=lambda deadline: order.index(deadline.kind))
        days = [deadline.month_day for deadline in listed if deadline.month_day]
        if days != sorted(set(days)):
            yield Reason("PACK_DEADLINES_ORDER", "/kinds")
