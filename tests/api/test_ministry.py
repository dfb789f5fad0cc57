"""From an award to the ministry: places, assessment, the host's notice, the second decision, material, report, result."""

import pytest
from sqlmodel import Session, col, select

from app.db import nominations as nomination_rows
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import RankingEntry, RankingSnapshot
from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.ids import shown
from app.domain.nomination import Action, Stage
from app.domain.quota import SeatKind
from app.domain.ranking import Cut, Method
from app.services import audit, transitions
from app.services.seats import Usage
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, NINGBO, NO, WENZHOU, YES, Decisions, decisions
from tests.plugins.service import Service


@pytest.mark.rule("R-013", "R-031", "R-032", "R-033", "I-15", "G-16")
def test_the_whole_way_to_the_ministry_and_what_it_answers(service: Service) -> None:
    d = m.with_ministry(service)
    d.determined()

    recommendation = m.reported(d)
    answered = m.move(
        d.office,
        recommendation,
        "RECORD_RESULT",
        result="NOT_COMMENDED",
        document_no="劳社部发〔2027〕3号",
        result_on="2026-07-12",
    ).json()

    assert (recommendation["stage"], recommendation["document_no"]) == ("REPORTED", "浙劳社〔2026〕88号")
    assert answered["stage"] == "NOT_COMMENDED"
    assert d.stage(0) is Stage.DETERMINED  # the host's own award stands
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(used=1)


@pytest.mark.rule("R-013", "I-04")
def test_only_what_the_host_has_determined_goes_on(service: Service) -> None:
    d = m.with_ministry(service)

    scored = m.proposed(d)
    tabled = d.drafted("MINISTRY_CANDIDATES", d.votes({1: YES}))

    assert (scored.status_code, scored.json()["code"]) == (409, "NOT_PROVINCIALLY_DETERMINED")
    assert tabled.json()["code"] == "MEETING_ITEM_NOT_READY"
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(free=1)


@pytest.mark.rule("R-014", "R-015", "I-05", "E-16")
def test_a_third_window_of_a_city_with_fixed_places_gets_none_of_the_pool(service: Service) -> None:
    d = m.with_ministry(service, {HANGZHOU: 3})
    d.determined()
    m.made(d, 0)
    m.made(d, 1)

    third = m.proposed(d, 2)

    assert (third.status_code, third.json()["code"]) == (409, "POOL_NOT_ELIGIBLE")
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(used=2)
    assert d.usage()["MINISTRY_POOL"][SeatKind.MINISTRY_POOL] == Usage(free=2)


@pytest.mark.rule("R-015", "E-15", "I-02")
def test_the_pool_is_filled_by_one_decision_over_all_its_cities(service: Service) -> None:
    d = m.with_ministry(service, {HANGZHOU: 1, WENZHOU: 2, "330400": 1}, pool=2)
    d.determined()

    alone = m.proposed(d, 1)
    full = d.drafted("MINISTRY_CANDIDATES", d.votes({1: YES, 2: YES, 3: YES})).json()
    seventh = d.move(d.office, full, "RECORD")
    d.decide("MINISTRY_CANDIDATES", {1: YES, 2: YES, 3: NO})

    assert (alone.status_code, alone.json()["code"]) == (409, "DECISION_MISSING")
    assert (seventh.status_code, seventh.json()["code"]) == (409, "QUOTA_EXHAUSTED")
    listed = d.office("GET", d.url("ministry-recommendations")).json()["items"]
    assert [(one["nomination_id"], one["slot"]) for one in listed] == [
        (d.nom(1), "MINISTRY_POOL"),
        (d.nom(2), "MINISTRY_POOL"),
    ]
    assert d.usage()["MINISTRY_POOL"][SeatKind.MINISTRY_POOL] == Usage(used=2)


def rank(d: Decisions, pool_ranks: dict[int, int], cut: Cut = Cut.WITHIN) -> None:
    """A ranking over the pool; equal ranks are a tie."""
    with d.service.system() as ctx:
        snapshot = RankingSnapshot(
            **audit.stamp(ctx),
            campaign_id=d.campaign_id,
            number=1,
            method=Method.MEAN,
            min_reviewers=3,
            rules_version=1,
            taken_at=ctx.now,
            input_hash="sha256:0",
            result_hash="sha256:0",
        )
        ctx.session.add(snapshot)
        ctx.session.flush()
        ctx.session.add_all(
            RankingEntry(
                **audit.stamp(ctx),
                ranking_id=snapshot.id,
                nomination_id=d.nominations[index],
                position=position,
                bucket_code=ctx.session.get_one(Nomination, d.nominations[index]).bucket_code,
                value="90",
                shown="90.00",
                bucket_rank=place,
                bucket_tied=False,
                bucket_cut=cut,
                pool_rank=place,
                pool_cut=cut,
            )
            for position, (index, place) in enumerate(pool_ranks.items(), 1)
        )
        ctx.noted += 1


@pytest.mark.rule("R-015", "R-021", "E-15", "E-23", "G-08")
def test_the_pool_follows_one_ranking_and_a_tie_at_its_cut_is_decided_by_the_body(service: Service) -> None:
    d = m.with_ministry(service, {HANGZHOU: 1, WENZHOU: 1, "330400": 1, "330500": 1}, pool=2)
    d.determined()
    rank(d, {0: 1, 1: 3, 2: 1, 3: 1})

    tied = d.drafted("MINISTRY_CANDIDATES", d.votes({2: YES, 3: YES})).json()
    other = d.drafted("MINISTRY_CANDIDATES", d.votes({1: YES, 2: YES})).json()
    agenda = d.office("GET", d.url("agenda?turn=FIRST&track=MINISTRY")).json()

    assert [
        (group["group"], group["places"], [one["rank"] for one in group["items"]])
        for group in agenda["groups"]
    ] == [(HANGZHOU, 1, [1]), ("MINISTRY_POOL", 2, [1, 1, 3])]
    assert d.move(d.office, other, "RECORD").json()["code"] == "ORDER_REASON_MISSING"
    assert d.move(d.office, tied, "RECORD").status_code == 200


@pytest.mark.rule("E-23", "G-08")
def test_who_goes_first_in_a_tie_at_the_last_place_is_a_recorded_decision(service: Service) -> None:
    d = decisions(service, {HANGZHOU: 1}, {HANGZHOU: 2})
    rank(d, {0: 1, 1: 1})
    d.decide("REVIEW", {0: YES, 1: YES})
    silent = d.drafted("DETERMINATION", d.votes({1: YES})).json()

    refused = d.move(d.office, silent, "RECORD")
    d.confirmed("TIE", [*d.votes({1: YES}), *d.votes({0: NO})])
    d.decide("DETERMINATION", {1: YES})

    assert (refused.status_code, refused.json()["code"]) == (409, "TIE_UNDECIDED")
    assert d.stages() == [Stage.REVIEWED, Stage.DETERMINED]


def test_a_tie_is_ordered_in_a_ranking_that_is_on_record(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    refused = d.move(d.second, d.recorded("TIE", d.votes({0: YES, 1: NO})), "CONFIRM")
    assert (refused.status_code, refused.json()["code"]) == (409, "RANKING_MISSING")


@pytest.mark.rule("E-16", "G-09")
def test_a_failed_assessment_leaves_the_citys_place_unused_until_a_decision_reopens_it(
    service: Service,
) -> None:
    d = m.with_ministry(service, {HANGZHOU: 3})
    d.determined()
    m.made(d, 0)
    second = m.made(d, 1)

    failed = m.move(d.office, second, "ASSESS", **m.assessment(d, result="FAILED")).json()
    third = m.proposed(d, 2)

    assert (failed["stage"], d.stage(1)) == ("NOT_RECOMMENDED", Stage.DETERMINED)
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(used=1, forfeited=1)
    assert third.json()["code"] == "POOL_NOT_ELIGIBLE"
    place = {"from_bucket": HANGZHOU, "to_bucket": HANGZHOU, **YES}
    d.confirmed("PLACE_REALLOCATION", [place | {"from_kind": "MINISTRY_FIXED", "to_kind": "MINISTRY_FIXED"}])
    assert m.made(d, 2)["slot"] == "MINISTRY_FIXED"


@pytest.mark.rule("R-021", "R-014")
def test_a_citys_own_places_go_to_its_best_ranked_or_with_a_reason(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service, {HANGZHOU: 3})
    d.determined()

    silent = m.proposed(d, 2)
    explained = m.proposed(d, 2, reason="前两名已获全国表彰。")
    twice = m.proposed(d, 2)

    assert (silent.status_code, silent.json()["code"]) == (409, "ORDER_REASON_MISSING")
    assert (explained.status_code, explained.json()["rank"]) == (201, 3)
    assert (twice.status_code, twice.json()["code"]) == (409, "MINISTRY_ALREADY_PROPOSED")


@pytest.mark.rule("E-04")
def test_a_case_withdrawn_after_its_approval_takes_its_ministry_place_with_it(service: Service) -> None:
    d = m.with_ministry(service, {HANGZHOU: 1})
    d.determined()
    recommendation = m.made(d)

    with service.system() as ctx:
        nomination = nomination_rows.locked(ctx.session, d.nominations[0])
        assert nomination
        transitions.take(ctx, nomination, Action.WITHDRAW, reason="单位撤销。", written_request=True)

    assert m.again(d, recommendation)["stage"] == "WITHDRAWN"
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(forfeited=1)


@pytest.mark.rule("R-031", "I-12")
def test_nobody_of_the_nominees_city_or_its_sponsor_assesses_it(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.made(d)

    own = m.move(d.office, recommendation, "ASSESS", **m.assessment(d, HANGZHOU))
    empty = m.move(d.office, recommendation, "ASSESS", **m.assessment(d, assessed_on="2026-07-02"))
    outside = m.move(d.office, recommendation, "ASSESS", **m.assessment(d, NINGBO))

    assert (own.status_code, own.json()["code"]) == (403, "RECUSAL")
    assert empty.json()["code"] == "DATE_IN_FUTURE"
    assert outside.json()["assessments"][0]["team"][0]["organization"].startswith("宁波市")


@pytest.mark.rule("R-031", "R-032")
def test_the_hosts_notice_lists_only_who_was_assessed_and_the_second_body_waits_for_its_end(
    service: Service,
) -> None:
    d = m.with_ministry(service)
    d.determined()
    recommendation = m.made(d)
    early = d.office("POST", d.url("notices"), json=notice_text(d, 0))
    m.assessed(d, recommendation)
    waiting = d.drafted("MINISTRY_RECOMMENDATION", d.votes({0: YES}))
    m.notice(d, 0)

    at_notice = m.again(d, recommendation)
    running = d.move(d.second, d.recorded("MINISTRY_RECOMMENDATION", d.votes({0: YES})), "CONFIRM")
    m.run_out(d)
    m.decided(d)

    assert (early.status_code, early.json()["code"]) == (409, "NOTICE_ITEM_NOT_READY")
    assert waiting.json()["code"] == "MEETING_ITEM_NOT_READY"
    assert (at_notice["stage"], at_notice["notice_ends_at"] > "2026-07-07") == ("AT_NOTICE", True)
    assert (running.status_code, running.json()["code"]) == (409, "NOTICE_STILL_RUNNING")
    assert m.again(d, recommendation)["stage"] == "MATERIALS"


def notice_text(d: Decisions, *indexes: int) -> dict[str, object]:
    return {
        "title": "公示",
        "basis": "浙劳社〔2026〕1号",
        "contact_office": "省厅监察室",
        "items": [{"nomination_id": d.nom(index)} for index in indexes],
    }


@pytest.mark.rule("E-17", "G-16")
def test_an_objection_upheld_at_that_notice_costs_the_recommendation_and_not_the_award(
    service: Service,
) -> None:
    d = m.with_ministry(service)
    d.determined()
    recommendation = m.assessed(d, m.made(d))
    listed = m.notice(d, 0)
    officer = service.person(Role.DISCIPLINE_OFFICER, "ZJ")
    objection = officer(
        "POST",
        "/objections",
        json={
            "item_id": listed["items"][0]["id"],
            "identity_kind": "NAMED_INDIVIDUAL",
            "objector_name": "秦香莲",
            "objector_contact": "0571-85119999",
            "has_leads": True,
            "channel": "PHONE",
            "content": "该窗口事迹一般，典型性不足。",
        },
    ).json()
    for body in (
        {"action": "ASSIGN", "handler_id": shown("per", officer.person_id)},
        {"action": "ACCEPT"},
        {"action": "INVESTIGATE"},
        {"action": "CONCLUDE", "result": "UPHELD", "finding": "典型性不足。"},
    ):
        answer = officer(
            "POST", f"/objections/{objection['id']}/transitions", json=body, version=objection["etag"]
        )
        assert answer.status_code == 200, answer.text
        objection = answer.json()
    held = d.move(d.second, d.recorded("MINISTRY_RECOMMENDATION", d.votes({0: YES})), "CONFIRM")
    url = f"/objections/{objection['id']}/transitions"
    act = {"action": "ACT", "act": "REJECT", "reason": "不予报部。"}
    acted = officer("POST", url, json=act, version=objection["etag"])

    assert "OBJECTION_OPEN" in [one["code"] for one in held.json()["errors"]]
    assert acted.status_code == 200, acted.text
    assert (m.again(d, recommendation)["stage"], d.stage(0)) == ("NOT_RECOMMENDED", Stage.DETERMINED)


def confirm_a_veto(d: Decisions) -> None:
    officer = d.service.person(Role.DISCIPLINE_OFFICER, "ZJ")
    fact = {
        "veto_code": "VETO_INACTION",
        "source": "纪检监察部门通报",
        "fact_on": "2025-03-01",
        "evidence": "通报第3号",
    }
    finding = officer("POST", f"/nominations/{d.nom(0)}/veto-findings", json=fact)
    assert finding.status_code == 201, finding.text
    made = finding.json()
    for body in ({"action": "VERIFY"}, {"action": "CONFIRM", "conclusion": "情况属实。"}):
        url = f"/veto-findings/{made['id']}/transitions"
        answer = officer("POST", url, json=body, version=made["etag"])
        assert answer.status_code == 200, answer.text
        made = answer.json()


@pytest.mark.rule("E-17", "E-04")
def test_a_veto_confirmed_at_that_notice_costs_the_award_as_well(service: Service) -> None:
    d = m.with_ministry(service)
    d.determined()
    recommendation = m.assessed(d, m.made(d))
    m.notice(d, 0)

    confirm_a_veto(d)

    assert (d.stage(0), m.again(d, recommendation)["stage"]) == (Stage.VETOED, "WITHDRAWN")
    used = d.usage()[HANGZHOU]
    assert (used[SeatKind.PROVINCIAL].used, used[SeatKind.MINISTRY_FIXED]) == (0, Usage(forfeited=1))


@pytest.mark.rule("R-037", "R-038", "R-039", "R-040", "R-041", "R-042", "R-043", "E-37")
def test_nothing_is_reported_before_every_paper_is_there(service: Service) -> None:
    d = m.with_ministry(service)
    d.determined()
    recommendation = m.through(d)

    bare = m.move(d.office, recommendation, "REPORT", document_no="浙劳社〔2026〕88号")
    whole = m.documented(d, recommendation)
    short = m.put(m.filer(d), whole, "video", duration_s=598, segments=m.SEGMENTS[:4]).json()
    aspect = m.move(d.office, short, "REPORT", document_no="浙劳社〔2026〕88号")
    long = m.put(m.filer(d), short, "video", duration_s=901, segments=m.SEGMENTS).json()
    length = m.move(d.office, long, "REPORT", document_no="浙劳社〔2026〕88号")

    assert [one["code"] for one in bare.json()["errors"]] == [
        "FORM_INCOMPLETE",
        "WRITEUP_LENGTH",
        "QUALITY_UNCHECKED",
        "VIDEO_DURATION",
        "VIDEO_ASPECT_MISSING",
        "SEAL_MISSING",
        "COPIES_MISSING",
    ]
    assert whole["actions"][0] == {"action": "REPORT", "permitted": True, "blockers": []}
    assert (aspect.status_code, aspect.json()["code"]) == (422, "VIDEO_ASPECT_MISSING")
    assert (length.status_code, length.json()["code"]) == (409, "VIDEO_DURATION")


@pytest.mark.rule("R-039", "I-13")
def test_the_quality_is_confirmed_by_a_named_person_who_did_not_write_it(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.made(d)
    both = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU)

    nothing = m.put(both, recommendation, "quality-check", checks=m.CHECKS)
    written = m.put(both, recommendation, "write-up", body="优质服务，便民利民。").json()
    own = m.put(both, written, "quality-check", checks=m.CHECKS)
    unknown = m.put(m.checker(d), written, "quality-check", checks=["NICE"])
    checked = m.put(m.checker(d), written, "quality-check", checks=m.CHECKS).json()
    changed = m.put(both, checked, "write-up", body="优质服务。").json()

    assert nothing.status_code == 404
    assert (written["writeup"]["char_count"], own.json()["code"]) == (10, "SAME_PERSON")
    assert unknown.json()["code"] == "FIELD_CHOICE"
    assert checked["writeup"]["checked_by"] == "approving_officer-330100"
    assert (changed["writeup"]["checks"], changed["writeup"]["checked_by"]) == ([], "")


@pytest.mark.rule("R-042", "E-37")
def test_a_segment_lies_in_the_video_and_shows_a_criterion(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.made(d)
    beyond = [{"criterion": "C1", "start_s": 500, "end_s": 601}]
    unknown = [{"criterion": "C9", "start_s": 0, "end_s": 10}]

    outside = m.put(m.filer(d), recommendation, "video", duration_s=600, segments=beyond)
    wrong = m.put(m.filer(d), recommendation, "video", duration_s=600, segments=unknown)
    missing = m.put(
        m.filer(d), recommendation, "video", duration_s=600, segments=[], material_id=f"mat_{'0' * 32}"
    )

    assert (outside.status_code, outside.json()["code"]) == (422, "SEGMENT_RANGE")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "FIELD_CHOICE")
    assert missing.status_code == 404


@pytest.mark.rule("E-07")
def test_what_was_reported_is_taken_back_only_with_a_letter(service: Service) -> None:
    d = m.with_ministry(service)
    d.determined()
    recommendation = m.reported(d)
    closed = m.put(m.filer(d), recommendation, "write-up", body="改写。")
    url = f"/ministry-recommendations/{recommendation['id']}/correction-letters"
    letter = {"document_no": "浙劳社函〔2026〕5号", "sent_on": "2026-07-12", "reason": "情况有变。"}

    silent = m.move(d.office, recommendation, "WITHDRAW", reason="情况有变。")
    ahead = d.office("POST", url, json=letter | {"sent_on": "2026-08-01"}, version=recommendation["etag"])
    told = d.office("POST", url, json=letter, version=recommendation["etag"])
    withdrawn = m.move(d.office, told.json(), "WITHDRAW", reason="情况有变。")

    assert (closed.status_code, closed.json()["code"]) == (409, "MINISTRY_CLOSED")
    assert (silent.status_code, silent.json()["code"]) == (409, "CORRECTION_LETTER_MISSING")
    assert ahead.json()["code"] == "DATE_IN_FUTURE"
    assert (told.status_code, told.json()["letters"][0]["document_no"]) == (201, "浙劳社函〔2026〕5号")
    assert withdrawn.json()["stage"] == "WITHDRAWN"
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(used=1)


def test_a_letter_is_owed_only_for_what_was_reported(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.made(d)
    url = f"/ministry-recommendations/{recommendation['id']}/correction-letters"
    letter = {"document_no": "1", "sent_on": "2026-07-01", "reason": "情况有变。"}

    refused = d.office("POST", url, json=letter, version=recommendation["etag"])
    filer = m.filer(d)("POST", url, json=letter, version=recommendation["etag"])

    assert (refused.status_code, refused.json()["code"]) == (409, "MINISTRY_CLOSED")
    assert (filer.status_code, filer.json()["code"]) == (403, "PERMISSION_MISSING")


@pytest.mark.rule("E-07")
def test_an_annulled_second_decision_brings_it_back_to_its_notice(service: Service) -> None:
    d = m.with_ministry(service)
    d.determined()
    recommendation = m.through(d)
    [meeting] = [
        one for one in d.office("GET", d.url()).json()["items"] if one["purpose"] == "MINISTRY_RECOMMENDATION"
    ]
    item = d.office("GET", f"/meetings/{meeting['id']}").json()["items"][0]

    d.confirmed("ANNULMENT", [{"item_id": item["id"], **YES}], turn="SECOND")

    assert m.again(d, recommendation)["stage"] == "AT_NOTICE"


def test_a_mistaken_assessment_is_taken_back_and_stays_readable(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.assessed(d, m.made(d))

    undone = m.move(d.office, recommendation, "UNDO", reason="录入有误。").json()
    again = m.move(d.office, undone, "ASSESS", **m.assessment(d, NINGBO)).json()

    assert undone["stage"] == "PROPOSED"
    assert [one["current"] for one in again["assessments"]] == [False, True]


def test_the_track_is_bound_by_no_phase_of_the_campaign(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    with sqlite_service.system() as ctx:
        ctx.session.get_one(Campaign, d.campaign_id).stage = CampaignStage.ARCHIVED
        ctx.noted += 1
    assert m.assessed(d, m.made(d))["stage"] == "ASSESSED"


@pytest.mark.rule("R-048")
def test_a_city_sees_its_own_recommendations_and_the_office_alone_moves_them(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service, {HANGZHOU: 1, WENZHOU: 1})
    d.determined()
    recommendation = m.made(d)
    url = f"/ministry-recommendations/{recommendation['id']}"
    stranger = sqlite_service.person(Role.APPROVING_OFFICER, WENZHOU)

    assert stranger("GET", url).status_code == 404
    assert stranger("GET", d.url("ministry-recommendations")).json()["items"] == []
    assert m.checker(d)("GET", url).status_code == 200
    assert (
        m.move(m.checker(d), recommendation, "ASSESS", **m.assessment(d)).json()["code"]
        == "PERMISSION_MISSING"
    )


def test_a_list_of_three_recommendations_costs_as_many_statements_as_of_one(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service, {HANGZHOU: 3}, fixed={HANGZHOU: 3})
    d.determined()
    costs = []
    for index in range(3):
        m.made(d, index)
        with sqlite_service.statements() as counted:
            assert d.office("GET", d.url("ministry-recommendations")).status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1


def test_both_notices_of_a_case_at_one_level_stand_beside_each_other(sqlite_service: Service) -> None:
    """A provincial-level unit is put forward, commended and recommended at the same level (G-05, I-07)."""
    d = m.with_ministry(sqlite_service)
    d.determined()
    m.assessed(d, m.made(d))
    listed = m.notice(d, 0)
    with Session(sqlite_service.plant.engine) as session:
        stages = session.exec(select(Nomination.stage).where(col(Nomination.id) == d.nominations[0])).one()
    assert (listed["level"], listed["issuer_id"]) == (
        "PROVINCIAL",
        shown("org", sqlite_service.organization("ZJ").id),
    )
    assert stages is Stage.DETERMINED
