"""A case from the clerk's window to its filing in Chromium, with the script and without; every page of it on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from app.domain.access import Role
from app.domain.ids import shown
from app.domain.nomination import Stage
from tests.flow_cases import HANGZHOU, STATEMENT, XIHU, Flow, flow
from tests.flow_steps import HEARD
from tests.plugins.service import Caller, Service
from tests.web.browsing import Desks, Seat, faults, seated, served
from tests.web.test_case_path import declared, opinion

AFTER = "2026-07-09"


@pytest.fixture
def address(sqlite_service: Service) -> Iterator[str]:
    with served(sqlite_service) as found:
        yield found


def everybody(f: Flow) -> dict[str, Caller | None]:
    """Who works on it, by the name of their desk."""
    return {
        "clerk": f.filer(),
        "county": f.officer(),
        "city": f.officer(HANGZHOU),
        "approver": f.approver(),
        "desk": f.service.person(Role.DISCIPLINE_OFFICER, HANGZHOU),
        "anybody": None,
    }


def put_forward(desks: Desks, f: Flow) -> str:
    """The clerk registers a window and hands its case in."""
    clerk = desks.clerk
    window = clerk.sends(
        "/windows/register",
        name="文三路社保窗口",
        address="文三路 1 号",
        window_type="SOCIAL_INSURANCE",
        affiliation_level="50",
    )
    case = clerk.sends(f"/nominations/create?window={window.removeprefix('/windows/')}", statement=STATEMENT)
    clerk.sends(f"{case}/declarations", **declared())
    clerk.sends(f"{case}/write-up", text="优" * 4000)
    clerk.sends(f"{case}/submit")
    return case


def passed_up(desks: Desks, case: str) -> None:
    """The county hears the public and endorses, the city reviews and clears."""
    record = desks.county.sends(
        f"{case}/consultation",
        methods=["FORUM"],
        held_from="2026-06-20",
        held_to="2026-06-28",
        participants="126",
        summary=HEARD,
        signer="王敏",
    )
    desks.county.sends(f"{record}/conclude")
    desks.county.sends(f"{case}/review", **opinion())
    desks.county.sends(f"{case}/endorse")
    desks.city.sends(f"{case}/review", **opinion())
    desks.approver.sends(f"{case}/clear")


def published(desks: Desks, f: Flow) -> str:
    notice = desks.city.sends(
        f"/campaigns/cmp_{f.campaign_id.hex}/draft-notice",
        title="推荐对象公示",
        basis="浙劳社〔2026〕1号",
        contact_office="市局监察室",
        contact_phone="0571-85110000",
    )
    desks.approver.sends(f"{notice}/review")
    desks.approver.sends(f"{notice}/publish")
    return notice


def objected_and_answered(desks: Desks, notice: str, handler: str) -> None:
    """Anybody objects on the public page; the city's own desk looks into it and finds nothing."""
    page = desks.anybody.goes(f"/public{notice}/object")
    page.select_option('main [name="item_id"]', index=1)
    page.check('main [name="identity_kind"][value="ANONYMOUS"]')
    page.fill('main [name="content"]', "该窗口申报的群众满意率与实际不符，请予核查。")
    if page.locator('main [name="has_leads"]').count():
        page.check('main [name="has_leads"]')
    page.click("main button.submit")
    page.wait_for_selector('main [role="status"] code')
    desk = desks.desk
    link = desk.goes("/objections").locator("main table a").first.get_attribute("href")
    assert link
    desk.sends(f"{link}/assign", handler_id=handler)
    for step in ("accept", "investigate"):
        desk.sends(f"{link}/{step}")
    desk.sends(f"{link}/conclude", result="NOT_UPHELD", finding="经核查不属实。")
    if desk.goes(link).locator(f'main a[href="{link}/close"]').count():
        desk.sends(f"{link}/close")


def recommended_and_filed(desks: Desks, case: str, f: Flow) -> None:
    values = {
        "data.award_level": "PROVINCIAL",
        "data.unit_nature": "PUBLIC_INSTITUTION",
        "data.unit_rank": "无",
        "data.head_name": "李强",
        "data.head_post": "主任",
        "data.staff_count": "12",
        "data.contact_name": "王敏",
        "data.contact_phone": "0571-85110000",
        "data.discipline_history.has_occurred": "false",
        "data.main_merits": "群众满意率高。",
        "data.notice_result": "已公示，无异议。",
    }
    for key in ("unit_opinion", "county_opinion", "city_opinion"):
        signed = {"text": "同意推荐。", "signer": "李强", "signed_on": AFTER}
        values |= {f"data.{key}.{name}": value for name, value in signed.items()}
    desks.city.sends(f"{case}/form", **values)
    for seat, level in ((desks.county, "county"), (desks.city, "municipal")):
        seat.sends(f"{case}/seals/{level}", sealed_on=AFTER, approved_by="陈立", signer="李强")
    desks.approver.sends(f"/campaigns/cmp_{f.campaign_id.hex}/ranking/{HANGZHOU}")
    desks.approver.sends(f"{case}/recommend")
    desks.approver.sends(f"{case}/file")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_clerk_files_a_window_and_the_city_takes_it_to_the_province(
    browser: Browser, address: str, sqlite_service: Service, script: bool
) -> None:
    f = flow(sqlite_service)
    desks = Desks(browser, address, everybody(f), java_script_enabled=script)

    case = put_forward(desks, f)
    passed_up(desks, case)
    notice = published(desks, f)
    discipline = sqlite_service.person(Role.DISCIPLINE_OFFICER, HANGZHOU)
    objected_and_answered(desks, notice, shown("per", discipline.person_id))
    sqlite_service.clock.advance(days=8)
    recommended_and_filed(desks, case, f)

    page = desks.clerk.goes(case)
    assert page.locator(".page-head .stage").inner_text().endswith("已报送")
    assert page.locator('.way [aria-current="step"]').inner_text() == "受理"
    assert desks.complaints == []


def test_no_page_of_a_case_has_a_fault_of_accessibility_or_is_wider_than_the_screen(
    browser: Browser, address: str, sqlite_service: Service, axe_source: str
) -> None:
    f = flow(sqlite_service)
    screens = every_screen(f)
    found = []
    for width, language in ((1280, "zh-CN"), (360, "zh-CN"), (1280, "en"), (360, "en")):
        options = {"viewport": {"width": width, "height": 800}, "locale": language, "bypass_csp": True}
        for who, urls in screens:
            seat = seated(browser, address, who, **options)
            found += [
                f"{language} {width} {url}: {one}" for url in urls for one in wrong(seat, url, axe_source)
            ]

    assert found == []


def every_screen(f: Flow) -> list[tuple[Caller, list[str]]]:
    """The pages of a draft, of a cleared and of a filed case, by who works on them."""
    draft, cleared, filed = f"/nominations/{f.draft()['id']}", f.at(Stage.CLEARED), f.at(Stage.FILED)
    unit = ("declarations", "write-up", "form", "files", "statement", "submit")
    level = ("review", "return", "reject", "departments", "seals", "undo")
    host = ("accept", "return-for-correction", "receipts", "withdraw")
    lists = ["/", "/windows", "/windows/register", "/nominations", "/nominations/create"]
    ranking = f"/campaigns/cmp_{f.campaign_id.hex}/ranking/{HANGZHOU}"
    return [
        (f.filer(), [*lists, draft, *(f"{draft}/{one}" for one in unit)]),
        (f.approver(), ["/", ranking, cleared.url, *(f"{cleared.url}/{one}" for one in level)]),
        (f.office, ["/", filed.url, *(f"{filed.url}/{one}" for one in host)]),
    ]


def wrong(seat: Seat, url: str, axe_source: str) -> list[str]:
    """The faults of one page."""
    page = seat.goes(url)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return faults(page, axe_source) + (["wider than the screen"] if wide else [])


def test_everything_on_a_case_is_reached_and_done_from_the_keyboard(
    browser: Browser, address: str, sqlite_service: Service
) -> None:
    f = flow(sqlite_service)
    case = f.at(Stage.SUBMITTED)
    county = seated(browser, address, f.officer())
    page = county.goes(case.url)
    wanted = page.evaluate(
        "[...document.querySelectorAll('main a[href], main button, main summary, main input:not([type=hidden])')].length"
    )
    reached = 0
    for _ in range(wanted + 30):
        page.keyboard.press("Tab")
        reached += page.evaluate(
            "(() => { const e = document.activeElement; if (!e.closest('main') || e.dataset.seen) { return 0; }"
            " e.dataset.seen = '1'; return e.matches('a[href], button, summary, input') ? 1 : 0; })()"
        )

    assert reached == wanted > 10
    page.locator(f'main a[href="{case.url}/return"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-reason")
    page.focus("#f-reason")
    page.keyboard.type("材料不完整。")
    page.focus('[name="checklist.0.part"]')
    page.keyboard.press("ArrowDown")
    page.focus('[name="checklist.0.text"]')
    page.keyboard.type("请核对窗口信息。")
    page.focus("main button.submit")
    page.keyboard.press("Enter")
    page.wait_for_selector("#flash")
    assert case.stage == "RETURNED"
    assert XIHU in case.departments.values()
