"""What the steps of a publicity notice need to know, as plain values."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from app.domain.steps import CHINA


class NoticeStage(StrEnum):
    """What was done with a notice; time does the rest (see `notice.state_at`)."""

    DRAFT = "DRAFT"
    REVIEWED = "REVIEWED"
    PUBLISHED = "PUBLISHED"
    CONCLUDED = "CONCLUDED"
    SUPERSEDED = "SUPERSEDED"
    WITHDRAWN = "WITHDRAWN"
    CANCELLED = "CANCELLED"


class NoticeState(StrEnum):
    """What a notice is at an instant: its stage, with PUBLISHED told apart by the clock."""

    DRAFT = "DRAFT"
    REVIEWED = "REVIEWED"
    SCHEDULED = "SCHEDULED"
    RUNNING = "RUNNING"
    ENDED = "ENDED"
    CONCLUDED = "CONCLUDED"
    SUPERSEDED = "SUPERSEDED"
    WITHDRAWN = "WITHDRAWN"
    CANCELLED = "CANCELLED"


class NoticeMatter(StrEnum):
    """What a notice lists its windows for; each matter of a case has a notice of its own (R-028, R-032, D5).

    A provincial-level unit is put forward and commended at the same level, so the level alone tells them not apart.
    """

    RECOMMENDATION = "RECOMMENDATION"
    AWARD = "AWARD"
    MINISTRY = "MINISTRY"


class ItemOutcome(StrEnum):
    """How one nominee in a notice stands; derived, never stored."""

    RUNNING = "RUNNING"
    CLEAR = "CLEAR"
    OBJECTED = "OBJECTED"
    REMOVED = "REMOVED"


class Content(StrEnum):
    """What a notice has to say (domain.md 3.3); its list and its period have guards of their own."""

    TITLE = "TITLE"
    BASIS = "BASIS"
    PROPOSAL = "PROPOSAL"
    RECIPIENT = "RECIPIENT"
    CONTACT = "CONTACT"
    OBJECTION_FORM = "OBJECTION_FORM"
    LETTER_RULE = "LETTER_RULE"
    TRUTHFULNESS = "TRUTHFULNESS"
    ISSUER = "ISSUER"


@dataclass(frozen=True)
class NoticeFacts:
    """One notice at one moment. What is not said counts as not there, so that a gap refuses."""

    stage: NoticeStage
    zone: tzinfo = CHINA
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    campaign_suspended: bool = False

    # who acts
    actor: str = ""
    drafted_by: str = ""

    # what it says
    contents: frozenset[Content] = frozenset()
    items: int = 0
    items_not_ready: tuple[str, ...] = ()  # listed windows that are not cleared for this level's notice
    personal_data: tuple[str, ...] = ()  # where the scan found some; empty after a clean scan
    scanned: bool = False
    channels: int = 0
    open_objections: int = 0

    # handed in with the act
    planned_ends_at: datetime | None = None  # computed by the calendar from the day of publication
    minimum_ends_at: datetime | None = None  # what rule and calendar ask for at least (I-08)
    new_ends_at: datetime | None = None
    reason: str = ""
    slip_without_effect: bool = False
    item_listed: bool = False
    result: str = ""
