"""The tree of organisations through the API: who stands where, renamed with a history, moved, closed, barred."""

from typing import Any

import pytest
from sqlmodel import Session

from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.ids import shown
from tests.plugins.service import Caller, Service
from tests.supervision_cases import case

XIHU, YUHANG, HANGZHOU = "330106", "330110", "330100"


def office(service: Service) -> Caller:
    return service.person(Role.STEERING_OFFICE, "ZJ")


def county(service: Service, code: str = XIHU) -> Caller:
    return service.person(Role.REVIEWING_OFFICER, code)


def org(service: Service, code: str) -> str:
    return shown("org", service.organization(code).id)


def station(service: Service, above: str = XIHU, **changes: Any) -> dict[str, Any]:
    return {
        "parent_id": org(service, above),
        "name": "翠苑街道办事处",
        "org_kind": "STATION_SPONSOR",
        "region_code": above,
        "affiliation_level": "61",
    } | changes


def registered(service: Service, **changes: Any) -> dict[str, Any]:
    answer = county(service)("POST", "/organizations", json=station(service, **changes))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def edited(service: Service, code: str, who: Caller | None = None, **changes: Any) -> Any:
    url = f"/organizations/{org(service, code)}"
    held = office(service)("GET", url).json()
    return (who or office(service))("PATCH", url, json=changes, version=held["etag"])


@pytest.mark.rule("R-001", "R-010")
def test_a_county_registers_the_sponsors_of_its_own_stations(service: Service) -> None:
    made = registered(service, code="330106-CY")

    assert (made["level"], made["parent"], made["code"]) == (
        "TOWNSHIP",
        "西湖区劳动和社会保障局",
        "330106-CY",
    )
    listed = county(service)("GET", f"/organizations?parent={org(service, XIHU)}").json()["items"]
    assert [one["id"] for one in listed] == [made["id"]]
    window = {
        "sponsor_id": made["id"],
        "name": "翠苑街道劳动保障服务站",
        "region_code": XIHU,
        "address": "文一路 1 号",
        "window_type": "SUBDISTRICT_STATION",
        "affiliation_level": "61",
        "in_labor_system": True,
        "serves_public_directly": True,
    }
    assert service.person(Role.WINDOW_FILER, XIHU)("POST", "/windows", json=window).status_code == 201


@pytest.mark.rule("R-048")
def test_but_none_of_another_countys_and_no_bureau(sqlite_service: Service) -> None:
    stranger = county(sqlite_service, YUHANG)("POST", "/organizations", json=station(sqlite_service))
    bureau = station(sqlite_service, org_kind="OTHER", affiliation_level="50")
    beyond = county(sqlite_service)("POST", "/organizations", json=bureau)
    mine = county(sqlite_service)("GET", "/organizations").json()["items"]

    assert (stranger.status_code, stranger.json()["code"]) == (404, "NOT_FOUND")
    assert (beyond.status_code, beyond.json()["code"]) == (403, "PERMISSION_MISSING")
    assert [one["code"] for one in mine] == [XIHU]


@pytest.mark.rule("E-26", "R-001")
@pytest.mark.parametrize(
    ("above", "changes", "code"),
    [
        (HANGZHOU, {"affiliation_level": "50"}, "ORGANIZATION_PLACE"),  # no station's level
        ("ZJ", {"region_code": "330000"}, "ORGANIZATION_PLACE"),  # a station directly below the province
        (XIHU, {"affiliation_level": "90"}, "ORGANIZATION_PLACE"),  # a code that names no level
        (XIHU, {"org_kind": "MUNICIPAL_BUREAU", "affiliation_level": "40"}, "ORGANIZATION_PLACE"),
        (XIHU, {"region_code": "330103"}, "REGION_NOT_VALID"),  # Xiacheng, abolished in 2021
        (XIHU, {"region_code": "330110"}, "REGION_SCOPE"),
        (XIHU, {"uscc": "91350100M000100Y4Z"}, "USCC_INVALID"),
        (XIHU, {"code": "330106"}, "ORGANIZATION_CODE_TAKEN"),
    ],
)
def test_a_body_stands_only_where_it_can(
    sqlite_service: Service, above: str, changes: dict[str, Any], code: str
) -> None:
    answer = office(sqlite_service)("POST", "/organizations", json=station(sqlite_service, above, **changes))

    assert answer.json()["code"] == code, answer.text
    assert office(sqlite_service)("GET", "/organizations?level=TOWNSHIP").json()["items"] == []


def test_one_name_below_a_body_and_one_credit_code_in_the_province(sqlite_service: Service) -> None:
    registered(sqlite_service, uscc="1133 0800 MB0R 5777 3W")
    again = county(sqlite_service)("POST", "/organizations", json=station(sqlite_service))
    other = station(sqlite_service, name="灵隐街道办事处", uscc="11330800MB0R57773W")
    shared = county(sqlite_service)("POST", "/organizations", json=other)

    assert (again.status_code, again.json()["code"]) == (409, "ORGANIZATION_NAME_TAKEN")
    assert (shared.status_code, shared.json()["code"]) == (409, "USCC_TAKEN")


@pytest.mark.rule("E-02")
def test_a_renamed_body_keeps_its_old_name_with_period_and_paper(sqlite_service: Service) -> None:
    sqlite_service.clock.advance(days=40)
    renamed = edited(
        sqlite_service,
        XIHU,
        name="杭州市西湖区人力资源和社会保障局",
        renamed_on="2026-08-01",
        document_no="西委办〔2026〕8号",
    ).json()

    assert renamed["name"] == "杭州市西湖区人力资源和社会保障局"
    assert renamed["former_names"] == [
        {
            "name": "西湖区劳动和社会保障局",
            "valid_from": "2026-07-01",
            "valid_to": "2026-07-31",
            "document_no": "西委办〔2026〕8号",
        }
    ]


def test_a_moved_body_takes_everything_below_it_along(service: Service) -> None:
    made = registered(service)
    moved = edited(service, XIHU, parent_id=org(service, "ZJ"))

    assert moved.status_code == 200, moved.text
    assert moved.json()["parent"] == "浙江省劳动和社会保障厅"
    city = county(service, HANGZHOU)
    assert city("GET", f"/organizations/{made['id']}").status_code == 404
    assert county(service)("GET", f"/organizations/{made['id']}").status_code == 200
    below = office(service)("GET", f"/organizations?below={org(service, XIHU)}").json()["items"]
    assert [one["id"] for one in below] == [org(service, XIHU), made["id"]]


def test_a_body_does_not_move_below_itself_or_out_of_its_region(sqlite_service: Service) -> None:
    below_itself = edited(sqlite_service, HANGZHOU, parent_id=org(sqlite_service, XIHU))
    elsewhere = edited(sqlite_service, XIHU, parent_id=org(sqlite_service, "330200"))

    assert (below_itself.status_code, below_itself.json()["code"]) == (422, "ORGANIZATION_PLACE")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "REGION_SCOPE")


def test_a_body_with_cases_in_hand_neither_moves_nor_closes(sqlite_service: Service) -> None:
    c = case(sqlite_service, 1)
    moved = edited(sqlite_service, XIHU, parent_id=org(sqlite_service, "ZJ"))
    closed = edited(sqlite_service, XIHU, closed_on="2026-07-01")

    assert (moved.status_code, moved.json()["code"]) == (409, "ORGANIZATION_BUSY")
    assert (closed.status_code, closed.json()["code"]) == (409, "ORGANIZATION_BUSY")
    assert "1 件" in closed.json()["detail"]
    with Session(sqlite_service.plant.engine) as session:
        assert session.get_one(Nomination, c.nominations[0]).sponsor_path.endswith("/330100/330106/")


def test_a_closed_body_leaves_the_list_and_takes_nobody_below_it(sqlite_service: Service) -> None:
    made = registered(sqlite_service)
    busy = edited(sqlite_service, XIHU, closed_on="2026-07-01")
    shut = county(sqlite_service)(
        "PATCH", f"/organizations/{made['id']}", json={"closed_on": "2026-07-01"}, version=made["etag"]
    )
    edited(sqlite_service, XIHU, closed_on="2026-07-01")
    refused = county(sqlite_service)("POST", "/organizations", json=station(sqlite_service))

    assert busy.json()["code"] == "ORGANIZATION_BUSY"
    assert shut.json()["closed_on"] == "2026-07-01"
    assert refused.json()["code"] == "ORGANIZATION_PLACE"
    assert county(sqlite_service)("GET", "/organizations").json()["items"] == []
    everything = county(sqlite_service)("GET", "/organizations?closed=true").json()["items"]
    assert [one["closed_on"] for one in everything] == ["2026-07-01", "2026-07-01"]


def test_only_the_department_bars_a_body_and_lifts_it(sqlite_service: Service) -> None:
    city = sqlite_service.person(Role.STEERING_OFFICE, HANGZHOU)
    refused = edited(sqlite_service, XIHU, city, barred_until_edition=2)
    barred = edited(sqlite_service, XIHU, barred_until_edition=2).json()
    lifted = edited(sqlite_service, XIHU, barred_until_edition=0).json()

    assert (refused.status_code, refused.json()["code"]) == (403, "PERMISSION_MISSING")
    assert (barred["barred_until_edition"], lifted["barred_until_edition"]) == (2, 0)


def test_a_stale_page_changes_nothing(sqlite_service: Service) -> None:
    url = f"/organizations/{org(sqlite_service, XIHU)}"
    edited(sqlite_service, XIHU, barred_until_edition=3)
    answer = office(sqlite_service)("PATCH", url, json={"barred_until_edition": 0}, version=1)

    assert (answer.status_code, answer.json()["code"]) == (412, "VERSION_CONFLICT")
    assert office(sqlite_service)("GET", url).json()["barred_until_edition"] == 3


def test_the_tree_is_listed_in_its_order_filtered_and_in_pages(sqlite_service: Service) -> None:
    get = office(sqlite_service)
    below = f"/organizations?below={org(sqlite_service, HANGZHOU)}"
    first = get("GET", f"{below}&limit=2").json()
    second = get("GET", f"{below}&limit=2&cursor={first['next_cursor']}").json()
    named = get("GET", "/organizations?q=西湖").json()["items"]
    kinds = get("GET", "/organizations?kind=AFFILIATED_UNIT").json()["items"]

    assert [one["code"] for one in first["items"]] == ["330100", "330102"]
    assert [one["code"] for one in second["items"]] == ["330105", "330106"]
    assert [one["code"] for one in named] == ["330106"]
    assert [one["code"] for one in kinds] == ["ZJ-JC", "ZJ-SI"]


def test_a_page_of_three_costs_as_many_statements_as_one_of_one(sqlite_service: Service) -> None:
    reader, costs = office(sqlite_service), []
    for limit in (1, 3):
        with sqlite_service.statements() as counted:
            assert reader("GET", f"/organizations?limit={limit}").status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]
