"""What the steps of a recommendation to the ministry need to know, as plain values (R-013, R-031 to R-043)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.nomination_stage import DecisionResult, Stage
from app.domain.steps import CHINA


class MinistryStage(StrEnum):
    """How far an awarded window has come on its way to the ministry; not gated by the campaign's phase (decisions 6)."""

    PROPOSED = "PROPOSED"
    ASSESSED = "ASSESSED"
    AT_NOTICE = "AT_NOTICE"
    MATERIALS = "MATERIALS"
    REPORTED = "REPORTED"
    COMMENDED = "COMMENDED"
    NOT_COMMENDED = "NOT_COMMENDED"
    NOT_RECOMMENDED = "NOT_RECOMMENDED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def ended_before_report(self) -> bool:
        """It never reached the ministry, and its place is given back."""
        return self in (MinistryStage.NOT_RECOMMENDED, MinistryStage.WITHDRAWN)


class AssessmentResult(StrEnum):
    """What the assessing team concluded."""

    PASSED = "PASSED"
    FAILED = "FAILED"


class MinistryResult(StrEnum):
    """What the ministry decided; the host's own award stands either way (G-16)."""

    COMMENDED = "COMMENDED"
    NOT_COMMENDED = "NOT_COMMENDED"


@dataclass(frozen=True)
class MinistryFacts:
    """One recommendation at one moment. What has to be there and is not said counts as missing."""

    stage: MinistryStage
    nomination_stage: Stage
    as_of: date
    zone: tzinfo = CHINA

    # what holds the case (derived, decisions 2)
    campaign_suspended: bool = False
    open_objections: tuple[str, ...] = ()
    vetoes_held: tuple[str, ...] = ()
    vetoes_confirmed: tuple[str, ...] = ()

    # the host's notice that lists it for the ministry; None: none is in effect
    notice_ends_at: datetime | None = None

    # what goes to the ministry
    second_decision_stands: bool = False
    form_complete: bool = False
    form_missing: tuple[str, ...] = ()
    writeup_chars: int = 0
    writeup_hard_min: int = 0
    writeup_hard_max: int = 0
    checks_needed: tuple[str, ...] = ()
    checks_open: tuple[str, ...] = ()
    checked_by: str = ""
    video_seconds: int = 0
    video_hard_min: int = 0
    video_hard_max: int = 0
    aspects_missing: tuple[str, ...] = ()
    seals_required: bool = True
    seal_levels: tuple[Level, ...] = ()
    seals: Mapping[Level, date] | None = None
    copies: tuple[tuple[int, int], ...] = ()  # needed and received, of each kind

    # after it was reported
    correction_letter_sent: bool = False

    # for taking a step back
    decision_annulled: bool = False

    # handed in with the act
    reason: str = ""
    team: int = 0
    recused: tuple[str, ...] = ()
    assessed_on: date | None = None
    findings: str = ""
    assessment: AssessmentResult | None = None
    decision_recorded: bool = False
    decision_result: DecisionResult | None = None
    ballot_reasons: tuple[Reason, ...] = ()
    document_no: str = ""
    result: MinistryResult | None = None
