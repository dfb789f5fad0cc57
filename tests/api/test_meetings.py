"""Meetings of the two bodies: recorded by one, confirmed by another, carried out whole or not at all."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.db.tables.decisions import Meeting
from app.db.tables.nominations import Nomination, ServiceWindow
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.services.seats import Usage
from tests.decision_cases import HANGZHOU, LATER, NINGBO, NO, WENZHOU, YES, decisions, with_rules
from tests.plugins.service import Service

EXPLAINED = {**YES, "reason": "集体研究，综合事迹决定。"}


@pytest.mark.rule("R-029", "R-030", "R-011", "I-03", "I-15")
def test_what_both_bodies_approve_is_determined_and_holds_a_place(service: Service) -> None:
    d = decisions(service)
    d.decide("REVIEW", {0: YES, 1: YES, 2: YES, 3: NO})
    assert d.stages() == [Stage.REVIEWED, Stage.REVIEWED, Stage.REVIEWED, Stage.NOT_SELECTED]

    d.decide("DETERMINATION", {0: YES, 1: YES, 2: YES})

    assert d.stages()[:3] == [Stage.DETERMINED] * 3
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(used=2)
    assert d.usage()[WENZHOU][SeatKind.PROVINCIAL] == Usage(used=1)


@pytest.mark.rule("R-029")
def test_the_second_body_hears_nothing_that_the_first_has_not_reviewed(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.decide("REVIEW", {0: YES})

    refused = d.drafted("DETERMINATION", d.votes({0: YES, 1: YES}))

    assert (refused.status_code, refused.json()["code"]) == (409, "MEETING_ITEM_NOT_READY")
    assert refused.json()["errors"][0]["pointer"] == "/items/1"


@pytest.mark.rule("E-32", "R-011", "I-03")
def test_one_approval_too_many_is_refused_and_nothing_of_the_record_is_carried_out(service: Service) -> None:
    d = decisions(service, {HANGZHOU: 2, WENZHOU: 1}, {HANGZHOU: 2, WENZHOU: 2})
    d.decide("REVIEW", dict.fromkeys(range(4), YES))
    meeting = d.drafted("DETERMINATION", d.votes(dict.fromkeys(range(4), YES))).json()

    refused = d.move(d.office, meeting, "RECORD")
    blockers = d.office("GET", f"/meetings/{meeting['id']}").json()["actions"][0]["blockers"]

    assert (refused.status_code, refused.json()["code"]) == (409, "QUOTA_EXHAUSTED")
    assert [one["code"] for one in blockers] == ["QUOTA_EXHAUSTED"]
    assert set(d.stages()) == {Stage.REVIEWED}
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(free=2)


@pytest.mark.rule("E-32")
def test_a_place_that_went_since_the_record_was_made_stops_the_whole_confirmation(service: Service) -> None:
    """Both records were right when they were written; the second one confirmed finds the place taken."""
    d = decisions(service, {HANGZHOU: 3}, {HANGZHOU: 4})
    d.decide("REVIEW", dict.fromkeys(range(4), YES))
    late = d.recorded("DETERMINATION", d.votes({2: EXPLAINED, 3: EXPLAINED}))
    d.decide("DETERMINATION", {0: YES, 1: YES})

    refused = d.move(d.second, late, "CONFIRM")

    assert (refused.status_code, refused.json()["code"]) == (409, "QUOTA_EXHAUSTED")
    assert d.stages() == [Stage.DETERMINED, Stage.DETERMINED, Stage.REVIEWED, Stage.REVIEWED]
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(free=1, used=2)


@pytest.mark.rule("D10", "I-13")
def test_whoever_recorded_it_does_not_confirm_it(service: Service) -> None:
    d = decisions(service)
    meeting = d.recorded("REVIEW", d.votes({0: YES}))

    own = d.move(d.office, meeting, "CONFIRM")

    assert (own.status_code, own.json()["code"]) == (403, "SAME_PERSON")
    assert d.stage(0) is Stage.EVALUATED
    assert d.move(d.second, meeting, "CONFIRM").json()["stage"] == "CONFIRMED"


@pytest.mark.rule("E-33", "G-14")
@pytest.mark.parametrize(
    ("numbers", "claimed", "code"),
    [
        ({"should_attend": 9, "attended": 8}, {"votes_for": 4, "result": "APPROVED"}, "VOTE_ARITHMETIC"),
        ({"should_attend": 8, "attended": 8}, {"votes_for": 4, "result": "APPROVED"}, "VOTE_ARITHMETIC"),
        ({"should_attend": 9, "attended": 8}, {"votes_for": 5, "result": "REJECTED"}, "VOTE_ARITHMETIC"),
        ({"should_attend": 9, "attended": 8}, {"votes_for": 8, "votes_against": 1}, "VOTE_ARITHMETIC"),
        ({"should_attend": 8, "attended": 9}, {"votes_for": 8}, "VOTE_ARITHMETIC"),
        (
            {"should_attend": 9, "attended": 2, "attendees": ["甲", "乙", "丙"]},
            {"votes_for": 5},
            "VOTE_ARITHMETIC",
        ),
    ],
)
def test_votes_that_do_not_give_the_result_are_refused(
    sqlite_service: Service, numbers: dict[str, int], claimed: dict[str, int], code: str
) -> None:
    """The party group counts more than half of those who should attend, not of those who did (domain.md 6.4)."""
    d = decisions(sqlite_service)
    d.decide("REVIEW", {0: YES})
    item = {"nomination_id": d.nom(0), "result": "APPROVED", **claimed}

    refused = d.move(d.office, d.drafted("DETERMINATION", [item], **numbers).json(), "RECORD")

    assert (refused.status_code, refused.json()["code"]) == (422, code)


@pytest.mark.rule("E-33")
def test_more_than_half_of_those_who_should_attend_carries_it(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.decide("REVIEW", {0: YES})
    d.decide("DETERMINATION", {0: {"votes_for": 5, "result": "APPROVED"}}, should_attend=9, attended=8)
    assert d.stage(0) is Stage.DETERMINED


@pytest.mark.rule("E-33", "G-14")
def test_without_a_quorum_nothing_is_decided(sqlite_service: Service) -> None:
    """The first body needs two thirds; a member who left for an item did not attend that item."""
    d = decisions(sqlite_service)
    absent = d.drafted("REVIEW", d.votes({0: {**YES, "votes_for": 5, "votes_against": 0}}), attended=5).json()
    excluded = {
        "votes_for": 4,
        "votes_against": 0,
        "excluded": ["甲", "乙", "丙", "丁"],
        "result": "APPROVED",
    }
    left = d.drafted("REVIEW", d.votes({0: excluded})).json()

    refused = [d.move(d.office, meeting, "RECORD").json()["code"] for meeting in (absent, left)]

    assert refused == ["QUORUM_NOT_MET", "QUORUM_NOT_MET"]


@pytest.mark.rule("E-31")
def test_a_deferred_case_stays_and_the_others_go_on(service: Service) -> None:
    d = decisions(service, {HANGZHOU: 2, WENZHOU: 2})
    d.decide("REVIEW", dict.fromkeys(range(4), YES))

    d.decide("DETERMINATION", {0: YES, 1: LATER, 2: YES, 3: NO})
    assert d.stages() == [Stage.DETERMINED, Stage.REVIEWED, Stage.DETERMINED, Stage.NOT_SELECTED]

    d.decide("DETERMINATION", {1: YES})
    assert d.stage(1) is Stage.DETERMINED


@pytest.mark.rule("R-021")
def test_whoever_is_taken_before_a_better_ranked_one_needs_a_reason(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 1}, {HANGZHOU: 3})
    silent = d.drafted("REVIEW", d.votes({0: YES, 2: YES})).json()

    refused = d.move(d.office, silent, "RECORD")
    d.decide("REVIEW", {0: YES, 2: EXPLAINED})

    assert (refused.status_code, refused.json()["code"]) == (409, "ORDER_REASON_MISSING")
    assert "杭州市" in refused.json()["detail"]
    assert d.stages() == [Stage.REVIEWED, Stage.EVALUATED, Stage.REVIEWED]


@pytest.mark.rule("I-16")
def test_the_voting_rule_is_kept_with_the_record(sqlite_service: Service) -> None:
    """A majority that is raised later does not undo what was carried by the one in force."""
    d = decisions(sqlite_service)
    meeting = d.drafted("REVIEW", d.votes({0: {"votes_for": 5, "result": "APPROVED"}})).json()

    def raised(rules: dict[str, Any]) -> None:
        for body in rules["voting"]["bodies"]:
            body["pass_numerator"], body["pass_denominator"] = 9, 10

    with_rules(sqlite_service, d.campaign_id, raised)
    later = d.drafted("REVIEW", d.votes({0: {"votes_for": 5, "result": "APPROVED"}})).json()

    assert d.move(d.office, later, "RECORD").json()["code"] == "VOTE_ARITHMETIC"
    assert d.move(d.office, meeting, "RECORD").status_code == 200
    with Session(sqlite_service.plant.engine) as session:
        kept = session.exec(select(Meeting).order_by(col(Meeting.id))).first()
    assert kept
    assert (kept.rule["pass_numerator"], kept.rule["pass_denominator"]) == (1, 2)


@pytest.mark.rule("I-17", "E-02")
def test_the_names_of_that_day_stay_in_the_record(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    meeting = d.decide("REVIEW", {0: YES})
    with sqlite_service.system() as ctx:
        nomination = ctx.session.get_one(Nomination, d.nominations[0])
        ctx.session.get_one(ServiceWindow, nomination.window_id).name = "改名后的窗口"
        ctx.noted += 1

    shown_now = d.office("GET", f"/meetings/{meeting['id']}").json()

    assert shown_now["items"][0]["window_name"] == meeting["items"][0]["window_name"] != "改名后的窗口"


def test_an_agenda_is_drafted_first_and_its_results_are_written_when_the_body_has_met(
    sqlite_service: Service,
) -> None:
    d = decisions(sqlite_service)
    planned = d.drafted("REVIEW", [{"nomination_id": d.nom(0)}], held_on="2026-07-06", minutes_no="").json()

    early = d.move(d.office, planned, "RECORD")
    sqlite_service.clock.advance(days=6)
    body = {
        "purpose": "REVIEW",
        "held_on": "2026-07-06",
        "minutes_no": "纪要〔2026〕8号",
        "should_attend": 9,
        "attended": 9,
        "items": d.votes({0: YES}),
    }
    written = d.office("PUT", f"/meetings/{planned['id']}", json=body, version=planned["etag"])
    recorded = d.move(d.office, written.json(), "RECORD")

    assert [one["code"] for one in early.json()["errors"]] == [
        "MINUTES_MISSING",
        "MEETING_IN_FUTURE",
        "DECISION_MISSING",
    ]
    assert (written.status_code, recorded.json()["stage"]) == (200, "RECORDED")


def test_a_recorded_one_is_edited_only_after_it_was_taken_back(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    meeting = d.recorded("REVIEW", d.votes({0: YES}))
    url = f"/meetings/{meeting['id']}"
    body = {"purpose": "REVIEW", "held_on": "2026-06-30", "should_attend": 9, "items": d.votes({0: NO})}

    refused = d.office("PUT", url, json=body, version=meeting["etag"])
    draft = d.move(d.office, meeting, "REVISE", reason="票数录入有误。").json()
    other = d.office("PUT", url, json=body | {"purpose": "TIE"}, version=draft["etag"])
    edited = d.office("PUT", url, json=body, version=draft["etag"])

    assert (refused.status_code, refused.json()["code"]) == (409, "MEETING_NOT_EDITABLE")
    assert (other.status_code, other.json()["code"]) == (409, "MEETING_PURPOSE_FIXED")
    assert edited.json()["items"][0]["result"] == "REJECTED"


def test_a_cancelled_record_says_why_and_an_empty_one_decides_nothing(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    meeting = d.drafted("REVIEW", []).json()

    empty = d.move(d.office, meeting, "RECORD")
    cancelled = d.move(d.office, meeting, "CANCEL", reason="会议改期。").json()

    assert empty.json()["code"] == "MEETING_EMPTY"
    assert (cancelled["stage"], cancelled["end_reason"], cancelled["actions"]) == (
        "CANCELLED",
        "会议改期。",
        [],
    )


def test_the_result_is_announced_on_a_day_between_the_meeting_and_today(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    meeting = d.decide("REVIEW", {0: YES})

    before = d.move(d.office, meeting, "ANNOUNCE", announced_on="2026-06-29")
    announced = d.move(d.office, meeting, "ANNOUNCE")

    assert (before.status_code, before.json()["code"]) == (422, "ANNOUNCEMENT_DATE_INVALID")
    assert (announced.json()["stage"], announced.json()["announced_on"]) == ("ANNOUNCED", "2026-07-01")


def test_an_item_is_of_this_campaign_and_listed_once(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    other = decisions(sqlite_service, {NINGBO: 1}, {NINGBO: 1}, code="other")

    foreign = d.drafted("REVIEW", [{"nomination_id": other.nom(0), **YES}])
    twice = d.drafted("REVIEW", [*d.votes({0: YES}), *d.votes({0: NO})])

    assert (foreign.status_code, foreign.json()["code"]) == (422, "MEETING_ITEM_FOREIGN")
    assert (twice.status_code, twice.json()["code"]) == (422, "MEETING_ITEM_TWICE")


def test_the_party_groups_recorder_keeps_to_the_party_group(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    first = d.recorded("REVIEW", d.votes({0: YES}))
    refused = d.move(d.recorder, first, "CONFIRM")
    d.move(d.second, first, "CONFIRM")
    second = d.recorded("DETERMINATION", d.votes({0: YES}))
    confirmed = d.move(d.recorder, second, "CONFIRM")

    assert (refused.status_code, refused.json()["code"]) == (403, "PERMISSION_MISSING")
    assert confirmed.json()["stage"] == "CONFIRMED"


@pytest.mark.rule("R-048")
def test_records_are_the_hosts_own(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    meeting = d.recorded("REVIEW", d.votes({0: YES}))
    city = sqlite_service.person(Role.APPROVING_OFFICER, HANGZHOU)
    reader = sqlite_service.person(Role.STEERING_GROUP_MEMBER, "ZJ")

    assert city("GET", f"/meetings/{meeting['id']}").status_code == 404
    assert city("GET", d.url()).status_code == 404
    assert city("GET", d.url("agenda?turn=FIRST")).status_code == 404
    assert [one["id"] for one in reader("GET", d.url()).json()["items"]] == [meeting["id"]]
    assert d.move(reader, meeting, "CONFIRM").json()["code"] == "PERMISSION_MISSING"


def test_the_bodies_decide_while_the_campaign_is_determining(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, stage=CampaignStage.EVALUATING)
    meeting = d.recorded("REVIEW", d.votes({0: YES}))

    refused = d.move(d.second, meeting, "CONFIRM")

    assert (refused.status_code, refused.json()["code"]) == (409, "CAMPAIGN_PHASE")
    assert refused.json()["errors"][0]["pointer"] == "/items/0"


@pytest.mark.rule("R-021", "E-15")
def test_the_agenda_shows_each_bucket_in_order_with_its_places(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 1, WENZHOU: 2}, {HANGZHOU: 2, WENZHOU: 1})
    d.decide("REVIEW", {2: YES})

    agenda = d.office("GET", d.url("agenda?turn=FIRST")).json()

    assert agenda["purpose"] == "REVIEW"
    assert [
        (
            group["group"],
            group["places"],
            [(one["nomination_id"], one["rank"], one["cut"]) for one in group["items"]],
        )
        for group in agenda["groups"]
    ] == [(HANGZHOU, 1, [(d.nom(0), 1, "WITHIN"), (d.nom(1), 2, "BEYOND")])]
    [second] = d.office("GET", d.url("agenda?turn=SECOND")).json()["groups"]
    assert (second["group"], second["places"], second["items"][0]["proposed"]) == (WENZHOU, 2, True)


def test_a_list_and_an_agenda_of_three_cost_as_many_statements_as_of_one(sqlite_service: Service) -> None:
    costs: dict[str, list[int]] = {"meetings": [], "agenda?turn=FIRST": []}
    for number in (1, 3):
        d = decisions(sqlite_service, {HANGZHOU: 3}, {HANGZHOU: number}, code=f"c{number}")
        for index in range(number):
            d.drafted("REVIEW", d.votes({index: YES}))
        for tail, found in costs.items():
            with sqlite_service.statements() as counted:
                assert d.office("GET", d.url(tail)).status_code == 200
            found.append(len(counted))
    assert [len(set(found)) for found in costs.values()] == [1, 1]
