"""The evaluation in Chromium: a sheet saves itself and is not written over; every page of it on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from app.domain.ids import shown
from app.domain.nomination import Stage
from tests.evaluation_cases import WENZHOU, YINZHOU, Evaluation, evaluation
from tests.flow_cases import HANGZHOU, NINGBO, XIHU, made
from tests.plugins.service import Caller, Service
from tests.web.browsing import faults, seated, served

SPONSORS = (XIHU, XIHU, HANGZHOU, NINGBO, YINZHOU)


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
