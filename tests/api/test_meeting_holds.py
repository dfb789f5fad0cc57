"""What holds one case stops the whole confirmation, and the agenda says it beforehand (I-09, E-31, E-32, decisions 2)."""

from typing import Any

import pytest

from app.db.tables.campaigns import Campaign
from app.domain.access import Role
from app.domain.nomination import Stage
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, LATER, WENZHOU, YES, Decisions, decisions, with_rules
from tests.plugins.service import Service


def alleged(d: Decisions, index: int) -> dict[str, Any]:
    """A fact that would end the case, not verified yet."""
    officer = d.service.person(Role.DISCIPLINE_OFFICER, "ZJ")
    fact = {"veto_code": "VETO_INACTION", "source": "通报", "fact_on": "2026-03-01"}
    answer = officer("POST", f"/nominations/{d.nom(index)}/veto-findings", json=fact)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def suspend(d: Decisions) -> None:
    with d.service.system() as ctx:
        ctx.session.get_one(Campaign, d.campaign_id).suspended_reason = "上级来文，暂缓。"
        ctx.noted += 1


def blockers(d: Decisions, tail: str = "agenda?turn=FIRST") -> list[list[str]]:
    groups = d.office("GET", d.url(tail)).json()["groups"]
    return [[one["code"] for one in item["blockers"]] for group in groups for item in group["items"]]


@pytest.mark.rule("I-09", "E-32", "E-31", "R-029")
def test_a_veto_under_verification_stops_the_record_until_its_item_is_deferred(service: Service) -> None:
    d = decisions(service, {HANGZHOU: 2}, {HANGZHOU: 2})
    meeting = d.recorded("REVIEW", d.votes({0: YES, 1: YES}))
    alleged(d, 1)

    refused = d.move(d.second, meeting, "CONFIRM")
    agenda = blockers(d)
    draft = d.move(d.office, meeting, "REVISE", reason="第二项暂缓。").json()
    body = {
        **{name: draft[name] for name in ("purpose", "held_on", "minutes_no", "should_attend", "attended")},
        "items": d.votes({0: YES}),
    }
    edited = d.office("PUT", f"/meetings/{draft['id']}", json=body, version=draft["etag"]).json()
    recorded = d.move(d.office, edited, "RECORD").json()

    assert [(one["code"], one["pointer"]) for one in refused.json()["errors"]] == [("VETO_HELD", "/items/1")]
    assert agenda == [[], ["VETO_HELD"]]
    assert d.stages() == [Stage.EVALUATED, Stage.EVALUATED]
    assert d.move(d.second, recorded, "CONFIRM").status_code == 200
    assert d.stages() == [Stage.REVIEWED, Stage.EVALUATED]


@pytest.mark.rule("I-09", "E-31")
def test_not_even_a_deferral_is_carried_out_while_the_campaign_is_suspended(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 2}, {HANGZHOU: 2})
    meeting = d.recorded("REVIEW", d.votes({0: YES, 1: LATER}))
    suspend(d)

    refused = d.move(d.second, meeting, "CONFIRM")

    assert (refused.status_code, refused.json()["code"]) == (409, "CAMPAIGN_SUSPENDED")
    assert blockers(d) == [["CAMPAIGN_SUSPENDED"], ["CAMPAIGN_SUSPENDED"]]
    assert d.stages() == [Stage.EVALUATED, Stage.EVALUATED]


@pytest.mark.rule("R-032", "I-10", "E-09", "E-32")
def test_an_objection_to_one_in_the_hosts_notice_holds_that_one_alone(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 1, WENZHOU: 1}, {HANGZHOU: 1, WENZHOU: 1})

    def on(rules: dict[str, Any]) -> None:
        rules["notice"]["host_notice_for_all"] = True

    with_rules(sqlite_service, d.campaign_id, on)
    d.decide("REVIEW", {0: YES, 1: YES})
    unlisted = blockers(d, "agenda?turn=SECOND")
    notice = m.notice(d, 0, 1)
    running = blockers(d, "agenda?turn=SECOND")
    objected(d, notice["items"][1]["id"])
    m.run_out(d)
    held = blockers(d, "agenda?turn=SECOND")
    both = d.recorded("DETERMINATION", d.votes({0: YES, 1: YES}))
    refused = d.move(d.second, both, "CONFIRM")

    assert unlisted == [["NOTICE_NOT_PUBLISHED"]] * 2
    assert running == [["NOTICE_STILL_RUNNING"]] * 2
    assert held == [[], ["OBJECTION_OPEN"]]
    assert (refused.status_code, refused.json()["code"]) == (409, "OBJECTION_OPEN")
    assert d.stages() == [Stage.AT_HOST_NOTICE, Stage.AT_HOST_NOTICE]
    d.decide("DETERMINATION", {0: YES})
    assert d.stages() == [Stage.DETERMINED, Stage.AT_HOST_NOTICE]


def objected(d: Decisions, item_id: str) -> None:
    officer = d.service.person(Role.DISCIPLINE_OFFICER, "ZJ")
    body = {
        "item_id": item_id,
        "identity_kind": "NAMED_INDIVIDUAL",
        "objector_name": "秦香莲",
        "objector_contact": "0571-85119999",
        "has_leads": True,
        "channel": "PHONE",
        "content": "该窗口申报的群众满意率与实际不符。",
    }
    answer = officer("POST", "/objections", json=body)
    assert answer.status_code == 201, answer.text


def test_an_agenda_with_holds_costs_as_many_statements_for_three_cases_as_for_one(
    sqlite_service: Service,
) -> None:
    costs = []
    for number in (1, 3):
        d = decisions(sqlite_service, {HANGZHOU: 3}, {HANGZHOU: number}, code=f"c{number}")
        for index in range(number):
            alleged(d, index)
        assert blockers(d) == [["VETO_HELD"]] * number  # the campaign's rules are read once
        with sqlite_service.statements() as counted:
            blockers(d)
        costs.append(len(counted))
    assert costs[0] == costs[1]
