"""The rarer matters of the bodies on pages: the thirty-fifth place, ties, awards taken away, merged windows, announcements."""

import re

import pytest

from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.packs import loading
from app.services.seats import Usage
from tests import ministry_cases as m
from tests.api.test_awards import conferred, merged
from tests.api.test_ministry_places import rank
from tests.api.test_place_moves import end_the_filing, withdrawn
from tests.decision_cases import HANGZHOU, WENZHOU, decisions
from tests.plugins.service import Service
from tests.web.meeting_walk import (
    HELD,
    IN_COMMON,
    NO,
    YES,
    cases,
    decided,
    drafted,
    form,
    page,
    rows_of,
    said,
)
from tests.web.page_walk import done, sent

PLACE = {"bucket": HANGZHOU, "kind": "PROVINCIAL"}


@pytest.mark.rule("R-011", "E-32", "I-03")
def test_the_thirty_fifth_approval_is_refused_by_the_page_and_no_row_changes(sqlite_service: Service) -> None:
    """§6.3 (b): thirty-four places; Hangzhou's sixth window is reviewed and would be the thirty-fifth awarded."""
    places = dict(loading.load("provincial-windows").quota.sample_allocation.places)
    d = decisions(sqlite_service, places, {**places, HANGZHOU: places[HANGZHOU] + 1})
    everybody = range(len(d.nominations))
    last = places[HANGZHOU]
    decided(d, "REVIEW", {index: {} for index in everybody}, **IN_COMMON)
    over = drafted(d, "DETERMINATION", {index: {} for index in everybody}, **IN_COMMON)
    before = rows_of(sqlite_service)

    refused = d.office.page(f"{over}/record", {"_version": "1"})
    form_says = said(d.office.page(f"{over}/edit").text)
    unchanged = rows_of(sqlite_service)
    decided(d, "DETERMINATION", {index: {} for index in everybody if index != last}, **IN_COMMON)
    ledger = d.office.page(page(d, "places")).text
    late = sent(
        d.office,
        page(d, "meetings/draft?purpose=DETERMINATION"),
        **form(cases(d, {last: {**YES, "reason": "事迹突出。"}})),
    )
    one_more = d.office.page(f"{late.headers['location']}/record", {"_version": "1"})

    assert len(d.nominations) == 35
    assert (refused.status_code, "QUOTA_EXHAUSTED" in refused.text) == (409, True)
    assert f"“{HANGZHOU}”已没有空余名额" in said(refused.text)
    assert form_says.count("名额不足") == places[HANGZHOU] + 1
    assert unchanged == before
    assert (one_more.status_code, "QUOTA_EXHAUSTED" in one_more.text) == (409, True)
    assert d.stages().count(Stage.DETERMINED) == 34
    assert len(set(re.findall(r'href="/nominations/(nom_[0-9a-f]+)"', ledger))) == 34


@pytest.mark.rule("E-23", "G-08")
def test_a_tie_at_the_last_place_is_put_in_order_on_its_own_page_before_it_is_decided(
    sqlite_service: Service,
) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 1}, {HANGZHOU: 2})
    rank(d, {0: 1, 1: 1})
    decided(d, "REVIEW", {0: YES, 1: YES})
    silent = drafted(d, "DETERMINATION", {1: YES})
    before = rows_of(sqlite_service)

    refused = d.office.page(f"{silent}/record", {"_version": "1"})
    blocked = d.office.page(silent).text
    unchanged = rows_of(sqlite_service)
    ties = said(d.office.page(page(d, "agenda?purpose=TIE")).text)
    first, second = d.nom(1), d.nom(0)
    order = {f"_order.{first}": "1", f"_order.{second}": "2"}
    decided(d, "TIE", {0: NO, 1: YES}, **order, minutes_no="纪要〔2026〕8号")
    done(d.office, f"{silent}/record")
    done(d.second, f"{silent}/confirm")

    assert (refused.status_code, "TIE_UNDECIDED" in refused.text) == (409, True)
    assert "agenda?purpose=TIE" in blocked
    assert "1 同分" in ties
    assert unchanged == before
    assert d.stages() == [Stage.REVIEWED, Stage.DETERMINED]


@pytest.mark.rule("E-15", "R-014", "R-015")
def test_the_pool_is_one_group_over_all_cities_that_share_it_and_fixed_places_stay_with_theirs(
    sqlite_service: Service,
) -> None:
    d = m.with_ministry(sqlite_service, {HANGZHOU: 1, WENZHOU: 1, "330400": 1}, pool=1)
    rank(d, {0: 1, 1: 2, 2: 1})
    d.determined()

    agenda = d.office.page(page(d, "agenda?purpose=MINISTRY_CANDIDATES")).text
    captions = [said(one).strip() for one in re.findall(r"<caption>(.*?)</caption>", agenda)]
    decided(d, "MINISTRY_CANDIDATES", {0: YES, 2: YES})
    seventh = drafted(d, "MINISTRY_CANDIDATES", {1: YES}, minutes_no="纪要〔2026〕9号")
    refused = d.office.page(f"{seventh}/record", {"_version": "1"})

    assert [one.split(" ")[0] for one in captions] == [HANGZHOU, "报部竞争名额"]
    assert "名额 1 个，已用 0 个，可用 1 个" in captions[1].replace("， ", "，").replace(" 可用", "可用")
    assert (refused.status_code, "“报部竞争名额”已没有空余名额" in said(refused.text)) == (409, True)
    assert d.usage()["MINISTRY_POOL"][SeatKind.MINISTRY_POOL] == Usage(used=1)


@pytest.mark.rule("E-42", "E-07")
def test_an_award_is_taken_away_by_a_recorded_decision_that_names_its_ground(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)
    conferred(d)
    vote = {**YES, "reason": "申报数据不实。"}

    offered = d.office.page(page(d, "meetings/draft?purpose=REVOCATION")).text
    silent = d.office.page(page(d, "meetings/draft?purpose=REVOCATION"), form(cases(d, {0: vote})))
    where = drafted(d, "REVOCATION", {0: {**vote, "ground": "FRAUD"}}, held_on="2026-07-01")
    done(d.office, f"{where}/record")
    done(d.second, f"{where}/confirm")

    assert re.findall(r'name="_item" value="(\w+)"[^>]* checked', offered) == []
    assert (silent.status_code, 'id="e-items.0.ground"' in silent.text) == (422, True)
    assert d.stage(0) is Stage.REVOKED
    assert "弄虚作假骗取表彰" in d.office.page(where).text
    assert "推荐终止" in said(d.office.page(page(d, "places")).text)


@pytest.mark.rule("E-03")
def test_a_merged_window_hands_its_award_on_by_a_decision_on_the_page(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0, 2)
    successor = merged(d)

    offered = d.office.page(page(d, "meetings/draft?purpose=SUCCESSION")).text
    where = drafted(d, "SUCCESSION", {0: {**YES, "successor_id": successor}})
    done(d.office, f"{where}/record")
    done(d.second, f"{where}/confirm")

    assert re.findall(r'name="_item" value="(nom_[0-9a-f]+)"', offered) == [d.nom(0)]
    assert f'value="{successor}"' in offered
    assert "已复核生效" in d.office.page(where).text


def test_a_record_is_taken_back_announced_or_cancelled_with_its_reason(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    where = drafted(d, "REVIEW", {0: YES})
    done(d.office, f"{where}/record")

    kept = d.office.page(f"{where}/edit", form(cases(d, {0: NO}), _version="2"))
    silent = sent(d.office, f"{where}/revise")
    done(d.office, f"{where}/revise", reason="票数录入有误。")
    assert "票数录入有误。" in d.office.page(where).text
    done(d.office, f"{where}/record")
    done(d.second, f"{where}/confirm")
    early = sent(d.office, f"{where}/announce", announced_on="2026-06-01")
    done(d.office, f"{where}/announce", announced_on="2026-07-01")
    cancelled = drafted(d, "REVIEW", {1: YES})
    done(d.office, f"{cancelled}/cancel", reason="会议改期。")

    assert (kept.status_code, "MEETING_NOT_EDITABLE" in kept.text) == (409, True)
    assert silent.status_code == 422
    assert (early.status_code, "ANNOUNCEMENT_DATE_INVALID" in early.text) == (422, True)
    assert "已公布" in d.office.page(where).text
    assert "会议改期。" in d.office.page(cancelled).text


@pytest.mark.rule("R-032", "R-033", "I-10")
def test_the_second_body_recommends_to_the_ministry_once_the_notice_has_run(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    decided(d, "MINISTRY_CANDIDATES", {0: YES, 1: YES})
    for one in d.office("GET", d.url("ministry-recommendations")).json()["items"]:
        m.assessed(d, m.again(d, one))
    m.notice(d, 0, 1)
    agenda = page(d, "agenda?purpose=MINISTRY_RECOMMENDATION")
    running = said(d.office.page(agenda).text)
    m.run_out(d)
    clear = said(d.office.page(agenda).text)
    offered = d.office.page(page(d, "meetings/draft?purpose=MINISTRY_RECOMMENDATION")).text
    where = drafted(d, "MINISTRY_RECOMMENDATION", {0: YES, 1: YES}, held_on="2026-07-09")
    done(d.office, f"{where}/record")
    done(d.second, f"{where}/confirm")

    assert "可审议 2 项，其中 2 项暂不能作出决定" in running
    assert running.count("结束，期满后方可办理") == 2
    assert "可审议 2 项，其中 0 项暂不能作出决定" in clear
    ticked = re.findall(r'name="_item" value="(\w+)"[^>]* checked', offered)
    assert sorted(ticked) == sorted([d.nom(0), d.nom(1)])
    listed = d.office("GET", d.url("ministry-recommendations")).json()["items"]
    assert {one["stage"] for one in listed} == {"MATERIALS"}


@pytest.mark.rule("E-04", "G-09", "R-021", "E-13")
def test_a_forfeited_place_stays_empty_in_the_ledger_until_a_decision_reopens_it(
    sqlite_service: Service,
) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 1}, {HANGZHOU: 2})
    d.determined(0)
    decided(d, "REVIEW", {1: YES})
    end_the_filing(d)
    withdrawn(d, 0)
    next_in_rank = drafted(d, "DETERMINATION", {1: YES})
    freed = said(d.office.page(page(d, "places")).text)
    refused = d.office.page(f"{next_in_rank}/record", {"_version": "1"})

    same = {f"items.0.{side}_{name}": value for side in ("from", "to") for name, value in PLACE.items()}
    votes = {f"items.0.{name}": value for name, value in YES.items()}
    reopening = done(d.office, page(d, "meetings/draft?purpose=PLACE_REALLOCATION"), **HELD, **same, **votes)
    done(d.office, f"{reopening}/record")
    done(d.second, f"{reopening}/confirm")
    done(d.office, f"{next_in_rank}/record")
    done(d.second, f"{next_in_rank}/confirm")
    ledger = said(d.office.page(page(d, "places")).text)

    assert f"{HANGZHOU} 省级表彰名额 1 0 0 1" in freed
    assert re.findall(r"推荐终止 \S+ 推荐终止 (\S+)", freed) == ["单位撤销。"]
    assert (refused.status_code, "QUOTA_EXHAUSTED" in refused.text) == (409, True)
    assert f"{HANGZHOU} 省级表彰名额 1 1 0 0" in ledger
    assert "恢复使用" in ledger
    assert d.stages() == [Stage.WITHDRAWN, Stage.DETERMINED]
