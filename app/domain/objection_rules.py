"""When an objection counts as made, whether it must be taken up, whom it holds (domain.md 3.4, E-08, E-36)."""

from datetime import date

from app.domain.errors import Reason
from app.domain.objection_facts import (
    AnonymousPolicy,
    Channel,
    IdentityKind,
    MailCutoffRule,
    ObjectionFacts,
    ObjectionResult,
    ObjectionStage,
    Timeliness,
)

S = ObjectionStage

_OPEN = frozenset({S.RECEIVED, S.ACCEPTED, S.INVESTIGATING})


def effective_on(
    channel: Channel,
    rule: MailCutoffRule,
    *,
    received_on: date,
    sent_on: date | None,
    arrived_on: date | None,
) -> date:
    """The day on which the objection counts as made; only letters have postmarks (E-36).

    A postmark that cannot be read does not move the day: then the day of receipt counts.
    """
    if channel is not Channel.LETTER:
        return received_on
    marks = {
        MailCutoffRule.SENT_POSTMARK: sent_on,
        MailCutoffRule.ARRIVAL_POSTMARK: arrived_on,
        MailCutoffRule.RECEIVED: None,
    }
    return marks[rule] or received_on


def postmark_reasons(*, received_on: date, sent_on: date | None, arrived_on: date | None) -> list[Reason]:
    """Why the days of a letter cannot be: it arrives after it was sent, and is received after it arrived."""
    known = [day for day in (sent_on, arrived_on, received_on) if day is not None]
    return [] if known == sorted(known) else [Reason("POSTMARK_IMPOSSIBLE", "/sent_on")]


def timeliness(effective: date, last_day: date) -> Timeliness:
    """In time up to 24:00 of the notice's last day, an extension included (E-05)."""
    return Timeliness.IN_TIME if effective <= last_day else Timeliness.LATE


def grounds_for_declining(facts: ObjectionFacts) -> list[Reason]:
    """Why it need not be taken up as an objection: late, nameless against the policy, about no nominee.

    What is declined is logged and passed to the discipline officer as a lead (E-08).
    """
    reasons = []
    if facts.timeliness is Timeliness.LATE:
        reasons.append(Reason("OBJECTION_LATE"))
    if not _name_suffices(facts):
        reasons.append(Reason("OBJECTION_ANONYMOUS"))
    if not facts.names_a_nominee:
        reasons.append(Reason("OBJECTION_OFF_TOPIC"))
    return reasons


def blocks(stage: ObjectionStage, when: Timeliness, result: ObjectionResult | None) -> bool:
    """Whether the nominee is held: from receipt until it is settled, upheld until acted on (domain.md 4.3).

    A late one that nobody has taken up does not block; it is a lead.
    """
    if stage is S.RECEIVED:
        return when is Timeliness.IN_TIME
    return stage in _OPEN or (stage is S.CONCLUDED and needs_an_act(result))


def needs_an_act(result: ObjectionResult | None) -> bool:
    """Whatever was upheld, even in part, needs an answer in deed; a missing result is no acquittal."""
    return result is not ObjectionResult.NOT_UPHELD


def _name_suffices(facts: ObjectionFacts) -> bool:
    if facts.identity_kind is not IdentityKind.ANONYMOUS:
        return True
    if facts.anonymous_policy is AnonymousPolicy.ACCEPT_WITH_LEADS:
        return facts.has_leads
    return facts.anonymous_policy is AnonymousPolicy.ACCEPT_ALL
