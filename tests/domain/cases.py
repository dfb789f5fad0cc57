"""Cases for the tests of the state machines: one in which everything holds, and one change for each refusal."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.domain.campaign import CampaignStage
from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.nomination import Action, DecisionResult, Facts, Stage

NOTICE_END = datetime(2026, 9, 28, 16, tzinfo=UTC)  # 24:00 of 28 September in China
NOW = datetime(2026, 9, 29, 8, tzinfo=UTC)
DEADLINE = datetime(2026, 9, 30, 16, tzinfo=UTC)  # 24:00 of 30 September in China

CRITERIA = ("C1", "C2", "C3", "C4", "C5")

_AT_THE_COUNTY = {Stage.DRAFT, Stage.RETURNED}
_AT_THE_HOST = {
    Stage.FILED,
    Stage.ACCEPTED,
    Stage.UNDER_EVALUATION,
    Stage.EVALUATED,
    Stage.REVIEWED,
    Stage.AT_HOST_NOTICE,
    Stage.DETERMINED,
    Stage.AWARDED,
}
_PHASE = {
    Stage.ACCEPTED: CampaignStage.EVALUATING,
    Stage.UNDER_EVALUATION: CampaignStage.EVALUATING,
    Stage.EVALUATED: CampaignStage.DETERMINING,
    Stage.REVIEWED: CampaignStage.DETERMINING,
    Stage.AT_HOST_NOTICE: CampaignStage.DETERMINING,
    Stage.DETERMINED: CampaignStage.DETERMINING,
    Stage.AWARDED: CampaignStage.AWARDED,
}


IN_PLACE: Mapping[str, Any] = {
    "own_level": Level.COUNTY,
    "applicable_levels": (Level.COUNTY, Level.MUNICIPAL),
    "organising_level": Level.MUNICIPAL,
    "host_level": Level.PROVINCIAL,
    "actor": "person:b",
    "preparers": frozenset({"person:a"}),
    "veto_items": ("行政不作为", "滥用行政权力"),
    "declared": frozenset({"行政不作为", "滥用行政权力"}),
    "consultation_concluded": True,
    "level_reviewed": True,
    "criteria": CRITERIA,
    "assessed_criteria": frozenset(CRITERIA),
    "endorsed_levels": frozenset({Level.COUNTY}),
    "departments_needed": ("纪检监察机关", "信访部门"),
    "departments_consenting": frozenset({"纪检监察机关", "信访部门"}),
    "bucket": "温州市",
    "claim_available": True,
    "claim_limit": 3,
    "notice_ends_at": NOTICE_END,
    "form_complete": True,
    "writeup_chars": 4000,
    "writeup_hard_min": 3000,
    "writeup_hard_max": 5000,
    "statement_present": True,
    "rank": 1,
    "seals": {Level.COUNTY: date(2026, 9, 10), Level.MUNICIPAL: date(2026, 9, 20)},
    "deadline_ends_at": DEADLINE,
    "local_bodies": frozenset({"LEADING", "WORKING"}),
    "reviewers_free": 5,
    "reviewers_needed": 3,
    "sheets_needed": 3,
    "sheets_submitted": 3,
    "host_notice_required": True,
    "host_notice_ends_at": NOTICE_END,
    "award_place_free": True,
    "last_action": Action.SUBMIT,
    "previous_stage": Stage.DRAFT,
    "previous_level": Level.COUNTY,
    "reason": "说明",
    "checklist": ("写明服务人数",),
    "correction_due": DEADLINE,
    "written_request": True,
    "formal_check_done": True,
    "decision_recorded": True,
    "decision_result": DecisionResult.APPROVED,
    "award_reference": "浙人社发〔2026〕1号",
    "revocation_ground": "弄虚作假",
}
"""What holds at every stage of the case in which everything holds."""


def case(stage: Stage, **changes: Any) -> Facts:
    """A county's window on the city's route, with everything in place at this stage."""
    at = (
        Level.PROVINCIAL
        if stage in _AT_THE_HOST
        else Level.COUNTY
        if stage in _AT_THE_COUNTY
        else Level.MUNICIPAL
    )
    facts = Facts(
        stage=stage,
        level=at,
        campaign_stage=_PHASE.get(stage, CampaignStage.OPEN),
        actor_level=at,
        returned_from=Stage.SUBMITTED if stage is Stage.RETURNED else None,
        returned_level=Level.MUNICIPAL if stage is Stage.RETURNED else None,
        last_step_level=at,
        **IN_PLACE,
    )
    return replace(facts, **changes)


def ready(stage: Stage, action: Action) -> Facts:
    """A case at this stage for which this action goes."""
    if action is Action.ENDORSE:
        return case(stage, level=Level.COUNTY, actor_level=Level.COUNTY)
    if action is Action.WITHDRAW and stage not in _AT_THE_HOST:
        return case(stage, actor_level=Level.MUNICIPAL)
    if action is Action.VETO:
        return case(stage, vetoes_confirmed=("行政不作为",))
    return case(stage)


def returned_by_the_office(**changes: Any) -> Facts:
    """A filed case that the office sent back to the city, with a due date of its own."""
    facts = case(
        Stage.RETURNED,
        level=Level.MUNICIPAL,
        actor_level=Level.MUNICIPAL,
        returned_from=Stage.FILED,
        returned_level=Level.PROVINCIAL,
        correction_ends_at=DEADLINE,
    )
    return replace(facts, **changes)


def _with(**changes: Any) -> Callable[[Facts], Facts]:
    return lambda facts: replace(facts, **changes)


def _returned(**changes: Any) -> Callable[[Facts], Facts]:
    """For refusals that only a correction asked for by the office can meet."""

    def changed(facts: Facts) -> Facts:
        if facts.stage is Stage.RETURNED:
            return returned_by_the_office(**changes)
        return replace(facts, **changes)

    return changed


_HELD = {
    "CAMPAIGN_SUSPENDED": _with(campaign_suspended=True),
    "OBJECTION_OPEN": _with(open_objections=("YY-0007",)),
    "VETO_HELD": _with(vetoes_held=("行政不作为",)),
    "VETO_CONFIRMED": _with(vetoes_confirmed=("行政不作为",)),
}

BROKEN: Mapping[str, Callable[[Facts], Facts]] = {
    **_HELD,
    "CAMPAIGN_NOT_OPEN": _with(campaign_stage=CampaignStage.ARCHIVED),
    "CAMPAIGN_PHASE": _with(campaign_stage=CampaignStage.CONFIGURED),
    "NOT_YOUR_LEVEL": _with(actor_level=Level.TOWNSHIP),
    "SAME_PERSON": _with(actor="person:a"),
    "DECLARATION_MISSING": _with(declared=frozenset({"行政不作为"})),
    "DUPLICATE_NOMINATION": _with(other_nomination="2026-ZJ-330300-0003"),
    "NO_HIGHER_LEVEL": _with(level=Level.MUNICIPAL, actor_level=Level.MUNICIPAL),
    "LEVEL_ORDER": _with(endorsed_levels=frozenset()),
    "CONSULTATION_MISSING": _with(consultation_concluded=False),
    "LEVEL_REVIEW_MISSING": _with(level_reviewed=False),
    "CRITERIA_INCOMPLETE": _with(assessed_criteria=frozenset({"C1", "C2", "C3", "C5"})),
    "DEPARTMENT_REPLY_MISSING": _with(departments_consenting=frozenset({"信访部门"})),
    "DEPARTMENT_OBJECTS": _with(
        departments_consenting=frozenset({"信访部门"}), departments_objecting=frozenset({"纪检监察机关"})
    ),
    "NOMINATION_LIMIT_REACHED": _with(claim_available=False),
    "NOTICE_NOT_PUBLISHED": _with(notice_ends_at=None, host_notice_ends_at=None),
    "NOTICE_STILL_RUNNING": _with(notice_ends_at=DEADLINE, host_notice_ends_at=DEADLINE),
    "FORM_INCOMPLETE": _with(form_complete=False, form_missing=("主要事迹",)),
    "WRITEUP_LENGTH": _with(writeup_chars=2999),
    "STATEMENT_MISSING": _with(statement_present=False),
    "RANK_MISSING": _with(rank=None),
    "RANK_TAKEN": _with(rank_unique=False),
    "SEAL_MISSING": _with(seals={Level.COUNTY: date(2026, 9, 10)}),
    "SEAL_ORDER": _with(seals={Level.COUNTY: date(2026, 9, 21), Level.MUNICIPAL: date(2026, 9, 20)}),
    "DEADLINE_PASSED": _returned(deadline_ends_at=NOW, correction_ends_at=NOW),
    "DEADLINES_INCOMPLETE": _returned(deadline_ends_at=None, correction_ends_at=None),
    "LOCAL_BODIES_MISSING": _with(local_bodies=frozenset({"LEADING"})),
    "CHECKLIST_UNANSWERED": _with(unanswered=("写明服务人数",)),
    "REASON_MISSING": _with(reason=" "),
    "CHECKLIST_MISSING": _with(checklist=()),
    "CORRECTION_DUE_INVALID": _with(correction_due=NOW),
    "FORMAL_CHECK_INCOMPLETE": _with(formal_check_failed=("事迹材料一式5份",)),
    "REVIEWERS_TOO_FEW": _with(reviewers_free=2),
    "SCORES_MISSING": _with(sheets_submitted=2),
    "DECISION_MISSING": _with(decision_recorded=False),
    "QUORUM_NOT_MET": _with(ballot_reasons=(Reason("QUORUM_NOT_MET", params={"needed": 6, "attended": 5}),)),
    "VOTE_ARITHMETIC": _with(ballot_reasons=(Reason("VOTE_ARITHMETIC", params={"why": "5 + 4 > 8"}),)),
    "HOST_NOTICE_OFF": _with(host_notice_required=False),
    "OBJECTION_UPHELD": _with(objection_upheld="YY-2026-1A2B3C4D"),
    "QUOTA_EXHAUSTED": _with(award_place_free=False),
    "AWARD_REFERENCE_MISSING": _with(award_reference=""),
    "REVOCATION_GROUND_MISSING": _with(revocation_ground=""),
    "WITHDRAWAL_REQUEST_MISSING": _with(written_request=False),
    "VETO_NOT_CONFIRMED": _with(vetoes_confirmed=(), vetoes_held=("行政不作为",)),
    "NOTHING_TO_UNDO": _with(last_action=None),
    "UNDO_TOO_LATE": _with(next_level_acted=True),
    "UNDO_BY_NOTICE": _with(last_action=Action.PUBLISH_NOTICE),
    "UNDO_BY_DECISION": _with(last_action=Action.RECORD_SECOND_DECISION),
    "UNDO_BY_REVOCATION": _with(last_action=Action.CONFER),
}
"""For each code the change after which a case that was ready is refused with this code, and with no other."""

DAY = timedelta(days=1)
