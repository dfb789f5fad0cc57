"""From an award to the ministry: assessed, at the host's notice, decided again, sealed and reported (R-031 to R-043).

A table of its own beside the nomination's: results arrive after the year's end, so no phase of the campaign binds it
(decisions 6). It never touches the host's own award (G-16).
"""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from app.domain import ministry_guards as g
from app.domain.errors import Reason
from app.domain.ministry_facts import AssessmentResult, MinistryFacts, MinistryResult, MinistryStage
from app.domain.nomination_stage import DecisionResult
from app.domain.steps import ActionState, Guard, Machine, Step

__all__ = [
    "LIVE",
    "MACHINE",
    "PERMISSIONS",
    "AssessmentResult",
    "MinistryAction",
    "MinistryFacts",
    "MinistryResult",
    "MinistryStage",
    "available",
    "verdict",
]


class MinistryAction(StrEnum):
    """What moves a recommendation. The notice and the meeting take their steps themselves."""

    ASSESS = "ASSESS"
    PUBLISH_NOTICE = "PUBLISH_NOTICE"
    RECORD_DECISION = "RECORD_DECISION"
    REPORT = "REPORT"
    RECORD_RESULT = "RECORD_RESULT"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"
    UNDO = "UNDO"


MinistryStep = Step[MinistryStage, MinistryAction, MinistryFacts]
A = MinistryAction
S = MinistryStage

LIVE = (S.PROPOSED, S.ASSESSED, S.AT_NOTICE, S.MATERIALS)
"""The stages on the way to the report."""

FORWARD = (g.it_was_determined, g.nothing_holds_it)
"""What every step towards the ministry asks for."""

_BEFORE = {S.ASSESSED: S.PROPOSED, S.AT_NOTICE: S.ASSESSED, S.MATERIALS: S.AT_NOTICE}


def _decided(facts: MinistryFacts) -> MinistryStage:
    """On, out, or nowhere for now (E-31)."""
    results = {DecisionResult.APPROVED: S.MATERIALS, DecisionResult.REJECTED: S.NOT_RECOMMENDED}
    return results.get(facts.decision_result or DecisionResult.DEFERRED, facts.stage)


def _undone(source: MinistryStage, *guards: Guard[MinistryFacts]) -> MinistryStep:
    return Step((source,), A.UNDO, (_BEFORE[source],), "ministry:undo", guards, (g.a_reason_is_given,))


STEPS: tuple[MinistryStep, ...] = (
    Step(
        (S.PROPOSED,),
        A.ASSESS,
        (S.ASSESSED, S.NOT_RECOMMENDED),
        "ministry:assess",
        FORWARD,
        (g.the_assessment_is_whole, g.nobody_judged_his_own),
        lambda facts: S.NOT_RECOMMENDED if facts.assessment is AssessmentResult.FAILED else S.ASSESSED,
    ),
    Step(
        (S.ASSESSED,),
        A.PUBLISH_NOTICE,
        (S.AT_NOTICE,),
        "notice:publish",
        (*FORWARD, g.the_notice_lists_it),
    ),
    Step(
        (S.AT_NOTICE,),
        A.RECORD_DECISION,
        (S.MATERIALS, S.NOT_RECOMMENDED, S.AT_NOTICE),
        "nomination:record_decision",
        (*FORWARD, g.the_notice_ran_its_full_time),
        (g.the_body_decided,),
        _decided,
    ),
    Step(
        (S.MATERIALS,),
        A.REPORT,
        (S.REPORTED,),
        "ministry:report",
        (
            *FORWARD,
            g.the_second_decision_stands,
            g.the_national_form_is_complete,
            g.the_write_up_has_its_length,
            g.somebody_answers_for_its_quality,
            g.the_video_has_its_length,
            g.the_video_shows_every_aspect,
            g.every_level_has_sealed,
            g.every_copy_is_there,
        ),
        (g.the_document_is_named,),
    ),
    Step(
        (S.REPORTED,),
        A.RECORD_RESULT,
        (S.COMMENDED, S.NOT_COMMENDED),
        "ministry:report",
        (),
        (g.the_document_is_named, g.the_ministry_has_answered),
        lambda facts: S.COMMENDED if facts.result is MinistryResult.COMMENDED else S.NOT_COMMENDED,
    ),
    Step(LIVE, A.REJECT, (S.NOT_RECOMMENDED,), "ministry:end", (), (g.a_reason_is_given,)),
    Step(LIVE, A.WITHDRAW, (S.WITHDRAWN,), "ministry:end", (), (g.a_reason_is_given,)),
    Step(
        (S.REPORTED,),
        A.WITHDRAW,
        (S.WITHDRAWN,),
        "ministry:end",
        (g.the_ministry_was_told,),
        (g.a_reason_is_given,),
    ),
    _undone(S.ASSESSED),
    _undone(S.AT_NOTICE, g.no_public_notice_stands),
    _undone(S.MATERIALS, g.the_decision_was_annulled),
)

MACHINE: Machine[MinistryStage, MinistryAction, MinistryFacts] = Machine(
    "ministry", MinistryStage, MinistryAction, STEPS
)
PERMISSIONS = MACHINE.permissions


def verdict(facts: MinistryFacts, action: MinistryAction, now: datetime) -> list[Reason]:
    """Every reason against taking this step of the recommendation now."""
    return MACHINE.verdict(facts, action, now)


def available(
    facts: MinistryFacts, permissions: Set[str], now: datetime
) -> list[ActionState[MinistryAction]]:
    """What may be done with the recommendation now by someone with these permissions, and why not."""
    return MACHINE.available(facts, permissions, now)
