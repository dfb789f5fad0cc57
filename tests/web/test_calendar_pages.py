"""Years of working days on pages: from a file or typed, corrected with the version that was read."""

import json

import pytest

from app.domain.access import Role
from tests.plugins.service import Service
from tests.web.campaign_walk import office, version
from tests.web.page_walk import done

TITLE = "国务院办公厅关于2027年部分节假日安排的通知"
DAYS = "2027-01-01 元旦 off\n2027-01-03 元旦 work"


@pytest.mark.rule("I-21")
def test_a_year_is_typed_line_by_line_and_put_right_later(sqlite_service: Service) -> None:
    who = office(sqlite_service)

    where = done(who, "/calendar-years/import", year="2027", source_title=TITLE, _days=DAYS)
    assert where == "/calendar-years/2027"
    assert "2027年1月3日（周日）" in who.page(where).text
    twin = who.page(f"{where}/correct").text
    assert "2027-01-01 元旦 休\n2027-01-03 元旦 班</textarea>" in twin
    done(who, f"{where}/correct", source_title=TITLE, _days="2027-01-01 元旦 休")

    assert "2027年1月3日" not in who.page(where).text
    again = who.page(f"{where}/correct", version(twin) | {"source_title": TITLE, "_days": DAYS})
    assert (again.status_code, "VERSION_CONFLICT" in again.text) == (412, True)
    assert "2027年1月3日" not in who.page(where).text


def test_a_year_comes_from_a_holiday_cn_file(sqlite_service: Service) -> None:
    who = office(sqlite_service)
    file = {
        "year": 2027,
        "papers": ["https://www.gov.cn/x.htm"],
        "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}],
    }
    sent = {"file": ("2027.json", json.dumps(file).encode(), "application/json")}

    made = who.page("/calendar-years/import", {"year": "2027", "source_title": TITLE}, files=sent)

    assert made.headers["location"] == "/calendar-years/2027"
    assert 'href="https://www.gov.cn/x.htm"' in who.page("/calendar-years").text


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("元旦", "CALENDAR_LINE_UNREADABLE"),
        ("2027-01-01 元旦 放", "CALENDAR_LINE_UNREADABLE"),
        ("2027-13-01 元旦 休", "VALIDATION_FAILED"),
        ("2027-01-01 元旦 休\n2027-01-01 元旦 班", "CALENDAR_DAYS_INVALID"),
    ],
)
def test_a_line_that_is_no_day_is_refused_and_stays_to_be_put_right(
    sqlite_service: Service, line: str, code: str
) -> None:
    form = {"year": "2027", "source_title": TITLE, "_days": line}

    refused = office(sqlite_service).page("/calendar-years/import", form)

    assert (refused.status_code, code in refused.text) == (422, True)
    assert f"{line}</textarea>" in refused.text
    assert office(sqlite_service).page("/calendar-years/2027").status_code == 404


@pytest.mark.parametrize(
    ("content", "code", "status"),
    [
        (b"[1]", "FILE_UNREADABLE", 422),
        (b"x", "FILE_UNREADABLE", 422),
        (b" " * 200_001, "FILE_TOO_LARGE", 413),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_beside_its_field(
    sqlite_service: Service, content: bytes, code: str, status: int
) -> None:
    sent = {"file": ("x.json", content, "application/json")}

    refused = office(sqlite_service).page(
        "/calendar-years/import", {"year": "2027", "source_title": TITLE}, files=sent
    )

    assert (refused.status_code, code in refused.text, 'id="e-file"' in refused.text) == (status, True, True)


def test_a_city_reads_the_calendar_and_may_not_import_one(sqlite_service: Service) -> None:
    city = sqlite_service.person(Role.APPROVING_OFFICER, "330100")

    assert "2026" in city.page("/calendar-years").text
    form = {"year": "2027", "source_title": TITLE, "_days": DAYS}
    refused = city.page("/calendar-years/import", form)
    assert (refused.status_code, "PERMISSION_MISSING" in refused.text) == (403, True)
    assert city.page("/calendar-years/2027").status_code == 404
