"""A finding that would end a case: alleged or under verification it holds, confirmed it ends (R-019, D9, domain.md 1.4)."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.errors import Reason
from app.domain.steps import ActionState, Machine, Step, guard, unless


class FindingStage(StrEnum):
    """How far a finding has been verified."""

    ALLEGED = "ALLEGED"
    UNDER_VERIFICATION = "UNDER_VERIFICATION"
    CONFIRMED = "CONFIRMED"
    DISMISSED = "DISMISSED"


class FindingAction(StrEnum):
    """What the discipline officer does with a finding."""

    VERIFY = "VERIFY"
    CONFIRM = "CONFIRM"
    DISMISS = "DISMISS"


HOLDING = frozenset({FindingStage.ALLEGED, FindingStage.UNDER_VERIFICATION})
"""The stages that hold a case; a dismissed finding releases it, a confirmed one ends it."""


@dataclass(frozen=True)
class FindingFacts:
    """One finding at one moment, with the time span whose facts count."""

    stage: FindingStage
    fact_on: date | None = None
    counts_from: date | None = (
        None  # the award period's first day, or the item's look-back, whichever is earlier
    )
    counts_to: date | None = None  # the award period's last day, or today for an item with a look-back
    evidence: str = ""

    # handed in with the act
    conclusion: str = ""


@guard("FACT_OUTSIDE_PERIOD")
def the_fact_lies_in_the_period(facts: FindingFacts) -> list[Reason]:
    """What happened lies in the award period or in the look-back of the item (R-017)."""
    span = (facts.counts_from, facts.fact_on, facts.counts_to)
    known = [day for day in span if day is not None]
    inside = len(known) == len(span) and known == sorted(known)
    return unless(
        inside,
        "FACT_OUTSIDE_PERIOD",
        fact_on=facts.fact_on or "—",
        counts_from=facts.counts_from or "—",
        counts_to=facts.counts_to or "—",
    )


@guard("EVIDENCE_MISSING")
def there_is_evidence(facts: FindingFacts) -> list[Reason]:
    """Nobody loses an award on hearsay: what proves the fact is on record."""
    return unless(bool(facts.evidence.strip()), "EVIDENCE_MISSING")


@guard("CONCLUSION_MISSING")
def a_conclusion_is_given(facts: FindingFacts) -> list[Reason]:
    """The verification ends with a written conclusion."""
    return unless(bool(facts.conclusion.strip()), "CONCLUSION_MISSING")


STEPS: tuple[Step[FindingStage, FindingAction, FindingFacts], ...] = (
    Step((FindingStage.ALLEGED,), FindingAction.VERIFY, (FindingStage.UNDER_VERIFICATION,), "veto:decide"),
    Step(
        (FindingStage.UNDER_VERIFICATION,),
        FindingAction.CONFIRM,
        (FindingStage.CONFIRMED,),
        "veto:decide",
        (the_fact_lies_in_the_period, there_is_evidence),
        (a_conclusion_is_given,),
    ),
    Step(
        (FindingStage.UNDER_VERIFICATION,),
        FindingAction.DISMISS,
        (FindingStage.DISMISSED,),
        "veto:decide",
        (),
        (a_conclusion_is_given,),
    ),
)

MACHINE: Machine[FindingStage, FindingAction, FindingFacts] = Machine(
    "veto", FindingStage, FindingAction, STEPS
)
PERMISSIONS = MACHINE.permissions


def verdict(facts: FindingFacts, action: FindingAction, now: datetime) -> list[Reason]:
    """Every reason against taking this step of the finding now."""
    return MACHINE.verdict(facts, action, now)


def available(facts: FindingFacts, permissions: Set[str], now: datetime) -> list[ActionState[FindingAction]]:
    """What may be done with the finding now by someone with these permissions, and why not."""
    return MACHINE.available(facts, permissions, now)
