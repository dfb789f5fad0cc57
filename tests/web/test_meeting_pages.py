"""Meetings of the two bodies on pages: drafted from the agenda, reckoned while typed, recorded, confirmed by a second person."""

import re
from datetime import timedelta

import pytest

from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.services.seats import Usage
from tests.api.test_score_corrections import ask, decide, locked
from tests.api.test_score_rankings import take
from tests.decision_cases import HANGZHOU, WENZHOU, decisions
from tests.flow_cases import made as corrected
from tests.plugins.service import START, Service
from tests.web.meeting_walk import (
    HELD,
    IN_COMMON,
    LATER,
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


@pytest.mark.rule("R-029", "R-030", "I-13", "D10")
def test_the_office_records_both_bodies_and_a_second_person_confirms_each(service: Service) -> None:
    d = decisions(service)
    agenda = said(d.office.page(page(d, "agenda")).text)
    review = decided(d, "REVIEW", {0: {}, 1: {}, 2: {}, 3: NO}, **IN_COMMON)
    decided(d, "DETERMINATION", {0: {}, 1: {}, 2: {}}, **IN_COMMON)
    shown = said(d.office.page(review).text)
    listed = said(d.office.page(page(d, "meetings")).text)

    assert "可审议 4 项，其中 0 项暂不能作出决定" in agenda
    assert d.stages() == [Stage.DETERMINED, Stage.DETERMINED, Stage.DETERMINED, Stage.NOT_SELECTED]
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(used=2)
    assert "须 5 票 · 通过" in shown
    assert "须 5 票 · 未通过" in shown
    assert "登记人 steering_office-ZJ 复核人 second-ZJ" in shown
    assert listed.count("已复核生效") == 2


@pytest.mark.rule("I-13", "D10")
def test_whoever_recorded_it_is_told_that_another_person_confirms(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    where = drafted(d, "REVIEW", {0: YES})
    done(d.office, f"{where}/record")

    blocked = d.office.page(where).text
    own = d.office.page(f"{where}/confirm", {"_version": "2"})
    confirmed = sent(d.second, f"{where}/confirm")

    assert "此步骤不得由经办人本人办理" in said(blocked)
    assert (own.status_code, "SAME_PERSON" in own.text) == (403, True)
    assert confirmed.status_code == 303
    assert d.stage(0) is Stage.REVIEWED


@pytest.mark.rule("E-32", "R-011", "I-03")
def test_the_page_names_the_full_bucket_and_nothing_at_all_is_recorded(service: Service) -> None:
    """Two records were right when they were written; the place went to the one that was confirmed first."""
    d = decisions(service, {HANGZHOU: 2}, {HANGZHOU: 3})
    decided(d, "REVIEW", dict.fromkeys(range(3), YES))
    late = drafted(
        d, "DETERMINATION", {1: {**YES, "reason": "集体研究。"}, 2: {**YES, "reason": "集体研究。"}}
    )
    done(d.office, f"{late}/record")
    decided(d, "DETERMINATION", {0: YES})
    before = rows_of(service)

    refused = d.second.page(f"{late}/confirm", {"_version": "2"})
    shown = said(d.second.page(late).text)

    assert (refused.status_code, "QUOTA_EXHAUSTED" in refused.text) == (409, True)
    assert f"“{HANGZHOU}”已没有空余名额" in said(refused.text)
    assert f"/campaigns/cmp_{d.campaign_id.hex}/places" in refused.text
    assert "名额不会自动增加，如需调剂，请先登记相应的会议决定" in shown
    assert rows_of(service) == before
    assert d.stages() == [Stage.DETERMINED, Stage.REVIEWED, Stage.REVIEWED]


@pytest.mark.rule("E-33", "G-14", "E-31")
@pytest.mark.parametrize(
    ("purpose", "vote", "numbers", "status", "code"),
    [
        ("REVIEW", {**YES, "votes_for": "5", "votes_against": "0"}, {"attended": "5"}, 422, "QUORUM_NOT_MET"),
        ("REVIEW", {**YES, "votes_for": "4", "votes_against": "4"}, {}, 422, "VOTE_ARITHMETIC"),
        ("REVIEW", {**YES, "votes_for": "9"}, {}, 422, "VOTE_ARITHMETIC"),
        ("REVIEW", {}, {}, 409, "DECISION_MISSING"),
        ("REVIEW", YES, {"minutes_no": ""}, 409, "MINUTES_MISSING"),
        ("REVIEW", YES, {"held_on": "2026-07-06"}, 409, "MEETING_IN_FUTURE"),
    ],
)
def test_what_the_minutes_cannot_have_is_refused_beside_its_item_and_changes_no_row(
    sqlite_service: Service,
    purpose: str,
    vote: dict[str, str],
    numbers: dict[str, str],
    status: int,
    code: str,
) -> None:
    d = decisions(sqlite_service)
    where = drafted(d, purpose, {0: vote}, **numbers)
    before = rows_of(sqlite_service)

    refused = d.office.page(f"{where}/record", {"_version": "1"})

    assert (refused.status_code, code in refused.text) == (status, True)
    assert rows_of(sqlite_service) == before
    assert d.stage(0) is Stage.EVALUATED


@pytest.mark.rule("E-33", "R-021")
def test_the_form_reckons_quorum_votes_and_order_while_it_is_typed_and_keeps_nothing(
    sqlite_service: Service,
) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 1}, {HANGZHOU: 3})
    url = page(d, "meetings/draft?purpose=REVIEW")
    before = rows_of(sqlite_service)
    votes = cases(d, {0: NO, 1: YES, 2: {**YES, "votes_for": "4", "votes_against": "5"}})

    answer = d.office.page(url, form(votes, _reckon="1", attended="5"))
    typed = said(answer.text)

    assert answer.status_code == 200
    assert "应到 9 人，实到 5 人，缺席 4 人，法定人数 6 人： 未达到" in typed
    assert "排在前面的未通过，须写明理由" in typed
    assert "票数合计 9 多于实到 5 人" in typed
    assert re.findall(rf'name="_votes_for.{d.nom(1)}"[^>]* value="(\d)"', answer.text) == ["8"]
    again = said(d.office.page(url, form(votes, _reckon="1")).text)
    assert "列入 3 项，按票数通过 1 项、未通过 2 项" in again
    assert "通过须有 5 票赞成，实得 4 票" in again
    assert rows_of(sqlite_service) == before
    assert "有内容填写不完整" in d.office.page(url, {**form(votes, _reckon="1"), "should_attend": ""}).text


@pytest.mark.rule("R-021")
def test_a_departure_from_the_order_needs_its_reason_on_the_page_too(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 1}, {HANGZHOU: 2})
    where = drafted(d, "REVIEW", {1: YES})

    refused = sent(d.office, f"{where}/edit", **form(cases(d, {1: YES})))
    assert refused.status_code == 303
    unexplained = d.office.page(f"{where}/record", {"_version": "2"})
    done(d.office, f"{where}/edit", **form(cases(d, {1: {**YES, "reason": "事迹更突出。"}})))
    done(d.office, f"{where}/record")

    assert (unexplained.status_code, "ORDER_REASON_MISSING" in unexplained.text) == (409, True)
    assert "事迹更突出。" in d.office.page(where).text


def test_a_draft_that_somebody_changed_meanwhile_is_not_overwritten(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    where = drafted(d, "REVIEW", {0: YES})
    done(d.second, f"{where}/edit", **form(cases(d, {0: NO})))

    refused = d.office.page(f"{where}/edit", form(cases(d, {0: YES}), _version="1"))

    assert (refused.status_code, "VERSION_CONFLICT" in refused.text) == (412, True)
    assert d.office("GET", f"/meetings/{where.split('/')[-1]}").json()["items"][0]["result"] == "REJECTED"


def test_a_field_that_is_wrong_is_told_beside_its_item_and_what_was_typed_stays(
    sqlite_service: Service,
) -> None:
    d = decisions(sqlite_service)
    votes = cases(d, {0: YES, 2: {**YES, "votes_for": "viele"}})

    refused = d.office.page(page(d, "meetings/draft?purpose=REVIEW"), form(votes))

    assert refused.status_code == 422
    assert 'id="e-items.1.votes_for"' in refused.text
    assert 'value="viele"' in refused.text
    assert re.findall(rf'value="{d.nom(2)}"[^>]*( checked)', refused.text) == [" checked"]


@pytest.mark.rule("E-07")
def test_a_decision_is_annulled_on_pages_by_a_later_one_that_names_it(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    decided(d, "REVIEW", {0: YES, 1: NO})
    url = page(d, "meetings/draft?purpose=ANNULMENT")
    items = re.findall(r'name="_item" value="(dit_[0-9a-f]+)"', d.office.page(url).text)
    assert len(items) == 2
    reason = {**YES, "reason": "程序有误，重新研究。"}

    where = done(d.office, url, **form({items[1]: reason}, turn="FIRST", minutes_no="纪要〔2026〕8号"))
    done(d.office, f"{where}/record")
    done(d.second, f"{where}/confirm")

    assert d.stages()[:2] == [Stage.REVIEWED, Stage.EVALUATED]
    left = re.findall(r'name="_item" value="(dit_[0-9a-f]+)"', d.office.page(url).text)
    assert left == items[:1]


@pytest.mark.rule("G-09", "R-021", "E-04")
def test_places_move_by_a_decision_and_the_ledger_says_which(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {"RESERVE": 1, WENZHOU: 1}, {WENZHOU: 2})
    move = {
        "items.0.from_bucket": "RESERVE",
        "items.0.from_kind": "PROVINCIAL",
        "items.0.to_bucket": WENZHOU,
        "items.0.to_kind": "PROVINCIAL",
        "items.0.reason": "集中优势。",
        **{f"items.0.{name}": value for name, value in YES.items()},
    }
    form_page = page(d, "meetings/draft?purpose=PLACE_REALLOCATION")

    wrong = d.office.page(form_page, HELD | move | {"_rows": "items", "items.0.to_kind": "MINISTRY_POOL"})
    where = done(d.office, form_page, **HELD, **move)
    done(d.office, f"{where}/record")
    done(d.second, f"{where}/confirm")
    decided(d, "REVIEW", {0: YES, 1: YES})
    decided(d, "DETERMINATION", {0: YES, 1: YES})
    ledger = said(d.office.page(page(d, "places")).text)

    assert wrong.status_code == 422
    assert "FIELD_CHOICE" in wrong.text or "PLACE_MOVE_INVALID" in wrong.text
    assert d.usage()[WENZHOU][SeatKind.PROVINCIAL] == Usage(used=2)
    assert f"{WENZHOU} 省级表彰名额 2 2 0 0" in ledger
    assert "调剂 RESERVE（省级表彰名额） → 330300（省级表彰名额） 纪要〔2026〕7号" in ledger
    assert ledger.count("审定占用") == 2


@pytest.mark.rule("E-31", "R-032", "I-10")
def test_the_agenda_says_what_stops_each_case(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, stage=CampaignStage.EVALUATING)
    before = said(d.office.page(page(d, "agenda")).text)
    after = said(d.office.page(page(d, "agenda?purpose=DETERMINATION")).text)

    assert "位置 状态 暂不能决定的原因" in before
    assert "评选活动目前处于“评审中”" in before or "评审" in before
    assert "目前没有可审议的事项" in after
    assert d.office.page(page(d, "agenda?purpose=NOTHING")).status_code == 404


@pytest.mark.rule("R-048")
def test_pages_of_meetings_are_the_hosts_own(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    where = drafted(d, "REVIEW", {0: YES})
    city = sqlite_service.person(Role.APPROVING_OFFICER, HANGZHOU)
    reader = sqlite_service.person(Role.STEERING_GROUP_MEMBER, "ZJ")

    for url in (where, f"{where}/edit", *(page(d, tail) for tail in ("meetings", "agenda", "places"))):
        assert city.page(url).status_code == 404, url
    assert city.page("/meetings").status_code == 403
    assert reader.page(where).status_code == 200
    assert "/edit" not in reader.page(where).text
    assert reader.page(page(d, "meetings/draft")).status_code == 403
    assert reader.page(f"{where}/cancel", {"_version": "1", "reason": "不开了。"}).status_code == 403


@pytest.mark.rule("I-13")
def test_the_inbox_tells_a_second_person_of_a_record_and_the_office_of_waiting_cases(
    sqlite_service: Service,
) -> None:
    d = decisions(sqlite_service)
    first = said(d.office.page("/").text)
    where = drafted(d, "REVIEW", {0: YES, 2: LATER})
    draft = d.office.page("/").text
    done(d.office, f"{where}/record")
    mine, theirs = d.office.page("/").text, d.second.page("/").text
    done(d.second, f"{where}/confirm")
    party = said(d.recorder.page("/").text)

    assert "审核推荐对象：4 项" in first
    assert "待办理的推荐" not in first
    assert f'href="{where}"' in draft
    assert f"{where}/confirm" in theirs
    assert f"{where}/confirm" not in mine
    assert "审定表彰对象：1 项" in party
    assert "审核推荐对象：" not in party
    overview = said(d.recorder.page("/meetings").text)
    assert "审定表彰对象 1 项" in overview


@pytest.mark.rule("R-029", "R-030", "R-048")
def test_a_case_tells_those_who_read_the_records_what_the_bodies_decided_on_it(
    sqlite_service: Service,
) -> None:
    d = decisions(sqlite_service)
    review = decided(d, "REVIEW", {0: YES})
    city = sqlite_service.person(Role.APPROVING_OFFICER, HANGZHOU)

    office = d.office.page(f"/nominations/{d.nom(0)}").text
    theirs = city.page(f"/nominations/{d.nom(0)}")

    assert f'href="{review}"' in office
    assert page(d, "agenda?purpose=DETERMINATION") in office
    assert page(d, "meetings/draft?purpose=ANNULMENT") in office
    assert "同意 8、反对 1、弃权 0" in said(office)
    assert (theirs.status_code, "<h2>会议决定" in theirs.text, review in theirs.text) == (200, False, False)


@pytest.mark.rule("E-20")
def test_a_score_corrected_after_a_body_used_it_asks_for_another_look(sqlite_service: Service) -> None:
    ev, nomination, sheet = locked(sqlite_service)
    ev.set(nomination, stage=Stage.REVIEWED, stage_since=START)
    take(ev)
    agenda = f"{ev.url}/agenda?purpose=DETERMINATION"
    before = ev.office.page(agenda).text
    waiting = "评分更正后须复核决定"
    assert waiting not in ev.office.page("/").text

    corrected(decide(ev, corrected(ask(ev, sheet))))
    after = ev.office.page(agenda).text

    assert "依据第 1 次评分排名" in before
    assert "请先重新形成排名" not in before
    assert "请先重新形成排名" in after
    assert waiting in ev.office.page("/").text
    ev.set(nomination, stage_since=START + timedelta(minutes=1))
    assert waiting not in ev.office.page("/").text
