"""What waits around the evaluation on the start page: a reviewer's word and sheets, the office's cases and corrections."""

import re

import pytest

from app.domain.access import Role
from tests.evaluation_cases import WENZHOU, Evaluation, evaluation, under_evaluation
from tests.flow_cases import NINGBO, XIHU, made
from tests.plugins.service import Caller, Service


def waiting(who: Caller) -> list[str]:
    """The lines of the inbox about the evaluation, by where they lead."""
    panel = re.findall(r'<section class="panel" id="evaluation">.*?</section>', who.page("/").text, re.DOTALL)
    return re.findall(r'<li><a href="([^"]+)">', panel[0]) if panel else []


def campaign(ev: Evaluation) -> str:
    return f"/campaigns/cmp_{ev.flow.campaign_id.hex}"


def test_a_reviewer_finds_the_declaration_they_owe_then_their_sheets(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    owed = ev.registered("沈括", WENZHOU)
    me = ev.person("沈括")
    assert waiting(me) == [f"/reviewers/{owed['id']}/recusal-declaration"]

    made(ev.declare("沈括"))
    assert waiting(me) == []
    ev.bench("二", "三")
    case = ev.case(XIHU)
    ev.open()
    for name in ("沈括", "二", "三"):
        ev.given(case, name)

    assert waiting(me) == ["/reviews"]
    assert "1 件等您评分" in me.page("/").text
    ev.scored(case, "沈括")
    assert waiting(me) == []


@pytest.mark.rule("E-19")
def test_replaced_material_brings_a_submitted_sheet_back_to_its_reviewer(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    ev.scored(case, "一")
    assert waiting(ev.person("一")) == []

    ev.set(case, statement="更正后的典型示范说明。")

    assert "1 件材料已更新，请确认或重评" in ev.person("一").page("/").text


@pytest.mark.rule("E-22", "I-11")
def test_the_office_finds_what_can_be_opened_and_what_can_be_locked(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    assert waiting(ev.office) == []
    ev.case(NINGBO)
    assert waiting(ev.office) == [f"{campaign(ev)}/evaluation/open"]

    for name in ("一", "二", "三"):
        ev.scored(case, name)

    assert waiting(ev.office) == [f"{campaign(ev)}/evaluation/{act}" for act in ("open", "lock")]
    assert f"/nominations/{case}" not in ev.office.page("/").text  # one matter, not one line a case
    assert waiting(ev.member) == []


@pytest.mark.rule("I-13")
def test_a_correction_waits_for_everybody_but_who_asked_for_it(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    ev.evaluated(case, 一="0", 二="1", 三="2")
    sheet = made(ev.office("GET", f"/nominations/{case}/score-sheets"))["items"][0]["id"]
    body = {"reason": "录入时串行", "entries": {"C5.5": {"points": "3", "comment": ""}}}
    asked = made(ev.office("POST", f"/score-sheets/{sheet}/corrections", json=body))

    assert waiting(ev.office) == []
    assert waiting(ev.second) == [f"/score-corrections/{asked['id']}"]


@pytest.mark.rule("I-12")
def test_a_case_in_conflict_waits_for_nobody_who_must_not_see_it(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.registered("兼职", WENZHOU, Role.STEERING_OFFICE)
    made(ev.declare("兼职", region_codes=["330100"]))
    ev.case(XIHU)

    assert waiting(ev.person("兼职")) == []
    assert waiting(ev.office) == [f"{campaign(ev)}/evaluation/open"]
