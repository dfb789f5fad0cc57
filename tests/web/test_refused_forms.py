"""A refused form comes back with what was typed, why, and where; nothing of it was saved."""

import re

import pytest

from app.domain.access import Role
from tests.plugins.service import Caller, Service

RENAME = "/regions/330110/rename"


@pytest.fixture
def officer(sqlite_service: Service) -> Caller:
    return sqlite_service.person(Role.STEERING_OFFICE)


def version(officer: Caller) -> str:
    (found,) = re.findall(r'name="_version" value="(\d+)"', officer.page(RENAME).text)
    return str(found)


def test_a_form_that_is_taken_leads_on_and_says_so_once(officer: Caller) -> None:
    form = {"name_zh": "新余杭区", "name_en": "New Yuhang", "_version": version(officer), "_key": "one-click"}

    taken = officer.page(RENAME, form)
    cookies = f"pingyou={officer.cookie}; flash={taken.cookies['flash']}"
    after = officer.page(taken.headers["location"], headers={"Cookie": cookies})

    assert (taken.status_code, taken.headers["location"]) == (303, "/regions?parent=330100")
    assert "名称已更新。" in after.text
    assert 'flash=""' in after.headers["set-cookie"]
    assert "新余杭区" in after.text


def test_a_double_click_acts_once(officer: Caller) -> None:
    form = {"name_zh": "新余杭区", "name_en": "New Yuhang", "_version": version(officer), "_key": "one-click"}

    first, second = officer.page(RENAME, form), officer.page(RENAME, form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["location"] == first.headers["location"]


def test_a_faulty_form_shows_each_reason_at_its_field_and_keeps_what_was_typed(officer: Caller) -> None:
    form = {"name_zh": "", "name_en": "Kept <b>as typed</b>", "_version": version(officer)}

    page = officer.page(RENAME, form)

    assert page.status_code == 422
    assert page.text.startswith("<!doctype html>")
    assert page.text.count('role="alert"') == 1
    assert '<a href="#f-name_zh" hx-boost="false">中文名称</a>：此项必填。' in page.text
    assert re.search(r'id="e-name_zh"><svg[^\n]*</svg> 此项必填。</div>', page.text)
    assert re.search(r'id="f-name_zh" name="name_zh" required aria-invalid="true"', page.text)
    assert 'value="Kept &lt;b&gt;as typed&lt;/b&gt;"' in page.text
    assert 'id="e-name_en"' not in page.text


def test_the_reasons_are_said_in_the_readers_language(officer: Caller) -> None:
    page = officer.page(
        RENAME, {"name_en": "x", "_version": version(officer)}, headers={"Accept-Language": "en"}
    )

    assert page.status_code == 422
    assert "Validation failed" in page.text
    assert '<a href="#f-name_zh" hx-boost="false">Name in Chinese</a>: This field is required.' in page.text


def test_htmx_gets_the_refused_form_as_a_block(officer: Caller) -> None:
    headers = {"HX-Request": "true", "HX-Target": "main"}

    page = officer.page(RENAME, {"name_en": "x", "_version": version(officer)}, headers=headers)

    assert page.status_code == 422
    assert page.text.startswith("<title>")
    assert 'role="alert"' in page.text


def test_two_tabs_the_second_is_told_what_the_first_has_saved(officer: Caller) -> None:
    seen = version(officer)
    officer.page(RENAME, {"name_zh": "先到", "name_en": "First", "_version": seen})

    late = officer.page(RENAME, {"name_zh": "后到", "name_en": "Second", "_version": seen})

    assert late.status_code == 412
    assert "内容已被他人修改" in late.text
    assert 'value="后到"' in late.text
    assert "<ins>先到</ins>" in late.text
    assert "先到" in officer.page("/regions?parent=330100").text


def test_a_form_without_the_version_it_was_drawn_from_is_refused(officer: Caller) -> None:
    page = officer.page(RENAME, {"name_zh": "甲", "name_en": "A"})

    assert page.status_code == 428
    assert 'role="alert"' in page.text


def test_who_may_not_is_told_so_on_the_form(sqlite_service: Service) -> None:
    reviewer = sqlite_service.person(Role.REVIEWER)

    page = reviewer.page(RENAME, {"name_zh": "甲", "name_en": "A", "_version": "1"})

    assert page.status_code == 403
    assert "无此权限" in page.text


def test_a_form_whose_page_is_gone_gets_a_plain_error_page_with_the_request_id(officer: Caller) -> None:
    page = officer.page(
        "/regions/999999/rename",
        {"name_zh": "甲", "name_en": "A", "_version": "1"},
        headers={"X-Request-Id": "test-request-7"},
    )

    assert page.status_code == 404
    assert "未找到" in page.text
    assert "test-request-7" in page.text
    assert "<form" not in page.text.split('id="main"')[1]


def test_what_somebody_wrote_is_not_lost_with_the_form(officer: Caller) -> None:
    long = "很长的意见" * 20

    page = officer.page("/regions/999999/rename", {"name_zh": long, "name_en": "A", "_version": "1"})

    assert page.status_code == 422
    assert f"{long}</textarea>" in page.text


def test_an_address_that_does_not_exist_is_a_page_in_both_languages(officer: Caller) -> None:
    zh = officer.page("/no-such-page")
    en = officer.page("/no-such-page", headers={"Accept-Language": "en"})

    assert (zh.status_code, en.status_code) == (404, 404)
    assert "没有找到该内容" in zh.text
    assert "There is no such thing here" in en.text
    assert zh.headers["content-type"] == "text/html; charset=utf-8"


def test_nobody_signed_in_is_sent_to_sign_in_and_back(sqlite_service: Service) -> None:
    sent = sqlite_service.client.get("/regions?parent=330000", follow_redirects=False)
    asked_by_htmx = sqlite_service.client.get("/regions", headers={"HX-Request": "true"})

    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?next=/regions%3Fparent%3D330000")
    assert asked_by_htmx.headers["hx-redirect"] == "/sign-in?next=/regions"


def test_a_session_that_ended_while_writing_does_not_swallow_the_text(sqlite_service: Service) -> None:
    long = "写了半小时的推荐意见。" * 10

    page = sqlite_service.client.post(
        RENAME, data={"name_zh": long, "password": "p" * 40}, headers={"Origin": "http://testserver"}
    )

    assert page.status_code == 401
    assert 'href="/sign-in?next=/regions/330110/rename"' in page.text
    assert long in page.text
    assert "p" * 40 not in page.text


def test_what_another_site_typed_is_never_shown_in_our_form(officer: Caller) -> None:
    page = officer.page(RENAME, {"name_zh": "诱导填写的内容" * 10}, headers={"Origin": "http://evil.example"})

    assert page.status_code == 403
    assert "来源不被接受" in page.text
    assert "诱导填写的内容" not in page.text


def test_a_form_sent_to_a_page_that_takes_none_is_refused(officer: Caller) -> None:
    page = officer.page("/regions", {"name_zh": "甲"})

    assert page.status_code == 405
    assert "方法不允许" in page.text
    assert page.headers["allow"] == "GET"
