"""Queries about score sheets, their entries, confirmations and corrections."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.db.tables.evaluation import (
    ReviewAssignment,
    Reviewer,
    ScoreConfirmation,
    ScoreCorrection,
    ScoreEntry,
    ScoreSheet,
)
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.people import Person
from app.domain.score_sheet import CorrectionStage, SheetStage

SheetRow = tuple[ScoreSheet, ReviewAssignment, Reviewer, Person]


def current(session: Session, assignment_ids: Collection[UUID]) -> dict[UUID, ScoreSheet]:
    """The sheet in force of each assignment."""
    statement = select(ScoreSheet).where(
        col(ScoreSheet.assignment_id).in_(assignment_ids), col(ScoreSheet.stage) != SheetStage.SUPERSEDED
    )
    fresh = statement.execution_options(populate_existing=True)
    return {one.assignment_id: one for one in session.exec(fresh).all()}


def counted(session: Session, assignment_ids: Collection[UUID]) -> dict[UUID, tuple[ScoreSheet, int]]:
    """The same, each with how many of its items have points."""
    points = select(func.count()).where(col(ScoreEntry.sheet_id) == col(ScoreSheet.id)).scalar_subquery()
    statement = select(ScoreSheet, points).where(
        col(ScoreSheet.assignment_id).in_(assignment_ids), col(ScoreSheet.stage) != SheetStage.SUPERSEDED
    )
    fresh = statement.execution_options(populate_existing=True)
    return {one.assignment_id: (one, count) for one, count in session.exec(fresh).all()}


def locked(session: Session, sheet_id: UUID) -> ScoreSheet | None:
    """The sheet for changing it: a second writer waits until this one is through."""
    statement = select(ScoreSheet).where(col(ScoreSheet.id) == sheet_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).first()


def one(session: Session, sheet_id: UUID) -> SheetRow | None:
    return session.exec(_joined().where(col(ScoreSheet.id) == sheet_id)).first()


def of_cases(session: Session, nomination_ids: Collection[UUID]) -> list[SheetRow]:
    """All versions of all sheets of these cases, oldest first."""
    statement = _joined().where(col(ScoreSheet.nomination_id).in_(nomination_ids))
    return list(session.exec(statement.order_by(col(ScoreSheet.id))).all())


def entries(session: Session, sheet_ids: Collection[UUID]) -> dict[UUID, list[ScoreEntry]]:
    """The entries of each sheet by item."""
    statement = select(ScoreEntry).where(col(ScoreEntry.sheet_id).in_(sheet_ids))
    found: dict[UUID, list[ScoreEntry]] = {}
    for entry in session.exec(statement.order_by(col(ScoreEntry.item_code))).all():
        found.setdefault(entry.sheet_id, []).append(entry)
    return found


def confirmed(session: Session, sheet_ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Which sheet was confirmed on which state of the material."""
    statement = select(ScoreConfirmation.sheet_id, ScoreConfirmation.seen_hash).where(
        col(ScoreConfirmation.sheet_id).in_(sheet_ids)
    )
    return set(session.exec(statement).all())


def corrections(
    session: Session,
    campaign_id: UUID,
    stage: CorrectionStage | None,
    without: Collection[UUID],
    after: UUID | None,
    limit: int,
) -> list[ScoreCorrection]:
    """Corrections, newest first, one more than `limit`."""
    statement = select(ScoreCorrection).where(col(ScoreCorrection.campaign_id) == campaign_id)
    if without:
        statement = statement.where(col(ScoreCorrection.nomination_id).not_in(without))
    if stage:
        statement = statement.where(col(ScoreCorrection.stage) == stage)
    if after:
        statement = statement.where(col(ScoreCorrection.id) < after)
    return list(session.exec(statement.order_by(col(ScoreCorrection.id).desc()).limit(limit + 1)).all())


def windows(session: Session, nomination_ids: Collection[UUID]) -> dict[UUID, str]:
    """The windows of these cases, by case."""
    statement = (
        select(Nomination.id, ServiceWindow.name)
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .where(col(Nomination.id).in_(nomination_ids))
    )
    return dict(session.exec(statement).all())


def correction_locked(session: Session, correction_id: UUID) -> ScoreCorrection | None:
    statement = select(ScoreCorrection).where(col(ScoreCorrection.id) == correction_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).first()


def waiting(session: Session, sheet_id: UUID) -> ScoreCorrection | None:
    """The correction of this sheet that waits for a second person."""
    statement = select(ScoreCorrection).where(
        col(ScoreCorrection.sheet_id) == sheet_id, col(ScoreCorrection.stage) == CorrectionStage.REQUESTED
    )
    return session.exec(statement).first()


def _joined() -> Select[ScoreSheet, ReviewAssignment, Reviewer, Person]:
    return (
        select(ScoreSheet, ReviewAssignment, Reviewer, Person)
        .join(ReviewAssignment, col(ScoreSheet.assignment_id) == col(ReviewAssignment.id))
        .join(Reviewer, col(ScoreSheet.reviewer_id) == col(Reviewer.id))
        .join(Person, col(Reviewer.person_id) == col(Person.id))
    )
