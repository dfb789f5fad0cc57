"""What the steps of a campaign need to know, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum

from app.domain.steps import CHINA


class CampaignStage(StrEnum):
    """How far a campaign has come."""

    DRAFT = "DRAFT"
    DECIDED = "DECIDED"
    CONFIGURED = "CONFIGURED"
    OPEN = "OPEN"
    FILING_CLOSED = "FILING_CLOSED"
    EVALUATING = "EVALUATING"
    DETERMINING = "DETERMINING"
    AWARDED = "AWARDED"
    ARCHIVED = "ARCHIVED"


@dataclass(frozen=True)
class CampaignFacts:
    """One campaign at one moment. What is not said counts as not there, so that a gap refuses."""

    stage: CampaignStage
    suspended: bool = False
    zone: tzinfo = CHINA

    # the papers it stands on
    basis_documents: int = 0
    opening_decision_recorded: bool = False
    approval_basis_required: bool = False
    approval_basis_recorded: bool = False
    award_period_start_year: int | None = None
    award_period_end_year: int | None = None

    # its rules
    participants: int = 0
    criteria_points: Decimal = Decimal(0)
    criteria_total: Decimal = Decimal(100)
    contacts_end_at: datetime | None = None
    materials_end_at: datetime | None = None
    ministry_end_at: datetime | None = None
    contacts_wanted: bool = True  # local bodies report their heads
    ministry_places: int = 0  # 0: no ministry track, no deadline for it (E-45)
    planned_award_on: date | None = None
    calendar_years_needed: frozenset[int] = frozenset()
    calendar_years_loaded: frozenset[int] = frozenset()
    quota_confirmed: bool = False
    quota_is_sample: bool = True
    sample_installation: bool = False

    # how far its cases have come
    unchecked_filings: int = 0
    unlocked_cases: int = 0
    ranking_recorded: bool = False
    undecided_items: int = 0
    approved_awards: int = 0
    award_places: int = 0
    last_decision_on: date | None = None
    unconferred_awards: int = 0

    # handed in with the act
    reason: str = ""
