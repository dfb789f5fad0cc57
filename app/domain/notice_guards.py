"""What has to hold before a notice takes its next step; each guard names its clause."""

from datetime import datetime

from app.domain.errors import Reason
from app.domain.notice_facts import Content, NoticeFacts
from app.domain.steps import guard, timed, unless, until
from app.domain.words import both


@guard("NOTICE_CONTENT_MISSING")
def it_says_everything_it_has_to(facts: NoticeFacts) -> list[Reason]:
    """Title, basis, what is proposed, who receives objections and how, their form, letters, truthfulness, issuer (domain.md 3.3)."""
    missing = [part for part in Content if part not in facts.contents]
    return unless(not missing, "NOTICE_CONTENT_MISSING", **both("missing", "notice_content", *missing))


@guard("NOTICE_EMPTY")
def it_lists_someone(facts: NoticeFacts) -> list[Reason]:
    """A notice names at least one window (R-028)."""
    return unless(facts.items > 0, "NOTICE_EMPTY")


@guard("PII_IN_NOTICE")
def it_shows_no_personal_data(facts: NoticeFacts) -> list[Reason]:
    """The text was searched for identity numbers, mobiles and the like, and is free of them (D13, domain.md 3.14)."""
    return unless(
        facts.scanned and not facts.personal_data, "PII_IN_NOTICE", places=facts.personal_data or ("—",)
    )


@guard("SAME_PERSON")
def someone_else_drafted_it(facts: NoticeFacts) -> list[Reason]:
    """Who drafted a notice neither reviews nor publishes it (I-13)."""
    return unless(facts.actor != facts.drafted_by, "SAME_PERSON")


@guard("NOTICE_CHANNEL_MISSING")
def it_names_where_it_appears(facts: NoticeFacts) -> list[Reason]:
    """The form is free, but where the notice appears is recorded (R-032)."""
    return unless(facts.channels > 0, "NOTICE_CHANNEL_MISSING")


@guard("NOTICE_ITEM_NOT_READY")
def everyone_listed_is_ready(facts: NoticeFacts) -> list[Reason]:
    """Each window listed has been cleared for this notice (R-027, R-028)."""
    return unless(not facts.items_not_ready, "NOTICE_ITEM_NOT_READY", items=facts.items_not_ready)


@guard("CAMPAIGN_SUSPENDED")
def the_campaign_stands_not_still(facts: NoticeFacts) -> list[Reason]:
    """A suspended campaign starts no new notice; those running run on (domain.md 4.3)."""
    return unless(not facts.campaign_suspended, "CAMPAIGN_SUSPENDED")


@timed("NOTICE_PERIOD_TOO_SHORT")
def its_end_is_computed(facts: NoticeFacts, now: datetime) -> list[Reason]:
    """The end is computed from rule and calendar and never earlier; a corrected notice runs its full time again (I-08, E-06)."""
    planned, minimum = facts.planned_ends_at, facts.minimum_ends_at
    enough = planned is not None and minimum is not None and now < minimum <= planned
    return unless(enough, "NOTICE_PERIOD_TOO_SHORT", minimum=until(minimum, facts.zone))


@timed("NOTICE_CLOSED")
def it_has_not_ended(facts: NoticeFacts, now: datetime) -> list[Reason]:
    """What has run its time is neither extended nor withdrawn."""
    over = facts.ends_at is not None and now >= facts.ends_at
    return unless(not over, "NOTICE_CLOSED", ends_at=until(facts.ends_at, facts.zone))


@timed("NOTICE_STILL_RUNNING")
def it_has_ended(facts: NoticeFacts, now: datetime) -> list[Reason]:
    """The notice has run to its computed end (I-10)."""
    over = facts.ends_at is not None and now >= facts.ends_at
    return unless(over, "NOTICE_STILL_RUNNING", ends_at=until(facts.ends_at, facts.zone))


@timed("NOTICE_NOT_BEGUN")
def it_has_begun(facts: NoticeFacts, now: datetime) -> list[Reason]:
    """Before its first day a notice is cancelled, not corrected or withdrawn."""
    starts_at = facts.starts_at
    first_day = starts_at.astimezone(facts.zone).date() if starts_at else "—"
    return unless(starts_at is not None and now >= starts_at, "NOTICE_NOT_BEGUN", first_day=first_day)


@timed("NOTICE_ALREADY_PUBLIC")
def it_has_not_begun(facts: NoticeFacts, now: datetime) -> list[Reason]:
    """What the public has seen cannot be cancelled, only withdrawn or corrected."""
    begun = facts.starts_at is not None and now >= facts.starts_at
    return unless(not begun, "NOTICE_ALREADY_PUBLIC")


@guard("EXTENSION_NOT_LATER")
def the_new_end_is_later(facts: NoticeFacts) -> list[Reason]:
    """A notice is extended, never shortened (E-05)."""
    later = facts.new_ends_at is not None and facts.ends_at is not None and facts.new_ends_at > facts.ends_at
    return unless(later, "EXTENSION_NOT_LATER", ends_at=until(facts.ends_at, facts.zone))


@guard("ERRATUM_HAS_EFFECT")
def the_slip_changes_nothing(facts: NoticeFacts) -> list[Reason]:
    """Only a slip without effect is an erratum; an error of content starts the full period again (E-06)."""
    return unless(facts.slip_without_effect, "ERRATUM_HAS_EFFECT")


@guard("NOTICE_ITEM_NOT_LISTED")
def the_item_is_still_listed(facts: NoticeFacts) -> list[Reason]:
    """The nominee to be removed is in the notice; adding one needs a new notice (I-07)."""
    return unless(facts.item_listed, "NOTICE_ITEM_NOT_LISTED")


@guard("OBJECTION_OPEN")
def no_objection_is_open(facts: NoticeFacts) -> list[Reason]:
    """Every objection to the notice is settled before its result is recorded (R-028)."""
    return unless(facts.open_objections == 0, "OBJECTION_OPEN", count=facts.open_objections)


@guard("NOTICE_RESULT_MISSING")
def a_result_is_recorded(facts: NoticeFacts) -> list[Reason]:
    """What came of the notice is written down for the form (domain.md 3.9)."""
    return unless(bool(facts.result.strip()), "NOTICE_RESULT_MISSING")


@guard("REASON_MISSING")
def a_reason_is_given(facts: NoticeFacts) -> list[Reason]:
    """Whoever changes or takes back a notice says why."""
    return unless(bool(facts.reason.strip()), "REASON_MISSING")
