"""The stage table of a nomination, row by row (decisions 1)."""

from collections.abc import Callable

from app.domain import evaluation_guards as e
from app.domain import nomination_guards as g
from app.domain import nomination_return_guards as r
from app.domain.nomination_facts import Facts
from app.domain.nomination_stage import BEFORE_AWARD, LIVE, Action, DecisionResult, Stage
from app.domain.steps import Guard
from app.domain.steps import Step as Row

Step = Row[Stage, Action, Facts]

RISING = (g.the_campaign_is_open, g.nothing_holds_it, g.the_actor_speaks_for_its_level)
"""What every step towards filing asks for."""


def _by_the_host(phase: Guard[Facts]) -> tuple[Guard[Facts], ...]:
    """What every forward step of the office asks for: the phase, no hold, and that it is the host who acts."""
    return (phase, g.nothing_holds_it, g.the_actor_speaks_for_its_level)


def _decided(approved: Stage) -> Callable[[Facts], Stage]:
    """Where a body's decision leads: on, out, or nowhere for now (E-31)."""

    def choose(facts: Facts) -> Stage:
        results = {DecisionResult.APPROVED: approved, DecisionResult.REJECTED: Stage.NOT_SELECTED}
        return results.get(facts.decision_result or DecisionResult.DEFERRED, facts.stage)

    return choose


STEPS: tuple[Step, ...] = (
    Step(
        (Stage.DRAFT,),
        Action.SUBMIT,
        (Stage.SUBMITTED,),
        "nomination:submit",
        (
            g.the_campaign_is_open,
            g.nothing_holds_it,
            g.every_veto_item_is_declared,
            g.the_window_is_eligible,
            g.the_window_has_no_other_live_nomination,
        ),
    ),
    Step(
        (Stage.SUBMITTED,),
        Action.ENDORSE,
        (Stage.SUBMITTED,),
        "nomination:endorse",
        (
            *RISING,
            g.a_higher_level_follows,
            g.someone_else_prepared_it,
            g.the_own_level_heard_the_public,
            g.the_level_gave_its_opinion,
            g.every_criterion_is_assessed,
        ),
    ),
    Step(
        (Stage.SUBMITTED,),
        Action.CLEAR,
        (Stage.CLEARED,),
        "nomination:clear",
        (
            *RISING,
            g.every_lower_level_endorsed_it,
            g.someone_else_prepared_it,
            g.the_own_level_heard_the_public,
            g.every_department_consented,
            g.the_level_gave_its_opinion,
            g.every_criterion_is_assessed,
            g.a_nomination_claim_is_free,
        ),
    ),
    Step(
        (Stage.SUBMITTED, Stage.CLEARED),
        Action.RETURN,
        (Stage.RETURNED,),
        "nomination:return",
        (g.the_campaign_is_under_way, g.the_actor_speaks_for_its_level),
        (r.a_reason_is_given, r.a_checklist_is_given),
    ),
    Step(
        (Stage.RETURNED,),
        Action.RESUBMIT,
        (Stage.SUBMITTED, Stage.FILED),
        "nomination:resubmit",
        (
            r.it_comes_back_in_time,
            g.nothing_holds_it,
            g.the_actor_speaks_for_its_level,
        ),
        (r.every_point_is_answered,),
        choose=lambda facts: Stage.FILED if facts.returned_from is Stage.FILED else Stage.SUBMITTED,
    ),
    Step(
        (Stage.SUBMITTED, Stage.CLEARED),
        Action.REJECT,
        (Stage.REJECTED,),
        "nomination:reject",
        (g.the_campaign_is_under_way, g.the_actor_speaks_for_its_level),
        (r.a_reason_is_given,),
    ),
    Step(
        (Stage.CLEARED,),
        Action.PUBLISH_NOTICE,
        (Stage.AT_NOTICE,),
        "notice:publish",
        (*RISING, g.a_published_notice_lists_it),
    ),
    Step(
        (Stage.AT_NOTICE,),
        Action.RECOMMEND,
        (Stage.RECOMMENDED,),
        "nomination:recommend",
        (
            *RISING,
            g.someone_else_prepared_it,
            g.the_notice_ran_its_full_time,
            g.the_form_is_complete,
            g.the_write_up_has_its_length,
            g.its_exemplary_role_is_stated,
            g.it_has_its_own_rank,
            g.every_level_has_sealed,
        ),
    ),
    Step(
        (Stage.RECOMMENDED,),
        Action.FILE,
        (Stage.FILED,),
        "nomination:file",
        (*RISING, g.the_deadline_has_not_passed, g.both_local_bodies_are_registered),
    ),
    Step(
        (Stage.FILED,),
        Action.ACCEPT,
        (Stage.ACCEPTED,),
        "nomination:accept",
        _by_the_host(e.the_office_takes_filings),
        (e.the_formal_check_is_passed,),
    ),
    Step(
        (Stage.FILED,),
        Action.RETURN_FOR_CORRECTION,
        (Stage.RETURNED,),
        "nomination:return_for_correction",
        (e.the_office_takes_filings, g.the_actor_speaks_for_its_level),
        (r.a_reason_is_given, r.a_checklist_is_given, r.a_new_due_date_is_given),
    ),
    Step(
        (Stage.ACCEPTED,),
        Action.OPEN_EVALUATION,
        (Stage.UNDER_EVALUATION,),
        "nomination:open_evaluation",
        (*_by_the_host(e.the_campaign_is_evaluating), e.enough_reviewers_are_free),
    ),
    Step(
        (Stage.UNDER_EVALUATION,),
        Action.LOCK_SCORES,
        (Stage.EVALUATED,),
        "nomination:lock_scores",
        (*_by_the_host(e.the_campaign_is_evaluating), e.every_sheet_is_submitted),
    ),
    Step(
        (Stage.EVALUATED,),
        Action.RECORD_FIRST_DECISION,
        (Stage.REVIEWED, Stage.NOT_SELECTED, Stage.EVALUATED),
        "nomination:record_decision",
        _by_the_host(e.the_campaign_is_determining),
        (e.the_body_decided,),
        _decided(Stage.REVIEWED),
    ),
    Step(
        (Stage.REVIEWED,),
        Action.PUBLISH_HOST_NOTICE,
        (Stage.AT_HOST_NOTICE,),
        "nomination:publish_host_notice",
        (
            *_by_the_host(e.the_campaign_is_determining),
            e.the_campaign_has_a_host_notice,
            e.no_objection_to_the_award_was_upheld,
            e.the_host_notice_lists_it,
        ),
    ),
    Step(
        (Stage.REVIEWED, Stage.AT_HOST_NOTICE),
        Action.RECORD_SECOND_DECISION,
        (Stage.DETERMINED, Stage.NOT_SELECTED, Stage.REVIEWED, Stage.AT_HOST_NOTICE),
        "nomination:record_decision",
        (*_by_the_host(e.the_campaign_is_determining), e.the_host_notice_ran_if_required),
        (e.the_body_decided, e.an_upheld_objection_is_followed, e.an_award_place_is_free),
        _decided(Stage.DETERMINED),
    ),
    Step(
        (Stage.DETERMINED,),
        Action.CONFER,
        (Stage.AWARDED,),
        "nomination:confer",
        _by_the_host(e.awards_are_conferred_now),
        (e.an_event_or_document_is_named,),
    ),
    Step(
        (Stage.AWARDED,),
        Action.REVOKE,
        (Stage.REVOKED,),
        "nomination:revoke",
        # A hold does not protect an award: it may be the very reason for taking it away (E-07).
        (e.awards_may_be_revoked, g.the_actor_speaks_for_its_level),
        (e.a_ground_is_given,),
    ),
    Step(
        BEFORE_AWARD,
        Action.WITHDRAW,
        (Stage.WITHDRAWN,),
        "nomination:withdraw",
        (g.the_campaign_is_under_way, r.the_right_side_withdraws_it),
        (r.a_reason_is_given, r.it_was_asked_for_in_writing),
    ),
    Step(
        BEFORE_AWARD,
        Action.VETO,
        (Stage.VETOED,),
        "nomination:veto",
        (g.the_campaign_is_under_way, r.a_veto_is_confirmed),
    ),
    Step(
        # Not being selected is final but for one way back: the very decision is annulled (domain.md 4.3, E-07).
        (*LIVE, Stage.NOT_SELECTED),
        Action.UNDO,
        LIVE,
        "nomination:undo",
        (
            g.the_campaign_is_under_way,
            g.the_window_has_no_other_live_nomination,
            r.a_step_was_taken,
            r.the_level_that_took_it_takes_it_back,
            r.the_next_level_has_not_acted,
            r.no_public_notice_stands,
            r.the_decision_was_annulled,
            r.no_award_was_conferred,
        ),
        (r.a_reason_is_given,),
        lambda facts: facts.previous_stage or facts.stage,
    ),
)
