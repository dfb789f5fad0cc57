"""The audit record and the security log as pages: found by name, kind and day; nobody reads what is not theirs."""

import re

import pytest

from app.domain.access import Role
from app.domain.errors import CATALOGUE
from app.domain.nomination import Stage
from app.services.security_events import KINDS
from app.web.wording import LABELS
from tests.architecture.tree import ROOT
from tests.flow_cases import flow
from tests.plugins.service import Service

HANGZHOU = "330100"


@pytest.mark.rule("R-046")
def test_an_auditor_finds_who_did_what_and_looks_at_one_record(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)
    auditor = sqlite_service.person(Role.AUDITOR, "ZJ")

    listed = auditor.page("/audit-records?what=nomination").text
    by_name = auditor.page("/audit-records?what=nomination&who=window_filer-330106").text
    by_nobody = auditor.page("/audit-records?who=查无此人").text
    record = re.findall(r'href="(/audit-records/aud_[0-9a-f]{32})"', listed)[0]
    page = auditor.page(record).text

    assert '<th scope="row">推荐已提交</th>' in listed
    assert '<th scope="row">推荐已提交</th>' in by_name
    assert "没有符合条件的记录" in by_nobody
    assert f'href="/nominations/{one.id}"' in page
    assert "sha256:" in page
    assert "Nomination submitted" in auditor.page("/audit-records?what=nomination&lang=en").text


def test_records_are_narrowed_to_days_and_to_one_thing(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)
    auditor = sqlite_service.person(Role.AUDITOR, "ZJ")

    def rows(query: str) -> int:
        return auditor.page(f"/audit-records?what=nomination&{query}").text.count('scope="row"')

    assert rows("since=2026-07-01&until=2026-07-01") == rows("") > 0
    assert rows("since=2026-07-02") == rows("until=2026-06-30") == 0
    assert rows("since=no-day") == rows("")
    assert 0 < rows(f"row={one.id}") <= rows("")
    assert auditor.page("/audit-records?row=nonsense").status_code == 404


def test_every_act_that_is_recorded_has_a_name(sqlite_service: Service) -> None:
    named = LABELS["audit_subject"], LABELS["audit_fact"]
    noted = re.compile(r'"([a-z_]+)\.([a-z_]+)"')
    found = {
        pair
        for path in (ROOT / "app" / "services").rglob("*.py")
        for call in re.findall(
            r"(?:note|noted|keep|_noted|_note)\((?:[^()]|\([^()]*\))*\)", path.read_text("utf-8")
        )
        for pair in noted.findall(call)
    }
    past = {
        fact
        for path in (ROOT / "app" / "services").rglob("*.py")
        for table in re.findall(r"^_PAST = .*?^[)}]", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)
        for fact in re.findall(r': "([a-z_]+)"', table)
    }

    assert len(found) > 60
    assert {subject for subject, _ in found} - named[0].keys() == set()
    assert ({fact for _, fact in found} | past) - named[1].keys() == set()
    assert set(KINDS) - LABELS["security_kind"].keys() == set()


def test_failed_sign_ins_and_denied_acts_are_read_by_the_security_administrator(
    sqlite_service: Service,
) -> None:
    clerk = sqlite_service.person(Role.WINDOW_FILER, "330106", "clerk")
    wrong = {"username": "clerk", "password": "not-the-password"}
    sqlite_service.client.post("/sign-in", data=wrong, headers={"Origin": "http://testserver"})
    clerk("POST", "/campaigns", json={})
    clerk.page("/people/new")
    guard = sqlite_service.person(Role.SECURITY_ADMIN, "ZJ")

    page = guard.page("/security-events").text
    only = guard.page("/security-events?kind=sign_in.failed").text

    assert "登录失败" in page
    assert "越权操作被拒" in page
    assert CATALOGUE["PERMISSION_MISSING"].title_zh in page
    assert '<th scope="row">越权操作被拒' not in only
    assert "not-the-password" not in page
    assert 'href="/security-events"' in guard.page("/").text


def test_the_security_log_is_closed_below_the_top_and_to_everybody_else(sqlite_service: Service) -> None:
    below = sqlite_service.person(Role.SECURITY_ADMIN, HANGZHOU)
    office = sqlite_service.person(Role.STEERING_OFFICE, "ZJ")

    for who in (below, office):
        refused = who("GET", "/security-events")
        assert (refused.status_code, refused.json()["code"]) == (403, "PERMISSION_MISSING")
        assert who.page("/security-events").status_code == 403


def test_the_api_lists_the_log_by_kind_and_page(sqlite_service: Service) -> None:
    wrong = {"username": "nobody", "password": "not-the-password"}
    for _ in range(3):
        sqlite_service.client.post("/sign-in", data=wrong, headers={"Origin": "http://testserver"})
    admin = sqlite_service.person(Role.AUDIT_ADMIN, "ZJ")

    first = admin("GET", "/security-events?kind=sign_in.failed&limit=2").json()
    rest = admin("GET", f"/security-events?kind=sign_in.failed&limit=2&cursor={first['next_cursor']}").json()

    kinds = [one["kind"] for one in (*first["items"], *rest["items"])]
    assert (kinds, first["has_more"], rest["has_more"]) == (["sign_in.failed"] * 3, True, False)
    assert {one["actor"] for one in first["items"]} == {"public"}
    assert all(len(one["address_digest"]) == 40 for one in first["items"])
