"""The campaign board: a city sees its own row, the office all, and no case more costs a statement more."""

from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests import campaign_cases, supervision_cases
from tests.campaign_cases import Desk
from tests.plugins.service import Caller, Service

HANGZHOU, NINGBO, XIHU = "330100", "330200", "330106"


HZ, NB = "杭州市劳动和社会保障局", "宁波市劳动和社会保障局"
HOST = "浙江省劳动和社会保障厅"


def rows(who: Caller, campaign_id: str) -> dict[str, dict[str, Any]]:
    answer = who("GET", f"/campaigns/{campaign_id}/board")
    assert answer.status_code == 200, answer.text
    return {row["organization"]: row for row in answer.json()["rows"]}


def put_forward(service: Service, desk: Desk, count: int) -> supervision_cases.Case:
    """Cases of Hangzhou in this very campaign."""
    return supervision_cases.within(service, desk.campaign_id, count)


@pytest.mark.rule("R-011", "R-012")
def test_the_board_counts_cases_by_unit_and_stage_with_the_longest_wait(service: Service) -> None:
    desk = campaign_cases.desk(service)
    case = put_forward(service, desk, 2)
    service.clock.advance(days=3)
    case.published()

    row = rows(desk.office, desk.campaign_id)[HZ]

    assert [(one["stage"], one["count"]) for one in row["stages"]] == [("AT_NOTICE", 2)]
    assert row["stages"][0]["oldest_since"] == "2026-07-04T02:00:00.000000Z"
    assert (row["running_notices"], row["open_objections"]) == (1, 0)
    assert row["awards"] == {"places": 5, "free": 5, "used": 0, "forfeited": 0}
    assert row["claims"] == {"places": 5, "free": 5, "used": 0, "forfeited": 0}


@pytest.mark.rule("E-09")
def test_an_open_objection_is_counted_until_it_is_closed_and_a_notice_until_it_has_run(
    sqlite_service: Service,
) -> None:
    desk = campaign_cases.desk(sqlite_service)
    case = put_forward(sqlite_service, desk, 2)
    objection = case.recorded(case.published())
    open_row = rows(desk.office, desk.campaign_id)[HZ]
    case.through(
        case.concluded(objection, "NOT_UPHELD"),
        {"action": "REPLY", "reply": "经核查不属实。"},
        {"action": "CLOSE"},
    )
    sqlite_service.clock.advance(days=30)
    closed = rows(desk.office, desk.campaign_id)[HZ]

    assert (open_row["running_notices"], open_row["open_objections"]) == (1, 1)
    assert (closed["running_notices"], closed["open_objections"]) == (0, 0)


@pytest.mark.rule("R-049")
def test_a_body_not_reported_by_the_day_is_overdue_and_the_host_owes_none(sqlite_service: Service) -> None:
    desk = campaign_cases.desk(sqlite_service)
    body = {
        "organization_id": shown("org", sqlite_service.organization(HANGZHOU).id),
        "kind": "LEADING",
        "name": "创建活动指导小组",
        "head_name": "陈立",
        "head_post": "副局长",
        "phone": "0571-85110000",
    }
    desk.got("POST", "/local-bodies", json=body)
    in_time = rows(desk.office, desk.campaign_id)
    sqlite_service.clock.advance(days=10)
    late = rows(desk.office, desk.campaign_id)

    assert (in_time[HZ]["missing_bodies"], in_time[HZ]["bodies_overdue"]) == (["WORKING"], False)
    assert (late[HZ]["missing_bodies"], late[HZ]["bodies_overdue"]) == (["WORKING"], True)
    assert (late[HOST]["missing_bodies"], late[HOST]["bodies_overdue"]) == (
        [],
        False,
    )


@pytest.mark.rule("R-048", "I-20")
def test_a_city_sees_its_own_row_and_a_county_none(sqlite_service: Service) -> None:
    desk = campaign_cases.desk(sqlite_service)
    put_forward(sqlite_service, desk, 1)
    city = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU)
    other = sqlite_service.person(Role.REVIEWING_OFFICER, NINGBO)
    county = sqlite_service.person(Role.REVIEWING_OFFICER, XIHU)

    assert len(rows(desk.office, desk.campaign_id)) == 14
    assert list(rows(city, desk.campaign_id)) == [HZ]
    assert [(name, row["stages"]) for name, row in rows(other, desk.campaign_id).items()] == [(NB, [])]
    assert rows(county, desk.campaign_id) == {}
    reviewer = sqlite_service.person(Role.REVIEWER, "ZJ")
    refused = reviewer("GET", f"/campaigns/{desk.campaign_id}/board")
    assert (refused.status_code, refused.json()["code"]) == (403, "PERMISSION_MISSING")


@pytest.mark.rule("I-20")
def test_the_number_of_statements_does_not_grow_with_the_cases(service: Service) -> None:
    desk = campaign_cases.desk(service)
    sent = []
    for count in (1, 2):  # one case, then three
        put_forward(service, desk, count)
        rows(desk.office, desk.campaign_id)  # the rules are read once per process
        with service.statements() as statements:
            row = rows(desk.office, desk.campaign_id)[HZ]
        sent.append((sum(one["count"] for one in row["stages"]), len(statements)))

    assert [cases for cases, _ in sent] == [1, 3]
    assert sent[0][1] == sent[1][1] <= 16
