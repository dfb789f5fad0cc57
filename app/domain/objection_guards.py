"""What has to hold before an objection takes its next step; each guard names its clause."""

from app.domain.errors import Reason
from app.domain.objection_facts import IdentityKind, ObjectionAct, ObjectionFacts, ObjectionStage
from app.domain.objection_rules import grounds_for_declining, needs_an_act
from app.domain.steps import guard, unless


@guard("OBJECTION_LATE", "OBJECTION_ANONYMOUS", "OBJECTION_OFF_TOPIC")
def it_has_to_be_taken_up(facts: ObjectionFacts) -> list[Reason]:
    """It came in time, about a nominee, and with a name or leads as the policy asks (domain.md 3.4)."""
    return grounds_for_declining(facts)


@guard("OBJECTION_MUST_BE_ACCEPTED")
def there_is_a_ground_for_declining(facts: ObjectionFacts) -> list[Reason]:
    """No objection is declined that the rules accept."""
    return unless(bool(grounds_for_declining(facts)), "OBJECTION_MUST_BE_ACCEPTED")


@guard("HANDLER_MISSING")
def someone_handles_it(facts: ObjectionFacts) -> list[Reason]:
    """An officer has been named who answers for it."""
    return unless(bool(facts.handler), "HANDLER_MISSING")


@guard("HANDLER_PREPARED_IT", "RECUSAL")
def the_handler_stands_outside(facts: ObjectionFacts) -> list[Reason]:
    """The handler neither prepared the nomination, nor is of the nominee's unit, nor of the office complained of (R-046, E-34)."""
    outside = not facts.handler_of_nominee and not facts.handler_accused
    return [
        *unless(not facts.handler or facts.handler not in facts.preparers, "HANDLER_PREPARED_IT"),
        *unless(outside, "RECUSAL"),
    ]


@guard("NOT_THE_HANDLER")
def the_handler_acts(facts: ObjectionFacts) -> list[Reason]:
    """Only the officer named for it investigates and concludes."""
    return unless(bool(facts.handler) and facts.actor == facts.handler, "NOT_THE_HANDLER")


@guard("EXTENSION_USED")
def it_was_not_extended_before(facts: ObjectionFacts) -> list[Reason]:
    """The time for an answer is extended once (domain.md 3.4)."""
    return unless(not facts.extended, "EXTENSION_USED")


@guard("DUE_DATE_NOT_LATER")
def the_new_due_date_is_later(facts: ObjectionFacts) -> list[Reason]:
    """An extension ends after the present due date."""
    later = facts.new_due_on is not None and facts.due_on is not None and facts.new_due_on > facts.due_on
    return unless(later, "DUE_DATE_NOT_LATER", due_on=facts.due_on or "—")


@guard("OBJECTION_RESULT_MISSING")
def a_result_and_a_finding_are_given(facts: ObjectionFacts) -> list[Reason]:
    """A conclusion says what was found, and whether the objection is right."""
    complete = facts.given_result is not None and bool(facts.finding.strip())
    return unless(complete, "OBJECTION_RESULT_MISSING")


@guard("NOTHING_TO_ACT_ON")
def something_was_upheld(facts: ObjectionFacts) -> list[Reason]:
    """Only an upheld objection is acted on."""
    return unless(needs_an_act(facts.result), "NOTHING_TO_ACT_ON")


@guard("ACT_MISSING")
def what_was_upheld_was_acted_on(facts: ObjectionFacts) -> list[Reason]:
    """After an upheld objection the responsible level acts before anybody is answered (domain.md 4.3)."""
    due = facts.stage is ObjectionStage.CONCLUDED and needs_an_act(facts.result)
    return unless(not due, "ACT_MISSING")


@guard("ACT_MISSING", "REASON_MISSING", "DISMISSAL_NOT_APPROVED", "SAME_PERSON")
def the_act_is_named_and_a_dismissal_approved(facts: ObjectionFacts) -> list[Reason]:
    """Reject or veto, correct and publish again, revoke; or keep the nominee for reasons approved one level up (domain.md 4.3)."""
    if facts.act is None:
        return [Reason("ACT_MISSING")]
    reasons = unless(bool(facts.reason.strip()), "REASON_MISSING")
    if facts.act is not ObjectionAct.DISMISS:
        return reasons
    if not facts.dismissal_approver:
        return [*reasons, Reason("DISMISSAL_NOT_APPROVED")]
    return [*reasons, *unless(facts.dismissal_approver not in (facts.handler, facts.actor), "SAME_PERSON")]


@guard("NOBODY_TO_REPLY_TO")
def the_objector_is_known(facts: ObjectionFacts) -> list[Reason]:
    """An anonymous objection is not answered; it is closed (domain.md 4.3)."""
    return unless(facts.identity_kind is not IdentityKind.ANONYMOUS, "NOBODY_TO_REPLY_TO")


@guard("REPLY_MISSING")
def the_objector_was_answered(facts: ObjectionFacts) -> list[Reason]:
    """A named objector is told the result before the case is closed."""
    answered = facts.stage is ObjectionStage.REPLIED or facts.identity_kind is IdentityKind.ANONYMOUS
    return unless(answered, "REPLY_MISSING")


@guard("REPLY_MISSING")
def a_reply_is_given(facts: ObjectionFacts) -> list[Reason]:
    """The reply's words are on record."""
    return unless(bool(facts.reply.strip()), "REPLY_MISSING")


@guard("NEW_EVIDENCE_MISSING")
def new_evidence_is_given(facts: ObjectionFacts) -> list[Reason]:
    """A closed objection is taken up again on new evidence only (domain.md 4.3)."""
    return unless(bool(facts.new_evidence.strip()), "NEW_EVIDENCE_MISSING")


@guard("REASON_MISSING")
def a_reason_is_given(facts: ObjectionFacts) -> list[Reason]:
    """Whoever declines or extends says why."""
    return unless(bool(facts.reason.strip()), "REASON_MISSING")
