"""Queries about what waits on the way to the ministry and to the awards: one statement for each kind of thing."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from app.db.ministry import MinistryRow, joined
from app.db.tables.awards import ResultNotification
from app.db.tables.campaigns import Campaign
from app.db.tables.ministry import MinistryRecommendation
from app.db.tables.nominations import Nomination
from app.domain.ministry import LIVE
from app.domain.nomination import Stage

MOST = 200


def recommendations(
    session: Session, hosts: Collection[UUID], units: Collection[UUID]
) -> list[tuple[MinistryRow, Campaign]]:
    """Those on the way to the report: of campaigns of these hosts, or brought by these units; the longest waiting first."""
    statement = (
        joined()
        .add_columns(Campaign)
        .join(Campaign, col(Campaign.id) == col(MinistryRecommendation.campaign_id))
        .where(
            col(MinistryRecommendation.stage).in_(LIVE),
            or_(
                col(Campaign.host_organization_id).in_(hosts),
                col(Nomination.organizing_org_id).in_(units),
                col(Nomination.sponsor_org_id).in_(units),
            ),
        )
    )
    ordered = statement.order_by(col(MinistryRecommendation.stage_since), col(MinistryRecommendation.id))
    return [(MinistryRow(*row[:4]), row[4]) for row in session.execute(ordered.limit(MOST)).all()]


def results(session: Session, units: Collection[UUID]) -> list[tuple[ResultNotification, Campaign]]:
    """What these units were told and have not taken note of, oldest first."""
    statement = (
        select(ResultNotification, Campaign)
        .join(Campaign, col(Campaign.id) == col(ResultNotification.campaign_id))
        .where(
            col(ResultNotification.organization_id).in_(units),
            col(ResultNotification.acknowledged_at).is_(None),
        )
    )
    return [
        (row[0], row[1]) for row in session.exec(statement.order_by(col(ResultNotification.id)).limit(MOST))
    ]


def to_confer(session: Session, hosts: Collection[UUID]) -> list[tuple[Campaign, int]]:
    """Campaigns of these hosts with determined cases that have no award yet, and how many."""
    statement = (
        select(Campaign, func.count())
        .join(Nomination, col(Nomination.campaign_id) == col(Campaign.id))
        .where(col(Campaign.host_organization_id).in_(hosts), col(Nomination.stage) == Stage.DETERMINED)
        .group_by(col(Campaign.id))
        .order_by(col(Campaign.id))
    )
    return [(row[0], row[1]) for row in session.exec(statement.limit(MOST))]
