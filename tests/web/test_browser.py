"""The pages in a real browser: no fault of accessibility, no violation of the policy, the focus where it belongs."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from app.domain.access import Role
from app.domain.text import count_characters
from tests.plugins.service import Service
from tests.web.browsing import faults, opened, served

RENAME = "/regions/330110/rename"


@pytest.fixture
def address(sqlite_service: Service) -> Iterator[str]:
    """The service on a port of its own."""
    with served(sqlite_service) as found:
        yield found


@pytest.fixture
def signed_in(sqlite_service: Service, address: str) -> dict[str, Any]:
    officer = sqlite_service.person(Role.STEERING_OFFICE)
    return {"name": "pingyou", "value": officer.cookie, "url": address}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_list_a_form_and_its_refusal_have_no_fault_of_accessibility(
    browser: Browser, address: str, signed_in: dict[str, Any], axe_source: str, width: int, language: str
) -> None:
    size = {"width": width, "height": 800}
    page, _ = opened(browser, signed_in, viewport=size, locale=language, bypass_csp=True)

    page.goto(f"{address}/regions")
    found = faults(page, axe_source)
    page.goto(f"{address}{RENAME}")
    found += faults(page, axe_source)
    page.fill("#f-name_zh", " ")
    page.click("button.submit")
    page.wait_for_selector("#refusal")
    found += faults(page, axe_source)

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_refusal_takes_the_focus_and_the_page_keeps_its_address(
    browser: Browser, address: str, signed_in: dict[str, Any]
) -> None:
    page, complaints = opened(browser, signed_in)

    page.goto(f"{address}{RENAME}")
    page.evaluate("window.stillTheSameDocument = true")
    page.fill("#f-name_en", "As typed")
    page.fill("#f-name_zh", " ")
    page.click("button.submit")
    page.wait_for_selector("#refusal:focus")

    assert page.evaluate("window.stillTheSameDocument")
    assert page.url == f"{address}{RENAME}"
    assert page.input_value("#f-name_en") == "As typed"
    page.click("#refusal a")
    assert page.evaluate("document.activeElement.id") == "f-name_zh"
    assert complaints == []


def test_after_a_form_the_menu_the_title_and_the_news_follow(
    browser: Browser, address: str, signed_in: dict[str, Any]
) -> None:
    page, complaints = opened(browser, signed_in)

    page.goto(f"{address}{RENAME}")
    page.fill("#f-name_zh", "新余杭区")
    page.click("button.submit")
    page.wait_for_selector("#flash")

    assert page.url == f"{address}/regions?parent=330100"
    assert page.title() == "行政区划 · 评优"
    assert page.get_attribute("#nav a[aria-current=page]", "href") == "/organizations"
    page.wait_for_selector("#live:text-is('名称已更新。')", state="attached")
    page.go_back()
    page.wait_for_selector("#f-name_zh")
    assert page.input_value("#f-name_zh") == "新余杭区"
    # htmx notes the address of the tab (C43: no content, and it goes with the tab).
    stored = page.evaluate("[...Object.entries(localStorage), ...Object.entries(sessionStorage)]")
    assert [key for key, _ in stored] == ["htmx-current-path-for-history"]
    assert "新余杭区" not in str(stored)
    assert complaints == []


def test_everything_works_without_a_script(browser: Browser, address: str, signed_in: dict[str, Any]) -> None:
    page, _ = opened(browser, signed_in, java_script_enabled=False)

    page.goto(f"{address}{RENAME}")
    page.fill("#f-name_zh", " ")
    page.click("button.submit")
    assert page.locator("#refusal").count() == 1
    page.fill("#f-name_zh", "无脚本")
    page.click("button.submit")

    assert page.url == f"{address}/regions?parent=330100"
    assert page.locator("text=无脚本").count() == 1


def test_an_answer_that_is_no_page_of_ours_does_not_empty_the_form(
    browser: Browser, address: str, signed_in: dict[str, Any]
) -> None:
    page, _ = opened(browser, signed_in)
    page.goto(f"{address}{RENAME}")
    page.route(f"**{RENAME}", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))

    page.fill("#f-name_zh", "写了很久")
    page.click("button.submit")
    page.wait_for_selector("#live:not(:empty)")

    assert page.input_value("#f-name_zh") == "写了很久"
    assert page.inner_text("#live") == "连接中断，内容未提交，请稍后重试。"


TEXTS = [
    "窗口服务，一次告知。",
    "办理 3 天 ABC def",
    "“好”——100%…",
    "　　缩进",
    "café 咖啡",
    "(a) b; c",
    "アイ 한글",
]


def test_the_page_counts_characters_as_the_service_does(
    browser: Browser, address: str, signed_in: dict[str, Any]
) -> None:
    page, _ = opened(browser, signed_in, bypass_csp=True)
    page.goto(f"{address}/regions")
    field = '<textarea id="t" data-count="c-t"></textarea><p><span id="c-t"></span><output data-unit="字"></output></p>'
    page.evaluate("html => document.getElementById('main').insertAdjacentHTML('beforeend', html)", field)
    shown = []
    for text in TEXTS:
        page.fill("#t", text)
        shown.append(page.inner_text("output"))

    assert shown == [f"{count_characters(text)} 字" for text in TEXTS]
