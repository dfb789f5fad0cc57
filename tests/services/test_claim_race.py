"""The last place: whoever comes at the same instant, exactly one gets it; and the naive claim, seen to oversell."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from app.db.tables.campaigns import QuotaSeat, SeatStatus
from app.db.tables.nominations import Nomination
from app.domain.errors import Refusal
from app.domain.quota import SeatKind
from app.services import audit, seats
from app.services.context import Ctx
from tests.plugins.service import Service, make
from tests.supervision_cases import HANGZHOU, Case, case

Claim = Callable[[Ctx, Nomination], None]
RIVALS = 4
ROUNDS = 25


def correct(ctx: Ctx, nomination: Nomination) -> None:
    seats.claim(ctx, nomination, SeatKind.PROVINCIAL)


def naive(meeting: threading.Barrier) -> Claim:
    """Look for a free place, then take it through the ORM; all have looked before the first one takes."""

    def claim(ctx: Ctx, nomination: Nomination) -> None:
        seat = ctx.session.exec(select(QuotaSeat).where(col(QuotaSeat.status) == SeatStatus.FREE)).first()
        meeting.wait(30)
        if seat is None:
            raise Refusal("QUOTA_EXHAUSTED")
        seat.status, seat.nomination_id = SeatStatus.USED, nomination.id
        ctx.session.flush()

    return claim


def one_place(c: Case) -> None:
    with c.service.system() as ctx:
        ctx.session.add(
            QuotaSeat(
                **audit.stamp(ctx),
                campaign_id=c.campaign_id,
                bucket_code=HANGZHOU,
                kind=SeatKind.PROVINCIAL,
                track="PROVINCIAL",
                seq=1,
            )
        )


def freed(c: Case) -> None:
    with c.service.system() as ctx:
        ctx.session.connection().execute(update(QuotaSeat).values(status=SeatStatus.FREE, nomination_id=None))


def winners(c: Case, claim: Claim) -> list[int]:
    """Let all rivals start together, each in a thread and a transaction of its own; who believes to have the place."""
    start = threading.Barrier(RIVALS)

    def attempt(index: int) -> bool:
        start.wait(30)
        try:
            with c.service.system() as ctx:
                claim(ctx, ctx.session.get_one(Nomination, c.nominations[index]))
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(RIVALS) as pool:
        return [i for i, won in enumerate(pool.map(attempt, range(RIVALS))) if won]


def holder(c: Case) -> object:
    with Session(c.service.plant.engine) as session:
        return session.exec(select(QuotaSeat.nomination_id)).one()


@pytest.mark.rule("E-12", "I-03")
def test_the_last_place_is_claimed_by_exactly_one(service: Service) -> None:
    c = case(service, RIVALS)
    one_place(c)
    for _ in range(ROUNDS):
        freed(c)
        (winner,) = winners(c, correct)
        assert holder(c) == c.nominations[winner]


def test_select_then_update_oversells(postgresql_database: str, tmp_path: Path) -> None:
    """Why the claim is one conditional UPDATE: on PostgreSQL this one lets everybody through (decisions 10)."""
    c = case(make(postgresql_database, tmp_path), RIVALS)
    one_place(c)
    believed = []
    for _ in range(3):
        freed(c)
        believed.append(len(winners(c, naive(threading.Barrier(RIVALS)))))
    c.service.plant.engine.dispose()

    assert believed == [RIVALS] * 3


def test_a_claim_beyond_the_nomination_limit_says_so(sqlite_service: Service) -> None:
    c = case(sqlite_service, 1)
    with pytest.raises(Refusal) as refused, sqlite_service.system() as ctx:
        seats.claim(ctx, ctx.session.get_one(Nomination, c.nominations[0]), SeatKind.NOMINATION)

    assert refused.value.code == "NOMINATION_LIMIT_REACHED"


def test_a_released_place_is_free_again_and_a_forfeited_one_is_not(sqlite_service: Service) -> None:
    c = case(sqlite_service, 2)
    one_place(c)
    with sqlite_service.system() as ctx:
        first, second = (ctx.session.get_one(Nomination, one) for one in c.nominations)
        seats.claim(ctx, first, SeatKind.PROVINCIAL)
        seats.release(ctx, first, SeatKind.PROVINCIAL)
        seats.claim(ctx, second, SeatKind.PROVINCIAL)
        used = seats.usage(ctx, c.campaign_id)
        seats.release(ctx, second, SeatKind.PROVINCIAL, forfeit=True)
        left = seats.usage(ctx, c.campaign_id)
    with pytest.raises(Refusal) as refused, sqlite_service.system() as ctx:
        seats.claim(ctx, ctx.session.get_one(Nomination, c.nominations[0]), SeatKind.PROVINCIAL)

    assert used == {HANGZHOU: {SeatKind.PROVINCIAL: seats.Usage(used=1)}}
    assert left == {HANGZHOU: {SeatKind.PROVINCIAL: seats.Usage(forfeited=1)}}
    assert refused.value.code == "QUOTA_EXHAUSTED"
