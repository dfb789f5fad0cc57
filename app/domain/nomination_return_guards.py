"""What has to hold for sending a nomination back, bringing it back, ending it or undoing a step; guards name their clause."""

from datetime import datetime

from app.domain.errors import Reason
from app.domain.nomination_facts import Facts
from app.domain.nomination_guards import FILING, not_for, not_open, the_campaign_is_open, too_late
from app.domain.nomination_stage import Action, Stage
from app.domain.steps import guard, timed, unless


@timed("CAMPAIGN_NOT_OPEN", "DEADLINES_INCOMPLETE", "DEADLINE_PASSED")
def it_comes_back_in_time(facts: Facts, now: datetime) -> list[Reason]:
    """A correction asked for by the office has a due date of its own; any other one needs the open campaign."""
    if facts.returned_from is not Stage.FILED:
        return the_campaign_is_open(facts, now)
    return [
        *not_open(facts, allowed=facts.campaign_stage in FILING),
        *too_late(facts.correction_ends_at, facts, now),
    ]


@guard("CHECKLIST_UNANSWERED")
def every_point_is_answered(facts: Facts) -> list[Reason]:
    """Each point for which it was returned has an answer."""
    return unless(not facts.unanswered, "CHECKLIST_UNANSWERED", points=facts.unanswered)


@guard("REASON_MISSING")
def a_reason_is_given(facts: Facts) -> list[Reason]:
    """Whoever sends back, ends or undoes says why."""
    return unless(bool(facts.reason.strip()), "REASON_MISSING")


@guard("CHECKLIST_MISSING")
def a_checklist_is_given(facts: Facts) -> list[Reason]:
    """A case is returned with the list of points to correct; only their fields open."""
    return unless(bool(facts.checklist), "CHECKLIST_MISSING")


@timed("CORRECTION_DUE_INVALID")
def a_new_due_date_is_given(facts: Facts, now: datetime) -> list[Reason]:
    """A correction asked for by the office has a due date of its own, still ahead."""
    due = facts.correction_due
    return unless(due is not None and due > now, "CORRECTION_DUE_INVALID")


@guard("VETO_NOT_CONFIRMED")
def a_veto_is_confirmed(facts: Facts) -> list[Reason]:
    """Only a confirmed finding ends a case; an alleged one holds it (R-019, D9)."""
    return unless(bool(facts.vetoes_confirmed), "VETO_NOT_CONFIRMED")


@guard("NOT_YOUR_LEVEL")
def the_right_side_withdraws_it(facts: Facts) -> list[Reason]:
    """The organising unit withdraws before filing, the office after it; a draft also by its own unit (R-024)."""
    if facts.was_filed:
        return not_for(facts.actor_level, facts.host_level)
    if facts.stage is Stage.DRAFT and facts.actor_level == facts.own_level:
        return []
    return not_for(facts.actor_level, facts.organising_level)


@guard("WITHDRAWAL_REQUEST_MISSING")
def it_was_asked_for_in_writing(facts: Facts) -> list[Reason]:
    """After filing the office withdraws only on the organising unit's written request (E-04)."""
    return unless(facts.written_request or not facts.was_filed, "WITHDRAWAL_REQUEST_MISSING")


@guard("NOTHING_TO_UNDO")
def a_step_was_taken(facts: Facts) -> list[Reason]:
    """There is a step that still counts and can be taken back."""
    return unless(facts.last_action is not None and facts.previous_stage is not None, "NOTHING_TO_UNDO")


@guard("NOT_YOUR_LEVEL")
def the_level_that_took_it_takes_it_back(facts: Facts) -> list[Reason]:
    """A step is undone by the level that took it."""
    return [] if facts.last_step_level is None else not_for(facts.actor_level, facts.last_step_level)


@guard("UNDO_TOO_LATE")
def the_next_level_has_not_acted(facts: Facts) -> list[Reason]:
    """Once the next level has worked on the case, it can only return it."""
    return unless(not facts.next_level_acted, "UNDO_TOO_LATE")


@guard("UNDO_BY_NOTICE")
def no_public_notice_stands(facts: Facts) -> list[Reason]:
    """What a public notice says is taken back in the notice: withdrawn, or this item removed from it."""
    standing = {
        Action.PUBLISH_NOTICE: facts.notice_ends_at,
        Action.PUBLISH_HOST_NOTICE: facts.host_notice_ends_at,
    }
    listed = facts.last_action is not None and standing.get(facts.last_action) is not None
    return unless(not listed, "UNDO_BY_NOTICE")


@guard("UNDO_BY_REVOCATION")
def no_award_was_conferred(facts: Facts) -> list[Reason]:
    """An award that was conferred is taken away by a revocation, which stays visible; it is never undone (E-42)."""
    return unless(facts.last_action is not Action.CONFER, "UNDO_BY_REVOCATION")


@guard("UNDO_BY_DECISION")
def the_decision_was_annulled(facts: Facts) -> list[Reason]:
    """A meeting's decision is annulled by a later decision, never edited away (domain.md 4.3, E-07)."""
    decided = facts.last_action in (Action.RECORD_FIRST_DECISION, Action.RECORD_SECOND_DECISION)
    return unless(facts.decision_annulled or not decided, "UNDO_BY_DECISION")
