"""One campaign from what was filed to the honour roll in Chromium, each act by its own person, with the script and without.

Reviewers score, one of them stands aside, the office locks and ranks, both bodies decide around the host's notice, one
window goes on to the ministry, and the award event is held. Nothing on the way is done over the API.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from app.domain.ids import shown
from tests import ministry_cases as m
from tests.flow_cases import HOST
from tests.flow_steps import NOTICE_DAYS, POINTS
from tests.plugins.service import Caller, Service
from tests.web import deciding_walk as deciding
from tests.web import judging_walk as judging
from tests.web.browsing import Desks, served
from tests.web.test_ministry_pages import VIDEO, national, opinion
from tests.whole_campaign import LIANDU, UNIT, XIHU, Whole, filed

SPONSORS = (XIHU, XIHU, LIANDU, XIHU, LIANDU, UNIT)
TOP, *OTHERS = ("沈括", "苏颂", "宋慈")
SUBSTITUTE = "秦九韶"
"""The bench scores every case; the substitute takes the one from which the first of them stands aside."""
AFTER_FILING = 92


@pytest.fixture
def address(sqlite_service: Service) -> Iterator[str]:
    with served(sqlite_service) as found:
        yield found


@dataclass
class Walk:
    """The campaign, who sits before which window, and whether their browsers run scripts."""

    whole: Whole
    desks: Desks
    script: bool

    @property
    def campaign(self) -> str:
        return f"/campaigns/{shown('cmp', self.whole.flow.campaign_id)}"

    @property
    def today(self) -> str:
        return self.whole.at["FILED"][0].today

    def later(self, days: int) -> None:
        self.whole.service.clock.advance(days=days)


def everybody(w: Whole) -> dict[str, Caller | None]:
    """Who works on it, by the name of their desk."""
    d = w.decisions
    return {
        "office": w.flow.office,
        "second": d.second,
        "filer": m.filer(d, XIHU),
        "county": m.officer(d, XIHU),
        "city": m.officer(d),
        "checker": m.checker(d),
        "anybody": None,
        **{name: w.evaluation.person(name) for name in (TOP, *OTHERS, SUBSTITUTE)},
    }


def checked(walk: Walk) -> None:
    """The office closes the filing and passes the formal check of each case."""
    office = walk.desks.office
    office.sends(f"{walk.campaign}/steps/close-filing")
    expect(office.page.locator("#flash")).to_contain_text("截止报送：已办理。")
    for case in walk.whole.at["FILED"]:
        office.sends(f"{case.url}/accept", checked=POINTS)
    expect(office.page.locator(f'main a[href="{walk.campaign}/reviewers"]')).to_be_visible()
    office.sends(f"{walk.campaign}/steps/start-evaluation")


def benched(walk: Walk, *names: str) -> None:
    """Appointed by the office, declared by themselves."""
    for name in names:
        person = walk.whole.evaluation.person(name)
        judging.appointed(walk.desks.office, walk.whole.service, walk.campaign, person)
        judging.declared(walk.desks.seats[name])


def assigned(walk: Walk) -> None:
    """All cases opened, and the whole bench given to each by an automatic run."""
    office = walk.desks.office
    office.sends(f"{walk.campaign}/evaluation/open")
    office.sends(f"{walk.campaign}/assignment-runs/start", due_on="2026-10-30", seed="2026")


def reassigned(walk: Walk) -> None:
    """One reviewer stands aside from one case; the office finds a substitute for it."""
    case, office = walk.whole.at["FILED"][-1], walk.desks.office
    window = office.goes(case.url).locator("main h1").inner_text()
    judging.stands_aside(walk.desks.seats[TOP], window)
    benched(walk, SUBSTITUTE)
    row = office.goes(f"{walk.campaign}/assignments").get_by_role("row", name=window)
    expect(row).to_contain_text("回避")
    row.get_by_role("link", name=window).click()
    office.page.wait_for_selector("#f-reviewer_id")
    office.sends(
        f"{case.url}/assign",
        reviewer_id=office.page.locator("#f-reviewer_id option").last.get_attribute("value"),
        due_on="2026-10-30",
        reason="替补回避的评审员",
    )


def scored(walk: Walk) -> None:
    """Five cases by keyboard, all other sheets by the rest of the bench."""
    lost: dict[str, int] = {}
    judging.scored_by_keyboard(walk.desks.seats[TOP], len(SPONSORS) - 1, lost, walk.script)
    window = walk.desks.office.goes(walk.whole.at["FILED"][-1].url).locator("main h1").inner_text()
    lost[window] = len(lost)
    for name in OTHERS:
        judging.scored(walk.desks.seats[name], len(SPONSORS), lost)
    judging.scored(walk.desks.seats[SUBSTITUTE], 1, lost)


def ranked(walk: Walk) -> None:
    """The office locks what is in, takes the ranking and lays it before the bodies."""
    office = walk.desks.office
    office.sends(f"{walk.campaign}/evaluation/lock")
    office.sends(f"{walk.campaign}/rankings/take")
    values = office.page.locator("main table strong").all_inner_texts()
    assert {f"{100 - number / 2:.2f}" for number in range(len(SPONSORS))} <= set(values)
    office.page.locator(f'main a[href="{walk.campaign}/steps/start-determination"]').click()
    office.page.wait_for_selector("main button.submit")
    office.page.locator("main button.submit").click()
    expect(office.page.locator("#flash")).to_be_visible()


def determined(walk: Walk) -> None:
    """The first body, the provincial notice, and the second body when its term has run."""
    decided(walk, "REVIEW", "纪要〔2026〕7号", len(SPONSORS))
    second_body = agenda(walk, "DETERMINATION")
    stopped = walk.desks.office.goes(second_body).locator("main").inner_text()
    deciding.given_notice(walk.desks, walk.campaign, "拟表彰对象公示")
    running = walk.desks.office.goes(second_body).locator("main").inner_text()
    walk.later(NOTICE_DAYS)
    decided(walk, "DETERMINATION", "厅党组纪要〔2026〕21号", len(SPONSORS))
    assert f"其中 {len(SPONSORS)} 项暂不能作出决定" in stopped
    assert running.count("24:00 结束") == len(SPONSORS)


def decided(walk: Walk, purpose: str, minutes_no: str, count: int) -> None:
    record = {"held_on": walk.today, "minutes_no": minutes_no}
    deciding.decided(walk.desks, agenda(walk, purpose), record, count, script=walk.script)


def agenda(walk: Walk, purpose: str) -> str:
    return f"{walk.campaign}/agenda?purpose={purpose}"


def put_forward(walk: Walk) -> str:
    """Hangzhou's best is proposed and assessed, stands at the host's notice, and is decided on a second time."""
    office = walk.desks.office
    best = office.goes(f"{walk.campaign}/ministry/propose").locator("#f-nomination_id option").nth(1)
    page = office.sends(f"{walk.campaign}/ministry/propose", nomination_id=best.get_attribute("value"))
    office.sends(
        f"{page}/assess",
        **{
            "team.0.name": "王文",
            "team.0.organization_id": shown("org", walk.whole.service.organization(HOST).id),
            "assessed_on": walk.today,
            "method": "实地考核",
            "findings": "服务规范，群众满意率高。",
            "result": "PASSED",
        },
    )
    deciding.given_notice(walk.desks, walk.campaign, "拟报部优质服务窗口公示")
    walk.later(NOTICE_DAYS)
    decided(walk, "MINISTRY_RECOMMENDATION", "厅党组纪要〔2026〕23号", 1)
    return page


def documented(walk: Walk, page: str) -> None:
    """The national form, the write-up and its quality, the video, seals from the county up, copies."""
    desks = walk.desks
    desks.filer.sends(f"{page}/write-up", body="优" * 4000)
    desks.checker.sends(f"{page}/quality-check", checks=m.CHECKS)
    desks.filer.sends(f"{page}/video", **{k: v for k, v in VIDEO.items() if "criterion" not in k})
    desks.county.sends(f"{page}/form", **national(**opinion("county_opinion")))
    desks.city.sends(f"{page}/form", **opinion("city_opinion"))
    link = desks.office.goes(page).get_by_role("link", name="查看推荐全卷")
    case = link.get_attribute("href")
    signed = {"sealed_on": walk.today, "approved_by": "陈立", "signer": "李强"}
    for seat, level in ((desks.county, "county"), (desks.city, "municipal"), (desks.office, "provincial")):
        seat.sends(f"{case}/seals/{level}", **signed)
    for kind, copies in (("ministry-writeup", "5"), ("disc", "2")):
        desks.office.sends(f"{case}/receipts/{kind}", copies=copies, complete=["true"])


def reported_and_awarded(walk: Walk, page: str) -> None:
    """The report with its number; then the event of the year and everybody conferred."""
    office = walk.desks.office
    office.sends(f"{page}/report", document_no="浙劳社〔2026〕88号")
    office.sends(
        f"{walk.campaign}/award-event",
        title="优质服务窗口表彰会",
        merged_with="2026年全省劳动保障工作会议",
        held_on=walk.today,
    )
    office.sends(f"{walk.campaign}/confer")


@pytest.mark.rule(
    "R-016", "R-018", "R-021", "R-029", "R-030", "R-032", "R-033", "R-038", "I-11", "I-12", "I-13"
)
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_filed_campaign_is_scored_decided_reported_and_awarded_by_its_people(
    browser: Browser, address: str, sqlite_service: Service, script: bool
) -> None:
    whole = filed(sqlite_service, *SPONSORS)
    whole.flow.rules(notice={"host_notice_for_all": True})
    walk = Walk(whole, Desks(browser, address, everybody(whole), java_script_enabled=script), script)

    walk.later(AFTER_FILING)
    checked(walk)
    benched(walk, TOP, *OTHERS)
    assigned(walk)
    reassigned(walk)
    scored(walk)
    ranked(walk)
    determined(walk)
    page = put_forward(walk)
    documented(walk, page)
    reported_and_awarded(walk, page)

    assert walk.desks.filer.goes(page).locator(".page-head .stage").inner_text().endswith("已报部")
    honoured(walk)
    assert walk.desks.complaints == []


def honoured(walk: Walk) -> None:
    """What anybody reads: the roll by city, and one honour with its certificate number."""
    roll = walk.desks.anybody.goes("/public")
    roll.locator('main a[href="/public/awards"]').click()
    roll.wait_for_selector(".roll")
    cities = roll.locator(".roll-city h3").all_inner_texts()
    assert [one[:3] for one in cities] == ["杭州市", "丽水市", "浙江省"]
    assert roll.locator(".roll-city a").count() == len(SPONSORS)
    number = roll.locator(".roll-no").first.inner_text()
    roll.locator(".roll-city a").first.click()
    roll.wait_for_selector(".honour")
    assert number.endswith("-0001")
    assert number in roll.locator(".honour").inner_text()
