"""Awards: conferred at one event with numbered certificates, public for good, revoked by decision and still there."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.db.tables.awards import Award
from app.db.tables.campaigns import Campaign, QuotaSeat
from app.db.tables.decisions import DecisionItem
from app.db.tables.nominations import Nomination, ServiceWindow
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.certificates import certificate_number
from app.domain.ids import shown
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.services import audit
from app.services.seats import Usage
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, WENZHOU, YES, Decisions, decisions
from tests.plugins.service import Service

EVENT = {
    "title": "优质服务窗口表彰会",
    "merged_with": "2026年全省劳动保障工作会议",
    "held_on": "2026-07-01",
    "place": "杭州",
}


def event(d: Decisions, version: int = 0, **changes: Any) -> Any:
    return d.office("PUT", d.url("award-event"), json=EVENT | changes, version=version)


def confer(d: Decisions, **body: Any) -> Any:
    return d.office("POST", d.url("conferrals"), json=body)


def conferred(d: Decisions) -> list[dict[str, Any]]:
    assert event(d).status_code == 200
    answer = confer(d)
    assert answer.status_code == 201, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def revoked(d: Decisions, index: int = 0, on: str = "2026-07-01") -> None:
    item = {"nomination_id": d.nom(index), "ground": "FRAUD", **YES, "reason": "申报数据不实。"}
    d.confirmed("REVOCATION", [item], held_on=on)


@pytest.mark.rule("R-016", "R-030", "I-15", "G-15")
def test_determined_windows_are_conferred_at_the_event_with_numbered_certificates(service: Service) -> None:
    d = decisions(service)
    d.determined(0, 1, 2)

    items = conferred(d)

    assert [one["certificate_no"] for one in items] == ["ZJ2026-0001", "ZJ2026-0002", "ZJ2026-0003"]
    assert d.stages()[:3] == [Stage.AWARDED] * 3
    assert d.office("GET", d.url("award-event")).json()["merged_with"] == "2026年全省劳动保障工作会议"
    assert confer(d).json()["code"] == "NOTHING_TO_CONFER"
    with Session(service.plant.engine) as session:
        award = session.exec(select(Award).order_by(col(Award.certificate_no))).first()
        assert award
        item = session.get_one(DecisionItem, award.decision_item_id)
        assert (item.result, item.nomination_id) == ("APPROVED", d.nominations[0])
        assert session.get_one(QuotaSeat, award.seat_id).nomination_id == d.nominations[0]


@pytest.mark.rule("R-030", "I-15")
def test_what_the_second_body_has_not_approved_is_not_conferred(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.decide("REVIEW", {0: YES})

    for index in (0, 1):  # reviewed by the first body alone, and by neither
        answer = confer(d, nomination_ids=[d.nom(index)], document_no="浙劳社发〔2026〕99号")
        assert (answer.status_code, answer.json()["code"]) == (409, "TRANSITION_NOT_ALLOWED")
    assert d.stages()[:2] == [Stage.REVIEWED, Stage.EVALUATED]


@pytest.mark.rule("E-42")
def test_an_award_is_not_undone_but_revoked(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)
    conferred(d)
    url = f"/nominations/{d.nom(0)}"
    shown = d.office("GET", url).json()

    answer = d.office(
        "POST", f"{url}/transitions", json={"action": "UNDO", "reason": "误操作。"}, version=shown["etag"]
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "UNDO_BY_REVOCATION")
    assert d.stage(0) is Stage.AWARDED


@pytest.mark.rule("R-011", "I-03")
def test_the_database_keeps_a_place_for_one_award(service: Service) -> None:
    """Whatever a program does: no award without a place, and no two on one."""
    d = decisions(service)
    d.determined(0, 2)
    conferred(d)
    with pytest.raises(IntegrityError):
        _two_on_one_place(service)


def _two_on_one_place(service: Service) -> None:
    with service.system() as ctx:
        first, second = ctx.session.exec(select(Award).order_by(col(Award.certificate_no))).all()
        second.seat_id = first.seat_id
        ctx.session.flush()


@pytest.mark.rule("R-016")
def test_nothing_is_conferred_without_an_event_or_a_document(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0, 2)

    bare = confer(d)
    paper = confer(d, nomination_ids=[d.nom(2)], document_no="浙劳社〔2026〕99号")

    assert (bare.status_code, bare.json()["code"]) == (422, "AWARD_REFERENCE_MISSING")
    assert (paper.status_code, paper.json()["items"][0]["document_no"]) == (201, "浙劳社〔2026〕99号")
    assert (d.stage(0), d.stage(2)) == (Stage.DETERMINED, Stage.AWARDED)


@pytest.mark.rule("R-016")
def test_a_campaign_has_one_award_event(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    none = d.office("GET", d.url("award-event"))
    first = event(d).json()
    second = event(d)
    edited = event(d, first["etag"], place="宁波")

    assert none.status_code == 404
    assert (second.status_code, second.json()["code"]) == (412, "VERSION_CONFLICT")
    assert edited.json()["place"] == "宁波"


@pytest.mark.rule("R-004")
def test_nobody_is_commended_before_the_last_decision(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)

    early = event(d, held_on="2026-06-29")
    ahead = confer(d, document_no="1", conferred_on="2026-07-02")
    before = confer(d, document_no="1", conferred_on="2026-06-29")

    assert (early.status_code, early.json()["code"]) == (409, "AWARD_DATE_TOO_EARLY")
    assert (ahead.status_code, ahead.json()["code"]) == (422, "DATE_IN_FUTURE")
    assert before.json()["code"] == "AWARD_DATE_TOO_EARLY"


def test_one_case_that_is_not_determined_stops_them_all(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)

    refused = confer(d, nomination_ids=[d.nom(0), d.nom(1)], document_no="1")

    assert (refused.status_code, refused.json()["code"]) == (409, "TRANSITION_NOT_ALLOWED")
    assert refused.json()["errors"][0]["pointer"] == "/nomination_ids/1"
    assert d.stage(0) is Stage.DETERMINED


def test_no_award_without_a_decision_of_the_second_body(sqlite_service: Service) -> None:
    """A case put to DETERMINED by hand, past the bodies, gets none (I-15)."""
    d = decisions(sqlite_service)
    with sqlite_service.system() as ctx:
        ctx.session.get_one(Nomination, d.nominations[0]).stage = Stage.DETERMINED
        ctx.noted += 1
    refused = confer(d, document_no="1")
    assert (refused.status_code, refused.json()["code"]) == (409, "DECISION_MISSING")


@pytest.mark.rule("I-17", "E-02")
def test_an_award_keeps_the_names_of_its_day(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)
    [award] = conferred(d)
    with sqlite_service.system() as ctx:
        window = ctx.session.get_one(Nomination, d.nominations[0]).window_id
        ctx.session.get_one(ServiceWindow, window).name = "改名后的窗口"
        ctx.noted += 1

    roll = sqlite_service.client.get("/api/v1/public/awards").json()["items"]

    assert [one["window_name"] for one in roll] == [award["window_name"]] != ["改名后的窗口"]


@pytest.mark.rule("E-42", "G-15", "D-13")
def test_a_revoked_award_stays_on_the_roll_with_its_number_and_its_place_stays_empty(
    service: Service,
) -> None:
    d = decisions(service)
    d.determined(0, 2)
    awards = conferred(d)
    with service.system() as ctx:
        ctx.session.get_one(Campaign, d.campaign_id).stage = CampaignStage.ARCHIVED
        ctx.noted += 1
    service.clock.advance(days=100)

    revoked(d, on="2026-10-09")

    roll = {one["certificate_no"]: one for one in service.client.get(public(d)).json()["items"]}
    gone = roll[awards[0]["certificate_no"]]
    assert (gone["status"], gone["ground"], gone["revoked_on"]) == ("REVOKED", "FRAUD", "2026-10-09")
    assert roll[awards[1]["certificate_no"]]["status"] == "CONFERRED"
    assert d.stage(0) is Stage.REVOKED
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(free=1, used=1)
    assert len(service.client.get(public(d) + "?status=REVOKED").json()["items"]) == 1
    assert "申报数据不实" not in service.client.get(public(d)).text


def public(d: Decisions) -> str:
    return f"/api/v1/public/campaigns/{shown('cmp', d.campaign_id)}/awards"


@pytest.mark.rule("E-42")
def test_what_followed_from_a_revocation_is_recorded(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)
    [award] = conferred(d)
    url = f"/awards/{award['id']}/revocation"
    too_soon = d.office("PUT", url, json={"announced_on": "2026-07-01"}, version=award["etag"])
    revoked(d)
    now = d.office("GET", f"/awards/{award['id']}").json()

    wrong = d.office("PUT", url, json={"announced_on": "2026-07-02"}, version=now["etag"])
    followed = d.office(
        "PUT",
        url,
        json={"proposed_by": "杭州市局", "announced_on": "2026-07-01", "plaque_withdrawn_on": "2026-07-01"},
        version=now["etag"],
    ).json()

    assert (too_soon.status_code, too_soon.json()["code"]) == (409, "AWARD_NOT_REVOKED")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "REVOCATION_DATE_INVALID")
    assert followed["revocation"]["proposed_by"] == "杭州市局"
    assert (followed["revocation"]["announced_on"], followed["revocation"]["certificate_withdrawn_on"]) == (
        "2026-07-01",
        "",
    )


@pytest.mark.rule("E-07")
def test_a_revocation_after_the_report_owes_the_ministry_a_letter(service: Service) -> None:
    d = m.with_ministry(service)
    d.determined()
    recommendation = m.reported(d)
    event(d, held_on="2026-07-10")
    assert confer(d).status_code == 201

    revoked(d)

    owing = m.again(d, recommendation)
    assert (owing["stage"], owing["letter_owed"]) == ("REPORTED", True)
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(forfeited=1)
    letter = {"document_no": "浙劳社函〔2026〕5号", "sent_on": "2026-07-12", "reason": "表彰已撤销。"}
    url = f"/ministry-recommendations/{recommendation['id']}/correction-letters"
    assert d.office("POST", url, json=letter, version=owing["etag"]).json()["letter_owed"] is False


def merged(d: Decisions, index: int = 0) -> str:
    """The window of the case goes into another one; the successor's public identifier."""
    with d.service.system() as ctx:
        window = ctx.session.get_one(
            ServiceWindow, ctx.session.get_one(Nomination, d.nominations[index]).window_id
        )
        copied = window.model_dump(exclude={"id", "name", "merged_into_id", "created_at", "updated_at"})
        stamp = {k: v for k, v in audit.stamp(ctx).items() if k in ("created_at", "updated_at")}
        successor = ServiceWindow(**copied, **stamp, name="政务服务中心")
        ctx.session.add(successor)
        ctx.session.flush()
        window.merged_into_id, window.closed_on = successor.id, date(2026, 7, 1)
        ctx.noted += 1
        return shown("win", successor.id)


@pytest.mark.rule("E-03")
def test_a_window_merged_after_its_approval_hands_its_award_on_only_by_decision(service: Service) -> None:
    d = decisions(service)
    d.determined(0, 2)
    successor = merged(d)
    other = merged(d, 2)
    event(d)

    undecided = confer(d, nomination_ids=[d.nom(0)])
    wrong = d.drafted("SUCCESSION", [{"nomination_id": d.nom(0), "successor_id": other, **YES}])
    d.confirmed("SUCCESSION", [{"nomination_id": d.nom(0), "successor_id": successor, **YES}])
    [award] = confer(d, nomination_ids=[d.nom(0)]).json()["items"]

    assert (undecided.status_code, undecided.json()["code"]) == (409, "SUCCESSOR_UNDECIDED")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "SUCCESSOR_INVALID")
    assert (award["window_name"], award["window_id"]) == ("政务服务中心", successor)
    assert award["formerly"].startswith("杭州市")


def test_every_organising_unit_is_told_the_results_on_its_own_cases_and_takes_note(
    sqlite_service: Service,
) -> None:
    d = decisions(sqlite_service)
    d.decide("REVIEW", {0: YES, 2: YES})
    meeting = d.decide("DETERMINATION", {0: YES, 2: YES})
    d.move(d.office, meeting, "ANNOUNCE")
    city = sqlite_service.person(Role.APPROVING_OFFICER, HANGZHOU)
    other = sqlite_service.person(Role.APPROVING_OFFICER, WENZHOU)

    [told] = city("GET", d.url("result-notifications")).json()["items"]
    url = f"/result-notifications/{told['id']}/acknowledgements"
    stranger = other("POST", url, version=told["etag"])
    office = d.office("POST", url, version=told["etag"])
    noted = city("POST", url, version=told["etag"])

    assert [(one["nomination_id"], one["result"]) for one in told["results"]] == [(d.nom(0), "APPROVED")]
    assert (stranger.status_code, office.json()["code"]) == (404, "PERMISSION_MISSING")
    assert noted.json()["acknowledged_at"] > "2026-07-01"
    assert len(d.office("GET", d.url("result-notifications")).json()["items"]) == 2


def test_the_roll_is_paged_and_costs_the_same_for_one_and_three(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 3}, {HANGZHOU: 3})
    d.determined()
    event(d)
    costs: dict[str, list[int]] = {"/api/v1/public/awards": [], "own": []}
    for index in range(3):
        assert confer(d, nomination_ids=[d.nom(index)]).status_code == 201
        with sqlite_service.statements() as counted:
            sqlite_service.client.get("/api/v1/public/awards")
        costs["/api/v1/public/awards"].append(len(counted))
        with sqlite_service.statements() as counted:
            d.office("GET", d.url("awards"))
        costs["own"].append(len(counted))
    page = sqlite_service.client.get("/api/v1/public/awards?limit=2").json()

    assert [len(set(found)) for found in costs.values()] == [1, 1]
    assert (len(page["items"]), page["has_more"]) == (2, True)


def test_awards_of_a_campaign_the_public_does_not_see_are_not_there(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, stage=CampaignStage.DRAFT)
    answer = sqlite_service.client.get(public(d))
    assert answer.status_code == 404


def test_a_certificate_number_is_the_campaigns_code_and_a_running_number() -> None:
    assert certificate_number("wz-2026", 34) == "WZ-2026-0034"
    with pytest.raises(ValueError, match="numbered from 1"):
        certificate_number("wz-2026", 0)
