"""Deadlines with exceptions on record: what is due, and whether it is still in time (R-036, E-18, G-11, decisions 4)."""

from datetime import datetime, tzinfo
from enum import StrEnum

from app.domain.errors import Reason
from app.domain.steps import until


class DueMatter(StrEnum):
    """What a unit may be allowed to hand in late: its filing, or what goes on to the ministry."""

    FILING = "FILING"
    MINISTRY_MATERIAL = "MINISTRY_MATERIAL"


def late_reasons(
    ends_at: datetime | None, late_ends_at: datetime | None, now: datetime, zone: tzinfo, pointer: str = ""
) -> list[Reason]:
    """Why the ministry's material comes too late, the exception counted in; a deadline never set refuses too."""
    if ends_at is None:
        unset = {"missing_zh": "报部材料报送期限", "missing_en": "ministry materials"}
        return [Reason("DEADLINES_INCOMPLETE", pointer, unset)]
    last = max(ends_at, late_ends_at or ends_at)
    in_time = now < last
    return [] if in_time else [Reason("DEADLINE_PASSED", pointer, {"ends_at": until(last, zone)})]
