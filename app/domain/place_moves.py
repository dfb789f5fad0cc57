"""How places move by a recorded decision, and how they never do (R-014, E-04, E-16, G-09)."""

from enum import StrEnum

from app.domain.errors import Reason
from app.domain.quota import SeatKind


class PlaceEntry(StrEnum):
    """What happened to a place, as the ledger says it."""

    GIVEN = "GIVEN"
    ANNULLED = "ANNULLED"
    MOVED = "MOVED"
    REOPENED = "REOPENED"
    FREED = "FREED"


def move_reasons(from_bucket: str, from_kind: SeatKind, to_bucket: str, to_kind: SeatKind) -> list[Reason]:
    """Why a place may not move so, even by a decision (R-014, E-16, G-09).

    Award places move between buckets. A city's fixed place is reopened where it is or goes to the pool, whose
    places stay there: nobody ever holds more fixed places than the notice gives.
    """
    allowed = {
        SeatKind.PROVINCIAL: to_kind is SeatKind.PROVINCIAL,
        SeatKind.MINISTRY_FIXED: to_kind is SeatKind.MINISTRY_POOL
        or (to_kind is SeatKind.MINISTRY_FIXED and from_bucket == to_bucket),
        SeatKind.MINISTRY_POOL: to_kind is SeatKind.MINISTRY_POOL,
        SeatKind.NOMINATION: False,
    }
    return [] if allowed[from_kind] else [Reason("PLACE_MOVE_INVALID")]
