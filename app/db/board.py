"""Queries of the campaign board: each is one statement, however many cases there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.db.tables.nominations import Nomination
from app.db.tables.supervision import Objection, PublicNotice
from app.domain.nomination import Stage
from app.domain.notice import NoticeStage
from app.domain.objection import ObjectionStage

_SETTLED = (ObjectionStage.NOT_ACCEPTED, ObjectionStage.CLOSED)


@dataclass(frozen=True)
class StageCount:
    """How many cases of one unit stand at a stage, and since when the longest of them does."""

    organization_id: UUID
    stage: Stage
    count: int
    oldest_since: datetime


def stage_counts(
    session: Session, campaign_id: UUID, units: Sequence[UUID], without: Collection[UUID] = ()
) -> list[StageCount]:
    """Cases by organising unit and stage, those left out that the caller must not see."""
    keys = (Nomination.organizing_org_id, Nomination.stage)
    statement = (
        select(*keys, func.count(), func.min(Nomination.stage_since))
        .where(col(Nomination.campaign_id) == campaign_id, col(Nomination.organizing_org_id).in_(units))
        .group_by(*map(col, keys))
    )
    if without:
        statement = statement.where(col(Nomination.id).not_in(without))
    return [StageCount(row[0], Stage(row[1]), row[2], row[3]) for row in session.exec(statement).all()]


def running_notices(
    session: Session, campaign_id: UUID, units: Sequence[UUID], now: datetime
) -> dict[UUID, int]:
    """Notices that run at this instant, by the unit that issued them."""
    statement = (
        select(PublicNotice.issuer_org_id, func.count())
        .where(
            col(PublicNotice.campaign_id) == campaign_id,
            col(PublicNotice.issuer_org_id).in_(units),
            col(PublicNotice.stage) == NoticeStage.PUBLISHED,
            col(PublicNotice.published_at) <= now,
            col(PublicNotice.ends_at) > now,
        )
        .group_by(col(PublicNotice.issuer_org_id))
    )
    return {row[0]: row[1] for row in session.exec(statement).all()}


def open_objections(
    session: Session, campaign_id: UUID, units: Sequence[UUID], without: Collection[UUID] = ()
) -> dict[UUID, int]:
    """Objections not yet settled, by the unit that put the nominee forward, in the same way."""
    statement = (
        select(Nomination.organizing_org_id, func.count())
        .select_from(Objection)
        .join(Nomination, col(Nomination.id) == col(Objection.nomination_id))
        .where(
            col(Objection.campaign_id) == campaign_id,
            col(Nomination.organizing_org_id).in_(units),
            col(Objection.stage).not_in(_SETTLED),
        )
        .group_by(col(Nomination.organizing_org_id))
    )
    if without:
        statement = statement.where(col(Nomination.id).not_in(without))
    return {row[0]: row[1] for row in session.exec(statement).all()}
