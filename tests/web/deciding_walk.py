"""The bodies and the host's notice in Chromium: agenda, votes, a second person who confirms; drafted, reviewed, published."""

from collections.abc import Mapping

from playwright.sync_api import expect

from tests.web.browsing import Desks, Seat

VOTES = {
    "should_attend": "9",
    "attended": "8",
    "_all.votes_for": "7",
    "_all.votes_against": "1",
    "_all.abstained": "0",
    "_all.result": "APPROVED",
}


def decided(desks: Desks, agenda: str, typed: Mapping[str, str], count: int, *, script: bool) -> None:
    """From the agenda to the record, and what another person finds in the inbox and confirms."""
    where = recorded(desks.office, agenda, typed, count, script=script)
    second = desks.second
    second.goes("/").locator(f'main a[href="{where}/confirm"]').click()
    second.page.wait_for_selector("main button.submit")
    second.page.locator("main button.submit").click()
    second.page.wait_for_selector("#flash")


def recorded(office: Seat, agenda: str, typed: Mapping[str, str], count: int, *, script: bool) -> str:
    """The proposed ones are ticked, the common votes typed, the sums read; where the record is."""
    screen = office.goes(agenda)
    screen.get_by_role("link", name="拟定议程或登记结果").click()
    screen.wait_for_selector("#sum")
    for name, value in (VOTES | dict(typed)).items():
        field = screen.locator(f'main [name="{name}"]')
        field.select_option(value) if name.endswith("result") else field.fill(value)
    if not script:
        screen.get_by_role("button", name="核算").click()
    expect(screen.locator("#sum")).to_contain_text(f"按票数通过 {count} 项、未通过 0 项")
    screen.locator("main button.submit").click()
    screen.wait_for_selector("#flash")
    where = screen.url.removeprefix(office.address)
    office.sends(f"{where}/record")
    return where


def given_notice(desks: Desks, campaign: str, title: str) -> str:
    """Everything that waits for the host's notice, drafted by one person, reviewed and published by another."""
    notice = desks.office.sends(
        f"{campaign}/draft-notice",
        title=title,
        basis="浙劳社〔2026〕1号",
        contact_office="省厅监察室",
        contact_phone="0571-87050000",
    )
    desks.second.sends(f"{notice}/review")
    desks.second.sends(f"{notice}/publish")
    return notice
