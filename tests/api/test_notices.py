"""Notices through the API: two persons, a computed end, nominees that move with the notice."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.supervision import NoticeItem
from app.db.tables.system import Event
from app.domain.access import Role
from app.domain.nomination import Stage
from app.services import timekeeping
from tests.flow_cases import flow
from tests.plugins.service import Service
from tests.supervision_cases import case

ID_NUMBER = "11010519491231002X"


def code(answer: Any) -> str:
    return str(answer.json()["code"])


@pytest.mark.rule("R-028", "I-08", "I-13", "E-01")
def test_a_second_person_publishes_and_every_nominee_goes_to_notice(service: Service) -> None:
    c = case(service)
    notice = c.published()

    # Wednesday 1 July 2026; five working days, the day of publication not counted.
    assert (notice["publish_on"], notice["last_day"], notice["state"]) == (
        "2026-07-01",
        "2026-07-08",
        "RUNNING",
    )
    assert [c.stage(0), c.stage(1)] == [Stage.AT_NOTICE, Stage.AT_NOTICE]
    first = notice["items"][0]
    assert (first["window_name"], first["sponsor"], first["city"]) == (
        "社会保险服务窗口0",
        service.organization("330106").name,
        "杭州市",
    )
    assert notice["content_hash"].startswith("sha256:")
    assert notice["calendar_source"]


@pytest.mark.rule("I-13")
def test_who_drafted_it_does_not_review_it(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    both = sqlite_service.person(Role.REVIEWING_OFFICER, "330100", "both", Role.APPROVING_OFFICER)
    notice = both("POST", f"/campaigns/cmp_{c.campaign_id.hex}/notices", json=c.text()).json()

    assert code(c.move(both, notice, action="REVIEW")) == "SAME_PERSON"


def test_personal_data_in_the_text_stops_the_review_and_is_not_repeated(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.draft(basis=f"依据 {ID_NUMBER}")
    answer = c.move(c.approver, notice, action="REVIEW")

    assert code(answer) == "PII_IN_NOTICE"
    assert "/basis" in answer.text
    assert ID_NUMBER not in answer.text


def test_personal_data_in_a_nominees_merits_is_found_too(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    items = [{"nomination_id": f"nom_{c.nominations[0].hex}", "merits": "联系人 13812345678"}]

    answer = c.move(c.approver, c.draft(items=items), action="REVIEW")

    assert code(answer) == "PII_IN_NOTICE"
    assert "/items/0/merits" in answer.text


@pytest.mark.rule("E-11", "I-21")
def test_a_notice_into_a_year_without_calendar_is_refused(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.move(c.approver, c.draft(), action="REVIEW").json()

    answer = c.move(c.approver, notice, action="PUBLISH", publish_on="2026-12-28")

    assert code(answer) == "CALENDAR_YEAR_MISSING"
    assert c.stage() is Stage.CLEARED


def test_a_notice_never_starts_in_the_past_nor_ends_too_early(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.move(c.approver, c.draft(), action="REVIEW").json()

    assert code(c.move(c.approver, notice, action="PUBLISH", publish_on="2026-06-30")) == "PUBLISH_DATE_PAST"
    assert (
        code(c.move(c.approver, notice, action="PUBLISH", last_day="2026-07-07")) == "NOTICE_PERIOD_TOO_SHORT"
    )


def test_only_own_cleared_nominees_are_listed_and_each_once(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    url = f"/campaigns/cmp_{c.campaign_id.hex}/notices"
    twice = c.text()["items"][:1] * 2
    foreign = [{"nomination_id": "nom_" + "0" * 32}]

    assert code(c.drafter("POST", url, json=c.text(items=twice))) == "NOTICE_ITEM_TWICE"
    assert code(c.drafter("POST", url, json=c.text(items=foreign))) == "NOTICE_ITEM_FOREIGN"
    c.published()
    assert code(c.drafter("POST", url, json=c.text())) == "NOTICE_ITEM_NOT_READY"


def test_a_reviewed_notice_is_not_edited(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    draft = c.draft()
    edited = c.drafter(
        "PATCH", f"/notices/{draft['id']}", json=c.text(title="公示（改）"), version=draft["etag"]
    ).json()
    reviewed = c.move(c.approver, edited, action="REVIEW").json()

    answer = c.drafter("PATCH", f"/notices/{draft['id']}", json=c.text(), version=reviewed["etag"])

    assert edited["title"] == "公示（改）"
    assert code(answer) == "NOTICE_NOT_EDITABLE"


@pytest.mark.rule("E-05")
def test_an_extension_is_later_only(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()

    assert (
        code(c.move(c.approver, notice, action="EXTEND", last_day="2026-07-08", reason="同日"))
        == "EXTENSION_NOT_LATER"
    )
    extended = c.move(c.approver, notice, action="EXTEND", last_day="2026-07-10", reason="网站故障").json()
    assert extended["last_day"] == "2026-07-10"
    assert [(x["old_last_day"], x["new_last_day"]) for x in extended["changes"]] == [
        ("2026-07-08", "2026-07-10")
    ]


@pytest.mark.rule("E-06")
def test_a_corrected_notice_stays_readable_and_the_new_round_runs_its_full_time(service: Service) -> None:
    c = case(service)
    notice = c.published()
    service.clock.advance(days=2)

    old = c.move(c.approver, notice, action="CORRECT", reason="名称有误").json()
    fresh = c.drafter("GET", f"/notices/{old['superseded_by']}").json()

    assert (old["stage"], fresh["stage"], fresh["round"]) == ("SUPERSEDED", "DRAFT", 2)
    assert c.stage() is Stage.CLEARED
    assert c.anybody("GET", f"/public/notices/{notice['id']}").status_code == 200
    second = service.person(Role.APPROVING_OFFICER, "330100", "second")
    for action in ("REVIEW", "PUBLISH"):
        fresh = c.move(second, fresh, action=action).json()
    assert (fresh["publish_on"], fresh["last_day"]) == ("2026-07-03", "2026-07-10")
    assert c.stage() is Stage.AT_NOTICE


@pytest.mark.rule("E-06")
def test_a_slip_is_an_erratum_only_when_it_changes_nothing(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    slip = {"action": "ERRATUM", "text": "“窗囗”应为“窗口”", "reason": "笔误"}

    assert code(c.move(c.approver, notice, **slip, without_effect=False)) == "ERRATUM_HAS_EFFECT"
    assert c.move(c.approver, notice, **slip, without_effect=True).json()["last_day"] == "2026-07-08"


def test_a_withdrawn_notice_gives_every_nominee_back_and_is_gone(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()

    withdrawn = c.move(c.approver, notice, action="WITHDRAW", reason="程序需补正").json()
    gone = c.anybody("GET", f"/public/notices/{notice['id']}")

    assert withdrawn["stage"] == "WITHDRAWN"
    assert [c.stage(0), c.stage(1)] == [Stage.CLEARED, Stage.CLEARED]
    assert (gone.status_code, code(gone)) == (410, "NOTICE_WITHDRAWN")
    assert c.published()["stage"] == "PUBLISHED"


def test_a_notice_is_not_corrected_over_a_nominee_that_moved_on(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    with sqlite_service.system() as ctx:
        ctx.session.get_one(Nomination, c.nominations[0]).stage = Stage.RECOMMENDED
        ctx.noted += 1

    refused = c.move(c.approver, notice, action="CORRECT", reason="名称有误")

    assert (refused.status_code, code(refused)) == (409, "NOTICE_ITEM_MOVED_ON")
    assert c.stage(1) is Stage.AT_NOTICE


@pytest.mark.rule("E-09")
def test_one_nominee_leaves_and_the_other_stays(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()

    left = c.move(
        c.approver, notice, action="REMOVE_ITEM", item_id=notice["items"][0]["id"], reason="撤回"
    ).json()

    assert [one["outcome"] for one in left["items"]] == ["REMOVED", "RUNNING"]
    assert [c.stage(0), c.stage(1)] == [Stage.CLEARED, Stage.AT_NOTICE]


@pytest.mark.rule("I-07")
def test_a_nominee_has_one_effective_item_and_the_database_has_the_last_word(service: Service) -> None:
    c = case(service)
    c.published()

    with Session(service.plant.engine) as session:
        first, second = session.exec(select(NoticeItem)).all()
        second.effective_nomination_id = first.effective_nomination_id
        with pytest.raises(IntegrityError):
            session.commit()


@pytest.mark.rule("E-35")
def test_a_long_outage_on_working_time_makes_the_notice_longer(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    sqlite_service.clock.advance(days=2)
    url = f"/notices/{notice['id']}/outages"
    outage = {"began_at": "2026-07-02T01:00:00Z", "ended_at": "2026-07-02T09:00:00Z", "reason": "停电"}

    backwards = outage | {"ended_at": "2026-07-01T03:00:00Z"}
    assert code(c.approver("POST", url, json=backwards, version=notice["etag"])) == "OUTAGE_IMPOSSIBLE"
    longer = c.approver("POST", url, json=outage, version=notice["etag"]).json()
    assert longer["last_day"] == "2026-07-09"
    short = outage | {"began_at": "2026-07-02T06:00:00Z"}
    assert c.approver("POST", url, json=short, version=longer["etag"]).json()["last_day"] == "2026-07-09"


@pytest.mark.rule("I-10")
def test_a_notice_ends_by_the_clock_and_the_tick_only_says_so(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    p = sqlite_service.plant
    assert code(c.move(c.approver, notice, action="CONCLUDE", result="无异议")) == "NOTICE_STILL_RUNNING"
    sqlite_service.clock.advance(days=8)

    assert c.approver("GET", f"/notices/{notice['id']}").json()["state"] == "ENDED"
    assert timekeeping.record(p.engine, p.clock, p.settings, p.store) == 1
    with Session(p.engine) as session:
        event = session.exec(select(Event).where(col(Event.type) == "notice.ended")).one()
    assert event.at - event.effective_at > timedelta(hours=1)
    ended = c.approver("GET", f"/notices/{notice['id']}").json()
    assert c.move(c.approver, ended, action="CONCLUDE", result="公示无异议").json()["stage"] == "CONCLUDED"


def test_another_citys_officer_sees_no_notice_and_the_office_does_not_publish_for_a_city(
    sqlite_service: Service,
) -> None:
    c = case(sqlite_service)
    notice = c.draft()
    ningbo = sqlite_service.person(Role.APPROVING_OFFICER, "330200")
    office = sqlite_service.person(Role.STEERING_OFFICE)

    assert code(ningbo("GET", f"/notices/{notice['id']}")) == "NOT_FOUND"
    assert code(c.move(ningbo, notice, action="REVIEW")) == "NOT_FOUND"
    assert code(c.move(office, notice, action="REVIEW")) == "PERMISSION_MISSING"


@pytest.mark.rule("I-19", "E-02")
def test_the_public_sees_the_listed_fields_and_a_footnote_after_a_rename(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    draft = c.draft()
    assert code(c.anybody("GET", f"/public/notices/{draft['id']}")) == "NOT_FOUND"
    notice = draft
    for action in ("REVIEW", "PUBLISH"):
        notice = c.move(c.approver, notice, action=action).json()
    with sqlite_service.system() as ctx:
        window = ctx.session.exec(
            select(ServiceWindow).where(ServiceWindow.name == "社会保险服务窗口0")
        ).one()
        window.name = "新窗口"
        ctx.noted += 1

    answer = c.anybody("GET", f"/public/notices/{notice['id']}")

    assert answer.headers["cache-control"] == "public, max-age=60"
    item = answer.json()["items"][0]
    assert set(item) == {
        "id",
        "position",
        "window_name",
        "sponsor",
        "city",
        "window_type",
        "window_type_en",
        "merits",
        "outcome",
        "renamed",
    }
    assert (item["window_name"], item["renamed"]) == ("社会保险服务窗口0", "社会保险服务窗口0 → 新窗口")
    again = c.anybody(
        "GET", f"/public/notices/{notice['id']}", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304
    assert [one["id"] for one in c.anybody("GET", "/public/notices").json()["items"]] == [notice["id"]]
    assert [one["title"] for one in c.anybody("GET", "/public/campaigns").json()["items"]] == [
        "优质服务窗口评选"
    ]
    assert (
        c.anybody("GET", f"/public/campaigns/cmp_{c.campaign_id.hex}").json()["papers"][0]["title"]
        == "厅党组会议纪要"
    )


@pytest.mark.rule("I-10", "E-06")
def test_a_case_that_went_on_from_its_notice_is_not_taken_out_of_it_behind_its_back(
    sqlite_service: Service,
) -> None:
    one = flow(sqlite_service).at(Stage.RECOMMENDED)
    listed = one.approver("GET", "/notices").json()["items"][0]
    notice = one.approver("GET", f"/notices/{listed['id']}").json()
    body = {"action": "REMOVE_ITEM", "item_id": notice["items"][0]["id"], "reason": "名单有误。"}

    url = f"/notices/{notice['id']}/transitions"
    refused = one.approver("POST", url, json=body, version=notice["etag"])

    assert (refused.status_code, code(refused)) == (409, "NOTICE_ITEM_MOVED_ON")
    assert one.stage == "RECOMMENDED"
    assert one.approver("GET", f"/notices/{notice['id']}").json()["items"] == notice["items"]
