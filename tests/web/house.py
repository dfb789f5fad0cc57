"""The whole campaign with everything in it that a page may be about, and who is shown which page."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.domain.access import Role
from app.domain.ids import shown
from tests.client_cases import system
from tests.plugins.service import Caller
from tests.push_cases import pushing
from tests.storage import files
from tests.supervision_cases import case
from tests.whole_campaign import Whole, copied


def furnished(folder: Path, into: Path) -> Whole:
    """The kept campaign, and what it has none of: an objection, a finding, a system with what it pushed."""
    campaign = copied(folder, into)
    service = campaign.service
    c = case(service)
    c.recorded(c.published())
    alleged = {
        "veto_code": "VETO_INACTION",
        "source": "通报",
        "fact_on": "2026-03-01",
        "evidence": "通报第3号",
    }
    c.discipline("POST", f"/nominations/{shown('nom', c.nominations[0])}/veto-findings", json=alleged)
    system(service)
    city = pushing(service)
    city.caller("POST", f"/sources/{city.source}/files", files={"file": ("大厅.jpg", files.JPEG)})
    referred = {"sha256": hashlib.sha256(files.JPEG).hexdigest(), "kind": "PHOTO"}
    pushed = city.push(city.whole(materials=[referred]))
    assert pushed.status_code == 201, pushed.text
    campaign.service.people["the city's system"] = city.caller
    _rarer(campaign)
    return campaign


def readers_of(house: Whole) -> list[Caller]:
    """Everybody of the house, the office first."""
    return sorted(house.service.people.values(), key=lambda one: one is not house.flow.office)


def sights(urls: Iterable[str], readers: list[Caller]) -> Iterator[tuple[str, Caller]]:
    """The addresses that somebody is shown, each with the first who is."""
    for url in urls:
        who = next((one for one in readers if one.page(url).status_code == 200), None)
        if who:
            yield url, who


def _rarer(campaign: Whole) -> None:
    """An event of commendation, paper that was handed in, and those who only read or keep accounts."""
    event = {"title": "表彰会", "merged_with": "工作会议", "held_on": "2026-12-01", "place": "杭州"}
    given = [campaign.flow.office("PUT", f"{campaign.flow.url}/award-event", json=event, version=0)]
    filed = campaign.at["FILED"][0]
    handed = {"copies": 5, "complete": True, "received_on": filed.today, "received_by": "王敏"}
    given.append(campaign.flow.office("PUT", f"{filed.url}/receipts/PAPER_WRITEUP", json=handed, version=0))
    assert [one.status_code for one in given] == [200, 200], [one.text for one in given]
    for role in (Role.AUDITOR, Role.SYSTEM_ADMIN):
        campaign.service.person(role, "ZJ")
