"""The bench of a campaign in Chromium: the office appoints and assigns, reviewers declare, stand aside and score."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from app.domain.ids import shown
from tests.evaluation_cases import WENZHOU
from tests.plugins.service import Caller, Service
from tests.web.browsing import Seat

POINTS = 28
REACH = 200
ALL_AT_ONCE = "(fields, lost) => fields.forEach((one, n) => { one.value = n < lost ? '3.5' : one.max; })"


def appointed(office: Seat, service: Service, campaign: str, person: Caller) -> None:
    """The office puts somebody from a city without a case on the bench."""
    office.sends(
        f"{campaign}/reviewers/register",
        person_id=shown("per", person.person_id),
        home_organization_id=shown("org", service.organization(WENZHOU).id),
    )


def declared(seat: Seat) -> None:
    """The word on recusal, with the keyboard, from the first page on: nothing to declare."""
    page = seat.goes("/")
    pressed(page, page.get_by_role("link", name="请签署回避声明"))
    nothing = page.locator('[name="nothing_to_declare"][value="true"]')
    expect(nothing).to_be_visible()
    reached(page, nothing)
    page.keyboard.press("Space")
    pressed(page, page.locator("main button.submit"))
    expect(page.locator("#flash")).to_contain_text("回避声明已签署。")


def stands_aside(seat: Seat, window: str) -> None:
    """One case is not theirs to judge; it is gone from their list."""
    page = seat.goes("/reviews")
    pressed(page, page.get_by_role("row", name=window).get_by_role("link", name=re.compile("^回避")))
    reached(page, page.locator("#f-reason"))
    page.keyboard.type("曾任该单位顾问")
    pressed(page, page.locator("main button.submit"))
    expect(page.locator("#flash")).to_contain_text("已回避")
    expect(page.get_by_role("link", name=window)).to_have_count(0)


def scored_by_keyboard(seat: Seat, cases: int, lost: dict[str, int], script: bool) -> None:
    """The whole queue without a mouse; `lost` learns how many half points each window loses."""
    page = seat.goes("/reviews")
    pressed(page, page.locator("main a.btn-primary"))
    for number in range(cases):
        expect(page.locator(".progress-line label")).to_have_text(f"已提交 {number} 件，共 {cases} 件")
        page.wait_for_selector("input.points")
        typed(page, script, lost.setdefault(page.locator("main h1").inner_text(), number))
        expect(page.locator("#flash")).to_contain_text("评分已提交。")
    expect(page.locator(".queue-head")).to_contain_text("全部评分均已提交。")


def typed(page: Page, script: bool, lost: int) -> None:
    """All items from the first field on: with the script Enter leads on and Alt+N submits, without it Tab and the button."""
    reached(page, page.locator("input.points").first)
    for number in range(POINTS):
        most = page.evaluate("document.activeElement.max")
        page.keyboard.type("3.5" if number < lost else most)
        if script:
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
    if script:
        page.keyboard.press("Alt+n")
        return
    page.keyboard.press("Tab")  # the first of the three buttons had the focus already: saving
    assert page.evaluate("document.activeElement.value") == "onward"
    page.keyboard.press("Enter")


def scored(seat: Seat, cases: int, lost: Mapping[str, int]) -> None:
    """The same sheets in the leaner way: all fields set at once, then the button; typing 400 more would take minutes."""
    page = seat.goes("/reviews")
    page.locator("main a.btn-primary").click()
    for number in range(cases):
        expect(page.locator(".progress-line label")).to_have_text(f"已提交 {number} 件，共 {cases} 件")
        page.wait_for_selector("input.points")
        less = lost[page.locator("main h1").inner_text()]
        page.locator("input.points").evaluate_all(ALL_AT_ONCE, less)
        page.locator('button[value="onward"]').click()
        expect(page.locator("#flash")).to_contain_text("评分已提交。")
    expect(page.locator(".queue-head")).to_contain_text("全部评分均已提交。")


def pressed(page: Page, link: Locator) -> None:
    """Gone to with Tab as anybody without a mouse goes there, and pressed."""
    reached(page, link)
    page.keyboard.press("Enter")


def reached(page: Page, target: Locator) -> None:
    """Tab until the focus is there."""
    expect(target).to_be_visible()
    for _ in range(REACH):
        page.keyboard.press("Tab")
        if target.evaluate("field => field === document.activeElement"):
            return
    raise AssertionError(f"not reached with Tab: {target}")
