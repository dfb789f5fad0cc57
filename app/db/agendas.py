"""The last ranking of a campaign and the decisions on its ties, as an agenda needs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.db.tables.evaluation import RankingEntry, RankingSnapshot, TieResolution


@dataclass(frozen=True)
class Ranked:
    """Ranks by nomination, and the order a decision gave to ties, by bucket or pool."""

    snapshot: RankingSnapshot
    bucket_ranks: Mapping[UUID, int]
    pool_ranks: Mapping[UUID, int]
    shown: Mapping[UUID, str]
    orders: Mapping[str, Sequence[UUID]]


def latest(session: Session, campaign_id: UUID) -> Ranked | None:
    """The newest ranking; three statements for any number of cases."""
    newest = select(RankingSnapshot).where(col(RankingSnapshot.campaign_id) == campaign_id)
    snapshot = session.exec(newest.order_by(col(RankingSnapshot.number).desc())).first()
    if snapshot is None:
        return None
    entries = session.exec(select(RankingEntry).where(col(RankingEntry.ranking_id) == snapshot.id)).all()
    ties = session.exec(select(TieResolution).where(col(TieResolution.ranking_id) == snapshot.id)).all()
    return Ranked(
        snapshot,
        {one.nomination_id: one.bucket_rank for one in entries},
        {one.nomination_id: one.pool_rank for one in entries if one.pool_rank},
        {one.nomination_id: one.shown for one in entries},
        {tie.scope: [UUID(key) for key in tie.ordered] for tie in ties},
    )


def tie_resolution(session: Session, ranking_id: UUID, scope: str) -> TieResolution | None:
    statement = select(TieResolution).where(
        col(TieResolution.ranking_id) == ranking_id, col(TieResolution.scope) == scope
    )
    return session.exec(statement).first()
