"""Nominations through the API: put forward, placed by the tree, seen by their own area only."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.access import Role
from app.domain.campaign import CampaignStage
from tests.flow_cases import HANGZHOU, HOST, NINGBO, STATEMENT, UNIT, XIHU, YUHANG, code, codes, flow, made
from tests.plugins.service import Service


def test_a_countys_window_goes_by_its_county_and_its_city(service: Service) -> None:
    f = flow(service)
    draft = f.draft(XIHU)

    assert {name: draft[name] for name in ("route", "bucket", "own_level", "level", "stage")} == {
        "route": "CITY",
        "bucket": HANGZHOU,
        "own_level": "COUNTY",
        "level": "COUNTY",
        "stage": "DRAFT",
    }
    assert (draft["organising"], draft["holder"]) == ("杭州市劳动和社会保障局", "西湖区劳动和社会保障局")
    assert [(one["level"], one["applicable"]) for one in draft["levels"]] == [
        ("COUNTY", True),
        ("MUNICIPAL", True),
    ]
    assert draft["claims"] == {"limit": 3, "used": 0, "free": 3, "forfeited": 0}


@pytest.mark.rule("E-39", "R-025")
def test_a_citys_own_hall_has_no_county_and_says_so(sqlite_service: Service) -> None:
    draft = flow(sqlite_service).draft(HANGZHOU)

    assert (draft["own_level"], draft["organising"]) == ("MUNICIPAL", "杭州市劳动和社会保障局")
    assert [(one["level"], one["applicable"], one["department"]) for one in draft["levels"]] == [
        ("COUNTY", False, ""),
        ("MUNICIPAL", True, "杭州市劳动和社会保障局"),
    ]


@pytest.mark.rule("E-14", "G-05")
def test_a_provincial_units_window_is_organised_by_the_department_in_a_bucket_of_its_own(
    sqlite_service: Service,
) -> None:
    draft = flow(sqlite_service).draft(UNIT)

    assert (draft["route"], draft["bucket"], draft["own_level"]) == (
        "PROVINCIAL_UNIT",
        "PROVINCIAL_UNITS",
        "PROVINCIAL",
    )
    assert (draft["organising"], draft["holder"]) == (
        "浙江省劳动和社会保障厅",
        "浙江省社会保险事业管理中心",
    )


@pytest.mark.rule("I-06")
def test_a_window_is_put_forward_once_and_the_refusal_names_the_other(service: Service) -> None:
    f = flow(service)
    window = f.window()
    first = f.draft(window=window)

    again = f.filer()("POST", f"{f.url}/nominations", json={"window_id": window["id"]})

    assert (again.status_code, code(again)) == (409, "DUPLICATE_NOMINATION")
    assert first["id"] in again.json()["detail"]


@pytest.mark.rule("R-001")
def test_a_unit_that_does_not_take_part_is_refused(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    f.without_participant(HANGZHOU)
    window = f.window(XIHU)

    refused = f.filer(XIHU)("POST", f"{f.url}/nominations", json={"window_id": window["id"]})

    assert code(refused) == "NOT_PARTICIPANT"
    assert f.draft(HOST)["bucket"] == "PROVINCIAL_UNITS"


def test_nothing_is_put_forward_while_the_campaign_is_not_open(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    window = f.window()
    body = {"window_id": window["id"]}
    for change, expected in (
        ({"stage": CampaignStage.CONFIGURED}, "CAMPAIGN_NOT_OPEN"),
        ({"stage": CampaignStage.FILING_CLOSED}, "CAMPAIGN_NOT_OPEN"),
        ({"stage": CampaignStage.OPEN, "suspended_reason": "调查"}, "CAMPAIGN_SUSPENDED"),
    ):
        f.change(**change)
        assert code(f.filer()("POST", f"{f.url}/nominations", json=body)) == expected


def test_a_merged_window_is_put_forward_as_the_one_it_went_into(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    old, new = f.window(), f.window()
    made(
        f.office(
            "POST",
            f"/windows/{old['id']}/mergers",
            json={"into_id": new["id"], "reason": "机构改革"},
            version=old["etag"],
        )
    )

    refused = f.filer()("POST", f"{f.url}/nominations", json={"window_id": old["id"]})

    assert code(refused) == "WINDOW_MERGED"
    assert new["id"] in refused.json()["detail"]


def test_a_statement_is_long_enough_to_say_something_or_not_there_yet(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    window = f.window()

    short = f.filer()("POST", f"{f.url}/nominations", json={"window_id": window["id"], "statement": "很好。"})
    draft = f.draft(window=window, statement="")
    written = f.filer()(
        "PATCH", f"/nominations/{draft['id']}", json={"statement": STATEMENT}, version=draft["etag"]
    )

    assert codes(short) == ["VALIDATION_FAILED", "TEXT_TOO_SHORT"]
    assert made(written)["statement"] == STATEMENT
    stale = f.filer()("PATCH", f"/nominations/{draft['id']}", json={"statement": ""}, version=draft["etag"])
    assert code(stale) == "VERSION_CONFLICT"


@pytest.mark.rule("R-048", "I-20")
@pytest.mark.parametrize(
    ("at", "seen"), [(XIHU, True), (HANGZHOU, True), (HOST, True), (YUHANG, False), (NINGBO, False)]
)
def test_a_draft_is_seen_by_its_own_county_city_and_province_alone(
    sqlite_service: Service, at: str, seen: bool
) -> None:
    f = flow(sqlite_service)
    draft = f.draft(XIHU)
    someone = sqlite_service.person(Role.REVIEWING_OFFICER, at)

    shown = someone("GET", f"/nominations/{draft['id']}")
    listed = someone("GET", "/nominations").json()["items"]
    changed = someone("PATCH", f"/nominations/{draft['id']}", json={"statement": ""}, version=draft["etag"])

    assert shown.status_code == (200 if seen else 404)
    assert [one["id"] for one in listed] == ([draft["id"]] if seen else [])
    assert changed.status_code == (200 if seen else 404)


@pytest.mark.rule("R-048", "E-26")
def test_nobody_puts_forward_another_regions_window(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    window = f.window(XIHU)
    for at in (YUHANG, NINGBO):
        refused = f.filer(at)("POST", f"{f.url}/nominations", json={"window_id": window["id"]})
        assert code(refused) == "NOT_FOUND"
    auditor = sqlite_service.person(Role.AUDITOR, HOST)
    refused = auditor("POST", f"{f.url}/nominations", json={"window_id": window["id"]})
    assert code(refused) == "PERMISSION_MISSING"


def test_a_list_is_narrowed_and_every_row_says_where_it_stands_and_who_has_it(
    sqlite_service: Service,
) -> None:
    f = flow(sqlite_service)
    xihu, yuhang, ningbo = f.draft(XIHU), f.draft(YUHANG), f.draft(NINGBO)

    def found(**query: str) -> list[str]:
        return [one["id"] for one in made(f.office("GET", "/nominations", params=query))["items"]]

    assert found() == [ningbo["id"], yuhang["id"], xihu["id"]]
    assert found(bucket=NINGBO) == [ningbo["id"]]
    assert found(region="330110") == [yuhang["id"]]
    assert found(region="3301") == [yuhang["id"], xihu["id"]]
    assert found(holder=xihu["holder_id"], stage="DRAFT") == [xihu["id"]]
    assert found(stage="FILED") == []
    assert found(q=ningbo["window"]) == [ningbo["id"]]
    row = made(f.office("GET", "/nominations"))["items"][-1]
    assert {name: row[name] for name in ("stage", "level", "holder", "since")} == {
        "stage": "DRAFT",
        "level": "COUNTY",
        "holder": "西湖区劳动和社会保障局",
        "since": "2026-07-01T02:00:00.000000Z",
    }


@pytest.mark.rule("E-30")
def test_one_sponsor_may_put_forward_two_windows(sqlite_service: Service) -> None:
    f = flow(sqlite_service)

    assert f.draft(XIHU)["sponsor"] == f.draft(XIHU)["sponsor"]


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    costs = []
    for _ in range(3):
        f.draft()
        with sqlite_service.statements() as counted:
            made(f.filer()("GET", "/nominations"))
        costs.append(len(counted))
    assert len(set(costs)) == 1


def test_a_window_that_belongs_to_no_level_is_not_put_forward(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    window = f.window(affiliation_level="90")

    refused = f.filer()("POST", f"{f.url}/nominations", json={"window_id": window["id"]})

    assert (refused.status_code, code(refused)) == (422, "OUT_OF_SCOPE_WINDOW")


@pytest.mark.rule("R-025")
def test_no_affiliation_that_is_typed_skips_the_sponsors_own_department(sqlite_service: Service) -> None:
    f = flow(sqlite_service)

    draft = f.draft(XIHU, f.window(XIHU, affiliation_level="40"))

    assert (draft["own_level"], draft["level"]) == ("COUNTY", "COUNTY")


@pytest.mark.rule("E-18")
def test_a_late_acceptance_also_lets_its_unit_put_a_window_forward(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    hangzhou, ningbo = f.window(XIHU), f.window(NINGBO)
    f.late(HANGZHOU)
    f.change(stage=CampaignStage.FILING_CLOSED)

    assert f.draft(XIHU, hangzhou)["stage"] == "DRAFT"
    refused = f.filer(NINGBO)("POST", f"{f.url}/nominations", json={"window_id": ningbo["id"]})
    assert code(refused) == "CAMPAIGN_NOT_OPEN"


@pytest.mark.rule("I-06")
def test_two_who_put_the_same_window_forward_at_once_make_one_nomination(service: Service) -> None:
    f = flow(service)
    window = f.window()
    filer, start = f.filer(), threading.Barrier(2)

    def attempt(key: str) -> int:
        start.wait(30)
        body = {"window_id": window["id"]}
        return filer("POST", f"{f.url}/nominations", json=body, key=f"at-once-{key}").status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, "ab")) == [201, 409]
