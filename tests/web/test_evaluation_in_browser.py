"""The evaluation in Chromium, with the script and without: a reviewer scores by keyboard alone, the office locks and ranks."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.domain.ids import shown
from app.domain.nomination import Stage
from tests.evaluation_cases import WENZHOU, YINZHOU, Evaluation, evaluation
from tests.flow_cases import HANGZHOU, NINGBO, XIHU, made
from tests.plugins.service import Caller, Service
from tests.web.browsing import Seat, faults, seated, served

SPONSORS = (XIHU, XIHU, HANGZHOU, NINGBO, YINZHOU)
POINTS = 28


@pytest.fixture
def address(sqlite_service: Service) -> Iterator[str]:
    with served(sqlite_service) as found:
        yield found


def prepared(service: Service) -> tuple[Evaluation, list[str], str]:
    """Five cases and one of the department's own unit, under evaluation; two of three reviewers have scored them."""
    ev = evaluation(service)
    ev.bench("二", "三")
    ev.registered("沈括", WENZHOU)
    cases = [ev.case(sponsor) for sponsor in SPONSORS]
    tied = ev.case("ZJ-SI")
    ev.bench("四")
    ev.open()
    for case in (*cases, tied):
        for name in ("二", "三", "四"):
            ev.given(case, name)
    for number, case in enumerate((*cases, tied)):
        for name in ("二", "三", "四"):
            ev.scored(case, name, C1_1=str(4 - number / 2))
    return ev, cases, tied


def declared(seat: Seat, ev: Evaluation) -> None:
    """The word on recusal, with the keyboard: nothing to declare."""
    page = seat.goes("/reviews")
    link = page.get_by_role("link", name="填写回避声明")
    link.focus()
    page.keyboard.press("Enter")
    nothing = page.locator('[name="nothing_to_declare"][value="true"]')
    expect(nothing).to_be_visible()
    nothing.focus()
    page.keyboard.press("Space")
    page.locator("main button.submit").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#flash")).to_contain_text("回避声明已签署。")
    assert made(ev.office("GET", f"{ev.url}/reviewers"))["items"][2]["declared"]


def stands_aside(seat: Seat, ev: Evaluation, case: str) -> None:
    """One case is not theirs to judge; it is gone from their list."""
    at = f"/reviews/{ev.assignment(case, '沈括')['id']}"
    page = seat.goes("/reviews")
    page.locator(f'a[href="{at}/stand-aside"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-reason")
    page.locator("#f-reason").focus()
    page.keyboard.type("曾任该单位顾问")
    page.locator("main button.submit").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#flash")).to_contain_text("已回避")
    assert page.locator(f'a[href="{at}"]').count() == 0


def scores(page: Page, script: bool, lost: int) -> None:
    """All items from the first field on: with the script Enter leads on and Alt+N submits, without it Tab and the button."""
    page.locator("input.points").first.focus()
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


def locked_and_ranked(seat: Seat, ev: Evaluation) -> str:
    """The office locks what is in and takes the ranking."""
    campaign = f"/campaigns/{shown('cmp', ev.flow.campaign_id)}"
    seat.sends(f"{campaign}/evaluation/lock")
    return seat.sends(f"{campaign}/rankings/take")


@pytest.mark.rule("R-018", "R-021", "I-11", "I-12")
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_reviewer_scores_five_cases_by_keyboard_and_the_office_locks_and_ranks(
    browser: Browser, address: str, sqlite_service: Service, script: bool
) -> None:
    ev, cases, tied = prepared(sqlite_service)
    reviewer = seated(browser, address, ev.person("沈括"), java_script_enabled=script)
    office = seated(browser, address, ev.office, java_script_enabled=script)
    if not script:
        reviewer.page.context.set_default_timeout(20_000)

    declared(reviewer, ev)
    for case in (*cases, tied):
        ev.given(case, "沈括")
    stands_aside(reviewer, ev, tied)
    page = reviewer.page
    page.locator("main a.btn-primary").focus()
    page.keyboard.press("Enter")
    for number in range(len(cases)):
        expect(page.locator(".progress-line label")).to_have_text(f"已提交 {number} 件，共 5 件")
        scores(page, script, number)
        expect(page.locator("#flash")).to_contain_text("评分已提交。")
    expect(page.locator(".queue-head")).to_contain_text("全部评分均已提交。")
    ranking = locked_and_ranked(office, ev)

    assert ranking.startswith("/rankings/rnk_")
    shown_values = re.findall(r"<strong>([\d.]+)</strong>", office.page.content())
    assert {ev.row(case).stage for case in (*cases, tied)} == {Stage.EVALUATED}
    assert "100.00" in shown_values
    assert [ev.sheet(case, "沈括")["total"] for case in cases] == [
        f"{100 - number / 2:.2f}" for number in range(5)
    ]
    assert reviewer.complaints + office.complaints == []


def test_a_sheet_is_saved_while_it_is_typed_and_another_window_is_not_written_over(
    browser: Browser, address: str, sqlite_service: Service
) -> None:
    ev, cases, _ = prepared(sqlite_service)
    made(ev.declare("沈括"))
    ev.given(cases[0], "沈括")
    at = f"/reviews/{ev.assignment(cases[0], '沈括')['id']}"
    one, two = (seated(browser, address, ev.person("沈括")) for _ in range(2))
    one.goes(at)
    two.goes(at)
    first, second = one.page.locator("input.points").first, two.page.locator("input.points").first

    first.fill("3.5")
    expect(one.page.locator("#sum-C1")).to_have_text("3.5")
    first.fill("9")
    expect(one.page.locator("#sheet-state")).to_contain_text("尚未保存")
    first.fill("3")
    expect(one.page.locator("#sum-C1")).to_have_text("3")
    second.fill("2")
    expect(two.page.locator("#sheet-state")).to_contain_text("本表在别处保存过")

    assert second.input_value() == "2"
    two.page.keyboard.press("Alt+s")
    expect(two.page.locator("#refusal")).to_contain_text("VERSION_CONFLICT")
    expect(two.page.locator(".form-saved ins")).to_have_text("3")
    assert two.page.locator("input.points").first.input_value() == "2"
    two.page.keyboard.press("Alt+s")
    expect(two.page.locator("#flash")).to_contain_text("评分已保存")
    expect(two.page.locator("#sum-C1")).to_have_text("2")
    assert one.complaints + two.complaints == []


def test_no_page_of_the_evaluation_has_a_fault_of_accessibility_or_is_wider_than_the_screen(
    browser: Browser, address: str, sqlite_service: Service, axe_source: str
) -> None:
    ev, cases, tied = prepared(sqlite_service)
    screens = while_scoring(ev, cases, tied)

    found = wrong(browser, address, axe_source, screens)
    found += wrong(browser, address, axe_source, [(ev.second, ranked(ev, cases))])

    assert found == []


def wrong(
    browser: Browser, address: str, axe_source: str, screens: list[tuple[Caller, list[str]]]
) -> list[str]:
    """The faults of these pages, wide in Chinese and narrow in English."""
    found = []
    for width, language in ((1280, "zh-CN"), (360, "en")):
        options = {"viewport": {"width": width, "height": 800}, "locale": language, "bypass_csp": True}
        for who, urls in screens:
            seat = seated(browser, address, who, **options)
            for url in urls:
                page = seat.goes(url)
                wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
                faulty = faults(page, axe_source) + (["wider than the screen"] if wide else [])
                found += [f"{language} {width} {url}: {one}" for one in faulty]
    return found


def while_scoring(ev: Evaluation, cases: list[str], tied: str) -> list[tuple[Caller, list[str]]]:
    """The pages of the evaluation with something on each, by who works on them."""
    made(ev.declare("沈括", region_codes=["331100"]))
    for case in cases[:2]:
        ev.given(case, "沈括")
    ev.scored(cases[1], "沈括", C1_1="3.5")
    ev.lock(*cases[2:], tied)
    campaign = f"/campaigns/{shown('cmp', ev.flow.campaign_id)}"
    mine = [f"/reviews/{ev.assignment(case, '沈括')['id']}" for case in cases[:2]]
    run = ev.run(per_case=4)
    items = made(ev.office("GET", f"/nominations/{cases[2]}/score-sheets"))["items"]
    sheet = f"/score-sheets/{items[0]['id']}"
    body = {"reason": "录入时串行", "entries": {"C5.5": {"points": "3", "comment": ""}}}
    asked = made(ev.office("POST", f"{sheet}/corrections", json=body))["id"]
    reviewer = f"/reviewers/{ev.reviewers['沈括']['id']}"
    ev.set(cases[1], statement="更正后的典型示范说明。")
    hub = (
        "evaluation",
        "evaluation/open",
        "evaluation/lock",
        "reviewers",
        "reviewers/register",
        "assignments",
    )
    more = ("assignment-runs", "assignment-runs/start?due_on=2026-10-30", "score-corrections", "rankings")
    case = f"/nominations/{cases[0]}"
    return [
        (ev.person("沈括"), ["/", "/reviews", *mine, f"{mine[0]}/stand-aside", f"{mine[1]}/confirm"]),
        (ev.person("沈括"), [f"{reviewer}/recusal-declaration"]),
        (ev.second, ["/", *(f"{campaign}/{page}" for page in (*hub, *more))]),
        (
            ev.second,
            [f"{reviewer}/edit", f"{case}/assign", f"{case}/scores", f"/assignment-runs/{run['id']}"],
        ),
        (
            ev.second,
            [sheet, f"{sheet}/correct", *(f"/score-corrections/{asked}{act}" for act in ("", "/decline"))],
        ),
    ]


def ranked(ev: Evaluation, cases: list[str]) -> list[str]:
    """What is still being scored drops out; the others are ranked."""
    for case in cases[:2]:
        ev.set(case, stage=Stage.WITHDRAWN, live_window_id=None)
    ranking = made(ev.office("POST", f"{ev.url}/rankings"))["id"]
    return [f"/rankings/{ranking}", f"/rankings/{ranking}/verification"]
