"""Windows through the API: identity is the id, names have a history, the open-ended type needs the office."""

from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests.plugins.service import Service

XIHU, YUHANG = "330106", "330110"


def body(service: Service, sponsor: str = XIHU, **changes: Any) -> dict[str, Any]:
    return {
        "sponsor_id": shown("org", service.organization(sponsor).id),
        "name": "社会保险服务大厅",
        "region_code": sponsor,
        "address": "文三路 1 号",
        "window_type": "SOCIAL_INSURANCE",
        "affiliation_level": "50",
        "in_labor_system": True,
        "serves_public_directly": True,
    } | changes


def registered(service: Service, sponsor: str = XIHU, **changes: Any) -> dict[str, Any]:
    answer = service.person(Role.WINDOW_FILER, sponsor)(
        "POST", "/windows", json=body(service, sponsor, **changes)
    )
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def edited(window: dict[str, Any], **changes: Any) -> dict[str, Any]:
    kept = (
        "name",
        "region_code",
        "address",
        "window_type",
        "affiliation_level",
        "in_labor_system",
        "serves_public_directly",
    )
    return {name: window[name] for name in kept} | changes


@pytest.mark.rule("E-01")
def test_two_windows_of_one_name_are_told_apart_by_their_sponsor_and_only_warned_of(service: Service) -> None:
    first = registered(service)
    second = registered(service, YUHANG)

    assert [(w["id"], w["sponsor"]) for w in second["similar"]] == [(first["id"], "西湖区劳动和社会保障局")]
    taken = service.person(Role.WINDOW_FILER, XIHU)("POST", "/windows", json=body(service))
    assert (taken.status_code, taken.json()["code"]) == (409, "WINDOW_NAME_TAKEN")


@pytest.mark.rule("E-02")
def test_a_renamed_window_keeps_its_old_name_with_its_period(sqlite_service: Service) -> None:
    window = registered(sqlite_service)
    filer = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    sqlite_service.clock.advance(days=40)

    change = edited(
        window, name="政务服务大厅社保专区", renamed_on="2026-08-01", document_no="西人社〔2026〕8号"
    )
    renamed = filer("PUT", f"/windows/{window['id']}", json=change, version=window["etag"]).json()

    assert renamed["name"] == "政务服务大厅社保专区"
    assert [
        (n["name"], n["valid_from"], n["valid_to"], n["document_no"]) for n in renamed["former_names"]
    ] == [("社会保险服务大厅", "2026-07-01", "2026-07-31", "西人社〔2026〕8号")]


def test_a_day_that_is_none_is_refused_in_a_field_of_its_own(sqlite_service: Service) -> None:
    window = registered(sqlite_service)
    change = edited(window, name="政务大厅社保专区", renamed_on="2026-99-99")

    answer = sqlite_service.person(Role.WINDOW_FILER, XIHU)(
        "PUT", f"/windows/{window['id']}", json=change, version=window["etag"]
    )

    assert answer.status_code == 422
    assert "/renamed_on" in [one["pointer"] for one in answer.json()["errors"]]


@pytest.mark.rule("R-048", "I-20")
def test_another_countys_window_is_not_there_and_cannot_be_made_there(sqlite_service: Service) -> None:
    window = registered(sqlite_service)
    stranger = sqlite_service.person(Role.WINDOW_FILER, YUHANG)

    assert stranger("GET", f"/windows/{window['id']}").status_code == 404
    assert stranger("PUT", f"/windows/{window['id']}", json=edited(window), version=1).status_code == 404
    assert stranger("POST", "/windows", json=body(sqlite_service)).status_code == 404
    assert stranger("GET", "/windows").json()["items"] == []


@pytest.mark.rule("R-009")
def test_the_open_ended_type_is_accepted_by_the_office_alone(sqlite_service: Service) -> None:
    window = registered(sqlite_service, window_type="OTHER_WINDOW", other_justification="直接办理群众业务")
    url = f"/windows/{window['id']}/acceptances"
    reason = {"reason": "属服务窗口"}
    filer = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    office = sqlite_service.person(Role.STEERING_OFFICE, "ZJ")

    refused = filer("POST", url, json=reason, version=window["etag"])
    accepted = office("POST", url, json=reason, version=window["etag"])

    assert (refused.status_code, refused.json()["code"]) == (403, "PERMISSION_MISSING")
    assert (window["other_accepted"], accepted.json()["other_accepted"]) == (False, True)


@pytest.mark.rule("D-11")
def test_a_window_needs_no_credit_code_but_a_wrong_one_is_refused(sqlite_service: Service) -> None:
    filer = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    wrong = filer("POST", "/windows", json=body(sqlite_service, uscc="91350100M000100Y4Z"))
    assert (wrong.status_code, wrong.json()["code"]) == (422, "USCC_INVALID")
    assert registered(sqlite_service)["uscc"] == ""
    assert (
        registered(sqlite_service, name="第二窗口", uscc="1133 0800 MB0R 5777 3w")["uscc"]
        == "11330800MB0R57773W"
    )


def test_a_merged_window_leads_to_the_one_it_went_into(sqlite_service: Service) -> None:
    old, new = registered(sqlite_service), registered(sqlite_service, name="政务服务大厅")
    office = sqlite_service.person(Role.STEERING_OFFICE, "ZJ")

    merged = office(
        "POST",
        f"/windows/{old['id']}/mergers",
        json={"into_id": new["id"], "reason": "机构改革"},
        version=old["etag"],
    )
    gone = office("GET", f"/windows/{old['id']}")

    assert (merged.status_code, merged.json()["id"]) == (201, new["id"])
    assert (gone.status_code, gone.json()["code"]) == (409, "WINDOW_MERGED")
    assert new["id"] in gone.json()["detail"]


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    filer = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    costs = []
    for name in ("一号窗口", "二号窗口", "三号窗口"):
        registered(sqlite_service, name=name)
        with sqlite_service.statements() as counted:
            assert filer("GET", "/windows").status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1
