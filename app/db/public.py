"""What the public may ask for: only what is published and stands on a paper."""

from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.db.tables.campaigns import Campaign, CampaignDocument, DocumentKind
from app.domain.campaign import CampaignStage

_OPENED = (
    CampaignStage.OPEN,
    CampaignStage.FILING_CLOSED,
    CampaignStage.EVALUATING,
    CampaignStage.DETERMINING,
    CampaignStage.AWARDED,
    CampaignStage.ARCHIVED,
)
_PAPERS = (DocumentKind.APPROVAL_BASIS, DocumentKind.OPENING_DECISION)


def campaigns(session: Session, after: UUID | None, limit: int) -> list[Campaign]:
    """Opened campaigns whose approval basis or opening decision is recorded, newest first (domain.md 3.1)."""
    statement = _visible()
    if after:
        statement = statement.where(col(Campaign.id) < after)
    return list(session.exec(statement.order_by(col(Campaign.id).desc()).limit(limit + 1)).all())


def campaign(session: Session, campaign_id: UUID) -> Campaign | None:
    return session.exec(_visible().where(col(Campaign.id) == campaign_id)).first()


def opened() -> SelectOfScalar[UUID]:
    """The campaigns the public sees, for narrowing other lists."""
    return select(Campaign.id).where(*_conditions())


def papers(session: Session, campaign_id: UUID) -> list[CampaignDocument]:
    """The papers a campaign stands on, oldest first."""
    statement = select(CampaignDocument).where(
        col(CampaignDocument.campaign_id) == campaign_id,
        col(CampaignDocument.kind).in_((*_PAPERS, DocumentKind.BASIS)),
    )
    return list(
        session.exec(statement.order_by(col(CampaignDocument.issued_on), col(CampaignDocument.id))).all()
    )


def _visible() -> SelectOfScalar[Campaign]:
    return select(Campaign).where(*_conditions())


def _conditions() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    on_paper = select(CampaignDocument.campaign_id).where(col(CampaignDocument.kind).in_(_PAPERS))
    return col(Campaign.stage).in_(_OPENED), col(Campaign.id).in_(on_paper)
