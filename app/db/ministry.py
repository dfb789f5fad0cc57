"""Queries about the recommendations to the ministry and what belongs to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import false, or_
from sqlmodel import Session, col, select

from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.materials import ApprovalForm, FormKind
from app.db.tables.ministry import (
    MinistryAssessment,
    MinistryRecommendation,
    MinistryVideo,
    MinistryWriteUp,
)
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization
from app.domain.meeting import MeetingPurpose
from app.domain.ministry import MinistryStage
from app.domain.nomination import DecisionResult

P = TypeVar("P", MinistryWriteUp, MinistryVideo)


@dataclass(frozen=True)
class MinistryRow:
    """A recommendation with the names people know it by."""

    recommendation: MinistryRecommendation
    nomination: Nomination
    window: ServiceWindow
    sponsor: Organization


def locked(session: Session, recommendation_id: UUID) -> MinistryRecommendation | None:
    """The recommendation for changing it: a second writer waits until this one is through."""
    statement = (
        select(MinistryRecommendation)
        .where(col(MinistryRecommendation.id) == recommendation_id)
        .with_for_update()
    )
    return session.exec(statement.execution_options(populate_existing=True)).first()


def live(session: Session, nomination_id: UUID) -> MinistryRecommendation | None:
    """The recommendation of a case that has not ended before the report."""
    statement = select(MinistryRecommendation).where(
        col(MinistryRecommendation.live_nomination_id) == nomination_id
    )
    return session.exec(statement).first()


def one(session: Session, recommendation_id: UUID) -> MinistryRow | None:
    found = session.execute(joined().where(col(MinistryRecommendation.id) == recommendation_id)).first()
    return MinistryRow(*found) if found else None


def listed(
    session: Session,
    campaign_id: UUID,
    paths: Sequence[str],
    stage: MinistryStage | None,
    after: UUID | None,
    limit: int,
) -> list[MinistryRow]:
    """The campaign's recommendations of sponsors below the paths, oldest first, one more than `limit`."""
    within = [col(Nomination.sponsor_path).startswith(path, autoescape=True) for path in paths]
    statement = joined().where(col(MinistryRecommendation.campaign_id) == campaign_id, or_(false(), *within))
    if stage:
        statement = statement.where(col(MinistryRecommendation.stage) == stage)
    if after:
        statement = statement.where(col(MinistryRecommendation.id) > after)
    found = session.execute(statement.order_by(col(MinistryRecommendation.id)).limit(limit + 1)).all()
    return [MinistryRow(*row) for row in found]


def at_stage(session: Session, nomination_ids: Collection[UUID], stage: MinistryStage) -> list[UUID]:
    """Those of the nominations whose live recommendation is at this stage."""
    statement = select(MinistryRecommendation.nomination_id).where(
        col(MinistryRecommendation.live_nomination_id).in_(nomination_ids),
        col(MinistryRecommendation.stage) == stage,
    )
    return list(session.exec(statement).all())


def stages(session: Session, campaign_id: UUID) -> dict[UUID, set[MinistryStage]]:
    """At which stages the recommendations of each nomination stand, ended ones included."""
    statement = select(MinistryRecommendation.nomination_id, MinistryRecommendation.stage).where(
        col(MinistryRecommendation.campaign_id) == campaign_id
    )
    found: dict[UUID, set[MinistryStage]] = {}
    for nomination_id, stage in session.exec(statement).all():
        found.setdefault(nomination_id, set()).add(MinistryStage(stage))
    return found


def paper(session: Session, kind: type[P], recommendation_id: UUID) -> P | None:
    """The write-up or the video of a recommendation."""
    return session.exec(select(kind).where(col(kind.recommendation_id) == recommendation_id)).first()


def form(session: Session, nomination_id: UUID) -> ApprovalForm | None:
    """The national form."""
    statement = select(ApprovalForm).where(
        col(ApprovalForm.nomination_id) == nomination_id, col(ApprovalForm.kind) == FormKind.NATIONAL
    )
    return session.exec(statement).first()


def assessments(session: Session, recommendation_id: UUID) -> list[MinistryAssessment]:
    """What teams found, oldest first; one that was taken back included."""
    statement = select(MinistryAssessment).where(
        col(MinistryAssessment.recommendation_id) == recommendation_id
    )
    return list(session.exec(statement.order_by(col(MinistryAssessment.id))).all())


def decision(session: Session, nomination_id: UUID) -> tuple[DecisionItem, Meeting] | None:
    """The second body's approval of the recommendation that still stands (R-033)."""
    statement = (
        select(DecisionItem, Meeting)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(
            col(DecisionItem.nomination_id) == nomination_id,
            col(DecisionItem.result) == DecisionResult.APPROVED,
            col(DecisionItem.annulled_at).is_(None),
            col(Meeting.purpose) == MeetingPurpose.MINISTRY_RECOMMENDATION,
            col(Meeting.confirmed_at).is_not(None),
        )
    )
    return session.exec(statement.order_by(col(Meeting.confirmed_at).desc())).first()


def joined() -> Any:  # noqa: ANN401  (a Select of four tables; SQLAlchemy names no shorter type)
    """Recommendations with their case, window and sponsor, to be narrowed."""
    return (
        select(MinistryRecommendation, Nomination, ServiceWindow, Organization)
        .join(Nomination, col(MinistryRecommendation.nomination_id) == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(Nomination.sponsor_org_id) == col(Organization.id))
    )
