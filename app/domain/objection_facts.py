"""The words of an objection and what its steps need to know, as plain values (domain.md 3.4)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Channel(StrEnum):
    """How an objection reached the office."""

    PHONE = "PHONE"
    LETTER = "LETTER"
    EMAIL = "EMAIL"
    VISIT = "VISIT"
    FAX = "FAX"
    WEB = "WEB"
    TRANSFER = "TRANSFER"


class IdentityKind(StrEnum):
    """A person by name, a unit under its seal, or nobody."""

    NAMED_INDIVIDUAL = "NAMED_INDIVIDUAL"
    SEALED_UNIT = "SEALED_UNIT"
    ANONYMOUS = "ANONYMOUS"


class Timeliness(StrEnum):
    """Within the notice period or after it."""

    IN_TIME = "IN_TIME"
    LATE = "LATE"


class AnonymousPolicy(StrEnum):
    """What becomes of an objection without a name; ACCEPT_WITH_LEADS is the platform default."""

    REJECT = "REJECT"
    ACCEPT_WITH_LEADS = "ACCEPT_WITH_LEADS"
    ACCEPT_ALL = "ACCEPT_ALL"


class MailCutoffRule(StrEnum):
    """Which day counts for a letter: its postmark of sending, of arrival, or the day it was received."""

    SENT_POSTMARK = "SENT_POSTMARK"
    ARRIVAL_POSTMARK = "ARRIVAL_POSTMARK"
    RECEIVED = "RECEIVED"


class ObjectionStage(StrEnum):
    """How far an objection has come; screening leads to ACCEPTED or NOT_ACCEPTED."""

    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    INVESTIGATING = "INVESTIGATING"
    CONCLUDED = "CONCLUDED"
    ACTED = "ACTED"
    REPLIED = "REPLIED"
    CLOSED = "CLOSED"


class ObjectionResult(StrEnum):
    """What the investigation found."""

    UPHELD = "UPHELD"
    PARTLY_UPHELD = "PARTLY_UPHELD"
    NOT_UPHELD = "NOT_UPHELD"


class ObjectionAct(StrEnum):
    """What the responsible level does about an upheld objection; REVOKE when the award was given (E-07)."""

    REJECT = "REJECT"
    VETO = "VETO"
    CORRECT_AND_RENOTICE = "CORRECT_AND_RENOTICE"
    DISMISS = "DISMISS"
    REVOKE = "REVOKE"


@dataclass(frozen=True)
class ObjectionFacts:
    """One objection at one moment. What is not said counts as not there, so that a gap refuses."""

    stage: ObjectionStage
    identity_kind: IdentityKind = IdentityKind.NAMED_INDIVIDUAL
    timeliness: Timeliness = Timeliness.IN_TIME
    has_leads: bool = False
    names_a_nominee: bool = False
    anonymous_policy: AnonymousPolicy = AnonymousPolicy.ACCEPT_WITH_LEADS
    was_accepted: bool = False

    # who handles it
    actor: str = ""
    handler: str = ""
    preparers: frozenset[str] = frozenset()  # who prepared the nomination it is about
    handler_of_nominee: bool = False  # belongs to the nominee's own unit
    handler_accused: bool = False  # belongs to the office that the objection is about (E-34)

    # its course; due dates are working days of the calendar, computed outside
    due_on: date | None = None
    extended: bool = False
    result: ObjectionResult | None = None

    # handed in with the act
    reason: str = ""
    new_due_on: date | None = None
    given_result: ObjectionResult | None = None
    finding: str = ""
    act: ObjectionAct | None = None
    dismissal_approver: str = ""  # at the level above
    reply: str = ""
    new_evidence: str = ""
