"""The allocation on pages: typed or imported by one person, confirmed by another, amended by a decision."""

import re
from typing import Any

import pytest

from app.domain.access import Role
from tests import campaign_cases
from tests.campaign_cases import Desk
from tests.plugins.service import Service
from tests.web.campaign_walk import created, office, version
from tests.web.page_walk import done

PLACES = {
    "330100": 5,
    "330200": 5,
    "330300": 3,
    "330400": 3,
    "330500": 2,
    "330600": 3,
    "330700": 3,
    "330800": 2,
    "330900": 2,
    "331000": 3,
    "331100": 2,
    "PROVINCIAL_UNITS": 1,
}


def typed(page: str, **places: Any) -> dict[str, str]:
    """The editor's form as shown, with places typed for the buckets named `b<code>` and for all of PLACES."""
    shown = dict(re.findall(r'type="hidden" name="(_version|_rows|buckets[^"]+)" value="([^"]*)"', page))
    shown |= dict(re.findall(r'name="(buckets\.\d+\.\w+)" aria-label[^>]* value="([^"]*)"', page))
    wanted = PLACES | {code.removeprefix("b"): count for code, count in places.items()}
    for name, code in list(shown.items()):
        if name.endswith(".code") and code in wanted:
            for number in ("provincial_places", "nomination_limit"):
                shown[name.replace("code", number)] = str(wanted[code])
    totals = {"provincial_total": "34", "ministry_total": "10", "ministry_pool": "6"}
    return shown | totals


def test_a_blank_plan_is_typed_its_sums_are_shown_and_a_second_person_confirms_it(
    sqlite_service: Service,
) -> None:
    where = created(sqlite_service)
    who, second = office(sqlite_service), sqlite_service.person(Role.STEERING_OFFICE, "ZJ", "second")
    editor = f"{where}/quota-plans/draft"
    form = typed(who.page(editor).text)

    asked = who.page(editor, params=form | {"buckets.0.provincial_places": "4"})
    assert "表彰名额合计 33，方案总数 34" in asked.text
    assert 'value="4"' in asked.text
    plan = done(who, editor, **form, source_note="通知附件2")
    assert "SAME_PERSON" in who.page(f"{plan}/confirm", version(who.page(f"{plan}/confirm").text)).text
    assert done(second, f"{plan}/confirm") == f"{where}/quota"
    page = who.page(f"{where}/quota").text

    assert "通知附件2" in page
    assert "样例数据" not in page
    assert page.count("0 / 5") == 4  # Hangzhou and Ningbo, claims and places


@pytest.mark.rule("R-012")
def test_an_annex_is_imported_and_a_file_that_is_none_is_refused_beside_its_field(
    sqlite_service: Service,
) -> None:
    where, who = created(sqlite_service), office(sqlite_service)
    lines = ["名额单位代码,名额单位,省级名额", *(f"{code},{code}市,{n}" for code, n in PLACES.items())]
    url = f"{where}/quota-plans/import"
    file = ("附件2.csv", "\n".join(lines).encode("gb18030"), "text/csv")

    without = who.page(url, {"source_note": "通知附件2"})
    assert (without.status_code, 'id="e-file"' in without.text) == (422, True)
    faulty = who.page(
        url, {"source_note": "通知附件2"}, files={"file": ("a.xlsx", b"PK nothing", "text/csv")}
    )
    assert (faulty.status_code, "FILE_UNREADABLE" in faulty.text) == (422, True)
    made = who.page(url, {"source_note": "通知附件2"}, files={"file": file})
    plan = who.page(made.headers["location"]).text

    assert "已导入" in plan
    assert "34 / 34" in plan
    assert "330100市" in plan


@pytest.mark.rule("I-16")
def test_a_sample_is_marked_wherever_it_shows_and_is_not_taken_over_into_a_real_plan(
    sqlite_service: Service,
) -> None:
    desk = campaign_cases.ready(sqlite_service)
    where = f"/campaigns/{desk.campaign_id}"
    plan = desk.got("GET", "/quota-plans")["items"][0]["id"]

    for page in (f"{where}/quota", f"/quota-plans/{plan}", f"{where}/board"):
        assert "样例数据" in desk.office.page(page).text, page
    editor = desk.office.page(f"{where}/quota-plans/draft").text
    assert re.findall(r'name="buckets\.0\.provincial_places"[^>]*value="([^"]*)"', editor) == [""]


@pytest.mark.rule("E-44")
def test_an_amendment_shows_what_changes_and_wants_its_decision(sqlite_service: Service) -> None:
    desk = campaign_cases.ready(sqlite_service)
    editor = f"/campaigns/{desk.campaign_id}/quota-plans/draft"
    first = typed(desk.office.page(editor).text)
    plan = done(desk.office, editor, **first | {"decision_ref": "厅党组纪要〔2026〕7号"})
    done(desk.second, f"{plan}/confirm")

    changed = typed(desk.office.page(editor).text, b330100=4, b330200=6)
    silent = done(desk.office, editor, **changed)
    refused = desk.second.page(f"{silent}/confirm", version(desk.second.page(f"{silent}/confirm").text))
    assert (refused.status_code, "DECISION_MISSING" in refused.text) == (409, True)
    page = desk.second.page(silent).text
    assert "<small>原 5</small>" in page
    done(desk.office, f"{silent}/edit", **_again(desk, silent) | {"decision_ref": "厅党组纪要〔2026〕9号"})
    done(desk.second, f"{silent}/confirm")

    usage = {one["code"]: one["kinds"][1]["places"] for one in desk.got("GET", "/quota-usage")["buckets"][:2]}
    assert usage == {"330100": 4, "330200": 6}


def test_a_recalculated_form_keeps_the_version_it_was_drawn_from(sqlite_service: Service) -> None:
    desk = campaign_cases.ready(sqlite_service)
    editor = f"/campaigns/{desk.campaign_id}/quota-plans/draft"
    plan = done(desk.office, editor, **typed(desk.office.page(editor).text))
    stale = typed(desk.office.page(f"{plan}/edit").text, b330100=1)
    done(desk.office, f"{plan}/edit", **_again(desk, plan) | {"source_note": "甲的修改"})

    asked = desk.office.page(f"{plan}/edit", params=stale).text
    refused = desk.office.page(f"{plan}/edit", stale | version(asked))

    assert version(asked) == _version_of(stale)
    assert (refused.status_code, "VERSION_CONFLICT" in refused.text) == (412, True)
    assert "甲的修改" in desk.office.page(plan).text


def _version_of(form: dict[str, str]) -> dict[str, str]:
    return {"_version": form["_version"]}


def _again(desk: Desk, plan: str) -> dict[str, str]:
    """The editor of a plan as it is shown."""
    page = desk.office.page(f"{plan}/edit").text
    inputs = re.findall(r'name="([a-z][\w.]+)"[^>]* value="([^"]*)"', page)
    return {name: value for name, value in inputs if not name.startswith("_")}


@pytest.mark.rule("R-001", "R-003", "R-012", "R-017", "I-13")
def test_the_office_sets_up_and_opens_a_campaign_on_pages_alone(sqlite_service: Service) -> None:
    where = created(sqlite_service)
    who, second = office(sqlite_service), sqlite_service.person(Role.STEERING_OFFICE, "ZJ", "second")
    for kind, title, number, issuer in campaign_cases.PAPERS:
        paper = {"kind": kind, "title": title, "document_no": number, "issuer": issuer}
        done(who, f"{where}/documents/record", **paper, issued_on="2026-05-20")
    done(who, f"{where}/edit", **{name: str(value) for name, value in campaign_cases.DATES.items()})
    done(who, f"{where}/steps/record-decision")
    assert (
        "QUOTA_NOT_CONFIRMED"
        in who.page(f"{where}/steps/configure", version(who.page(where + "/edit").text)).text
    )
    editor = f"{where}/quota-plans/draft"
    plan = done(who, editor, **typed(who.page(editor).text))
    done(second, f"{plan}/confirm")
    done(who, f"{where}/steps/configure")
    done(who, f"{where}/steps/open")
    page = who.page(where).text

    assert '<span class="stage stage-open">推荐申报中</span>' in page
    assert "下一步：截止报送" in page
    assert who("GET", where).json()["stage"] == "OPEN"
    closed = who.page(f"{where}/edit", version(who.page(f"{where}/edit").text) | {"title": "改名称试试"})
    assert (closed.status_code, "CAMPAIGN_NOT_EDITABLE" in closed.text) == (409, True)
