"""The pages about a campaign in a real browser: accessible, within the policy, on a phone, sums as they are typed."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from app.domain.access import Role
from tests import campaign_cases
from tests.campaign_cases import Desk
from tests.plugins.service import Service
from tests.web import campaign_walk
from tests.web.browsing import faults, opened, served


@pytest.fixture
def address(sqlite_service: Service) -> Iterator[str]:
    """The service on a port of its own."""
    with served(sqlite_service) as where:
        yield where


@pytest.fixture
def signed_in(sqlite_service: Service, address: str) -> dict[str, Any]:
    officer = sqlite_service.person(Role.STEERING_OFFICE)
    return {"name": "pingyou", "value": officer.cookie, "url": address}


@pytest.fixture
def desk(sqlite_service: Service) -> Desk:
    """A campaign with papers, dates and a confirmed sample allocation, not yet begun."""
    return campaign_cases.ready(sqlite_service)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_a_campaign_have_no_fault_of_accessibility_and_fit_a_phone(
    browser: Browser,
    address: str,
    desk: Desk,
    signed_in: dict[str, Any],
    axe_source: str,
    width: int,
    language: str,
) -> None:
    size = {"width": width, "height": 800}
    page, _ = opened(browser, signed_in, viewport=size, locale=language, bypass_csp=True)
    found: dict[str, Any] = {}
    for url in campaign_walk.addresses(desk):
        answer = page.goto(f"{address}{url}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[url] = [answer.status if answer else 0, max(wide, width), *faults(page, axe_source)]

    assert {url: seen for url, seen in found.items() if seen != [200, width]} == {}
    assert len(found) > 30


def test_the_pages_of_a_campaign_keep_to_the_policy(
    browser: Browser, address: str, desk: Desk, signed_in: dict[str, Any]
) -> None:
    page, complaints = opened(browser, signed_in)
    for url in campaign_walk.addresses(desk):
        page.goto(f"{address}{url}")

    assert complaints == []


def test_the_sums_of_an_allocation_follow_what_is_typed(
    browser: Browser, address: str, desk: Desk, signed_in: dict[str, Any]
) -> None:
    page, complaints = opened(browser, signed_in)
    plan = desk.got("GET", "/quota-plans")["items"][0]["id"]
    page.goto(f"{address}/quota-plans/{plan}/edit")
    assert "表彰名额合计 34，方案总数 34" in page.inner_text("#sum")
    page.evaluate("window.stillTheSameDocument = true")
    page.fill("[name='buckets.0.provincial_places']", "4")
    page.wait_for_selector("#sum:has-text('表彰名额合计 33，方案总数 34')")
    page.fill("[name='buckets.0.provincial_places']", "5")
    page.wait_for_selector("#sum:has-text('合计相符。')")

    assert page.evaluate("window.stillTheSameDocument")
    assert page.evaluate("document.activeElement.name") == "buckets.0.provincial_places"
    assert page.url == f"{address}/quota-plans/{plan}/edit"
    assert complaints == []
