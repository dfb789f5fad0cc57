"""Queries that only whole lists ask: many cases' steps, opinions, sheets and decisions at once, page after page."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import false, or_
from sqlmodel import Session, col, select

from app.db.tables.base import Row
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.evaluation import ReviewAssignment, Reviewer, ScoreEntry, ScoreSheet
from app.db.tables.nominations import LevelReview, Nomination, NominationStep, ServiceWindow
from app.db.tables.people import Person
from app.db.tables.places import Organization
from app.domain.nomination import Stage

R = TypeVar("R")
P = TypeVar("P", bound=Row)


@dataclass(frozen=True)
class Seen:
    """The cases of a campaign that a reader may see: of sponsors below the paths, without those kept from the reader."""

    campaign_id: UUID
    paths: Sequence[str]
    without: Collection[UUID]


@dataclass(frozen=True)
class StepRow:
    """A step of a case and the unit that took it."""

    step: NominationStep
    nomination: Nomination
    window: ServiceWindow
    unit: Organization | None


@dataclass(frozen=True)
class OpinionRow:
    """What a level said of a case."""

    review: LevelReview
    nomination: Nomination
    window: ServiceWindow
    unit: Organization


@dataclass(frozen=True)
class PaperRow(Generic[P]):
    """Something a case was handed in or heard with."""

    paper: P
    nomination: Nomination
    window: ServiceWindow


@dataclass(frozen=True)
class SheetRow:
    """A version of a score sheet, what it is about and who gave it."""

    sheet: ScoreSheet
    assignment: ReviewAssignment
    nomination: Nomination
    window: ServiceWindow
    person: Person


@dataclass(frozen=True)
class PointRow:
    """The points of one item of a sheet."""

    entry: ScoreEntry
    sheet: ScoreSheet


@dataclass(frozen=True)
class DecisionRow:
    """One item of a meeting."""

    item: DecisionItem
    meeting: Meeting


def steps(session: Session, seen: Seen, after: UUID | None, limit: int) -> list[StepRow]:
    """Step, case, window and the unit that acted, oldest first, one more than `limit`."""
    statement = (
        select(NominationStep, Nomination, ServiceWindow, Organization)
        .join(Nomination, col(NominationStep.nomination_id) == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(NominationStep.acting_org_id) == col(Organization.id), isouter=True)
    )
    return _page(session, StepRow, _of_cases(statement, seen), NominationStep.id, after, limit)


def opinions(session: Session, seen: Seen, after: UUID | None, limit: int) -> list[OpinionRow]:
    """A level's opinion, superseded ones too, with its case, window and department, oldest first, one more than `limit`."""
    statement = (
        select(LevelReview, Nomination, ServiceWindow, Organization)
        .join(Nomination, col(LevelReview.nomination_id) == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(LevelReview.organization_id) == col(Organization.id))
    )
    return _page(session, OpinionRow, _of_cases(statement, seen), LevelReview.id, after, limit)


def papers(session: Session, kind: type[P], seen: Seen, after: UUID | None, limit: int) -> list[PaperRow[P]]:
    """Papers of one kind (each names its case), with case and window, oldest first, one more than `limit`."""
    of = col(kind.nomination_id)  # type: ignore[attr-defined]  # every paper has it
    statement = (
        select(kind, Nomination, ServiceWindow)
        .join(Nomination, of == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
    )
    return _page(session, PaperRow, _of_cases(statement, seen), kind.id, after, limit)


def sheets(
    session: Session,
    campaign_id: UUID,
    sealed: Collection[Stage],
    without: Collection[UUID],
    after: UUID | None,
    limit: int,
) -> list[SheetRow]:
    """Sheets of cases whose scores are open, every version, with assignment, case, window and reviewer; one more than `limit`."""
    statement = (
        select(ScoreSheet, ReviewAssignment, Nomination, ServiceWindow)
        .add_columns(Person)
        .join(ReviewAssignment, col(ScoreSheet.assignment_id) == col(ReviewAssignment.id))
        .join(Nomination, col(ScoreSheet.nomination_id) == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Reviewer, col(ScoreSheet.reviewer_id) == col(Reviewer.id))
        .join(Person, col(Reviewer.person_id) == col(Person.id))
        .where(col(Nomination.campaign_id) == campaign_id, col(Nomination.stage).not_in(sealed))
    )
    if without:
        statement = statement.where(col(Nomination.id).not_in(without))
    return _page(session, SheetRow, statement, ScoreSheet.id, after, limit)


def points(
    session: Session,
    campaign_id: UUID,
    sealed: Collection[Stage],
    without: Collection[UUID],
    after: UUID | None,
    limit: int,
) -> list[PointRow]:
    """The points of those sheets, item by item, with their sheet; one more than `limit`."""
    statement = (
        select(ScoreEntry, ScoreSheet)
        .join(ScoreSheet, col(ScoreEntry.sheet_id) == col(ScoreSheet.id))
        .join(Nomination, col(ScoreSheet.nomination_id) == col(Nomination.id))
        .where(col(Nomination.campaign_id) == campaign_id, col(Nomination.stage).not_in(sealed))
    )
    if without:
        statement = statement.where(col(Nomination.id).not_in(without))
    return _page(session, PointRow, statement, ScoreEntry.id, after, limit)


def decisions(
    session: Session, campaign_id: UUID, without: Collection[UUID], after: UUID | None, limit: int
) -> list[DecisionRow]:
    """What the meetings decided, item by item, with the meeting; one more than `limit`."""
    statement = (
        select(DecisionItem, Meeting)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(col(Meeting.campaign_id) == campaign_id)
    )
    if without:
        case = col(DecisionItem.nomination_id)
        statement = statement.where(or_(case.is_(None), case.not_in(without)))
    return _page(session, DecisionRow, statement, DecisionItem.id, after, limit)


def named_by_path(session: Session, paths: Collection[str]) -> list[str]:
    """What the organisations at exactly these paths are called."""
    statement = select(Organization.name).where(col(Organization.path).in_(paths))
    return list(session.exec(statement.order_by(col(Organization.path))).all())


def _of_cases(statement: Any, seen: Seen) -> Any:  # noqa: ANN401  (a Select of whatever tables)
    covered = (col(Nomination.sponsor_path).startswith(path, autoescape=True) for path in seen.paths)
    narrowed = statement.where(col(Nomination.campaign_id) == seen.campaign_id, or_(false(), *covered))
    return narrowed.where(col(Nomination.id).not_in(seen.without)) if seen.without else narrowed


def _page(
    session: Session,
    shape: Callable[..., R],
    statement: Any,  # noqa: ANN401  (as above)
    key: Any,  # noqa: ANN401  (a column)
    after: UUID | None,
    limit: int,
) -> list[R]:
    if after:
        statement = statement.where(col(key) > after)
    return [shape(*row) for row in session.execute(statement.order_by(col(key)).limit(limit + 1)).all()]
