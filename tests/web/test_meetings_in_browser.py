"""The pages of meetings in Chromium: whole on a phone, and a refused record leads to its field."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.decision_cases import HANGZHOU, WENZHOU, Decisions, decisions
from tests.plugins.service import Caller, Service
from tests.web.browsing import faults, seated, served
from tests.web.meeting_walk import YES, cases, decided, drafted, form, page
from tests.web.page_walk import done


@pytest.fixture
def address(sqlite_service: Service) -> Iterator[str]:
    with served(sqlite_service) as found:
        yield found


def every_screen(d: Decisions) -> list[tuple[Caller, list[str]]]:
    """The pages around meetings, with a record at each stage, by who works on them."""
    review = decided(d, "REVIEW", dict.fromkeys(range(4), YES))
    decided(d, "DETERMINATION", {0: YES})
    draft = drafted(d, "DETERMINATION", {1: YES})
    waiting = drafted(d, "DETERMINATION", {2: YES}, minutes_no="纪要〔2026〕8号")
    done(d.office, f"{waiting}/record")
    purposes = ("REVIEW", "DETERMINATION", "TIE", "MINISTRY_CANDIDATES")
    forms = ("DETERMINATION", "PLACE_REALLOCATION", "ANNULMENT", "REVOCATION", "SUCCESSION", "TIE")
    office = [
        *("/", "/meetings", page(d, "meetings"), page(d, "places")),
        *(page(d, f"agenda?purpose={one}") for one in purposes),
        *(page(d, f"meetings/draft?purpose={one}") for one in forms),
        *(review, f"{review}/announce", draft, f"{draft}/edit", f"{draft}/record", f"{draft}/cancel"),
    ]
    return [(d.office, office), (d.second, ["/", waiting, f"{waiting}/confirm", f"{waiting}/revise"])]


def test_no_page_of_a_meeting_has_a_fault_of_accessibility_or_is_wider_than_the_screen(
    browser: Browser, address: str, sqlite_service: Service, axe_source: str
) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 2, WENZHOU: 2, "RESERVE": 1})
    screens = every_screen(d)
    found = []
    for width, language in ((1280, "zh-CN"), (360, "zh-CN"), (1280, "en"), (360, "en")):
        options = {"viewport": {"width": width, "height": 800}, "locale": language, "bypass_csp": True}
        for who, urls in screens:
            seat = seated(browser, address, who, **options)
            for url in urls:
                screen = seat.goes(url)
                wide = screen.evaluate("document.documentElement.scrollWidth > innerWidth")
                found += [f"{language} {width} {url}: wider than the screen"] if wide else []
                found += [f"{language} {width} {url}: {one}" for one in faults(screen, axe_source)]

    assert found == []


def test_a_refused_form_tells_its_items_by_name_and_the_link_leads_to_the_field(
    browser: Browser, address: str, sqlite_service: Service
) -> None:
    d = decisions(sqlite_service)
    office = seated(browser, address, d.office)
    screen = office.goes(page(d, "meetings/draft?purpose=REVIEW"))
    for name, value in form(cases(d, {0: {**YES, "votes_for": "八"}})).items():
        if name != "_item":
            field = screen.locator(f'main [name="{name}"]')
            field.select_option(value) if "_result" in name else field.fill(value)
    screen.locator("main button.submit").click()
    screen.wait_for_selector("#refusal")
    screen.locator("#refusal a").first.click()

    assert screen.evaluate("document.activeElement.id || location.hash").endswith("items.0.votes_for")
    assert office.complaints == []
