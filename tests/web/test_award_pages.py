"""Awards at the pages: event, conferring, revocation, results told; the roll and the archive, without any script."""

import re
from html import unescape
from typing import Any

import pytest

from app.db.tables.campaigns import Campaign
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.ids import shown
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, WENZHOU, YES, Decisions, decisions
from tests.plugins.service import Caller, Service
from tests.web.page_walk import done, sent

EVENT = {"title": "优质服务窗口表彰会", "merged_with": "2026年全省劳动保障工作会议", "held_on": "2026-07-01"}


def conferred(d: Decisions, *indexes: int) -> str:
    """Determined, the event held, everybody conferred; where the roll is."""
    d.determined(*indexes)
    done(d.office, d.url("award-event"), **EVENT, place="杭州")
    done(d.office, d.url("confer"), nomination_ids=[d.nom(index) for index in indexes])
    return f"/public/awards?campaign={shown('cmp', d.campaign_id)}"


def anybody(service: Service, url: str, language: str = "zh") -> Any:
    return service.client.get(url, headers={"Accept-Language": language}, follow_redirects=False)


def award(d: Decisions, number: int = 0) -> str:
    found: str = d.office("GET", d.url("awards")).json()["items"][number]["id"]
    return f"/awards/{found}"


def revoked(d: Decisions, index: int = 0) -> None:
    item = {"nomination_id": d.nom(index), "ground": "FRAUD", **YES, "reason": "申报数据不实。"}
    d.confirmed("REVOCATION", [item], held_on="2026-07-01")


@pytest.mark.rule("R-016", "G-15")
def test_the_office_holds_the_event_confers_and_the_public_reads_the_roll(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    empty = anybody(sqlite_service, "/public/awards")
    d.determined(0, 2)
    waiting, home = d.office.page(d.url("awards")).text, d.office.page("/").text
    done(d.office, d.url("award-event"), **EVENT)
    done(d.office, d.url("confer"))

    listed = d.office.page(d.url("awards")).text
    roll = anybody(sqlite_service, "/public/awards").text
    one = d.office.page(award(d)).text

    assert "尚未公布表彰" in empty.text
    assert (f'href="{d.url("confer")}"' in waiting, "杭州市" in waiting) == (True, True)
    assert ("2 个已审定的窗口待授予表彰" in home, "<td>授予表彰<br>" in home) == (
        True,
        False,
    )  # once, together
    assert ("ZJ2026-0001" in listed, "2026年全省劳动保障工作会议" in listed) == (True, True)
    assert roll.index("杭州市") < roll.index("ZJ2026-0001") < roll.index("ZJ2026-0002")
    assert f'href="{award(d)}/certificate"' in one
    assert 'href="/public/awards"' in anybody(sqlite_service, "/public").text


@pytest.mark.rule("R-004", "R-016")
def test_a_refused_conferral_says_why_and_confers_nobody(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)

    bare = sent(d.office, d.url("confer"), nomination_ids=[d.nom(0)])
    early = sent(d.office, d.url("award-event"), **(EVENT | {"held_on": "2026-06-29"}))
    city = sqlite_service.person(Role.APPROVING_OFFICER, HANGZHOU)
    other = city.page(d.url("confer"), {"document_no": "1"})

    assert (bare.status_code, "AWARD_REFERENCE_MISSING" in bare.text) == (422, True)
    assert (early.status_code, "AWARD_DATE_TOO_EARLY" in early.text) == (409, True)
    assert (other.status_code, "PERMISSION_MISSING" in other.text) == (403, True)
    assert d.office("GET", d.url("awards")).json()["items"] == []
    assert (
        "杭州市劳动和社会保障局窗口1" not in city.page(d.url("awards")).text
    )  # not told before it is conferred


@pytest.mark.rule("E-42", "G-15", "D-13")
def test_a_revoked_award_stays_where_it_was_and_says_so_in_both_languages(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    roll = conferred(d, 0, 2)
    where = award(d)
    revoked(d)
    wrong = sent(d.office, f"{where}/revocation", announced_on="2026-07-02")
    done(d.office, f"{where}/revocation", proposed_by="杭州市局", announced_on="2026-07-01")

    zh, en = anybody(sqlite_service, roll).text, anybody(sqlite_service, roll, "en").text
    own = anybody(sqlite_service, f"/public{where}").text

    assert (wrong.status_code, "REVOCATION_DATE_INVALID" in wrong.text) == (422, True)
    assert (zh.count('class="gone"'), "已撤销 · 2026年7月1日" in zh) == (1, True)
    assert ("Revoked" in en, "Honour roll" in en) == (True, True)
    assert ("该表彰已撤销" in own, "弄虚作假" in own, "申报数据不实" in own) == (True, True, False)
    listed = d.office.page(d.url("awards")).text
    assert ("不自动递补" in listed or "已撤销" in listed, "杭州市局" in d.office.page(where).text) == (
        True,
        True,
    )


@pytest.mark.rule("E-42")
def test_nothing_follows_a_revocation_that_was_not_decided(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    conferred(d, 0)
    where = award(d)

    form = d.office.page(f"{where}/revocation").text
    answer = d.office.page(f"{where}/revocation", {"_version": "1", "announced_on": "2026-07-01"})

    assert "没有被撤销" in form
    assert (answer.status_code, "AWARD_NOT_REVOKED" in answer.text) == (409, True)
    assert "登记撤销表彰的会议" in d.office.page(where).text


def test_the_roll_is_narrowed_by_campaign_city_and_year(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    conferred(d, 0, 2)
    other = decisions(sqlite_service, {WENZHOU: 1}, {WENZHOU: 1}, code="zj2027")
    conferred(other, 0)
    client = sqlite_service.client

    def numbers(query: str) -> list[str]:
        return re.findall(r"ZJ202[67]-\d{4}", anybody(sqlite_service, f"/public/awards{query}").text)

    cities = client.get("/api/v1/public/awards?city=杭州市").json()["items"]
    assert numbers("") == ["ZJ2027-0001", "ZJ2026-0001", "ZJ2026-0002"]
    assert numbers(f"?campaign={shown('cmp', other.campaign_id)}") == ["ZJ2027-0001"]
    assert numbers("?city=杭州市") == ["ZJ2026-0001"] == [one["certificate_no"] for one in cities]
    assert (numbers("?year=2025"), len(numbers("?year=2026")), len(numbers("?year=x"))) == ([], 3, 3)
    assert client.get("/api/v1/public/awards?year=2025").json()["items"] == []
    unknown = anybody(sqlite_service, f"/public/awards?campaign=cmp_{'0' * 32}")
    assert unknown.status_code == 404


def test_an_award_has_an_address_that_stays_and_an_unknown_one_is_not_there(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    conferred(d, 0)
    where = award(d)
    with sqlite_service.system() as ctx:
        ctx.session.get_one(Campaign, d.campaign_id).stage = CampaignStage.ARCHIVED
        ctx.noted += 1

    api = sqlite_service.client.get(f"/api/v1/public{where}")

    assert anybody(sqlite_service, f"/public{where}").status_code == 200
    assert (api.status_code, api.json()["certificate_no"]) == (200, "ZJ2026-0001")
    assert anybody(sqlite_service, f"/public/awards/awd_{'0' * 32}").status_code == 404
    assert sqlite_service.client.get(f"/api/v1/public/awards/awd_{'0' * 32}").status_code == 404


def announced(d: Decisions, *indexes: int) -> None:
    d.decide("REVIEW", dict.fromkeys(indexes, YES))
    d.move(d.office, d.decide("DETERMINATION", dict.fromkeys(indexes, YES)), "ANNOUNCE")


def test_a_unit_finds_its_results_in_the_inbox_and_takes_note_once(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    announced(d, 0, 2)
    city: Caller = sqlite_service.person(Role.APPROVING_OFFICER, HANGZHOU)
    other = sqlite_service.person(Role.APPROVING_OFFICER, "330200")

    before = city.page("/").text
    [where] = re.findall(r'href="(/result-notifications/rsn_[0-9a-f]+/acknowledge)"', before)
    foreign = other.page(where).status_code
    office = d.office.page(where, {"_version": "1"})
    done(city, where)

    assert foreign == 404
    assert (office.status_code, "PERMISSION_MISSING" in office.text) == (403, True)
    assert where not in city.page("/").text
    assert "已确认" in city.page(d.url("results")).text
    assert "待确认" in d.office.page(d.url("results")).text  # Wenzhou has not yet
    assert (d.url("awards") in d.office.page("/").text, d.url("awards") in city.page("/").text) == (
        True,
        False,
    )


@pytest.mark.rule("G-11", "R-038")
def test_the_inbox_says_what_waits_on_the_way_to_the_ministry(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.made(d)
    page = f"/ministry-recommendations/{recommendation['id']}"

    office, unit = d.office.page("/").text, m.filer(d).page("/").text
    m.assessed(d, recommendation)
    later = d.office.page("/").text

    assert ("登记考核" in office, page in office) == (True, True)
    assert (page in unit, "报部材料还差 7 项" in unit, "2026年7月31日" in unit) == (True, True, True)
    assert page not in m.filer(d, "330200").page("/").text
    assert ("登记考核" in later, "列入报部公示" in later) == (False, True)


def test_the_inbox_costs_the_same_for_one_recommendation_and_for_three(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service, {HANGZHOU: 3}, fixed={HANGZHOU: 3})
    d.determined()
    costs = []
    for index in range(3):
        m.made(d, index)
        with sqlite_service.statements() as counted:
            assert d.office.page("/").status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1


def test_the_archive_holds_everything_in_order_and_each_reader_what_is_theirs(
    sqlite_service: Service,
) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    m.reported(d)
    done(d.office, d.url("award-event"), **(EVENT | {"held_on": m.today(d)}))
    done(d.office, d.url("confer"))
    with sqlite_service.system() as ctx:
        ctx.session.get_one(Campaign, d.campaign_id).stage = CampaignStage.ARCHIVED
        ctx.noted += 1

    whole = d.office.page(d.url("dossier")).text
    city = sqlite_service.person(Role.APPROVING_OFFICER, WENZHOU).page(d.url("dossier")).text

    order = ["papers", "plans", "cases", "notices", "rankings", "meetings", "ministry", "awards", "record"]
    assert re.findall(r'<section class="panel" id="([a-z]+)"', whole) == order
    assert all(
        one in whole
        for one in ("ZJ2026-0001", "浙劳社〔2026〕88号", "纪要〔2026〕7号", "拟报部优质服务窗口公示")
    )
    assert re.findall(r'<section class="panel" id="([a-z]+)"', city) == [
        "papers",
        "notices",
        "awards",
        "record",
    ]
    assert ("纪要〔2026〕7号" in city, "ZJ2026-0001" in city) == (False, True)
    assert "<form" not in whole.split('<main id="main"')[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("page", "row"), [("awards", "ZJ2026-0002"), ("results", "DETERMINATION"), ("ministry", "拟报部")]
)
def test_what_a_page_lists_is_taken_away_from_it_as_a_file(
    sqlite_service: Service, page: str, row: str
) -> None:
    d = m.with_ministry(sqlite_service)
    announced(d, 0, 1)
    done(d.office, d.url("award-event"), **EVENT)
    done(d.office, d.url("confer"))
    m.made(d, 0)
    links = re.findall(r'href="(/exports/[^"]+)"', d.office.page(d.url(page)).text)

    files = {one.rpartition("=")[2]: d.office.page(unescape(one)) for one in links}

    assert {form: one.status_code for form, one in files.items()} == {"xlsx": 200, "csv": 200, "jsonl": 200}
    assert row in files["csv"].content.decode("utf-8-sig")
