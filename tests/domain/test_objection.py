"""Objections: when they count, what must be taken up, whom they hold, who handles them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import objection
from app.domain.errors import Reason
from app.domain.objection import (
    AnonymousPolicy,
    Channel,
    IdentityKind,
    MailCutoffRule,
    ObjectionAct,
    ObjectionAction,
    ObjectionFacts,
    ObjectionResult,
    ObjectionStage,
    Timeliness,
)
from tests.domain.cases import NOW
from tests.domain.machine_cases import objection_case

LAST_DAY = date(2026, 9, 29)
SENT, ARRIVED, RECEIVED = date(2026, 9, 28), date(2026, 9, 30), date(2026, 10, 9)


def codes(facts: ObjectionFacts, action: ObjectionAction) -> list[str]:
    return [reason.code for reason in objection.verdict(facts, action, NOW)]


@pytest.mark.rule("E-36")
@pytest.mark.parametrize(
    ("rule", "counts", "timeliness"),
    [
        (MailCutoffRule.SENT_POSTMARK, SENT, Timeliness.IN_TIME),
        (MailCutoffRule.ARRIVAL_POSTMARK, ARRIVED, Timeliness.LATE),
        (MailCutoffRule.RECEIVED, RECEIVED, Timeliness.LATE),
    ],
)
def test_which_day_of_a_letter_counts_is_a_rule_of_the_campaign(
    rule: MailCutoffRule, counts: date, timeliness: Timeliness
) -> None:
    day = objection.effective_on(Channel.LETTER, rule, received_on=RECEIVED, sent_on=SENT, arrived_on=ARRIVED)
    assert day == counts
    assert objection.timeliness(day, LAST_DAY) is timeliness


@pytest.mark.rule("E-36")
@pytest.mark.parametrize("channel", [channel for channel in Channel if channel is not Channel.LETTER])
@pytest.mark.parametrize("rule", MailCutoffRule)
def test_only_letters_have_postmarks(channel: Channel, rule: MailCutoffRule) -> None:
    day = objection.effective_on(channel, rule, received_on=RECEIVED, sent_on=SENT, arrived_on=ARRIVED)
    assert day == RECEIVED


@pytest.mark.parametrize("rule", MailCutoffRule)
def test_a_postmark_that_nobody_can_read_leaves_the_day_of_receipt(rule: MailCutoffRule) -> None:
    day = objection.effective_on(Channel.LETTER, rule, received_on=RECEIVED, sent_on=None, arrived_on=None)
    assert day == RECEIVED


@given(sent=st.none() | st.dates(), arrived=st.none() | st.dates(), received=st.dates())
def test_a_letter_is_sent_arrives_and_is_received_in_this_order(
    sent: date | None, arrived: date | None, received: date
) -> None:
    impossible = (
        (sent is not None and arrived is not None and sent > arrived)
        or (sent is not None and sent > received)
        or (arrived is not None and arrived > received)
    )
    expected = [Reason("POSTMARK_IMPOSSIBLE", "/sent_on")] if impossible else []
    assert objection.postmark_reasons(received_on=received, sent_on=sent, arrived_on=arrived) == expected


@pytest.mark.rule("E-05")
def test_the_last_day_counts_whole_and_moves_with_an_extension() -> None:
    assert objection.timeliness(LAST_DAY, LAST_DAY) is Timeliness.IN_TIME
    assert objection.timeliness(ARRIVED, LAST_DAY) is Timeliness.LATE
    assert objection.timeliness(ARRIVED, date(2026, 9, 30)) is Timeliness.IN_TIME


@pytest.mark.rule("E-08")
@pytest.mark.parametrize(
    ("policy", "leads", "accepted"),
    [
        (AnonymousPolicy.REJECT, True, False),
        (AnonymousPolicy.REJECT, False, False),
        (AnonymousPolicy.ACCEPT_WITH_LEADS, True, True),
        (AnonymousPolicy.ACCEPT_WITH_LEADS, False, False),
        (AnonymousPolicy.ACCEPT_ALL, False, True),
    ],
)
def test_an_anonymous_objection_is_taken_up_as_the_policy_says(
    policy: AnonymousPolicy, leads: bool, accepted: bool
) -> None:
    facts = objection_case(
        ObjectionStage.RECEIVED,
        identity_kind=IdentityKind.ANONYMOUS,
        anonymous_policy=policy,
        has_leads=leads,
    )
    assert codes(facts, ObjectionAction.ACCEPT) == ([] if accepted else ["OBJECTION_ANONYMOUS"])
    assert codes(facts, ObjectionAction.DECLINE) == (["OBJECTION_MUST_BE_ACCEPTED"] if accepted else [])


@pytest.mark.rule("E-08")
def test_a_late_anonymous_objection_about_nobody_is_declined_for_every_ground() -> None:
    facts = objection_case(
        ObjectionStage.RECEIVED,
        identity_kind=IdentityKind.ANONYMOUS,
        timeliness=Timeliness.LATE,
        names_a_nominee=False,
    )
    assert codes(facts, ObjectionAction.ACCEPT) == [
        "OBJECTION_LATE",
        "OBJECTION_ANONYMOUS",
        "OBJECTION_OFF_TOPIC",
    ]


@pytest.mark.parametrize("kind", [IdentityKind.NAMED_INDIVIDUAL, IdentityKind.SEALED_UNIT])
@pytest.mark.parametrize("policy", AnonymousPolicy)
def test_a_name_or_a_seal_suffices_under_every_policy(kind: IdentityKind, policy: AnonymousPolicy) -> None:
    facts = objection_case(ObjectionStage.RECEIVED, identity_kind=kind, anonymous_policy=policy)
    assert codes(facts, ObjectionAction.ACCEPT) == []


BLOCKING = {
    (ObjectionStage.RECEIVED, Timeliness.IN_TIME),
    (ObjectionStage.ACCEPTED, Timeliness.IN_TIME),
    (ObjectionStage.ACCEPTED, Timeliness.LATE),
    (ObjectionStage.INVESTIGATING, Timeliness.IN_TIME),
    (ObjectionStage.INVESTIGATING, Timeliness.LATE),
}


@pytest.mark.rule("I-09", "R-028")
@pytest.mark.parametrize("when", Timeliness)
@pytest.mark.parametrize("stage", [s for s in ObjectionStage if s is not ObjectionStage.CONCLUDED])
def test_an_objection_holds_the_nominee_until_it_is_settled(stage: ObjectionStage, when: Timeliness) -> None:
    for result in (None, *ObjectionResult):
        assert objection.blocks(stage, when, result) is ((stage, when) in BLOCKING)


@pytest.mark.rule("I-09")
@pytest.mark.parametrize(
    ("result", "held"),
    [
        (ObjectionResult.UPHELD, True),
        (ObjectionResult.PARTLY_UPHELD, True),
        (ObjectionResult.NOT_UPHELD, False),
        (None, True),
    ],
)
def test_an_upheld_objection_holds_until_it_was_acted_on(result: ObjectionResult | None, held: bool) -> None:
    assert objection.blocks(ObjectionStage.CONCLUDED, Timeliness.IN_TIME, result) is held
    assert objection.blocks(ObjectionStage.ACTED, Timeliness.IN_TIME, result) is False


@pytest.mark.rule("E-34", "R-046")
def test_the_handler_is_nobody_who_prepared_it_belongs_to_it_or_is_complained_of() -> None:
    ready = objection_case(ObjectionStage.ACCEPTED)
    assert codes(ready, ObjectionAction.INVESTIGATE) == []
    preparer = replace(ready, handler="person:a", actor="person:a")
    assert codes(preparer, ObjectionAction.INVESTIGATE) == ["HANDLER_PREPARED_IT"]
    assert codes(preparer, ObjectionAction.ASSIGN) == ["HANDLER_PREPARED_IT"]
    for inside in ("handler_of_nominee", "handler_accused"):
        facts = objection_case(ObjectionStage.ACCEPTED, **{inside: True})
        assert codes(facts, ObjectionAction.ASSIGN) == ["RECUSAL"]
        assert codes(facts, ObjectionAction.INVESTIGATE) == ["RECUSAL"]


def test_nobody_investigates_before_a_handler_is_named() -> None:
    facts = objection_case(ObjectionStage.ACCEPTED, handler="", actor="")
    assert codes(facts, ObjectionAction.INVESTIGATE) == ["HANDLER_MISSING", "NOT_THE_HANDLER"]


@pytest.mark.parametrize("act", ObjectionAct)
def test_only_keeping_the_nominee_needs_the_level_above(act: ObjectionAct) -> None:
    facts = objection_case(ObjectionStage.CONCLUDED, act=act, dismissal_approver="")
    expected = ["DISMISSAL_NOT_APPROVED"] if act is ObjectionAct.DISMISS else []
    assert codes(facts, ObjectionAction.ACT) == expected


def test_an_anonymous_objection_is_closed_without_a_reply_and_a_named_one_is_not() -> None:
    anonymous = objection_case(ObjectionStage.ACTED, identity_kind=IdentityKind.ANONYMOUS)
    assert codes(anonymous, ObjectionAction.CLOSE) == []
    assert codes(anonymous, ObjectionAction.REPLY) == ["NOBODY_TO_REPLY_TO"]
    named = objection_case(ObjectionStage.ACTED)
    assert codes(named, ObjectionAction.CLOSE) == ["REPLY_MISSING"]
    assert codes(named, ObjectionAction.REPLY) == []


def test_an_upheld_objection_is_neither_answered_nor_closed_before_something_was_done() -> None:
    upheld = objection_case(ObjectionStage.CONCLUDED)
    assert codes(upheld, ObjectionAction.REPLY) == ["ACT_MISSING"]
    assert codes(upheld, ObjectionAction.CLOSE) == ["ACT_MISSING", "REPLY_MISSING"]


@pytest.mark.parametrize(
    ("was_accepted", "target"), [(True, ObjectionStage.INVESTIGATING), (False, ObjectionStage.RECEIVED)]
)
def test_new_evidence_takes_a_case_back_to_where_it_was_left(
    was_accepted: bool, target: ObjectionStage
) -> None:
    facts = objection_case(ObjectionStage.CLOSED, was_accepted=was_accepted)
    step = objection.MACHINE.find(ObjectionStage.CLOSED, ObjectionAction.REOPEN)
    assert step is not None
    assert step.target(facts) is target
    assert objection.available(facts, {"objection:handle"}, NOW)[0].permitted
