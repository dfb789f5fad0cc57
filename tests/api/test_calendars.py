"""Working days through the API: years come from a paper, a missing one is refused, a correction only lengthens."""

from typing import Any

import pytest

from app.domain.access import Role
from tests.plugins.service import Caller, Service
from tests.supervision_cases import case

STUB_2027: dict[str, Any] = {
    "$schema": "https://example.org/schema.json",
    "year": 2027,
    "papers": ["https://www.gov.cn/zhengce/2026-11/04/content_1.htm"],
    "source_title": "国务院办公厅关于2027年部分节假日安排的通知",
    "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "春节", "date": "2027-02-20", "isOffDay": False},
        {"name": "元旦", "date": "2026-12-31", "isOffDay": True},
    ],
}


def office(service: Service) -> Caller:
    return service.person(Role.STEERING_OFFICE, "ZJ")


def with_days_off(service: Service, *days: str) -> Any:
    """A correction of 2026: the year as it is loaded, and these days free besides."""
    year = office(service)("GET", "/calendar-years/2026").json()
    listed = [
        {"name": one["label"] or "—", "date": one["day"], "isOffDay": not one["is_workday"]}
        for one in year["days"]
    ]
    added = [{"name": "防汛放假", "date": day, "isOffDay": True} for day in days]
    body = {"source_title": "省政府办公厅紧急通知", "days": listed + added}
    return office(service)("PUT", "/calendar-years/2026", json=body, version=year["etag"])


@pytest.mark.rule("D-07")
def test_a_year_is_loaded_from_a_holiday_cn_file_with_the_late_december_it_governs(service: Service) -> None:
    made = office(service)("PUT", "/calendar-years/2027", json=STUB_2027)

    assert made.status_code == 200, made.text
    assert (made.json()["source_url"], made.json()["etag"]) == (STUB_2027["papers"][0], '"1"')
    assert [(d["day"], d["is_workday"]) for d in made.json()["days"]] == [
        ("2027-01-01", False),
        ("2027-02-20", True),
    ]
    last_year = office(service)("GET", "/calendar-years/2026").json()
    assert last_year["days"][-1] == {"day": "2026-12-31", "is_workday": False, "label": "元旦"}
    # Correcting 2026 afterwards does not take back what the later paper says of its last day.
    assert with_days_off(service, "2026-08-03").status_code == 200
    assert office(service)("GET", "/calendar-years/2026").json()["days"][-1]["day"] == "2026-12-31"
    years = [one["year"] for one in office(service)("GET", "/calendar-years").json()["items"]]
    assert (years[0], years[-1]) == (2027, 2004)


@pytest.mark.rule("E-10", "I-08")
def test_a_correction_makes_a_running_notice_longer_and_never_shorter(service: Service) -> None:
    c = case(service)
    notice = c.published()
    assert notice["last_day"] == "2026-07-08"

    longer = with_days_off(service, "2026-07-06", "2026-07-07")
    after = c.drafter("GET", f"/notices/{notice['id']}").json()
    back = office(service)("GET", "/calendar-years/2026").json()
    kept = [
        {"name": one["label"], "date": one["day"], "isOffDay": not one["is_workday"]}
        for one in back["days"]
        if not one["day"].startswith("2026-07")
    ]
    shorter = office(service)(
        "PUT", "/calendar-years/2026", json={"source_title": "更正", "days": kept}, version=back["etag"]
    )

    assert longer.json()["extended_notices"] == [notice["id"]]
    assert (after["last_day"], after["ends_at"]) == ("2026-07-10", "2026-07-10T16:00:00+00:00")
    assert [(one["kind"], one["old_last_day"]) for one in after["changes"]] == [("EXTEND", "2026-07-08")]
    assert shorter.json()["extended_notices"] == []
    assert c.drafter("GET", f"/notices/{notice['id']}").json()["last_day"] == "2026-07-10"


@pytest.mark.rule("E-10", "E-35")
def test_days_an_outage_added_stay_on_top_of_the_recomputed_period(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    sqlite_service.clock.advance(days=2)
    outage = {
        "began_at": "2026-07-02T01:00:00Z",
        "ended_at": "2026-07-02T09:00:00Z",
        "reason": "机房停电",
    }
    lost = c.approver("POST", f"/notices/{notice['id']}/outages", json=outage, version=notice["etag"])
    assert lost.json()["last_day"] == "2026-07-09"

    with_days_off(sqlite_service, "2026-07-06")

    assert c.drafter("GET", f"/notices/{notice['id']}").json()["last_day"] == "2026-07-10"


def test_a_notice_that_has_ended_is_not_touched(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    sqlite_service.clock.advance(days=30)

    corrected = with_days_off(sqlite_service, "2026-07-06")

    assert corrected.json()["extended_notices"] == []
    assert c.drafter("GET", f"/notices/{notice['id']}").json()["last_day"] == "2026-07-08"


@pytest.mark.rule("E-11", "I-21")
def test_nothing_is_computed_in_a_year_that_is_not_loaded(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.draft()
    reviewed = c.move(c.approver, notice, action="REVIEW").json()
    sqlite_service.clock.advance(days=180)  # 28 December 2026

    refused = c.move(c.approver, reviewed, action="PUBLISH")
    office(sqlite_service)("PUT", "/calendar-years/2027", json=STUB_2027)
    published = c.move(c.approver, reviewed, action="PUBLISH")

    assert (refused.status_code, refused.json()["code"]) == (409, "CALENDAR_YEAR_MISSING")
    assert published.json()["last_day"] == "2027-01-06"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"days": [*STUB_2027["days"], STUB_2027["days"][0]]}, "/days/3/date"),
        ({"days": [{"name": "元旦", "date": "2029-01-01", "isOffDay": True}]}, "/days/0/date"),
        ({"year": 2028}, "/year"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(
    sqlite_service: Service, change: dict[str, Any], pointer: str
) -> None:
    answer = office(sqlite_service)("PUT", "/calendar-years/2027", json=STUB_2027 | change)

    assert (answer.status_code, answer.json()["code"]) == (422, "CALENDAR_DAYS_INVALID")
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert office(sqlite_service)("GET", "/calendar-years/2027").status_code == 404


def test_an_empty_stub_is_no_arrangement(sqlite_service: Service) -> None:
    answer = office(sqlite_service)("PUT", "/calendar-years/2027", json=STUB_2027 | {"days": []})

    assert (answer.status_code, answer.json()["errors"][-1]["code"]) == (422, "LIST_TOO_SHORT")


def test_a_loaded_year_is_changed_only_by_who_has_read_it(sqlite_service: Service) -> None:
    body = STUB_2027 | {"year": 2026}
    blind = office(sqlite_service)("PUT", "/calendar-years/2026", json=body)
    stale = office(sqlite_service)("PUT", "/calendar-years/2026", json=body, version=7)
    unknown = office(sqlite_service)("PUT", "/calendar-years/2027", json=STUB_2027, version=1)

    assert [(one.status_code, one.json()["code"]) for one in (blind, stale, unknown)] == [
        (428, "PRECONDITION_REQUIRED"),
        (412, "VERSION_CONFLICT"),
        (412, "VERSION_CONFLICT"),
    ]


@pytest.mark.rule("R-045")
def test_a_citys_office_does_not_change_the_calendar_of_the_province(sqlite_service: Service) -> None:
    city = sqlite_service.person(Role.STEERING_OFFICE, "330300")
    answer = city("PUT", "/calendar-years/2027", json=STUB_2027)

    assert (answer.status_code, answer.json()["code"]) == (403, "PERMISSION_MISSING")
    assert office(sqlite_service)("GET", "/calendar-years/2027").status_code == 404
