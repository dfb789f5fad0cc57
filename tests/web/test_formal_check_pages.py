"""The office's formal check on pages: every point ticked beside what is on file, or back for correction with a day of its own."""

import re

import pytest

from app.domain.nomination import Stage
from tests.flow_cases import flow
from tests.plugins.service import Service
from tests.web.meeting_walk import said
from tests.web.page_walk import done, sent

POINTS = ["FORM", "WRITE_UP", "STATEMENT", "SEALS", "NOTICE", "PAPER_COPIES"]
ASKED = {
    "reason": "用印不全。",
    "checklist.0.part": "SEALS",
    "checklist.0.text": "请补盖市级印章。",
}


@pytest.mark.rule("R-029")
def test_each_point_is_ticked_beside_what_is_on_file_and_one_left_open_is_refused_by_its_name(
    sqlite_service: Service,
) -> None:
    f = flow(sqlite_service)
    one = f.at(Stage.FILED)
    page = said(f.office.page(f"{one.url}/accept").text)

    refused = sent(f.office, f"{one.url}/accept", checked=[point for point in POINTS if point != "SEALS"])
    kept = re.findall(r'name="checked" value="(\w+)" checked', refused.text)
    done(f.office, f"{one.url}/accept", checked=POINTS)

    assert "卷内：各栏已填写齐全" in page
    assert "卷内：县级" in page
    assert (refused.status_code, "FORMAL_CHECK_INCOMPLETE" in refused.text) == (422, True)
    assert kept == [point for point in POINTS if point != "SEALS"]
    assert one.stage == "ACCEPTED"
    assert "已核对 6 项" in said(f.office.page(one.url).text)


@pytest.mark.rule("R-029", "E-19")
def test_a_filing_comes_back_corrected_before_the_day_the_office_set_for_it(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    one = f.at(Stage.FILED)
    city = one.officer("MUNICIPAL")

    silent = sent(f.office, f"{one.url}/return-for-correction", reason="用印不全。", due_on="2026-10-15")
    past = sent(f.office, f"{one.url}/return-for-correction", **ASKED, due_on="2026-06-30")
    assert one.stage == "FILED"
    done(f.office, f"{one.url}/return-for-correction", **ASKED, due_on="2026-10-15")
    waiting = said(city.page(one.url).text)
    inbox = said(city.page("/").text)
    unanswered = sent(city, f"{one.url}/resubmit")
    done(city, f"{one.url}/resubmit", **{"answers.0.answer": "已补盖。"})
    back = said(f.office.page(one.url).text)
    done(f.office, f"{one.url}/accept", checked=POINTS)

    assert (silent.status_code, "CHECKLIST_MISSING" in silent.text or "VALIDATION_FAILED" in silent.text) == (
        422,
        True,
    )
    assert "CORRECTION_DUE_INVALID" in past.text
    assert "补正期限 2026年10月15日 24:00" in waiting
    assert "请补盖市级印章。" in waiting
    assert "2026年10月15日 24:00" in inbox
    assert unanswered.status_code == 422
    assert "请补盖市级印章。 → 已补盖。" in back
    assert one.stage == "ACCEPTED"
