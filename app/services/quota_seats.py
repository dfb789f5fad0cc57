"""From a confirmed allocation to its seats, one row each, and from an amended one to the difference (decisions 9-11)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from app.db import quota as rows
from app.db.tables.campaigns import QuotaSeat, SeatStatus
from app.domain.errors import Refusal
from app.domain.quota import Plan, SeatKind, seats
from app.services import audit
from app.services.context import Ctx

Ledger = tuple[str, SeatKind]
_GOES_FIRST = (SeatStatus.FREE, SeatStatus.FORFEITED)


def used(ctx: Ctx, campaign_id: UUID) -> dict[Ledger, int]:
    """How many seats of each bucket and kind are taken."""
    counts = rows.seat_counts(ctx.session, campaign_id)
    return {(one.bucket_code, one.kind): one.count for one in counts if one.status is SeatStatus.USED}


def materialise(ctx: Ctx, campaign_id: UUID, plan: Plan) -> None:
    """Make the seats those of the plan: what lacks is added, what is over goes, never one that is used.

    Refuses `QUOTA_BELOW_USED` when a seat was taken since the plan was judged.
    """
    held: dict[Ledger, list[QuotaSeat]] = defaultdict(list)
    for seat in rows.locked_seats(ctx.session, campaign_id):
        held[seat.bucket_code, seat.kind].append(seat)
    wanted: dict[Ledger, int] = defaultdict(int)
    for one in seats(plan):
        wanted[one.bucket_code, one.kind] += 1
    for ledger in held.keys() | wanted.keys():
        for seat in _over(ledger, held[ledger], wanted[ledger]):
            ctx.session.delete(seat)
        ctx.session.add_all(_lacking(ctx, campaign_id, ledger, held[ledger], wanted[ledger]))
    ctx.session.flush()


def _over(ledger: Ledger, held: Sequence[QuotaSeat], wanted: int) -> list[QuotaSeat]:
    going = sorted(
        (seat for seat in held if seat.status in _GOES_FIRST),
        key=lambda seat: (_GOES_FIRST.index(seat.status), -seat.seq),
    )
    taken = len(held) - len(going)
    if taken > wanted:
        params = {"bucket": ledger[0], "used": taken, "places": wanted}
        raise Refusal("QUOTA_BELOW_USED", "/buckets", **params)
    return going[: max(0, len(held) - wanted)]


def _lacking(
    ctx: Ctx, campaign_id: UUID, ledger: Ledger, held: Sequence[QuotaSeat], wanted: int
) -> Iterator[QuotaSeat]:
    numbers = {seat.seq for seat in held}
    free = (seq for seq in range(1, wanted + len(held) + 1) if seq not in numbers)
    code, kind = ledger
    for seq, _ in zip(free, range(wanted - len(held)), strict=False):
        yield QuotaSeat(
            **audit.stamp(ctx),
            campaign_id=campaign_id,
            bucket_code=code,
            kind=kind,
            track=kind.track,
            seq=seq,
        )
