"""From an award to the ministry and to the public roll in Chromium, with the script and without; every page on a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from app.domain.ids import shown
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, WENZHOU, YES, Decisions
from tests.plugins.service import Caller, Service
from tests.web.browsing import Desks, seated, served
from tests.web.test_award_pages import EVENT, award
from tests.web.test_case_in_browser import wrong
from tests.web.test_ministry_pages import VIDEO, national, opinion


@pytest.fixture
def address(sqlite_service: Service) -> Iterator[str]:
    with served(sqlite_service) as found:
        yield found


def everybody(d: Decisions) -> dict[str, Caller | None]:
    """Who works on it, by the name of their desk."""
    return {
        "office": d.office,
        "second": d.second,
        "filer": m.filer(d),
        "city": m.officer(d),
        "checker": m.checker(d),
        "anybody": None,
    }


def put_forward(desks: Desks, d: Decisions) -> str:
    """Proposed by the office and assessed by a team that has nothing to do with the city."""
    page = desks.office.sends(f"{d.url('ministry')}/propose", nomination_id=d.nom(0))
    desks.office.sends(
        f"{page}/assess",
        **{
            "team.0.name": "王文",
            "team.0.organization_id": shown("org", d.service.organization("ZJ").id),
            "assessed_on": "2026-06-30",
            "method": "实地考核",
            "findings": "服务规范，群众满意率高。",
            "result": "PASSED",
        },
    )
    return page


def published(desks: Desks, d: Decisions) -> None:
    notice = desks.office.sends(
        d.url("draft-notice"),
        title="拟报部优质服务窗口公示",
        basis="浙劳社〔2026〕1号",
        contact_office="省厅监察室",
        contact_phone="0571-87050000",
    )
    desks.second.sends(f"{notice}/review")
    desks.second.sends(f"{notice}/publish")


def documented(desks: Desks, d: Decisions, page: str) -> None:
    """The national form, the write-up and its quality, the video, seals from the city up, copies."""
    case, today = f"/nominations/{d.nom(0)}", m.today(d)
    desks.filer.sends(f"{page}/write-up", body="优" * 4000)
    desks.checker.sends(f"{page}/quality-check", checks=m.CHECKS)
    desks.filer.sends(f"{page}/video", **{k: v for k, v in VIDEO.items() if "criterion" not in k})
    desks.city.sends(f"{page}/form", **national(**opinion()))
    for seat, level, unit in ((desks.city, "municipal", HANGZHOU), (desks.office, "provincial", "ZJ")):
        name = d.service.organization(unit).name
        signed = {"sealed_on": today, "approved_by": "陈立", "signer": "李强"}
        seat.sends(f"{case}/seals/{level}", name_on_seal=name, **signed)
    for kind, copies in (("ministry-writeup", "5"), ("disc", "2")):
        received = {"copies": copies, "received_on": today, "received_by": "李军", "complete": ["true"]}
        desks.office.sends(f"{case}/receipts/{kind}", **received)


@pytest.mark.rule("R-016", "R-032", "R-033", "R-038")
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_office_reports_to_the_ministry_holds_the_event_and_everybody_reads_the_roll(
    browser: Browser, address: str, sqlite_service: Service, script: bool
) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    desks = Desks(browser, address, everybody(d), java_script_enabled=script)

    page = put_forward(desks, d)
    published(desks, d)
    m.run_out(d)
    m.decided(d)
    documented(desks, d, page)
    desks.office.sends(f"{page}/report", document_no="浙劳社〔2026〕88号")
    desks.office.sends(d.url("award-event"), **(EVENT | {"held_on": m.today(d)}))
    desks.office.sends(d.url("confer"))

    assert desks.filer.goes(page).locator(".page-head .stage").inner_text().endswith("已报部")
    roll = desks.anybody.goes("/public")
    roll.locator('main a[href="/public/awards"]').click()
    roll.wait_for_selector(".roll")
    assert roll.locator(".roll-city h3").all_inner_texts()[0].startswith("杭州市")
    roll.locator(".roll-city a").first.click()
    roll.wait_for_selector(".honour")
    assert "ZJ2026-0001" in roll.locator(".honour").inner_text()
    assert desks.complaints == []


def test_no_page_of_it_has_a_fault_of_accessibility_or_is_wider_than_the_screen(
    browser: Browser, address: str, sqlite_service: Service, axe_source: str
) -> None:
    screens = every_screen(sqlite_service)
    found = []
    for width, language in ((1280, "zh-CN"), (360, "zh-CN"), (1280, "en"), (360, "en")):
        options = {"viewport": {"width": width, "height": 800}, "locale": language, "bypass_csp": True}
        for who, urls in screens:
            seat = seated(browser, address, who, **options)
            found += [
                f"{language} {width} {url}: {one}" for url in urls for one in wrong(seat, url, axe_source)
            ]

    assert found == []


def every_screen(service: Service) -> list[tuple[Caller | None, list[str]]]:
    """The pages of a track with one reported, one under way and one open to be proposed; of awards, one revoked."""
    d = m.with_ministry(service, {HANGZHOU: 2, WENZHOU: 2, "330400": 1}, fixed={HANGZHOU: 2})
    d.determined()
    m.reported(d)
    first = f"/ministry-recommendations/{m.again(d, listed(d)[0])['id']}"
    d.decide("MINISTRY_CANDIDATES", {2: YES}, held_on=m.today(d))
    second = f"/ministry-recommendations/{listed(d)[1]['id']}"
    d.office("PUT", d.url("award-event"), json=EVENT | {"held_on": m.today(d)}, version=0)
    d.office("POST", d.url("conferrals"), json={"nomination_ids": [d.nom(i) for i in (0, 2, 4)]})
    d.confirmed("REVOCATION", [{"nomination_id": d.nom(4), "ground": "FRAUD", **YES, "reason": "不实。"}])
    gone = award(d, 2)
    unit = m.officer(d, WENZHOU)
    papers = ("form", "write-up", "video")
    campaign = ("ministry", "ministry/propose", "awards", "award-event", "confer", "results", "dossier")
    return [
        (d.office, ["/", first, f"{first}/record-result", f"{first}/correction-letter", second]),
        (d.office, [f"{second}/assess", f"{second}/reject", *(d.url(one) for one in campaign)]),
        (d.office, [award(d), gone, f"{gone}/revocation"]),
        (unit, ["/", second, *(f"{second}/{one}" for one in papers)]),
        (None, ["/public", "/public/awards", f"/public{gone}"]),
    ]


def listed(d: Decisions) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = d.office("GET", d.url("ministry-recommendations")).json()["items"]
    return found
