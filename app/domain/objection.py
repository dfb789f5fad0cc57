"""An objection to a nominee at notice, from receipt to close (R-028, domain.md 3.4, 4.3)."""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from app.domain import objection_guards as g
from app.domain.errors import Reason
from app.domain.objection_facts import (
    AnonymousPolicy,
    Channel,
    IdentityKind,
    MailCutoffRule,
    ObjectionAct,
    ObjectionFacts,
    ObjectionResult,
    ObjectionStage,
    Timeliness,
)
from app.domain.objection_rules import (
    blocks,
    effective_on,
    grounds_for_declining,
    postmark_reasons,
    timeliness,
)
from app.domain.steps import ActionState, Machine, Step

__all__ = [
    "MACHINE",
    "PERMISSIONS",
    "AnonymousPolicy",
    "Channel",
    "IdentityKind",
    "MailCutoffRule",
    "ObjectionAct",
    "ObjectionAction",
    "ObjectionFacts",
    "ObjectionResult",
    "ObjectionStage",
    "Timeliness",
    "available",
    "blocks",
    "effective_on",
    "grounds_for_declining",
    "postmark_reasons",
    "timeliness",
    "verdict",
]


class ObjectionAction(StrEnum):
    """What may be done with an objection. A withdrawal by the objector is noted, it does not end the case."""

    ASSIGN = "ASSIGN"
    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    INVESTIGATE = "INVESTIGATE"
    EXTEND = "EXTEND"
    CONCLUDE = "CONCLUDE"
    ACT = "ACT"
    REPLY = "REPLY"
    CLOSE = "CLOSE"
    REOPEN = "REOPEN"


ObjectionStep = Step[ObjectionStage, ObjectionAction, ObjectionFacts]
A = ObjectionAction
S = ObjectionStage

_ASSIGNABLE = (S.RECEIVED, S.ACCEPTED, S.INVESTIGATING)

STEPS: tuple[ObjectionStep, ...] = (
    Step(
        _ASSIGNABLE,
        A.ASSIGN,
        _ASSIGNABLE,
        "objection:screen",
        (),
        (g.someone_handles_it, g.the_handler_stands_outside),
        lambda facts: facts.stage,
    ),
    Step((S.RECEIVED,), A.ACCEPT, (S.ACCEPTED,), "objection:screen", (g.it_has_to_be_taken_up,)),
    Step(
        (S.RECEIVED,),
        A.DECLINE,
        (S.NOT_ACCEPTED,),
        "objection:screen",
        (g.there_is_a_ground_for_declining,),
        (g.a_reason_is_given,),
    ),
    Step(
        (S.ACCEPTED,),
        A.INVESTIGATE,
        (S.INVESTIGATING,),
        "objection:handle",
        (g.someone_handles_it, g.the_handler_stands_outside, g.the_handler_acts),
    ),
    Step(
        (S.INVESTIGATING,),
        A.EXTEND,
        (S.INVESTIGATING,),
        "objection:handle",
        (g.the_handler_acts, g.it_was_not_extended_before),
        (g.the_new_due_date_is_later, g.a_reason_is_given),
    ),
    Step(
        (S.INVESTIGATING,),
        A.CONCLUDE,
        (S.CONCLUDED,),
        "objection:handle",
        (g.the_handler_stands_outside, g.the_handler_acts),
        (g.a_result_and_a_finding_are_given,),
    ),
    Step(
        (S.CONCLUDED,),
        A.ACT,
        (S.ACTED,),
        "objection:handle",
        (g.something_was_upheld,),
        (g.the_act_is_named_and_a_dismissal_approved,),
    ),
    Step(
        (S.NOT_ACCEPTED, S.CONCLUDED, S.ACTED),
        A.REPLY,
        (S.REPLIED,),
        "objection:handle",
        (g.the_objector_is_known, g.what_was_upheld_was_acted_on),
        (g.a_reply_is_given,),
    ),
    Step(
        (S.NOT_ACCEPTED, S.CONCLUDED, S.ACTED, S.REPLIED),
        A.CLOSE,
        (S.CLOSED,),
        "objection:handle",
        (g.what_was_upheld_was_acted_on, g.the_objector_was_answered),
    ),
    Step(
        (S.CLOSED,),
        A.REOPEN,
        (S.RECEIVED, S.INVESTIGATING),
        "objection:handle",
        (),
        (g.new_evidence_is_given,),
        # What was never taken up is screened again.
        lambda facts: S.INVESTIGATING if facts.was_accepted else S.RECEIVED,
    ),
)

MACHINE: Machine[ObjectionStage, ObjectionAction, ObjectionFacts] = Machine(
    "objection", ObjectionStage, ObjectionAction, STEPS
)
PERMISSIONS = MACHINE.permissions


def verdict(facts: ObjectionFacts, action: ObjectionAction, now: datetime) -> list[Reason]:
    """Every reason against taking this step of the objection now."""
    return MACHINE.verdict(facts, action, now)


def available(
    facts: ObjectionFacts, permissions: Set[str], now: datetime
) -> list[ActionState[ObjectionAction]]:
    """What may be done with the objection now by someone with these permissions, and why not."""
    return MACHINE.available(facts, permissions, now)
