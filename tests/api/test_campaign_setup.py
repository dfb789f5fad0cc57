"""What a campaign stands on, through the API: participants, local bodies, late acceptances, a city's own award."""

from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests.campaign_cases import DATES, PAPERS, Desk, desk, drafted, ready
from tests.plugins.service import Caller, Service

HANGZHOU, WENZHOU, XIHU = "330100", "330300", "330106"


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def org(service: Service, at: str) -> str:
    return shown("org", service.organization(at).id)


def listed(service: Service, *rows: tuple[str, str, str]) -> dict[str, Any]:
    keys = ("organization_id", "route", "bucket_code")
    return {"participants": [dict(zip(keys, (org(service, at), *more), strict=True)) for at, *more in rows]}


@pytest.mark.rule("R-001", "R-024")
def test_the_list_of_who_takes_part_is_replaced_as_a_whole(service: Service) -> None:
    at = drafted(service)
    body = listed(service, (HANGZHOU, "CITY", HANGZHOU), ("ZJ-SI", "PROVINCIAL_UNIT", "PROVINCIAL_UNITS"))

    put = at.got("PUT", "/participants", json=body, version=at.etag)
    stale = at("PUT", "/participants", json=body, version=1)

    assert [(one["code"], one["route"]) for one in put["participants"]] == [
        (HANGZHOU, "CITY"),
        ("ZJ-SI", "PROVINCIAL_UNIT"),
    ]
    assert put["etag"] == at.etag
    assert code(stale) == (412, "VERSION_CONFLICT")


@pytest.mark.rule("R-001", "R-024")
@pytest.mark.parametrize(
    ("rows", "refusal", "pointer"),
    [
        ([(HANGZHOU, "CITY", HANGZHOU)] * 2, "PARTICIPANT_TWICE", "/participants/1/organization_id"),
        ([(HANGZHOU, "CITY", WENZHOU)], "BUCKET_UNKNOWN", "/participants/0/bucket_code"),
        ([(HANGZHOU, "COUNTRY", HANGZHOU)], "BUCKET_UNKNOWN", "/participants/0/route"),
        ([(XIHU, "CITY", XIHU)], "BUCKET_UNKNOWN", "/participants/0/route"),  # a county organises nothing
        ([(HANGZHOU, "PROVINCIAL_UNIT", "PROVINCIAL_UNITS")], "BUCKET_UNKNOWN", "/participants/0/route"),
    ],
)
def test_a_list_that_does_not_fit_the_rules_is_refused(
    sqlite_service: Service, rows: list[tuple[str, str, str]], refusal: str, pointer: str
) -> None:
    at = drafted(sqlite_service)
    answer = at("PUT", "/participants", json=listed(sqlite_service, *rows), version=at.etag)

    assert code(answer) == (422, refusal)
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert len(at.got("GET", "/participants")["participants"]) == 14


def test_a_paper_is_put_right_by_who_has_read_it(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    paper = at.paper(*PAPERS[0])
    right = {
        "kind": "BASIS",
        "title": "关于评选表彰的通知",
        "document_no": "劳社部函〔2026〕154号",
        "issuer": "劳动和社会保障部",
        "issued_on": "2026-05-21",
        "meeting_on": "2026-05-20",
    }
    url = f"/documents/{paper['id']}"
    stale = at("PUT", url, json=right, version=9)
    corrected = at.got("PUT", url, json=right, version=paper["etag"])
    other = drafted(sqlite_service, code="another-2026")
    foreign = other("PUT", url, json=right, version=corrected["etag"])

    assert code(stale) == (412, "VERSION_CONFLICT")
    assert (corrected["document_no"], corrected["meeting_on"]) == ("劳社部函〔2026〕154号", "2026-05-20")
    assert code(foreign) == (404, "NOT_FOUND")


def body(service: Service, kind: str = "LEADING", at: str = HANGZHOU, **changes: Any) -> dict[str, Any]:
    return {
        "organization_id": org(service, at),
        "kind": kind,
        "name": "优质服务窗口创建活动指导小组",
        "head_name": "陈立",
        "head_post": "副局长",
        "phone": "0571-85110000",
    } | changes


def officer(service: Service, at: str = HANGZHOU) -> Caller:
    return service.person(Role.REVIEWING_OFFICER, at)


@pytest.mark.rule("R-047", "R-049")
def test_a_city_registers_both_bodies_and_its_phone_is_for_few_eyes(service: Service) -> None:
    at = desk(service)
    url = f"/campaigns/{at.campaign_id}/local-bodies"
    leading = officer(service)("POST", url, json=body(service))
    working = officer(service)("POST", url, json=body(service, "WORKING", name="活动办公室"))
    again = officer(service)("POST", url, json=body(service))
    others = officer(service, WENZHOU)("GET", url).json()["items"]

    assert (leading.status_code, working.status_code) == (201, 201)
    assert (leading.json()["phone"], leading.json()["late"]) == ("0571-85110000", False)
    assert code(again) == (409, "LOCAL_BODY_EXISTS")
    assert [(one["kind"], one["phone"]) for one in others] == [("LEADING", ""), ("WORKING", "")]
    assert [one["phone"] for one in at.got("GET", "/local-bodies")["items"]] == ["0571-85110000"] * 2


@pytest.mark.rule("R-049")
def test_after_the_deadline_a_body_is_taken_and_flagged_for_good(sqlite_service: Service) -> None:
    at = desk(sqlite_service)
    url = f"/campaigns/{at.campaign_id}/local-bodies"
    sqlite_service.clock.advance(days=9, hours=13, minutes=59)  # 10 July 2026, 23:59 in Hangzhou
    in_time = officer(sqlite_service)("POST", url, json=body(sqlite_service)).json()
    sqlite_service.clock.advance(minutes=2)
    late = officer(sqlite_service)("POST", url, json=body(sqlite_service, "WORKING")).json()
    facts = {
        name: "沈和" if name == "head_name" else late[name] for name in ("name", "head_name", "head_post")
    }
    edited = officer(sqlite_service)(
        "PUT", f"/local-bodies/{late['id']}", json=facts | {"phone": "13857100000"}, version=late["etag"]
    ).json()

    assert (in_time["late"], late["late"]) == (False, True)
    assert (edited["head_name"], edited["phone"], edited["late"]) == ("沈和", "13857100000", True)


@pytest.mark.rule("R-048", "R-001")
def test_nobody_registers_for_another_city_or_for_who_takes_no_part(sqlite_service: Service) -> None:
    at = desk(sqlite_service)
    url = f"/campaigns/{at.campaign_id}/local-bodies"
    foreign = officer(sqlite_service, WENZHOU)("POST", url, json=body(sqlite_service))
    county = officer(sqlite_service)("POST", url, json=body(sqlite_service, at=XIHU))
    phone = officer(sqlite_service)("POST", url, json=body(sqlite_service, phone="12345"))
    made = officer(sqlite_service)("POST", url, json=body(sqlite_service)).json()
    facts = {name: made[name] for name in ("name", "head_name", "head_post", "phone")}
    taken = officer(sqlite_service, WENZHOU)(
        "PUT", f"/local-bodies/{made['id']}", json=facts, version=made["etag"]
    )

    assert code(foreign) == (404, "NOT_FOUND")
    assert code(county) == (409, "NOT_PARTICIPANT")
    assert code(phone) == (422, "VALIDATION_FAILED")
    assert code(taken) == (404, "NOT_FOUND")
    assert len(at.got("GET", "/local-bodies")["items"]) == 1


def late(service: Service, until: str, at: str = HANGZHOU) -> dict[str, Any]:
    return {
        "organization_id": org(service, at),
        "until_on": until,
        "reason": "台风致办公系统停运。",
        "document_no": "浙劳社办〔2026〕9号",
    }


@pytest.mark.rule("E-18", "R-036")
def test_the_office_lets_one_city_file_late_on_a_paper(service: Service) -> None:
    at = desk(service)
    granted = at.got("POST", "/late-acceptances", json=late(service, "2026-10-12"))
    longer = at.got("POST", "/late-acceptances", json=late(service, "2026-10-15"))

    assert granted["ends_at"] == "2026-10-12T16:00:00.000000Z"
    assert (longer["id"], longer["until_on"]) == (granted["id"], "2026-10-15")
    assert [one["until_on"] for one in at.got("GET", "/late-acceptances")["items"]] == ["2026-10-15"]


@pytest.mark.rule("E-18")
def test_an_exception_lies_after_the_deadline_and_is_the_hosts_to_make(sqlite_service: Service) -> None:
    at = desk(sqlite_service)
    early = at("POST", "/late-acceptances", json=late(sqlite_service, "2026-09-30"))
    nobody = at("POST", "/late-acceptances", json=late(sqlite_service, "2026-10-12", XIHU))
    own = sqlite_service.person(Role.STEERING_OFFICE, HANGZHOU)(
        "POST", f"/campaigns/{at.campaign_id}/late-acceptances", json=late(sqlite_service, "2026-10-12")
    )

    assert code(early) == (422, "LATE_UNTIL_INVALID")
    assert code(nobody) == (409, "NOT_PARTICIPANT")
    assert code(own) == (403, "PERMISSION_MISSING")
    assert at.got("GET", "/late-acceptances")["items"] == []


def city(service: Service, parent: str = "", **changes: Any) -> Any:
    """Wenzhou's own office asks for its own award."""
    body = {
        "code": "wenzhou-2026",
        "pack_code": "municipal-windows",
        "host_organization_id": org(service, WENZHOU),
    }
    if parent:
        body["parent_campaign_id"] = parent
    return service.person(Role.STEERING_OFFICE, WENZHOU)("POST", "/campaigns", json=body | changes)


@pytest.mark.rule("R-044", "D-12", "E-45")
def test_a_citys_own_award_is_held_beside_a_provincial_campaign_on_an_approval(service: Service) -> None:
    provincial = ready(service)
    made = city(service, provincial.campaign_id)
    assert made.status_code == 201, made.text
    own = Desk(
        service,
        service.person(Role.STEERING_OFFICE, WENZHOU),
        service.person(Role.STEERING_OFFICE, WENZHOU, "second-wenzhou"),
        made.json()["id"],
    )
    own.edit(**{name: day for name, day in DATES.items() if name != "ministry_due_on"})
    for paper in PAPERS:
        if paper[0] != "APPROVAL_BASIS":
            own.paper(*paper)
    unapproved = own.act("RECORD_DECISION")
    own.paper("APPROVAL_BASIS", "关于同意开展评选的批复", "浙评组〔2026〕3号", "省评比达标表彰工作协调小组")
    assert own.confirm(own.got("POST", "/quota-plans/samples", json={})).status_code == 200

    taken = [own.act(action) for action in ("RECORD_DECISION", "CONFIGURE", "OPEN")]

    assert code(unapproved) == (409, "APPROVAL_BASIS_MISSING")
    assert [one.json()["stage"] for one in taken] == ["DECIDED", "CONFIGURED", "OPEN"]
    opened = own.got("GET")
    assert (opened["parent_campaign_id"], opened["host"]) == (
        provincial.campaign_id,
        "温州市劳动和社会保障局",
    )
    # Its quota is its own: no ministry place, and none of the province's is touched.
    kinds = {kind["kind"] for one in own.got("GET", "/quota-usage")["buckets"] for kind in one["kinds"]}
    assert kinds == {"NOMINATION", "PROVINCIAL"}
    of_province = {one["code"]: one["kinds"] for one in provincial.got("GET", "/quota-usage")["buckets"]}
    assert [kind["used"] for kind in of_province[WENZHOU]] == [0, 0]
    assert "330302" in {one["code"] for one in own.got("GET", "/participants")["participants"]}


@pytest.mark.rule("E-45")
def test_rules_without_a_ministry_track_have_no_places_for_it(sqlite_service: Service) -> None:
    provincial = drafted(sqlite_service)
    made = city(sqlite_service, provincial.campaign_id).json()
    second = sqlite_service.person(Role.STEERING_OFFICE, WENZHOU, "second-wenzhou")
    own = Desk(sqlite_service, sqlite_service.person(Role.STEERING_OFFICE, WENZHOU), second, made["id"])
    bucket = {"code": "330302", "name": "鹿城区", "provincial_places": 2, "ministry_fixed": 1}
    body = {"provincial_total": 2, "ministry_total": 1, "ministry_pool": 0, "buckets": [bucket]}

    answer = own.confirm(own.got("POST", "/quota-plans", json=body))

    assert code(answer) == (422, "QUOTA_SUM_MISMATCH")
    assert answer.json()["errors"][0]["pointer"] == "/ministry_total"


@pytest.mark.rule("R-044", "D-12")
def test_a_citys_award_without_a_higher_campaign_or_by_somebody_else_is_refused(
    sqlite_service: Service,
) -> None:
    provincial = drafted(sqlite_service)
    alone = city(sqlite_service)
    department = city(
        sqlite_service, provincial.campaign_id, host_organization_id=org(sqlite_service, HANGZHOU)
    )
    as_province = city(sqlite_service, pack_code="provincial-windows")
    of_itself = city(sqlite_service, provincial.campaign_id).json()["id"]
    beside_a_city = sqlite_service.person(Role.STEERING_OFFICE, WENZHOU)(
        "POST",
        "/campaigns",
        json={
            "code": "wenzhou-2027",
            "pack_code": "municipal-windows",
            "host_organization_id": org(sqlite_service, WENZHOU),
            "parent_campaign_id": of_itself,
        },
    )

    assert code(alone) == (422, "PARENT_CAMPAIGN_MISSING")
    assert code(department) == (403, "PERMISSION_MISSING")
    assert code(as_province) == (422, "HOST_LEVEL_MISMATCH")
    assert code(beside_a_city) == (422, "PARENT_CAMPAIGN_MISSING")
    assert len(provincial.office("GET", "/campaigns").json()["items"]) == 2
