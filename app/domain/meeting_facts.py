"""What the steps of a meeting's record need to know, as plain values (R-029, R-030, D10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.errors import Reason
from app.domain.voting import Turn


class MeetingStage(StrEnum):
    """How far the record of a meeting has come; the meeting itself is held elsewhere."""

    DRAFT = "DRAFT"
    RECORDED = "RECORDED"
    CONFIRMED = "CONFIRMED"
    ANNOUNCED = "ANNOUNCED"
    CANCELLED = "CANCELLED"


class MeetingPurpose(StrEnum):
    """What a body was called to decide; each record has one purpose, a sitting may have several records."""

    REVIEW = "REVIEW"
    DETERMINATION = "DETERMINATION"
    MINISTRY_CANDIDATES = "MINISTRY_CANDIDATES"
    MINISTRY_RECOMMENDATION = "MINISTRY_RECOMMENDATION"
    TIE = "TIE"
    PLACE_REALLOCATION = "PLACE_REALLOCATION"
    ANNULMENT = "ANNULMENT"
    REVOCATION = "REVOCATION"
    SUCCESSION = "SUCCESSION"

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The bodies that may decide it; an annulment is for the same or a higher one (domain.md 4.3)."""
        return _TURNS[self]

    @property
    def regular(self) -> bool:
        """Whether every campaign comes to it: its agenda proposes cases, while others are called for by somebody."""
        return self in _REGULAR.values()

    @property
    def ranked(self) -> bool:
        """Whether it chooses among candidates that a ranking puts in order (R-021)."""
        return self in _RANKED


class AwardTrack(StrEnum):
    """The host's own award, or the recommendation of some awarded ones to the ministry (R-013)."""

    PROVINCIAL = "PROVINCIAL"
    MINISTRY = "MINISTRY"

    def purpose(self, turn: Turn) -> MeetingPurpose:
        """What a body is regularly called for in this track."""
        return _REGULAR[self, turn]


class RevocationGround(StrEnum):
    """Why an award may be taken away (Civil Servants Law Art. 56, domain.md 3.10)."""

    FRAUD = "FRAUD"
    FAULTS_HIDDEN = "FAULTS_HIDDEN"
    PROCEDURE_VIOLATED = "PROCEDURE_VIOLATED"
    LATER_VIOLATION = "LATER_VIOLATION"
    BY_LAW = "BY_LAW"


_TURNS: Mapping[MeetingPurpose, tuple[Turn, ...]] = {
    MeetingPurpose.REVIEW: (Turn.FIRST,),
    MeetingPurpose.DETERMINATION: (Turn.SECOND,),
    MeetingPurpose.MINISTRY_CANDIDATES: (Turn.FIRST,),
    MeetingPurpose.MINISTRY_RECOMMENDATION: (Turn.SECOND,),
    MeetingPurpose.TIE: (Turn.FIRST,),
    MeetingPurpose.PLACE_REALLOCATION: (Turn.SECOND,),
    MeetingPurpose.ANNULMENT: (Turn.FIRST, Turn.SECOND),
    MeetingPurpose.REVOCATION: (Turn.SECOND,),
    MeetingPurpose.SUCCESSION: (Turn.SECOND,),
}
_REGULAR = {
    (AwardTrack.PROVINCIAL, Turn.FIRST): MeetingPurpose.REVIEW,
    (AwardTrack.PROVINCIAL, Turn.SECOND): MeetingPurpose.DETERMINATION,
    (AwardTrack.MINISTRY, Turn.FIRST): MeetingPurpose.MINISTRY_CANDIDATES,
    (AwardTrack.MINISTRY, Turn.SECOND): MeetingPurpose.MINISTRY_RECOMMENDATION,
}
_RANKED = (MeetingPurpose.REVIEW, MeetingPurpose.DETERMINATION, MeetingPurpose.MINISTRY_CANDIDATES)


@dataclass(frozen=True)
class MeetingFacts:
    """One record at one moment. Lists of names are shown to people as they are."""

    stage: MeetingStage
    as_of: date
    held_on: date | None = None
    minutes_no: str = ""

    # what was decided
    items: int = 0
    undecided: tuple[str, ...] = ()  # items without a result
    not_ready: tuple[str, ...] = ()  # items whose case does not stand where this purpose takes it up
    ballot_reasons: tuple[Reason, ...] = ()
    passed_over: tuple[str, ...] = ()  # approved before a better ranked one, and no reason is given
    open_ties: tuple[str, ...] = ()
    places_short: tuple[str, ...] = ()  # buckets with more approvals than free places

    # who acts: one person behind several accounts counts once
    actor: str = ""
    recorders: frozenset[str] = frozenset()

    # handed in with the act
    reason: str = ""
    announced_on: date | None = None
