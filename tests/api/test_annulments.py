"""A decision is annulled by a later one of the same or a higher body, never edited away (domain.md 4.3, E-07)."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.db.tables.decisions import DecisionItem
from app.db.tables.nominations import Nomination
from app.domain.ids import shown
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.services.seats import Usage
from tests.decision_cases import HANGZHOU, NO, YES, Decisions, decisions
from tests.plugins.service import Service


def items_of(d: Decisions) -> list[DecisionItem]:
    with Session(d.service.plant.engine, expire_on_commit=False) as session:
        return list(session.exec(select(DecisionItem).order_by(col(DecisionItem.id))).all())


@pytest.mark.rule("E-07", "I-03")
def test_an_annulled_approval_gives_its_place_back_and_the_case_goes_back(service: Service) -> None:
    d = decisions(service)
    d.determined(0)
    approval = shown("dit", items_of(d)[-1].id)
    annulment = {"item_id": approval, **YES, "reason": "程序有误，重新研究。"}

    d.confirmed("ANNULMENT", [annulment], turn="SECOND")

    assert d.stage(0) is Stage.REVIEWED
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(free=2)
    assert [one.annulled_at is not None for one in items_of(d)] == [False, True, False]
    again = d.drafted("ANNULMENT", [annulment], turn="SECOND").json()
    assert d.move(d.office, again, "RECORD").json()["code"] == "MEETING_ITEM_NOT_READY"
    d.decide("DETERMINATION", {0: YES})
    assert d.stage(0) is Stage.DETERMINED


def test_a_decision_is_annulled_by_the_same_or_a_higher_body_before_the_next_step(
    sqlite_service: Service,
) -> None:
    d = decisions(sqlite_service)
    d.determined(0)
    review, approval = (shown("dit", one.id) for one in items_of(d))

    lower = d.drafted("ANNULMENT", [{"item_id": approval, **YES}], turn="FIRST")
    late = d.recorded("ANNULMENT", [{"item_id": review, **YES}], turn="SECOND")
    refused = d.move(d.second, late, "CONFIRM")
    unknown = d.drafted("ANNULMENT", [{"item_id": shown("dit", d.campaign_id), **YES}], turn="SECOND")

    assert (lower.status_code, lower.json()["code"]) == (422, "MEETING_TURN")
    assert (refused.status_code, refused.json()["code"]) == (409, "ANNULMENT_IMPOSSIBLE")
    assert unknown.json()["code"] == "MEETING_ITEM_FOREIGN"
    assert d.stage(0) is Stage.DETERMINED


def test_a_motion_to_annul_that_fails_changes_nothing(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)
    d.confirmed("ANNULMENT", [{"item_id": shown("dit", items_of(d)[-1].id), **NO}], turn="SECOND")
    assert d.stage(0) is Stage.DETERMINED


@pytest.mark.rule("E-07", "I-06", "I-18")
@pytest.mark.parametrize("purpose", ["REVIEW", "DETERMINATION"])
def test_an_annulled_refusal_brings_the_case_back_to_where_the_body_took_it_up(
    service: Service, purpose: str
) -> None:
    d = decisions(service)
    if purpose == "DETERMINATION":
        d.decide("REVIEW", {0: YES})
    before = d.stage(0)
    d.decide(purpose, {0: NO})
    undone = undo(d, 0)
    annulment = {"item_id": shown("dit", items_of(d)[-1].id), **YES, "reason": "程序有误，重新研究。"}

    d.confirmed("ANNULMENT", [annulment], turn="SECOND")

    assert (undone.status_code, undone.json()["code"]) == (409, "UNDO_BY_DECISION")
    assert d.stage(0) is before
    with service.system() as ctx:
        case = ctx.session.get_one(Nomination, d.nominations[0])
        assert case.live_window_id == case.window_id
    d.decide(purpose, {0: YES})
    assert d.stage(0) is (Stage.REVIEWED if purpose == "REVIEW" else Stage.DETERMINED)


def undo(d: Decisions, index: int) -> Any:
    case = d.office("GET", f"/nominations/{d.nom(index)}").json()
    body = {"action": "UNDO", "reason": "撤销。"}
    return d.office("POST", f"/nominations/{d.nom(index)}/transitions", json=body, version=case["etag"])


@pytest.mark.rule("I-06", "E-07")
def test_a_refusal_is_not_annulled_once_the_window_was_put_forward_again(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 2}, {HANGZHOU: 2})
    d.decide("REVIEW", {0: NO})
    refusal = shown("dit", items_of(d)[-1].id)
    with sqlite_service.system() as ctx:
        first, again = (ctx.session.get_one(Nomination, one) for one in d.nominations)
        again.window_id = again.live_window_id = first.window_id
        ctx.noted += 1
    late = d.recorded("ANNULMENT", [{"item_id": refusal, **YES}], turn="FIRST")

    refused = d.move(d.second, late, "CONFIRM")

    assert (refused.status_code, refused.json()["code"]) == (409, "DUPLICATE_NOMINATION")
    assert d.stage(0) is Stage.NOT_SELECTED
