"""What has to hold before a meeting's decisions are on record, confirmed and announced; guards name their clause."""

from app.domain.errors import Reason
from app.domain.meeting_facts import MeetingFacts
from app.domain.steps import guard, unless


@guard("MINUTES_MISSING", "MEETING_IN_FUTURE")
def it_was_held_and_has_minutes(facts: MeetingFacts) -> list[Reason]:
    """The meeting has been held and its minutes have a number; a decision to come is none (D10)."""
    held = facts.held_on
    ahead = held is not None and held > facts.as_of
    return [
        *unless(held is not None and bool(facts.minutes_no.strip()), "MINUTES_MISSING"),
        *unless(not ahead, "MEETING_IN_FUTURE", held_on=held),
    ]


@guard("MEETING_EMPTY", "DECISION_MISSING")
def every_item_has_its_result(facts: MeetingFacts) -> list[Reason]:
    """There is something to decide, and each item was approved, rejected or deferred (E-31)."""
    undecided = {
        "decision_zh": f"以下事项的表决结果：{'、'.join(facts.undecided)}",
        "decision_en": f"the result for {', '.join(facts.undecided)}",
    }
    return [
        *unless(facts.items > 0, "MEETING_EMPTY"),
        *unless(not facts.undecided, "DECISION_MISSING", **undecided),
    ]


@guard("VOTE_ARITHMETIC", "QUORUM_NOT_MET")
def the_votes_add_up(facts: MeetingFacts) -> list[Reason]:
    """Quorum, sums and results are recomputed from the numbers, whatever was typed (R-030, E-33)."""
    return list(facts.ballot_reasons)


@guard("MEETING_ITEM_NOT_READY")
def every_item_stands_ready(facts: MeetingFacts) -> list[Reason]:
    """Nothing is tabled that has not come that far: the second body hears only what the first reviewed (R-029)."""
    return unless(not facts.not_ready, "MEETING_ITEM_NOT_READY", items=facts.not_ready)


@guard("ORDER_REASON_MISSING")
def departures_are_explained(facts: MeetingFacts) -> list[Reason]:
    """Where those approved are not the first of the ranking, the body has said why (R-021)."""
    return unless(not facts.passed_over, "ORDER_REASON_MISSING", items=facts.passed_over)


@guard("TIE_UNDECIDED")
def ties_at_the_cut_are_decided(facts: MeetingFacts) -> list[Reason]:
    """A tie across the last place is resolved by a recorded decision, never by id or time (G-08, E-23)."""
    return unless(not facts.open_ties, "TIE_UNDECIDED", items=facts.open_ties)


@guard("QUOTA_EXHAUSTED")
def there_are_places_for_all_approved(facts: MeetingFacts) -> list[Reason]:
    """No more approvals than free places; the rows that are claimed have the last word (R-011, E-32)."""
    return unless(not facts.places_short, "QUOTA_EXHAUSTED", bucket=facts.places_short)


@guard("SAME_PERSON")
def someone_else_recorded_it(facts: MeetingFacts) -> list[Reason]:
    """Whoever wrote the record does not confirm it (I-13, decisions 17)."""
    return unless(facts.actor not in facts.recorders, "SAME_PERSON")


@guard("ANNOUNCEMENT_DATE_INVALID")
def it_was_announced_after_the_meeting(facts: MeetingFacts) -> list[Reason]:
    """The announcement is not before the meeting and not ahead of today."""
    known = (facts.held_on, facts.announced_on, facts.as_of)
    days = [day for day in known if day is not None]
    in_order = len(days) == len(known) and days == sorted(days)
    return unless(in_order, "ANNOUNCEMENT_DATE_INVALID", held_on=facts.held_on or "—")


@guard("REASON_MISSING")
def a_reason_is_given(facts: MeetingFacts) -> list[Reason]:
    """Whoever takes a record back says why."""
    return unless(bool(facts.reason.strip()), "REASON_MISSING")
