"""Both bodies in Chromium, with the script and without: agenda, record, a second person, the host's notice between them."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from app.domain.nomination import Stage
from tests.decision_cases import HANGZHOU, WENZHOU, Decisions, decisions, with_rules
from tests.plugins.service import Caller, Service
from tests.web.browsing import Seat, faults, seated, served
from tests.web.meeting_walk import YES, cases, decided, drafted, form, page
from tests.web.page_walk import done

HELD = {"should_attend": "9", "attended": "8"}
ALL = {"_all.votes_for": "7", "_all.votes_against": "1", "_all.abstained": "0", "_all.result": "APPROVED"}


@pytest.fixture
def address(sqlite_service: Service) -> Iterator[str]:
    with served(sqlite_service) as found:
        yield found


def asked_for_notice(service: Service) -> Decisions:
    """Hangzhou has two places and two cases, Wenzhou one place and two cases; the host gives notice before it decides."""
    d = decisions(service, {HANGZHOU: 2, WENZHOU: 1}, {HANGZHOU: 2, WENZHOU: 2})

    def on(rules: dict[str, Any]) -> None:
        rules["notice"]["host_notice_for_all"] = True

    with_rules(service, d.campaign_id, on)
    return d


def recorded(office: Seat, d: Decisions, purpose: str, held_on: str, minutes_no: str, script: bool) -> str:
    """From the agenda to the record: the proposed ones are ticked, the common votes typed, the sums read."""
    screen = office.goes(page(d, f"agenda?purpose={purpose}"))
    screen.get_by_role("link", name="拟定议程或登记结果").click()
    screen.wait_for_selector("#sum")
    for name, value in {**HELD, **ALL, "held_on": held_on, "minutes_no": minutes_no}.items():
        field = screen.locator(f'main [name="{name}"]')
        field.select_option(value) if name.endswith("result") else field.fill(value)
    if not script:
        screen.get_by_role("button", name="核算").click()
    expect(screen.locator("#sum")).to_contain_text("按票数通过 3 项、未通过 0 项")
    screen.locator("main button.submit").click()
    screen.wait_for_selector("#flash")
    where = screen.url.removeprefix(office.address)
    office.sends(f"{where}/record")
    return where


def confirmed_from_the_inbox(second: Seat, where: str) -> None:
    second.goes("/").locator(f'main a[href="{where}/confirm"]').click()
    second.page.wait_for_selector("main button.submit")
    second.page.locator("main button.submit").click()
    second.page.wait_for_selector("#flash")


def given_notice(office: Seat, second: Seat, d: Decisions) -> None:
    notice = office.sends(
        page(d, "draft-notice"),
        title="拟表彰对象公示",
        basis="浙劳社〔2026〕1号",
        contact_office="省厅监察室",
        contact_phone="0571-87050000",
    )
    second.sends(f"{notice}/review")
    second.sends(f"{notice}/publish")


@pytest.mark.rule("R-029", "R-030", "R-032", "I-13")
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_office_records_both_meetings_and_gives_notice_between_them(
    browser: Browser, address: str, sqlite_service: Service, script: bool
) -> None:
    d = asked_for_notice(sqlite_service)
    office, second = (
        seated(browser, address, who, java_script_enabled=script) for who in (d.office, d.second)
    )

    review = recorded(office, d, "REVIEW", "2026-06-30", "纪要〔2026〕7号", script)
    confirmed_from_the_inbox(second, review)
    assert d.stages() == [Stage.REVIEWED, Stage.REVIEWED, Stage.REVIEWED, Stage.EVALUATED]
    stopped = office.goes(page(d, "agenda?purpose=DETERMINATION")).locator("main").inner_text()
    given_notice(office, second, d)
    running = office.goes(page(d, "agenda?purpose=DETERMINATION")).locator("main").inner_text()
    sqlite_service.clock.advance(days=8)
    determination = recorded(office, d, "DETERMINATION", "2026-07-08", "厅党组纪要〔2026〕21号", script)
    confirmed_from_the_inbox(second, determination)

    assert "其中 3 项暂不能作出决定" in stopped
    assert running.count("公示至 2026-07-08 24:00 结束") == 3
    assert d.stages()[:3] == [Stage.DETERMINED] * 3
    assert office.complaints + second.complaints == []


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
