"""A campaign from the draft to the archive, and what each step of it stands on (R-002 to R-017, domain.md 4.3)."""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from app.domain.campaign_facts import CampaignFacts, CampaignStage
from app.domain.campaign_guards import (
    a_basis_document_is_recorded,
    a_planned_award_date_is_set,
    a_ranking_is_recorded,
    a_reason_is_given,
    every_award_is_conferred,
    every_case_has_its_scores_locked,
    every_filing_is_checked,
    every_item_is_decided,
    it_is_not_suspended,
    it_is_suspended,
    no_more_awards_than_places,
    participants_are_listed,
    the_allocation_is_confirmed,
    the_allocation_is_no_sample,
    the_approval_basis_is_recorded,
    the_award_follows_the_decisions,
    the_award_period_is_set,
    the_calendar_is_loaded,
    the_criteria_add_up,
    the_deadlines_are_set_in_order,
    the_filing_deadline_has_passed,
    the_filing_deadline_lies_ahead,
    the_opening_decision_is_recorded,
)
from app.domain.errors import Reason
from app.domain.steps import ActionState, Machine, Step

__all__ = [
    "MACHINE",
    "PERMISSIONS",
    "RUNNING",
    "CampaignAction",
    "CampaignFacts",
    "CampaignStage",
    "available",
    "verdict",
]


class CampaignAction(StrEnum):
    """What moves a campaign. Suspension is a flag beside the stage, never a stage (decisions 2)."""

    RECORD_DECISION = "RECORD_DECISION"
    CONFIGURE = "CONFIGURE"
    OPEN = "OPEN"
    CLOSE_FILING = "CLOSE_FILING"
    START_EVALUATION = "START_EVALUATION"
    START_DETERMINATION = "START_DETERMINATION"
    FINISH = "FINISH"
    ARCHIVE = "ARCHIVE"
    SUSPEND = "SUSPEND"
    RESUME = "RESUME"


CampaignStep = Step[CampaignStage, CampaignAction, CampaignFacts]
A = CampaignAction
S = CampaignStage

RUNNING = (S.OPEN, S.FILING_CLOSED, S.EVALUATING, S.DETERMINING)
"""The stages in which nominations move, so that suspending means something."""

PAPERS = (
    a_basis_document_is_recorded,
    the_opening_decision_is_recorded,
    the_approval_basis_is_recorded,
    the_award_period_is_set,
)
RULES = (
    participants_are_listed,
    the_criteria_add_up,
    the_deadlines_are_set_in_order,
    a_planned_award_date_is_set,
    the_calendar_is_loaded,
    the_allocation_is_confirmed,
)

STEPS: tuple[CampaignStep, ...] = (
    Step((S.DRAFT,), A.RECORD_DECISION, (S.DECIDED,), "campaign:configure", PAPERS),
    Step((S.DECIDED,), A.CONFIGURE, (S.CONFIGURED,), "campaign:configure", RULES),
    Step(
        (S.CONFIGURED,),
        A.OPEN,
        (S.OPEN,),
        "campaign:transition",
        # Asked again: papers and rules may have been changed since they were first checked.
        (*PAPERS, *RULES, the_allocation_is_no_sample, the_filing_deadline_lies_ahead),
    ),
    Step(
        (S.OPEN,),
        A.CLOSE_FILING,
        (S.FILING_CLOSED,),
        "campaign:transition",
        (it_is_not_suspended, the_filing_deadline_has_passed),
    ),
    Step(
        (S.FILING_CLOSED,),
        A.START_EVALUATION,
        (S.EVALUATING,),
        "campaign:transition",
        (it_is_not_suspended, every_filing_is_checked),
    ),
    Step(
        (S.EVALUATING,),
        A.START_DETERMINATION,
        (S.DETERMINING,),
        "campaign:transition",
        (it_is_not_suspended, every_case_has_its_scores_locked, a_ranking_is_recorded),
    ),
    Step(
        (S.DETERMINING,),
        A.FINISH,
        (S.AWARDED,),
        "campaign:transition",
        (
            it_is_not_suspended,
            every_item_is_decided,
            no_more_awards_than_places,
            the_award_follows_the_decisions,
        ),
    ),
    Step((S.AWARDED,), A.ARCHIVE, (S.ARCHIVED,), "campaign:transition", (every_award_is_conferred,)),
    Step(
        RUNNING,
        A.SUSPEND,
        RUNNING,
        "campaign:transition",
        (it_is_not_suspended,),
        (a_reason_is_given,),
        lambda facts: facts.stage,
    ),
    Step(
        RUNNING,
        A.RESUME,
        RUNNING,
        "campaign:transition",
        (it_is_suspended,),
        (a_reason_is_given,),
        lambda facts: facts.stage,
    ),
)

MACHINE: Machine[CampaignStage, CampaignAction, CampaignFacts] = Machine(
    "campaign", CampaignStage, CampaignAction, STEPS
)
PERMISSIONS = MACHINE.permissions


def verdict(facts: CampaignFacts, action: CampaignAction, now: datetime) -> list[Reason]:
    """Every reason against taking this step of the campaign now."""
    return MACHINE.verdict(facts, action, now)


def available(
    facts: CampaignFacts, permissions: Set[str], now: datetime
) -> list[ActionState[CampaignAction]]:
    """What may be done with the campaign now by someone with these permissions, and why not."""
    return MACHINE.available(facts, permissions, now)
