"""Queries about quota plans, their buckets and the seats that follow from them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.db.tables.campaigns import PlanStatus, QuotaBucket, QuotaPlan, QuotaSeat, SeatStatus
from app.db.tables.places import Region
from app.domain.quota import SeatKind


@dataclass(frozen=True)
class SeatCount:
    """How many seats of one kind a bucket has in one status."""

    bucket_code: str
    kind: SeatKind
    status: SeatStatus
    count: int


def plans(session: Session, campaign_id: UUID) -> list[QuotaPlan]:
    """All versions, newest first."""
    statement = select(QuotaPlan).where(col(QuotaPlan.campaign_id) == campaign_id)
    return list(session.exec(statement.order_by(col(QuotaPlan.version).desc())).all())


def confirmed(session: Session, campaign_id: UUID) -> QuotaPlan | None:
    """The one plan that counts now."""
    statement = select(QuotaPlan).where(
        col(QuotaPlan.campaign_id) == campaign_id, col(QuotaPlan.status) == PlanStatus.CONFIRMED
    )
    return session.exec(statement).first()


def confirmed_buckets(session: Session, campaign_id: UUID) -> tuple[QuotaPlan | None, list[QuotaBucket]]:
    """The same with its buckets, by code; one statement."""
    statement = (
        select(QuotaPlan, QuotaBucket)
        .join(QuotaBucket, col(QuotaBucket.plan_id) == col(QuotaPlan.id), isouter=True)
        .where(col(QuotaPlan.campaign_id) == campaign_id, col(QuotaPlan.status) == PlanStatus.CONFIRMED)
    )
    found = session.exec(statement.order_by(col(QuotaBucket.code))).all()
    return (found[0][0] if found else None, [bucket for _, bucket in found if bucket is not None])  # type: ignore[redundant-expr]  # an outer join


def last_version(session: Session, campaign_id: UUID) -> int:
    statement = select(func.max(QuotaPlan.version)).where(col(QuotaPlan.campaign_id) == campaign_id)
    return session.exec(statement).one() or 0


def buckets(session: Session, plan_id: UUID) -> list[QuotaBucket]:
    statement = select(QuotaBucket).where(col(QuotaBucket.plan_id) == plan_id)
    return list(session.exec(statement.order_by(col(QuotaBucket.code))).all())


def buckets_of(session: Session, plan_ids: Collection[UUID]) -> list[QuotaBucket]:
    """The buckets of several versions, plan by plan."""
    statement = select(QuotaBucket).where(col(QuotaBucket.plan_id).in_(plan_ids))
    return list(session.exec(statement.order_by(col(QuotaBucket.plan_id), col(QuotaBucket.code))).all())


def seats(session: Session, campaign_id: UUID) -> list[QuotaSeat]:
    """Every seat of the campaign by bucket, kind and number, read anew."""
    statement = select(QuotaSeat).where(col(QuotaSeat.campaign_id) == campaign_id)
    order = (col(QuotaSeat.bucket_code), col(QuotaSeat.kind), col(QuotaSeat.seq))
    fresh = statement.order_by(*order).execution_options(populate_existing=True)
    return list(session.exec(fresh).all())


def locked_seats(session: Session, campaign_id: UUID) -> list[QuotaSeat]:
    """Every seat for changing their number: whoever claims one meanwhile waits, and then looks again."""
    statement = select(QuotaSeat).where(col(QuotaSeat.campaign_id) == campaign_id)
    held = statement.order_by(col(QuotaSeat.id)).with_for_update()
    return list(session.exec(held.execution_options(populate_existing=True)).all())


def seat_counts(session: Session, campaign_id: UUID) -> list[SeatCount]:
    """Free, used and forfeited seats by bucket and kind; one statement."""
    keys = (QuotaSeat.bucket_code, QuotaSeat.kind, QuotaSeat.status)
    statement = (
        select(*keys, func.count()).where(col(QuotaSeat.campaign_id) == campaign_id).group_by(*map(col, keys))
    )
    return [
        SeatCount(code, SeatKind(kind), SeatStatus(status), count)
        for code, kind, status, count in session.exec(statement).all()
    ]


def region_names(session: Session, codes: Sequence[str]) -> dict[str, str]:
    """What these divisions are called, by code; of a code that was used twice the last meaning."""
    statement = select(Region.code, Region.name_zh).where(col(Region.code).in_(codes))
    return dict(session.exec(statement.order_by(col(Region.valid_from))).all())
