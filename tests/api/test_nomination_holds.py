"""A hold that stands at the deadline, and an objection that comes by post after a case has moved on."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.calendar import ends_at
from app.domain.ids import shown
from app.domain.nomination import Stage
from tests.flow_cases import HOST, Flow, codes, flow, made
from tests.flow_steps import POINTS, ZONE, Moving
from tests.plugins.service import Caller, Service

END = ends_at(date(2026, 9, 30), ZONE)


def discipline(f: Flow) -> Caller:
    return f.service.person(Role.DISCIPLINE_OFFICER, HOST)


def posted(one: Moving, **when: str) -> dict[str, Any]:
    """An objection by letter, recorded by the discipline officer."""
    officer = discipline(one.flow)
    (notice,) = made(officer("GET", "/notices"))["items"]
    items = made(officer("GET", f"/notices/{notice['id']}"))["items"]
    body = {
        "item_id": items[0]["id"],
        "identity_kind": "NAMED_INDIVIDUAL",
        "objector_name": "秦香莲",
        "objector_contact": "0571-85119999",
        "has_leads": True,
        "channel": "LETTER",
        "content": "该窗口申报的群众满意率与实际不符。",
    } | when
    return made(officer("POST", "/objections", json=body))


def concluded(one: Moving, objection: dict[str, Any]) -> None:
    """Handled to the end: not upheld."""
    officer = discipline(one.flow)
    for step in (
        {"action": "ASSIGN", "handler_id": shown("per", officer.person_id)},
        {"action": "ACCEPT"},
        {"action": "INVESTIGATE"},
        {"action": "CONCLUDE", "result": "NOT_UPHELD", "finding": "已核查。"},
    ):
        url = f"/objections/{objection['id']}/transitions"
        objection = made(officer("POST", url, json=step, version=objection["etag"]))


@pytest.mark.rule("E-36", "I-09")
def test_a_letter_postmarked_in_time_holds_what_was_recommended_already(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.RECOMMENDED)
    posted(one, sent_on="2026-07-03", arrived_on="2026-07-09")

    assert codes(one.act(one.approver, "FILE")) == ["OBJECTION_OPEN"]


@pytest.mark.rule("E-36", "I-09")
def test_a_filed_case_is_held_too(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.FILED)
    posted(one, sent_on="2026-07-03", arrived_on="2026-07-09")

    assert codes(one.act(one.flow.office, "ACCEPT", checked=POINTS)) == ["OBJECTION_OPEN"]


def test_a_case_held_at_the_deadline_is_filed_within_five_working_days_of_its_release(
    sqlite_service: Service,
) -> None:
    one = flow(sqlite_service).at(Stage.RECOMMENDED)
    objection = posted(one, sent_on="2026-07-03", arrived_on="2026-07-09")
    sqlite_service.clock.move_to(END + timedelta(hours=1))
    assert codes(one.act(one.approver, "FILE")) == ["OBJECTION_OPEN", "DEADLINE_PASSED"]

    concluded(one, objection)

    # Released on 1 October; the holiday lasts to the 7th, so the fifth working day is the 13th (10 October is worked).
    sqlite_service.clock.move_to(ends_at(date(2026, 10, 13), ZONE) - timedelta(minutes=5))
    filed = one.step(one.approver, "FILE")
    assert (filed["stage"], filed["filed_late"]) == ("FILED", True)


def test_after_these_days_it_is_too_late(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.RECOMMENDED)
    objection = posted(one, sent_on="2026-07-03", arrived_on="2026-07-09")
    sqlite_service.clock.move_to(END + timedelta(hours=1))
    concluded(one, objection)
    sqlite_service.clock.move_to(ends_at(date(2026, 10, 13), ZONE) + timedelta(minutes=5))

    assert codes(one.act(one.approver, "FILE")) == ["DEADLINE_PASSED"]


def test_a_hold_that_ended_before_the_deadline_gives_no_extra_days(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.RECOMMENDED)
    concluded(one, posted(one, sent_on="2026-07-03", arrived_on="2026-07-09"))
    sqlite_service.clock.move_to(END + timedelta(hours=1))

    assert codes(one.act(one.approver, "FILE")) == ["DEADLINE_PASSED"]
