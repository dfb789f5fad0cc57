"""The national form and its day: filled in once an award is proposed to the ministry, each level its own opinion."""

from datetime import date
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, NINGBO, Decisions, decisions
from tests.paper_cases import pointers, refused
from tests.plugins.service import Service


def award(service: Service) -> Decisions:
    d = m.with_ministry(service)
    d.determined()
    return d


def national(d: Decisions, unit: str = HANGZHOU) -> Any:
    return m.officer(d, unit)("GET", f"/nominations/{d.nom(0)}/form?form=NATIONAL")


@pytest.mark.rule("R-037")
def test_nobody_fills_in_the_national_form_before_the_award_is_determined_and_proposed(
    service: Service,
) -> None:
    d = m.with_ministry(service)
    scored = m.form(d, m.filer(d))
    d.determined()
    only_determined = m.form(d, m.filer(d))
    m.made(d)

    assert refused(scored) == (409, "NOT_PROVINCIALLY_DETERMINED")
    assert refused(only_determined) == (409, "MINISTRY_NOT_PROPOSED")
    assert national(d).json()["data"] == {}
    taken = m.form(d, m.filer(d))
    assert (taken.status_code, taken.json()["etag"], taken.json()["form_kind"]) == (200, '"1"', "NATIONAL")
    assert taken.json()["title_zh"].startswith("全国")
    assert m.filer(d)("GET", f"/nominations/{d.nom(0)}/form").json()["data"] == {}  # the filing's own form


@pytest.mark.rule("R-037", "R-025")
def test_a_levels_opinion_is_written_by_that_level_and_kept_by_the_others(service: Service) -> None:
    d = award(service)
    m.made(d)
    whole = m.filled(city_opinion=m.OPINION)

    forged = m.form(d, m.filer(d), data=whole)
    unit = m.form(d, m.filer(d, HANGZHOU)).json()
    city = m.form(d, m.officer(d), unit["etag"], whole).json()
    dropped = m.form(d, m.filer(d), city["etag"])
    again = m.form(d, m.filer(d), city["etag"], whole | {"main_merits": "改写。"})
    stale = m.form(d, m.officer(d), city["etag"], whole)

    assert (forged.status_code, pointers(forged)) == (403, [("NOT_YOUR_LEVEL", "/data/city_opinion")])
    assert (unit["missing"], city["missing"], city["complete"]) == (["city_opinion"], [], True)
    assert pointers(dropped) == [("NOT_YOUR_LEVEL", "/data/city_opinion")]
    assert (again.status_code, again.json()["data"]["city_opinion"]) == (200, m.OPINION)
    assert refused(stale) == (412, "VERSION_CONFLICT")


@pytest.mark.rule("R-037", "R-048")
def test_the_form_takes_what_its_fields_take_from_who_has_the_window(sqlite_service: Service) -> None:
    d = award(sqlite_service)
    m.made(d)

    unknown = m.form(d, m.filer(d), data={"colour": "红"})
    many = m.form(d, m.filer(d), data={"staff_count": "很多"})
    other = m.form(d, m.filer(d, NINGBO))
    reader = m.form(d, sqlite_service.person(Role.AUDITOR, HANGZHOU))

    assert pointers(unknown) == [("FIELD_UNKNOWN", "/data/colour")]
    assert pointers(many) == [("FIELD_FORMAT", "/data/staff_count")]
    assert (refused(other), refused(reader)) == ((404, "NOT_FOUND"), (403, "PERMISSION_MISSING"))
    assert refused(national(d, NINGBO)) == (404, "NOT_FOUND")


@pytest.mark.rule("R-037")
def test_what_was_reported_is_not_rewritten(sqlite_service: Service) -> None:
    d = award(sqlite_service)
    m.reported(d)

    assert refused(m.form(d, m.filer(d), 2)) == (409, "MINISTRY_CLOSED")
    assert national(d).json()["complete"] is True


@pytest.mark.rule("E-45")
def test_a_citys_own_award_has_no_national_form(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {"330106": 1}, {"330106": 1}, pack="municipal-windows", host=HANGZHOU)
    found = d.office("GET", f"/nominations/{d.nom(0)}/form?form=NATIONAL")
    assert refused(found) == (409, "MINISTRY_TRACK_OFF")


@pytest.mark.rule("G-11", "E-18", "R-038")
def test_after_its_day_material_is_taken_only_from_who_has_a_late_acceptance(service: Service) -> None:
    d = award(service)
    one = m.made(d)
    m.due(d)
    service.clock.advance(days=31)  # 1 August: the day is over

    late = [
        m.form(d, m.filer(d)),
        m.put(m.filer(d), one, "write-up", body="优质服务。"),
        m.put(m.filer(d), one, "video", duration_s=600, segments=m.SEGMENTS),
        m.put(m.checker(d), one, "quality-check", checks=m.CHECKS),
    ]
    copies = m.counted(d, "DISC", 2)
    in_time = m.counted(d, "DISC", 2, received_on="2026-07-31")
    granted = d.office("POST", d.url("late-acceptances"), json=grant(d, "2026-08-05"))
    written = m.put(m.filer(d), one, "write-up", body="优质服务。")
    service.clock.advance(days=5)
    over = m.form(d, m.filer(d))

    assert [refused(answer) for answer in late] == [(409, "DEADLINE_PASSED")] * 4
    assert "2026-07-31 24:00" in late[0].json()["detail"]
    assert (pointers(copies), in_time.status_code) == ([("DEADLINE_PASSED", "/received_on")], 200)
    assert (granted.status_code, granted.json()["matter"]) == (201, "MINISTRY_MATERIAL")
    assert written.status_code == 200
    assert "2026-08-05 24:00" in over.json()["detail"]


def grant(d: Decisions, until: str, matter: str = "MINISTRY_MATERIAL") -> dict[str, Any]:
    return {
        "organization_id": shown("org", d.service.organization(HANGZHOU).id),
        "matter": matter,
        "until_on": until,
        "reason": "影像资料返工。",
        "document_no": "浙劳社办〔2026〕12号",
    }


@pytest.mark.rule("G-11", "E-18")
def test_an_exception_for_the_filing_is_none_for_the_ministrys_material(sqlite_service: Service) -> None:
    d = award(sqlite_service)
    m.made(d)
    m.due(d, materials_due_on=date(2026, 7, 1))
    early = d.office("POST", d.url("late-acceptances"), json=grant(d, "2026-07-31"))
    filing = d.office("POST", d.url("late-acceptances"), json=grant(d, "2026-08-05", "FILING"))
    sqlite_service.clock.advance(days=31)

    assert refused(early) == (422, "LATE_UNTIL_INVALID")
    assert filing.status_code == 201, filing.text
    assert refused(m.form(d, m.filer(d))) == (409, "DEADLINE_PASSED")


@pytest.mark.rule("G-11")
def test_without_a_day_for_it_no_material_is_taken(sqlite_service: Service) -> None:
    d = award(sqlite_service)
    m.made(d)
    m.due(d, ministry_due_on=None)

    assert refused(m.form(d, m.filer(d))) == (409, "DEADLINES_INCOMPLETE")
