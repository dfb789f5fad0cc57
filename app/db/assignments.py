"""Queries about assignments: a reviewer's queue, the office's table, the runs that made them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_many
from sqlmodel import Session, col, select

from app.db.tables.evaluation import AssignmentRun, ReviewAssignment, Reviewer, ScoreEntry, ScoreSheet
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.people import Person
from app.db.tables.places import Organization
from app.domain.assignment import AssignmentStatus
from app.domain.nomination_stage import Stage
from app.domain.score_sheet import SheetStage


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment with its case and its reviewer."""

    assignment: ReviewAssignment
    nomination: Nomination
    window: ServiceWindow
    sponsor: Organization
    reviewer: Reviewer
    person: Person


@dataclass(frozen=True)
class CaseRow:
    """A case with what the office's tables say of it."""

    nomination: Nomination
    window: ServiceWindow
    sponsor: Organization


@dataclass(frozen=True)
class Wanted:
    """What a list of assignments is narrowed to; empty means all."""

    campaign_id: UUID | None = None
    nomination_id: UUID | None = None
    reviewer_ids: Collection[UUID] | None = None
    status: AssignmentStatus | None = None
    stage: Stage | None = None
    live: bool = False
    without: Collection[UUID] = ()  # cases the caller stands in conflict with


def one(session: Session, assignment_id: UUID) -> AssignmentRow | None:
    row = session.execute(_joined().where(col(ReviewAssignment.id) == assignment_id)).first()
    return AssignmentRow(*row) if row else None


def locked(session: Session, assignment_id: UUID) -> AssignmentRow | None:
    """The assignment for changing it: a second writer waits until this one is through."""
    statement = select(ReviewAssignment).where(col(ReviewAssignment.id) == assignment_id).with_for_update()
    session.exec(statement.execution_options(populate_existing=True)).first()
    return one(session, assignment_id)


def listed(
    session: Session, wanted: Wanted, after: UUID | None = None, limit: int | None = None
) -> list[AssignmentRow]:
    """Assignments in the order they were made, one more than `limit`; one statement."""
    statement = _narrowed(_joined(), wanted)
    if after:
        statement = statement.where(col(ReviewAssignment.id) > after)
    ordered = statement.order_by(col(ReviewAssignment.id))
    rows = session.execute(ordered.limit(limit + 1) if limit else ordered).all()
    return [AssignmentRow(*row) for row in rows]


def counted(session: Session, wanted: Wanted) -> dict[AssignmentStatus, int]:
    """How many of them stand at each status."""
    statement = (
        select(ReviewAssignment.status, func.count())
        .join(Nomination, col(ReviewAssignment.nomination_id) == col(Nomination.id))
        .group_by(col(ReviewAssignment.status))
    )
    return dict(session.exec(_narrowed(statement, wanted)).all())


def lock_live(session: Session, nomination_id: UUID) -> list[ReviewAssignment]:
    """The assignments of a case that count, held until the transaction ends."""
    statement = select(ReviewAssignment).where(
        col(ReviewAssignment.nomination_id) == nomination_id,
        col(ReviewAssignment.status) != AssignmentStatus.VOID,
    )
    ordered = statement.order_by(col(ReviewAssignment.id)).with_for_update()
    return list(session.exec(ordered.execution_options(populate_existing=True)).all())


def live_pair(session: Session, nomination_id: UUID, reviewer_id: UUID) -> ReviewAssignment | None:
    statement = select(ReviewAssignment).where(
        col(ReviewAssignment.nomination_id) == nomination_id,
        col(ReviewAssignment.reviewer_id) == reviewer_id,
        col(ReviewAssignment.status) != AssignmentStatus.VOID,
    )
    return session.exec(statement).first()


def filled(session: Session, assignment_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many items of the current sheet have points."""
    statement = (
        select(ScoreSheet.assignment_id, func.count())
        .join(ScoreEntry, col(ScoreEntry.sheet_id) == col(ScoreSheet.id))
        .where(
            col(ScoreSheet.assignment_id).in_(assignment_ids), col(ScoreSheet.stage) != SheetStage.SUPERSEDED
        )
        .group_by(col(ScoreSheet.assignment_id))
    )
    return dict(session.exec(statement).all())


def cases(
    session: Session, campaign_id: UUID, stages: Collection[Stage], only: Collection[UUID] | None = None
) -> list[Nomination]:
    """Cases of a campaign at these stages, by id."""
    statement = select(Nomination).where(
        col(Nomination.campaign_id) == campaign_id, col(Nomination.stage).in_(stages)
    )
    if only is not None:
        statement = statement.where(col(Nomination.id).in_(only))
    return list(session.exec(statement.order_by(col(Nomination.id))).all())


def case_rows(
    session: Session, campaign_id: UUID, stages: Collection[Stage], only: UUID | None = None
) -> list[CaseRow]:
    """The same with window and sponsor, in the order of the sponsors; one statement."""
    statement = (
        select(Nomination, ServiceWindow, Organization)
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(Nomination.sponsor_org_id) == col(Organization.id))
        .where(col(Nomination.campaign_id) == campaign_id, col(Nomination.stage).in_(stages))
    )
    if only is not None:
        statement = statement.where(col(Nomination.id) == only)
    ordered = statement.order_by(col(Organization.path), col(Nomination.id))
    return [CaseRow(*row) for row in session.exec(ordered).all()]


def of_run(session: Session, run_id: UUID) -> list[ReviewAssignment]:
    """What a run gave, whatever became of it."""
    statement = select(ReviewAssignment).where(col(ReviewAssignment.run_id) == run_id)
    return list(session.exec(statement.order_by(col(ReviewAssignment.id))).all())


def runs(session: Session, campaign_id: UUID, after: UUID | None, limit: int) -> list[AssignmentRun]:
    """Runs, newest first, one more than `limit`."""
    statement = select(AssignmentRun).where(col(AssignmentRun.campaign_id) == campaign_id)
    if after:
        statement = statement.where(col(AssignmentRun.id) < after)
    return list(session.exec(statement.order_by(col(AssignmentRun.id).desc()).limit(limit + 1)).all())


def _joined() -> Any:  # noqa: ANN401  (a Select of six tables; SQLModel types four)
    return (
        select_many(ReviewAssignment, Nomination, ServiceWindow, Organization, Reviewer, Person)
        .join(Nomination, col(ReviewAssignment.nomination_id) == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(Nomination.sponsor_org_id) == col(Organization.id))
        .join(Reviewer, col(ReviewAssignment.reviewer_id) == col(Reviewer.id))
        .join(Person, col(Reviewer.person_id) == col(Person.id))
    )


def _narrowed(statement: Any, wanted: Wanted) -> Any:  # noqa: ANN401  (a Select of whatever columns)
    exact = {
        ReviewAssignment.campaign_id: wanted.campaign_id,
        ReviewAssignment.nomination_id: wanted.nomination_id,
        ReviewAssignment.status: wanted.status,
        Nomination.stage: wanted.stage,
    }
    for column, value in exact.items():
        if value is not None:
            statement = statement.where(col(column) == value)
    if wanted.reviewer_ids is not None:
        statement = statement.where(col(ReviewAssignment.reviewer_id).in_(wanted.reviewer_ids))
    if wanted.without:
        statement = statement.where(col(ReviewAssignment.nomination_id).not_in(wanted.without))
    if wanted.live:
        statement = statement.where(col(ReviewAssignment.status) != AssignmentStatus.VOID)
    return statement
