"""A place or a claim is taken by one conditional UPDATE; the row count has the last word (decisions 9-11).

A select followed by an ORM update let both claimants through in 50 of 50 rounds. No counter column, no
SKIP LOCKED for the last place: the loser tries the next free seat and is refused when there is none.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import CursorResult, update
from sqlmodel import col, select

from app.db import quota
from app.db.tables.campaigns import QuotaSeat, SeatStatus
from app.db.tables.nominations import Nomination
from app.domain.errors import Refusal
from app.domain.quota import SeatKind
from app.services.context import Ctx


@dataclass(frozen=True)
class Usage:
    """How the seats of one kind stand."""

    free: int = 0
    used: int = 0
    forfeited: int = 0

    @property
    def places(self) -> int:
        return self.free + self.used + self.forfeited


def claim(ctx: Ctx, nomination: Nomination, kind: SeatKind, bucket: str = "") -> None:
    """Take a free seat of the bucket (the nomination's own unless said).

    Refuses `NOMINATION_LIMIT_REACHED` for a claim to be put forward, `QUOTA_EXHAUSTED` for a place (E-12).
    """
    bucket = bucket or nomination.bucket_code
    for seat_id in _free(ctx, nomination.campaign_id, bucket, kind):
        taken = (
            update(QuotaSeat)
            .where(col(QuotaSeat.id) == seat_id, col(QuotaSeat.status) == SeatStatus.FREE)
            .values(
                nomination_id=nomination.id,
                status=SeatStatus.USED,
                updated_at=ctx.now,
                updated_by=ctx.actor.key,
            )
            .execution_options(synchronize_session=False)
        )
        result: CursorResult[tuple[()]] = ctx.session.connection().execute(taken)
        if result.rowcount == 1:
            return
    code = "NOMINATION_LIMIT_REACHED" if kind is SeatKind.NOMINATION else "QUOTA_EXHAUSTED"
    raise Refusal(code, bucket=bucket, limit="")


def release(ctx: Ctx, nomination: Nomination, kind: SeatKind, *, forfeit: bool = False) -> None:
    """Give the seat back, or forfeit it: after the filing deadline a freed place is not filled again (E-04)."""
    status = SeatStatus.FORFEITED if forfeit else SeatStatus.FREE
    freed = (
        update(QuotaSeat)
        .where(col(QuotaSeat.nomination_id) == nomination.id, col(QuotaSeat.track) == kind.track)
        .values(nomination_id=None, status=status, updated_at=ctx.now, updated_by=ctx.actor.key)
        .execution_options(synchronize_session=False)
    )
    ctx.session.connection().execute(freed)


def _free(ctx: Ctx, campaign_id: UUID, bucket: str, kind: SeatKind) -> list[UUID]:
    statement = (
        select(QuotaSeat.id)
        .where(
            col(QuotaSeat.campaign_id) == campaign_id,
            col(QuotaSeat.bucket_code) == bucket,
            col(QuotaSeat.kind) == kind,
            col(QuotaSeat.status) == SeatStatus.FREE,
        )
        .order_by(col(QuotaSeat.seq))
    )
    return list(ctx.session.exec(statement).all())


def usage(ctx: Ctx, campaign_id: UUID) -> dict[str, dict[SeatKind, Usage]]:
    """Free, used and forfeited seats of every bucket and kind; one statement whatever the number of buckets."""
    found: dict[str, dict[SeatKind, Usage]] = {}
    for row in quota.seat_counts(ctx.session, campaign_id):
        bucket = found.setdefault(row.bucket_code, {})
        before = bucket.get(row.kind, Usage())
        bucket[row.kind] = replace(before, **{row.status.value.lower(): row.count})
    return found
