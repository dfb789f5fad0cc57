"""Queries about what waits around the evaluation: one statement for each kind of thing, however many there are."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import ReviewAssignment, ScoreCorrection
from app.db.tables.nominations import Nomination, ServiceWindow
from app.domain.assignment import AssignmentStatus
from app.domain.campaign import CampaignStage
from app.domain.nomination_stage import Stage
from app.domain.score_sheet import CorrectionStage

MOST = 50
_RUNNING = (CampaignStage.EVALUATING, CampaignStage.DETERMINING)
_OUT = (AssignmentStatus.ASSIGNED, AssignmentStatus.IN_PROGRESS)


def accepted(
    session: Session, hosts: Sequence[UUID], without: Collection[UUID]
) -> list[tuple[Campaign, int]]:
    """How many accepted cases each campaign of these hosts has to open."""
    statement = (
        select(Campaign, func.count())
        .join(Nomination, col(Nomination.campaign_id) == col(Campaign.id))
        .where(
            col(Campaign.host_organization_id).in_(hosts),
            col(Campaign.stage).in_(_RUNNING),
            col(Nomination.stage) == Stage.ACCEPTED,
            col(Nomination.id).not_in(without),
        )
    )
    return list(session.exec(statement.group_by(col(Campaign.id))).all())


def all_in(session: Session, hosts: Sequence[UUID], without: Collection[UUID]) -> list[tuple[Campaign, int]]:
    """How many cases under evaluation have been scored by everybody they were given to."""
    given = (
        select(ReviewAssignment.id)
        .where(
            col(ReviewAssignment.nomination_id) == col(Nomination.id),
            col(ReviewAssignment.status) == AssignmentStatus.SUBMITTED,
        )
        .exists()
    )
    out = (
        select(ReviewAssignment.id)
        .where(
            col(ReviewAssignment.nomination_id) == col(Nomination.id), col(ReviewAssignment.status).in_(_OUT)
        )
        .exists()
    )
    statement = (
        select(Campaign, func.count())
        .join(Nomination, col(Nomination.campaign_id) == col(Campaign.id))
        .where(
            col(Campaign.host_organization_id).in_(hosts),
            col(Nomination.stage) == Stage.UNDER_EVALUATION,
            col(Nomination.id).not_in(without),
            given,
            ~out,
        )
    )
    return list(session.exec(statement.group_by(col(Campaign.id))).all())


def corrections(
    session: Session, hosts: Sequence[UUID], without: Collection[UUID], not_by: Collection[UUID]
) -> list[tuple[ScoreCorrection, str, Campaign]]:
    """Corrections that wait for somebody else than these people, the oldest first."""
    statement = (
        select(ScoreCorrection, ServiceWindow.name, Campaign)
        .join(Nomination, col(ScoreCorrection.nomination_id) == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Campaign, col(ScoreCorrection.campaign_id) == col(Campaign.id))
        .where(
            col(Campaign.host_organization_id).in_(hosts),
            col(ScoreCorrection.stage) == CorrectionStage.REQUESTED,
            col(ScoreCorrection.nomination_id).not_in(without),
            col(ScoreCorrection.requested_by).not_in(not_by),
        )
    )
    return list(session.exec(statement.order_by(col(ScoreCorrection.id)).limit(MOST)).all())
