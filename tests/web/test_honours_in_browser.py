"""From an award to the ministry and to the public roll in Chromium: every page of it on a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, WENZHOU, YES, Decisions
from tests.plugins.service import Caller, Service
from tests.web.browsing import seated, served
from tests.web.test_award_pages import EVENT, award
from tests.web.test_case_in_browser import wrong


@pytest.fixture
def address(sqlite_service: Service) -> Iterator[str]:
    with served(sqlite_service) as found:
        yield found


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
