"""Queries about what waits for the two bodies: records for a second person, cases for a meeting."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import Meeting
from app.db.tables.evaluation import ScoreCorrection
from app.db.tables.nominations import Nomination, ServiceWindow
from app.domain.campaign import CampaignStage
from app.domain.meeting import MeetingStage
from app.domain.nomination import Stage

MOST = 200
_WAITING = (MeetingStage.DRAFT, MeetingStage.RECORDED)
_AT_THE_BODIES = (Stage.EVALUATED, Stage.REVIEWED, Stage.AT_HOST_NOTICE)


def records(session: Session, hosts: Sequence[UUID]) -> list[tuple[Meeting, Campaign]]:
    """Records of these hosts' campaigns that are not in force yet, the oldest first."""
    statement = (
        select(Meeting, Campaign)
        .join(Campaign, col(Meeting.campaign_id) == col(Campaign.id))
        .where(col(Campaign.host_organization_id).in_(hosts), col(Meeting.stage).in_(_WAITING))
        .order_by(col(Meeting.id))
        .limit(MOST)
    )
    return [(meeting, campaign) for meeting, campaign in session.exec(statement).all()]


def cases(session: Session, hosts: Sequence[UUID]) -> list[tuple[Campaign, Stage, int]]:
    """How many cases of these hosts' determining campaigns stand before each body."""
    statement = (
        select(Campaign, Nomination.stage, func.count())
        .join(Nomination, col(Nomination.campaign_id) == col(Campaign.id))
        .where(
            col(Campaign.host_organization_id).in_(hosts),
            col(Campaign.stage) == CampaignStage.DETERMINING,
            col(Nomination.stage).in_(_AT_THE_BODIES),
        )
        .group_by(col(Campaign.id), col(Nomination.stage))
        .order_by(col(Campaign.id))
    )
    return [(campaign, Stage(stage), count) for campaign, stage, count in session.exec(statement).all()]


def to_be_reviewed(session: Session, hosts: Sequence[UUID]) -> list[tuple[Nomination, str, Campaign]]:
    """Cases with a score corrected after a body used it, on which no step was taken since, the oldest first (E-20)."""
    statement = (
        select(Nomination, ServiceWindow.name, Campaign)
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Campaign, col(Nomination.campaign_id) == col(Campaign.id))
        .where(
            col(Campaign.host_organization_id).in_(hosts),
            col(Nomination.id).in_(
                select(ScoreCorrection.nomination_id).where(
                    col(ScoreCorrection.decision_review).is_(True),
                    col(ScoreCorrection.decided_at) >= col(Nomination.stage_since),
                )
            ),
        )
        .order_by(col(Nomination.id))
        .limit(MOST)
    )
    return [(case, name, campaign) for case, name, campaign in session.exec(statement).all()]
