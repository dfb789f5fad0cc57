"""The host's own notice over those to be commended, where the rules ask for it (R-032, D5, G-07)."""

from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from app.domain.nomination import Stage
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, NO, YES, Decisions, decisions, with_rules
from tests.plugins.service import Caller, Service


def switched_on(service: Service) -> Decisions:
    d = decisions(service)

    def on(rules: dict[str, Any]) -> None:
        rules["notice"]["host_notice_for_all"] = True

    with_rules(service, d.campaign_id, on)
    d.decide("REVIEW", {0: YES, 2: YES})
    return d


@pytest.mark.rule("R-032", "D-05", "G-07", "I-10")
def test_the_second_body_decides_when_the_hosts_notice_has_run_its_time(service: Service) -> None:
    d = switched_on(service)
    unlisted = d.move(d.second, d.recorded("DETERMINATION", d.votes({0: YES})), "CONFIRM")

    notice = m.notice(d, 0, 2)
    running = d.move(d.second, d.recorded("DETERMINATION", d.votes({0: YES})), "CONFIRM")
    listed = d.stages()
    m.run_out(d)
    d.decide("DETERMINATION", {0: YES, 2: YES})

    assert (notice["level"], notice["issuer_id"]) == (
        "PROVINCIAL",
        shown("org", service.organization("ZJ").id),
    )
    assert [unlisted.json()["code"], running.json()["code"]] == [
        "NOTICE_NOT_PUBLISHED",
        "NOTICE_STILL_RUNNING",
    ]
    assert listed == [Stage.AT_HOST_NOTICE, Stage.EVALUATED, Stage.AT_HOST_NOTICE, Stage.EVALUATED]
    assert (d.stage(0), d.stage(2)) == (Stage.DETERMINED, Stage.DETERMINED)


@pytest.mark.rule("E-09", "R-032")
def test_one_taken_out_of_the_hosts_notice_goes_back_alone(sqlite_service: Service) -> None:
    d = switched_on(sqlite_service)
    notice = m.notice(d, 0, 2)
    remove = {"action": "REMOVE_ITEM", "item_id": notice["items"][0]["id"], "reason": "单位申请撤回。"}
    answer = d.second("POST", f"/notices/{notice['id']}/transitions", json=remove, version=notice["etag"])
    assert answer.status_code == 200, answer.text
    assert (d.stage(0), d.stage(2)) == (Stage.REVIEWED, Stage.AT_HOST_NOTICE)


@pytest.mark.rule("R-024", "R-032")
def test_a_city_does_not_give_the_hosts_notice(sqlite_service: Service) -> None:
    d = switched_on(sqlite_service)
    drafter = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU)
    text = {
        "title": "公示",
        "basis": "浙劳社〔2026〕1号",
        "contact_office": "市局监察室",
        "items": [{"nomination_id": d.nom(0)}],
    }
    refused = drafter("POST", d.url("notices"), json=text)
    assert refused.status_code == 404


def test_without_the_switch_reviewed_cases_are_not_put_on_notice(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.decide("REVIEW", {0: YES})

    refused = published(d, 0)

    assert (refused.status_code, refused.json()["code"]) == (409, "HOST_NOTICE_OFF")


def upheld(service: Service, item_id: str) -> tuple[Caller, dict[str, Any]]:
    """Somebody objects by phone against this nominee; found right by an officer of the discipline office."""
    officer = service.person(Role.DISCIPLINE_OFFICER, "ZJ")
    body = {
        "item_id": item_id,
        "identity_kind": "NAMED_INDIVIDUAL",
        "objector_name": "秦香莲",
        "objector_contact": "0571-85119999",
        "has_leads": True,
        "channel": "PHONE",
        "content": "该窗口申报的群众满意率与实际不符。",
    }
    objection = officer("POST", "/objections", json=body).json()
    for step in (
        {"action": "ASSIGN", "handler_id": shown("per", officer.person_id)},
        {"action": "ACCEPT"},
        {"action": "INVESTIGATE"},
        {"action": "CONCLUDE", "result": "UPHELD", "finding": "满意率系伪造。"},
        {"action": "ACT", "act": "REJECT", "reason": "查实成立。"},
    ):
        url = f"/objections/{objection['id']}/transitions"
        answer = officer("POST", url, json=step, version=objection["etag"])
        assert answer.status_code == 200, answer.text
        objection = answer.json()
    assert (objection["stage"], objection["blocking"]) == ("ACTED", False)
    return officer, objection


@pytest.mark.rule("R-028", "R-032", "E-09")
def test_an_objection_upheld_at_the_hosts_notice_leaves_the_case_to_the_second_body_alone(
    service: Service,
) -> None:
    d = switched_on(service)
    notice = m.notice(d, 0, 2)
    upheld(service, notice["items"][0]["id"])
    out = (d.stage(0), d.stage(2))

    approved = d.move(d.second, d.recorded("DETERMINATION", d.votes({0: YES})), "CONFIRM")
    shown_now = d.office("GET", f"/nominations/{d.nom(0)}").json()
    again = published(d, 0)
    m.run_out(d)
    d.decide("DETERMINATION", {0: NO, 2: YES})

    assert out == (Stage.REVIEWED, Stage.AT_HOST_NOTICE)
    assert (approved.status_code, approved.json()["code"]) == (409, "OBJECTION_UPHELD")
    assert (again.status_code, again.json()["code"]) == (409, "OBJECTION_UPHELD")
    assert d.stage(0) is Stage.NOT_SELECTED
    assert d.stage(2) is Stage.DETERMINED
    assert shown_now["stage"] == "REVIEWED"


@pytest.mark.rule("R-028", "E-33")
def test_new_evidence_that_reopens_the_objection_holds_the_case_and_may_clear_it(
    sqlite_service: Service,
) -> None:
    d = switched_on(sqlite_service)
    officer, objection = upheld(sqlite_service, m.notice(d, 0)["items"][0]["id"])
    for step in (
        {"action": "REPLY", "reply": "已查实处理。"},
        {"action": "CLOSE"},
        {"action": "REOPEN", "new_evidence": "原件证明满意率属实。"},
    ):
        url = f"/objections/{objection['id']}/transitions"
        answer = officer("POST", url, json=step, version=objection["etag"])
        assert answer.status_code == 200, answer.text
        objection = answer.json()
    held = published(d, 0)
    concluded = {"action": "CONCLUDE", "result": "NOT_UPHELD", "finding": "满意率属实。"}
    officer("POST", f"/objections/{objection['id']}/transitions", json=concluded, version=objection["etag"])
    m.notice(d, 0)
    m.run_out(d)
    d.decide("DETERMINATION", {0: YES})

    assert (held.status_code, held.json()["code"]) == (409, "OBJECTION_OPEN")
    assert d.stage(0) is Stage.DETERMINED


def published(d: Decisions, index: int) -> Any:
    """The answer to publishing a notice of the host over this case."""
    text = {
        "title": "公示",
        "basis": "浙劳社〔2026〕1号",
        "channels": [{"channel": "WEBSITE", "detail": "省厅网站"}],
        "contact_office": "省厅监察室",
        "contact_phone": "0571-87050000",
        "items": [{"nomination_id": d.nom(index), "merits": "群众满意率高。"}],
    }
    notice = d.office("POST", d.url("notices"), json=text).json()
    url = f"/notices/{notice['id']}/transitions"
    reviewed = d.second("POST", url, json={"action": "REVIEW"}, version=notice["etag"]).json()
    return d.second("POST", url, json={"action": "PUBLISH"}, version=reviewed["etag"])
