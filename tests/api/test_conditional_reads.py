"""A conditional read keeps nothing back: 304 only while all that the answer says still holds (api.md A-10)."""

from typing import Any

from app.domain.nomination import Stage
from tests.flow_cases import code, flow
from tests.flow_steps import Moving
from tests.plugins.service import Caller, Service


def again(who: Caller, one: Moving, tag: str) -> Any:
    return who("GET", one.url, headers={"If-None-Match": tag})


def test_what_time_alone_changes_is_sent_although_the_row_is_the_same(service: Service) -> None:
    one = flow(service).at(Stage.AT_NOTICE)
    first = one.approver("GET", one.url)
    unchanged = again(one.approver, one, first.headers["ETag"])

    service.clock.advance(days=30)
    later = again(one.approver, one, first.headers["ETag"])

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["ETag"] == first.headers["ETag"]
    assert (later.status_code, later.json()["etag"]) == (200, first.json()["etag"])
    assert blockers(later.json()) != blockers(first.json())
    assert "NOTICE_STILL_RUNNING" in blockers(first.json()) - blockers(later.json())


def test_each_reader_holds_what_was_said_to_them(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)
    officer = one.officer("COUNTY")
    tag = one.filer("GET", one.url).headers["ETag"]

    answer = again(officer, one, tag)

    assert (answer.status_code, answer.json()["etag"].strip('"')) == (200, tag.strip('"').split("-")[0])


def test_the_version_before_the_dash_is_what_a_change_asks_for(sqlite_service: Service) -> None:
    office = flow(sqlite_service).office
    url, named = "/regions/330100", {"name_zh": "杭州市", "name_en": "Hangzhou City"}
    first = office("GET", url)
    version = first.json()["etag"].strip('"')

    taken = office("PATCH", url, json=named, version=first.headers["ETag"])
    stale = office("PATCH", url, json=named, version=first.headers["ETag"])
    words = office("PATCH", url, json=named, version=f'"{version}-anything"')

    assert first.headers["ETag"].startswith(f'"{version}-')
    assert (taken.status_code, taken.json()["etag"]) == (200, f'"{int(version) + 1}"')
    assert (stale.status_code, code(stale)) == (412, "VERSION_CONFLICT")
    assert stale.json()["current_etag"] == taken.json()["etag"]
    assert (words.status_code, code(words)) == (412, "VERSION_CONFLICT")


def blockers(case: dict[str, Any]) -> set[str]:
    return {one["code"] for action in case["actions"] for one in action["blockers"]}
