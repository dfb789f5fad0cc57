"""Other departments asked: by the organising level, about the pack's departments, and silence is no consent."""

from typing import Any

import pytest
from sqlmodel import col, select

from app.db.tables.campaigns import CampaignRules
from app.db.tables.nominations import Nomination
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.services import facts
from tests.paper_cases import TOMORROW, Paper, paper, pointers, refused, reply
from tests.plugins.service import Caller, Service

DISCIPLINE = "DISCIPLINE_INSPECTION"


def asked(
    made: Paper, caller: Caller, department: str = DISCIPLINE, version: int | str = 0, **changes: Any
) -> Any:
    url = f"{made.url}/department-consultations/{department}"
    return caller("PUT", url, json=reply(**changes), version=version)


@pytest.mark.rule("G-13")
def test_the_city_asks_a_department_and_later_records_its_reply(service: Service) -> None:
    made = paper(service)

    sent = asked(made, made.city, result="NO_REPLY", replied_on=None, signer="")
    back = asked(made, made.city, version=sent.json()["etag"])

    assert (sent.status_code, sent.json()["result"], sent.json()["replied_on"]) == (200, "NO_REPLY", "")
    assert (back.status_code, back.json()["result"], back.json()["replied_on"]) == (
        200,
        "NO_OBJECTION",
        "2026-06-28",
    )
    listed = made.county("GET", f"{made.url}/department-consultations").json()["items"]
    assert listed == [back.json()]
    assert made.city("GET", f"{made.url}/department-consultations/{DISCIPLINE}").json() == back.json()


@pytest.mark.rule("G-13")
def test_silence_and_an_objection_are_no_consent(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    with sqlite_service.system() as ctx:
        nomination = ctx.session.get_one(Nomination, made.nomination_id)
        of_campaign = select(CampaignRules).where(col(CampaignRules.campaign_id) == nomination.campaign_id)
        rules = ctx.session.exec(of_campaign).one()
        rules.rules = rules.rules | {"departments": rules.rules["departments"] | {"enabled": True}}
        ctx.noted += 1

    def consent() -> tuple[list[str], list[str]]:
        with sqlite_service.acting(made.city) as ctx:
            known = facts.facts_of(ctx, ctx.session.get_one(Nomination, made.nomination_id))
        assert known.departments_needed == (DISCIPLINE,)
        return sorted(known.departments_consenting), sorted(known.departments_objecting)

    silent = asked(made, made.city, result="NO_REPLY", replied_on=None, signer="").json()
    assert consent() == ([], [])
    against = asked(
        made, made.city, version=silent["etag"], result="OBJECTION", remarks="有信访件待核实。"
    ).json()
    assert consent() == ([], [DISCIPLINE])
    asked(made, made.city, version=against["etag"])
    assert consent() == ([DISCIPLINE], [])


@pytest.mark.rule("G-13")
def test_a_countys_letter_is_not_the_citys(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    assert refused(asked(made, made.county)) == (403, "NOT_YOUR_LEVEL")
    assert refused(asked(made, made.office)) == (403, "NOT_YOUR_LEVEL")
    assert refused(asked(made, made.filer)) == (403, "PERMISSION_MISSING")
    assert asked(made, made.city).status_code == 200


def test_only_departments_of_the_campaign_are_asked(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    answer = asked(made, made.city, "WEATHER_SERVICE")

    assert refused(answer) == (422, "DEPARTMENT_UNKNOWN")
    assert DISCIPLINE in answer.json()["detail"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"replied_on": None}, [("REPLY_INCOMPLETE", "/replied_on")]),
        ({"signer": ""}, [("REPLY_INCOMPLETE", "/signer")]),
        ({"result": "OBJECTION"}, [("REPLY_INCOMPLETE", "/remarks")]),
        (
            {"result": "NO_REPLY"},
            [("REPLY_INCOMPLETE", "/replied_on"), ("REPLY_INCOMPLETE", "/signer")],
        ),
        ({"replied_on": "2026-06-19"}, [("DATES_REVERSED", "/replied_on")]),
        ({"replied_on": TOMORROW}, [("DATE_IN_FUTURE", "/replied_on")]),
        (
            {"sent_on": TOMORROW, "replied_on": None, "signer": "", "result": "NO_REPLY"},
            [("DATE_IN_FUTURE", "/sent_on")],
        ),
    ],
)
def test_a_reply_that_contradicts_itself_is_refused(
    sqlite_service: Service, changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    made = paper(sqlite_service)

    answer = asked(made, made.city, **changes)

    assert (answer.status_code, pointers(answer)) == (422, expected)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.RECOMMENDED, Stage.WITHDRAWN])
def test_nobody_is_asked_about_a_draft_or_after_the_recommendation(
    sqlite_service: Service, stage: Stage
) -> None:
    made = paper(sqlite_service)
    made.put(stage=stage, level=Level.MUNICIPAL)

    assert refused(asked(made, made.city)) == (409, "CASE_ELSEWHERE")


def test_two_colleagues_do_not_both_record_the_first_reply(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    assert asked(made, made.city).status_code == 200
    assert refused(asked(made, made.city, remarks="另一份回复")) == (412, "VERSION_CONFLICT")


@pytest.mark.rule("R-048")
def test_the_county_beside_sees_no_reply(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    asked(made, made.city)

    assert refused(made.sibling("GET", f"{made.url}/department-consultations")) == (404, "NOT_FOUND")
    one = f"{made.url}/department-consultations/{DISCIPLINE}"
    assert refused(made.sibling("GET", one)) == (404, "NOT_FOUND")
    assert refused(asked(made, made.sibling)) == (404, "NOT_FOUND")
    other = f"{made.url}/department-consultations/PERSONNEL"
    assert refused(made.city("GET", other)) == (404, "NOT_FOUND")


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    costs = []
    for number, department in enumerate((DISCIPLINE, "PERSONNEL", "PETITIONS_OFFICE")):
        asked(made, made.city, department)
        with sqlite_service.statements() as counted:
            items = made.city("GET", f"{made.url}/department-consultations").json()["items"]
        assert len(items) == number + 1
        costs.append(len(counted))
    assert len(set(costs)) == 1
