"""Places freed and moved: forfeited by rule, and never given to the next in rank without a decision."""

from typing import Any

import pytest
from sqlmodel import Session

from app.db import nominations, quota
from app.db.tables.campaigns import Campaign
from app.domain.nomination import Action, Stage
from app.domain.quota import SeatKind
from app.services import transitions
from app.services.seats import Usage
from tests.decision_cases import HANGZHOU, NINGBO, WENZHOU, YES, Decisions, decisions
from tests.plugins.service import Service


def moved(start: str, end: str, kind: str = "PROVINCIAL", to_kind: str = "") -> dict[str, Any]:
    return {"from_bucket": start, "from_kind": kind, "to_bucket": end, "to_kind": to_kind or kind, **YES}


def withdrawn(d: Decisions, index: int) -> None:
    with d.service.system() as ctx:
        nomination = nominations.locked(ctx.session, d.nominations[index])
        assert nomination
        transitions.take(ctx, nomination, Action.WITHDRAW, reason="单位撤销。", written_request=True)


def end_the_filing(d: Decisions) -> None:
    with d.service.system() as ctx:
        ctx.session.get_one(Campaign, d.campaign_id).materials_end_at = ctx.now
        ctx.noted += 1


@pytest.mark.rule("E-04", "R-021")
def test_a_place_freed_after_the_deadline_is_forfeited_and_stays_empty(service: Service) -> None:
    d = decisions(service, {HANGZHOU: 1}, {HANGZHOU: 2})
    d.determined(0)
    d.decide("REVIEW", {1: YES})
    end_the_filing(d)

    withdrawn(d, 0)

    assert d.stages() == [Stage.WITHDRAWN, Stage.REVIEWED]
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(forfeited=1)
    meeting = d.drafted("DETERMINATION", d.votes({1: YES})).json()
    assert d.move(d.office, meeting, "RECORD").json()["code"] == "QUOTA_EXHAUSTED"


@pytest.mark.rule("E-04", "G-09")
def test_a_decision_reopens_it_and_then_the_next_one_may_be_determined(service: Service) -> None:
    d = decisions(service, {HANGZHOU: 1}, {HANGZHOU: 2})
    d.determined(0)
    d.decide("REVIEW", {1: YES})
    end_the_filing(d)
    withdrawn(d, 0)

    d.confirmed("PLACE_REALLOCATION", [moved(HANGZHOU, HANGZHOU)])
    d.decide("DETERMINATION", {1: YES})

    assert d.stage(1) is Stage.DETERMINED
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(used=1)


def test_before_the_deadline_a_freed_place_is_free_again(sqlite_service: Service) -> None:
    d = decisions(sqlite_service, {HANGZHOU: 1}, {HANGZHOU: 1})
    d.determined()
    withdrawn(d, 0)
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(free=1)


@pytest.mark.rule("R-021", "E-44")
def test_a_place_moves_with_its_decision_and_the_allocation_says_so(service: Service) -> None:
    d = decisions(service, {"RESERVE": 1, WENZHOU: 1}, {WENZHOU: 2})
    d.confirmed("PLACE_REALLOCATION", [moved("RESERVE", WENZHOU)])
    d.determined()

    assert d.stages() == [Stage.DETERMINED, Stage.DETERMINED]
    with Session(service.plant.engine) as session:
        plan = quota.confirmed(session, d.campaign_id)
        assert plan
        assert (plan.version, plan.decision_ref, plan.provincial_total) == (2, "纪要〔2026〕7号", 2)
        buckets = {one.code: one.provincial_places for one in quota.buckets(session, plan.id)}
    assert buckets == {"RESERVE": 0, WENZHOU: 2}
    empty = d.recorded("PLACE_REALLOCATION", [moved("RESERVE", WENZHOU)])
    refused = d.move(d.second, empty, "CONFIRM")
    assert (refused.status_code, refused.json()["code"]) == (409, "QUOTA_EXHAUSTED")


@pytest.mark.rule("G-09", "R-014")
def test_an_unused_fixed_place_goes_to_the_pool_by_decision_but_never_to_another_city(
    sqlite_service: Service,
) -> None:
    d = decisions(
        sqlite_service,
        {HANGZHOU: 2, NINGBO: 2, WENZHOU: 1},
        {WENZHOU: 1},
        fixed={HANGZHOU: 2, NINGBO: 2},
        pool=1,
    )

    refused = d.drafted("PLACE_REALLOCATION", [moved(NINGBO, HANGZHOU, "MINISTRY_FIXED")])
    nowhere = d.drafted("PLACE_REALLOCATION", [moved("RESERVE", "330900")])
    d.confirmed("PLACE_REALLOCATION", [moved(HANGZHOU, "MINISTRY_POOL", "MINISTRY_FIXED", "MINISTRY_POOL")])

    assert (refused.status_code, refused.json()["code"]) == (422, "PLACE_MOVE_INVALID")
    assert nowhere.json()["code"] == "FIELD_CHOICE"
    used = d.usage()
    assert used["MINISTRY_POOL"][SeatKind.MINISTRY_POOL] == Usage(free=2)
    assert used[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(free=1)
    with Session(sqlite_service.plant.engine) as session:
        plan = quota.confirmed(session, d.campaign_id)
    assert plan
    assert (plan.ministry_total, plan.ministry_pool) == (5, 2)
