"""What goes to the ministry: nothing without every paper, quality answered for, letters for what was reported."""

import pytest

from app.domain.access import Role
from app.domain.quota import SeatKind
from app.services.seats import Usage
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU
from tests.plugins.service import Service


@pytest.mark.rule("R-037", "R-038", "R-039", "R-040", "R-041", "R-042", "R-043", "E-37")
def test_nothing_is_reported_before_every_paper_is_there(service: Service) -> None:
    d = m.with_ministry(service)
    d.determined()
    recommendation = m.through(d)

    bare = m.move(d.office, recommendation, "REPORT", document_no="浙劳社〔2026〕88号")
    whole = m.documented(d, recommendation)
    short = m.put(m.filer(d), whole, "video", duration_s=598, segments=m.SEGMENTS[:4]).json()
    aspect = m.move(d.office, short, "REPORT", document_no="浙劳社〔2026〕88号")
    long = m.put(m.filer(d), short, "video", duration_s=901, segments=m.SEGMENTS).json()
    length = m.move(d.office, long, "REPORT", document_no="浙劳社〔2026〕88号")

    assert [one["code"] for one in bare.json()["errors"]] == [
        "FORM_INCOMPLETE",
        "WRITEUP_LENGTH",
        "QUALITY_UNCHECKED",
        "VIDEO_DURATION",
        "VIDEO_ASPECT_MISSING",
        "SEAL_MISSING",
        "COPIES_MISSING",
    ]
    assert whole["actions"][0] == {"action": "REPORT", "permitted": True, "blockers": []}
    assert (aspect.status_code, aspect.json()["code"]) == (422, "VIDEO_ASPECT_MISSING")
    assert (length.status_code, length.json()["code"]) == (409, "VIDEO_DURATION")


@pytest.mark.rule("R-039", "I-13")
def test_the_quality_is_confirmed_by_a_named_person_who_did_not_write_it(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.made(d)
    both = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU)

    nothing = m.put(both, recommendation, "quality-check", checks=m.CHECKS)
    written = m.put(both, recommendation, "write-up", body="优质服务，便民利民。").json()
    own = m.put(both, written, "quality-check", checks=m.CHECKS)
    unknown = m.put(m.checker(d), written, "quality-check", checks=["NICE"])
    checked = m.put(m.checker(d), written, "quality-check", checks=m.CHECKS).json()
    changed = m.put(both, checked, "write-up", body="优质服务。").json()

    assert nothing.status_code == 404
    assert (written["writeup"]["char_count"], own.json()["code"]) == (10, "SAME_PERSON")
    assert unknown.json()["code"] == "FIELD_CHOICE"
    assert checked["writeup"]["checked_by"] == "approving_officer-330100"
    assert (changed["writeup"]["checks"], changed["writeup"]["checked_by"]) == ([], "")


@pytest.mark.rule("R-041", "E-37")
@pytest.mark.parametrize(
    ("seconds", "band"),
    [(600, "OK"), (690, "OK"), (720, "WARN"), (300, "WARN"), (299, "REFUSE"), (901, "REFUSE")],
)
def test_about_ten_minutes_has_a_comfortable_and_a_hard_band(
    sqlite_service: Service, seconds: int, band: str
) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    declared = m.put(m.filer(d), m.made(d), "video", duration_s=seconds, segments=[]).json()
    assert (declared["video"]["duration_s"], declared["video_band"]) == (seconds, band)


@pytest.mark.rule("R-042", "E-37")
def test_a_segment_lies_in_the_video_and_shows_a_criterion(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.made(d)
    beyond = [{"criterion": "C1", "start_s": 500, "end_s": 601}]
    unknown = [{"criterion": "C9", "start_s": 0, "end_s": 10}]

    outside = m.put(m.filer(d), recommendation, "video", duration_s=600, segments=beyond)
    wrong = m.put(m.filer(d), recommendation, "video", duration_s=600, segments=unknown)
    missing = m.put(
        m.filer(d), recommendation, "video", duration_s=600, segments=[], material_id=f"mat_{'0' * 32}"
    )

    assert (outside.status_code, outside.json()["code"]) == (422, "SEGMENT_RANGE")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "FIELD_CHOICE")
    assert missing.status_code == 404


@pytest.mark.rule("E-07")
def test_what_was_reported_is_taken_back_only_with_a_letter(service: Service) -> None:
    d = m.with_ministry(service)
    d.determined()
    recommendation = m.reported(d)
    closed = m.put(m.filer(d), recommendation, "write-up", body="改写。")
    url = f"/ministry-recommendations/{recommendation['id']}/correction-letters"
    letter = {"document_no": "浙劳社函〔2026〕5号", "sent_on": "2026-07-12", "reason": "情况有变。"}

    silent = m.move(d.office, recommendation, "WITHDRAW", reason="情况有变。")
    ahead = d.office("POST", url, json=letter | {"sent_on": "2026-08-01"}, version=recommendation["etag"])
    told = d.office("POST", url, json=letter, version=recommendation["etag"])
    withdrawn = m.move(d.office, told.json(), "WITHDRAW", reason="情况有变。")

    assert (closed.status_code, closed.json()["code"]) == (409, "MINISTRY_CLOSED")
    assert (silent.status_code, silent.json()["code"]) == (409, "CORRECTION_LETTER_MISSING")
    assert ahead.json()["code"] == "DATE_IN_FUTURE"
    assert (told.status_code, told.json()["letters"][0]["document_no"]) == (201, "浙劳社函〔2026〕5号")
    assert withdrawn.json()["stage"] == "WITHDRAWN"
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(used=1)


def test_a_letter_is_owed_only_for_what_was_reported(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.made(d)
    url = f"/ministry-recommendations/{recommendation['id']}/correction-letters"
    letter = {"document_no": "1", "sent_on": "2026-07-01", "reason": "情况有变。"}

    refused = d.office("POST", url, json=letter, version=recommendation["etag"])
    filer = m.filer(d)("POST", url, json=letter, version=recommendation["etag"])

    assert (refused.status_code, refused.json()["code"]) == (409, "MINISTRY_CLOSED")
    assert (filer.status_code, filer.json()["code"]) == (403, "PERMISSION_MISSING")
