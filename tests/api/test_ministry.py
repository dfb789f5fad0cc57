"""From an award to the ministry: assessment, the host's notice, the second decision, report, result."""

import pytest
from sqlmodel import Session, col, select

from app.db import nominations as nomination_rows
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem
from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.ids import shown
from app.domain.nomination import Action, Stage
from app.domain.quota import SeatKind
from app.services import transitions
from app.services.seats import Usage
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, NINGBO, WENZHOU, YES, Decisions
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


@pytest.mark.rule("R-033", "I-15")
def test_nothing_is_reported_without_the_second_decision(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service)
    d.determined()
    recommendation = m.assessed(d, m.made(d))
    m.notice(d, 0)
    m.run_out(d)
    document = "浙劳社〔2026〕88号"

    early = m.move(d.office, m.again(d, recommendation), "REPORT", document_no=document)

    assert (early.status_code, early.json()["code"]) == (409, "TRANSITION_NOT_ALLOWED")
    m.decided(d)
    ready = m.documented(d, m.again(d, recommendation))
    with sqlite_service.system() as ctx:
        item = ctx.session.exec(select(DecisionItem).order_by(col(DecisionItem.id).desc())).first()
        assert item
        item.annulled_at = ctx.now
        ctx.noted += 1
    annulled = m.move(d.office, ready, "REPORT", document_no=document)
    assert (annulled.status_code, annulled.json()["code"]) == (409, "DECISION_MISSING")


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
