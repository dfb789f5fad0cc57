"""What may stop a case that a body takes up, in the sentences of the step itself (R-032, I-09, I-10, decisions 2)."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from app.domain.campaign_facts import CampaignStage
from app.domain.errors import Reason
from app.domain.nomination_guards import hold_reasons, notice_reasons
from app.domain.steps import CHINA, unless
from app.domain.words import both


@dataclass(frozen=True)
class Standing:
    """What is known of one case on an agenda; a hold is derived, never a stage."""

    campaign_suspended: bool = False
    open_objections: tuple[str, ...] = ()
    vetoes_held: tuple[str, ...] = ()
    vetoes_confirmed: tuple[str, ...] = ()
    notice_needed: bool = False
    notice_ends_at: datetime | None = None
    zone: tzinfo = CHINA


def blockers(standing: Standing, now: datetime) -> tuple[Reason, ...]:
    """Every reason why the case cannot be decided on now, whatever the vote."""
    notice = notice_reasons(standing.notice_ends_at, standing, now) if standing.notice_needed else []
    return (*hold_reasons(standing), *notice)


def phase_reasons(stage: CampaignStage) -> list[Reason]:
    """Why the bodies do not decide on awards in this phase; the ministry's track has no phase (decisions 6)."""
    return unless(
        stage is CampaignStage.DETERMINING,
        "CAMPAIGN_PHASE",
        **both("stage", "campaign_stage", stage),
        **both("needed", "campaign_stage", CampaignStage.DETERMINING),
    )
