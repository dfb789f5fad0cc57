"""A claim and an amendment at the same instant: whichever comes second sees what the first has done (I-03, E-44)."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, col, select

from app.db.tables.campaigns import QuotaPlan, QuotaSeat, SeatStatus
from app.db.tables.nominations import Nomination
from app.domain.errors import Refusal
from app.domain.ids import parsed
from app.domain.quota import SeatKind
from app.services import quotas, seats
from app.services.inputs.quotas import PlanAct, PlanDraft
from tests.campaign_cases import Desk, drafted
from tests.plugins.service import Service
from tests.supervision_cases import HANGZHOU, case

ROUNDS = 8


def plan(places: int, decision: str = "") -> PlanDraft:
    bucket = {"code": HANGZHOU, "name": "杭州市", "provincial_places": places}
    return PlanDraft.model_validate(
        {"provincial_total": places, "buckets": [bucket], "decision_ref": decision}
    )


def prepared(at: Desk, places: int, decision: str = "") -> QuotaPlan:
    with at.service.acting(at.office) as ctx:
        return quotas.draft(ctx, parsed("cmp", at.campaign_id), plan(places, decision))


def confirmed(at: Desk, held: QuotaPlan) -> None:
    with at.service.acting(at.second) as ctx:
        quotas.act(ctx, held.id, PlanAct(action="CONFIRM"), None)


def state(at: Desk) -> tuple[int, int]:
    """Places of the bucket, and how many of them are used."""
    with Session(at.service.plant.engine) as session:
        kind = col(QuotaSeat.kind) == SeatKind.PROVINCIAL
        found = session.exec(select(QuotaSeat.status).where(kind)).all()
    return len(found), sum(status is SeatStatus.USED for status in found)


@pytest.mark.rule("E-44", "I-03", "E-12")
def test_a_place_is_either_claimed_or_taken_away(service: Service) -> None:
    at = drafted(service)
    held = case(service, 2)
    with service.system() as ctx:
        for one in held.nominations:
            ctx.session.get_one(Nomination, one).campaign_id = parsed("cmp", at.campaign_id)
        ctx.noted += 1
    confirmed(at, prepared(at, 2))
    with service.system() as ctx:
        seats.claim(ctx, ctx.session.get_one(Nomination, held.nominations[0]), SeatKind.PROVINCIAL)
    outcomes = [one_round(at, held.nominations[1]) for _ in range(ROUNDS)]

    assert set(outcomes) <= {(True, False), (False, True)}


def one_round(at: Desk, rival: object) -> tuple[bool, bool]:
    """Claim the second place and reduce to one, both at once; afterwards both are as they were."""
    reduced = prepared(at, 1, "纪要7号")
    start = threading.Barrier(2)

    def claim() -> None:
        with at.service.system() as ctx:
            seats.claim(ctx, ctx.session.get_one(Nomination, rival), SeatKind.PROVINCIAL)

    def attempt(deed: Callable[[], None]) -> str:
        start.wait(30)
        try:
            deed()
        except Refusal as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        claim_refused, change_refused = pool.map(attempt, (claim, lambda: confirmed(at, reduced)))
    assert (claim_refused, change_refused) in (("QUOTA_EXHAUSTED", ""), ("", "QUOTA_BELOW_USED"))
    claimed, amended = not claim_refused, not change_refused
    places, used = state(at)
    assert (places, used) == ((1, 1) if amended else (2, 2))
    if claimed:
        with at.service.system() as ctx:
            seats.release(ctx, ctx.session.get_one(Nomination, rival), SeatKind.PROVINCIAL)
    else:
        confirmed(at, prepared(at, 2, "纪要8号"))
    return claimed, amended
