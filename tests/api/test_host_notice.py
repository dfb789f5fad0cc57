"""The host's own notice over those to be commended, where the rules ask for it (R-032, D5, G-07)."""

from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from app.domain.nomination import Stage
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, YES, Decisions, decisions, with_rules
from tests.plugins.service import Service


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
    text = {
        "title": "公示",
        "basis": "浙劳社〔2026〕1号",
        "channels": [{"channel": "WEBSITE", "detail": "省厅网站"}],
        "contact_office": "省厅监察室",
        "contact_phone": "0571-87050000",
        "items": [{"nomination_id": d.nom(0), "merits": "群众满意率高。"}],
    }
    notice = d.office("POST", d.url("notices"), json=text).json()
    url = f"/notices/{notice['id']}/transitions"
    reviewed = d.second("POST", url, json={"action": "REVIEW"}, version=notice["etag"]).json()

    refused = d.second("POST", url, json={"action": "PUBLISH"}, version=reviewed["etag"])

    assert (refused.status_code, refused.json()["code"]) == (409, "HOST_NOTICE_OFF")
