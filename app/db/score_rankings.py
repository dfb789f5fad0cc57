"""Queries about rankings: the locked sheets they come from, their entries, what a decision made of their ties."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_many
from sqlmodel import Session, col, select

from app.db.tables.base import core
from app.db.tables.evaluation import (
    RankingEntry,
    RankingSnapshot,
    ReviewAssignment,
    Reviewer,
    ScoreSheet,
    TieResolution,
)
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.people import Person
from app.db.tables.places import Organization
from app.domain.assignment import AssignmentStatus
from app.domain.nomination_stage import Stage
from app.domain.score_sheet import SheetStage


@dataclass(frozen=True)
class EntryRow:
    """One line of a ranking with the case it is about."""

    entry: RankingEntry
    nomination: Nomination
    window: ServiceWindow
    sponsor: Organization


class LockedSheet(NamedTuple):
    """What a ranking takes from a sheet."""

    id: UUID
    nomination_id: UUID
    reviewer_id: UUID
    version: int
    rules_version: int
    total: str


_sheet, _given = core(ScoreSheet).c, core(ReviewAssignment).c


def evaluated(session: Session, campaign_id: UUID, stages: Collection[Stage]) -> list[tuple[UUID, str]]:
    """Every case at these stages with its bucket, by id."""
    statement = select(Nomination.id, Nomination.bucket_code).where(
        col(Nomination.campaign_id) == campaign_id, col(Nomination.stage).in_(stages)
    )
    return list(session.exec(statement.order_by(col(Nomination.id))).all())


def locked_sheets(session: Session, campaign_id: UUID) -> list[LockedSheet]:
    """The locked sheets in force of a campaign, by case and sheet; their columns only, since there are thousands."""
    statement = (
        select_many(*(_sheet[name] for name in LockedSheet._fields))
        .join(core(ReviewAssignment), _sheet.assignment_id == _given.id)
        .where(
            _given.campaign_id == campaign_id,
            _given.status != AssignmentStatus.VOID,
            _sheet.stage == SheetStage.LOCKED,
        )
        .order_by(_sheet.nomination_id, _sheet.id)
    )
    return [LockedSheet._make(row) for row in session.execute(statement).all()]


def latest(session: Session, campaign_id: UUID) -> RankingSnapshot | None:
    statement = select(RankingSnapshot).where(col(RankingSnapshot.campaign_id) == campaign_id)
    return session.exec(statement.order_by(col(RankingSnapshot.number).desc())).first()


def latest_hash(session: Session, campaign_id: UUID) -> str:
    """What the newest ranking was made from, without reading it; empty when there is none."""
    statement = select(RankingSnapshot.input_hash).where(col(RankingSnapshot.campaign_id) == campaign_id)
    return session.exec(statement.order_by(col(RankingSnapshot.number).desc())).first() or ""


def listed(session: Session, campaign_id: UUID, after: UUID | None, limit: int) -> list[RankingSnapshot]:
    """Rankings, newest first, one more than `limit`."""
    statement = select(RankingSnapshot).where(col(RankingSnapshot.campaign_id) == campaign_id)
    if after:
        statement = statement.where(col(RankingSnapshot.id) < after)
    return list(session.exec(statement.order_by(col(RankingSnapshot.id).desc()).limit(limit + 1)).all())


def entries(
    session: Session,
    ranking_id: UUID,
    after: int = 0,
    limit: int | None = None,
    without: Collection[UUID] = (),
) -> list[EntryRow]:
    """The lines of a ranking in their order, one more than `limit`; one statement."""
    statement = (
        select_many(RankingEntry, Nomination, ServiceWindow, Organization)
        .join(Nomination, col(RankingEntry.nomination_id) == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(Nomination.sponsor_org_id) == col(Organization.id))
        .where(col(RankingEntry.ranking_id) == ranking_id, col(RankingEntry.position) > after)
        .order_by(col(RankingEntry.position))
    )
    if without:
        statement = statement.where(col(RankingEntry.nomination_id).not_in(without))
    if limit:
        statement = statement.limit(limit + 1)
    return [EntryRow(*row) for row in session.execute(statement).all()]


def ties(session: Session, ranking_id: UUID) -> list[TieResolution]:
    statement = select(TieResolution).where(col(TieResolution.ranking_id) == ranking_id)
    return list(session.exec(statement.order_by(col(TieResolution.scope))).all())


def sponsors(session: Session, ranking_id: UUID) -> dict[UUID, int]:
    """How many cases of the ranking each sponsor has (E-30)."""
    statement = (
        select(Nomination.sponsor_org_id, func.count())
        .join(RankingEntry, col(RankingEntry.nomination_id) == col(Nomination.id))
        .where(col(RankingEntry.ranking_id) == ranking_id)
        .group_by(col(Nomination.sponsor_org_id))
    )
    return dict(session.exec(statement).all())


def names(session: Session, reviewer_ids: Collection[UUID]) -> dict[str, str]:
    """The reviewers' names by the hex of their ids."""
    statement = (
        select(Reviewer.id, Person.name)
        .join(Person, col(Reviewer.person_id) == col(Person.id))
        .where(col(Reviewer.id).in_(reviewer_ids))
    )
    return {one.hex: name for one, name in session.exec(statement).all()}
