"""When an allocation may be confirmed: two persons, a decision behind every change, nothing below what is used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.errors import Reason
from app.domain.quota import RESERVE, Plan, SeatKind, amendment_reasons


class PlanAction(StrEnum):
    """What is done with a plan."""

    CONFIRM = "CONFIRM"


@dataclass(frozen=True)
class PlanFacts:
    """One version of the allocation, and what has come of the one it follows."""

    plan: Plan
    open_to_change: bool
    version: int
    confirmed_version: int = 0  # 0: none yet
    prepared_by_caller: bool = True
    decision_ref: str = ""
    ministry_track: bool = False
    taking_part: frozenset[str] = frozenset()
    used: Mapping[tuple[str, SeatKind], int] = field(default_factory=dict)


def confirm_reasons(facts: PlanFacts) -> list[Reason]:
    """Everything that speaks against confirming this version now (R-012, I-01, I-02, I-13, E-44)."""
    if not facts.open_to_change:
        return [Reason("PLAN_NOT_EDITABLE")]
    if facts.version < facts.confirmed_version:
        return [Reason("PLAN_SUPERSEDED", "", {"version": facts.confirmed_version})]
    return [
        *_who_and_why(facts),
        *amendment_reasons(facts.plan, facts.used),
        *_without_a_track(facts),
        *_nobody_to_use_it(facts),
    ]


def _who_and_why(facts: PlanFacts) -> Iterator[Reason]:
    if facts.prepared_by_caller:
        yield Reason("SAME_PERSON")
    if facts.confirmed_version and not facts.decision_ref:
        named = {"decision_zh": "调整名额方案的决定", "decision_en": "the decision to change the allocation"}
        yield Reason("DECISION_MISSING", "/decision_ref", named)


def _without_a_track(facts: PlanFacts) -> Iterator[Reason]:
    """Rules without a ministry track have no places there (E-45)."""
    if not facts.ministry_track and facts.plan.ministry_total:
        params = {"expected": 0, "actual": facts.plan.ministry_total}
        yield Reason("QUOTA_SUM_MISMATCH", "/ministry_total", params)


def _nobody_to_use_it(facts: PlanFacts) -> Iterator[Reason]:
    why = {"why_zh": "没有单位以此为名额单位参加活动", "why_en": "nobody who takes part draws on it"}
    for index, bucket in enumerate(facts.plan.buckets):
        if bucket.code not in facts.taking_part and bucket.code != RESERVE:
            yield Reason("QUOTA_BUCKET_INVALID", f"/buckets/{index}/code", {"bucket": bucket.code, **why})
