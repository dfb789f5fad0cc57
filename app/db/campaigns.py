"""Queries about campaigns, their papers and who takes part."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, bindparam, func
from sqlmodel import Session, col, select

from app.db.tables.campaigns import (
    Campaign,
    CampaignDocument,
    CampaignRules,
    DocumentKind,
    LocalBody,
    Participant,
)
from app.db.tables.decisions import Meeting
from app.db.tables.nominations import LateAcceptance, Nomination
from app.db.tables.places import Organization
from app.db.tables.system import AuditEvent
from app.domain.campaign import CampaignStage
from app.domain.meeting import MeetingPurpose
from app.domain.nomination import Stage


def listed(session: Session, stage: CampaignStage | None, after: UUID | None, limit: int) -> list[Campaign]:
    """Campaigns, newest first, one more than `limit`."""
    statement = select(Campaign)
    if stage:
        statement = statement.where(col(Campaign.stage) == stage)
    if after:
        statement = statement.where(col(Campaign.id) < after)
    return list(session.exec(statement.order_by(col(Campaign.id).desc()).limit(limit + 1)).all())


def locked(session: Session, campaign_id: UUID) -> Campaign | None:
    """The campaign for changing it: a second writer waits until this one is through.

    Its key stays free: a nomination that is being written refers to it and must not wait, or both would (deadlock).
    """
    statement = select(Campaign).where(col(Campaign.id) == campaign_id).with_for_update(key_share=True)
    return session.exec(statement.execution_options(populate_existing=True)).first()


def by_code(session: Session, code: str) -> Campaign | None:
    return session.exec(select(Campaign).where(col(Campaign.code) == code)).first()


def with_rules(session: Session, campaign_id: UUID) -> tuple[Campaign, UUID] | None:
    """The campaign and the row of the rules in force, without reading the rules themselves."""
    return session.exec(_WITH_RULES, params={"id": campaign_id}).first()


IN_FORCE = and_(
    col(CampaignRules.campaign_id) == col(Campaign.id),
    col(CampaignRules.version) == col(Campaign.rules_version),
)
_WITH_RULES = (
    select(Campaign, CampaignRules.id)
    .join(CampaignRules, IN_FORCE)
    .where(col(Campaign.id) == bindparam("id"))
)


def rules_id(session: Session, campaign_id: UUID, version: int) -> UUID:
    """The row of a version of the rules, without reading the rules themselves."""
    statement = select(CampaignRules.id).where(
        col(CampaignRules.campaign_id) == campaign_id, col(CampaignRules.version) == version
    )
    return session.exec(statement).one()


def rules_versions(session: Session, campaign_id: UUID) -> list[CampaignRules]:
    statement = select(CampaignRules).where(col(CampaignRules.campaign_id) == campaign_id)
    return list(session.exec(statement.order_by(col(CampaignRules.version).desc())).all())


def documents(session: Session, campaign_id: UUID) -> list[CampaignDocument]:
    statement = select(CampaignDocument).where(col(CampaignDocument.campaign_id) == campaign_id)
    return list(session.exec(statement.order_by(col(CampaignDocument.id))).all())


def document_kinds(session: Session, campaign_id: UUID) -> list[DocumentKind]:
    statement = select(CampaignDocument.kind).where(col(CampaignDocument.campaign_id) == campaign_id)
    return [DocumentKind(kind) for kind in session.exec(statement).all()]


def participants(session: Session, campaign_id: UUID) -> list[tuple[Participant, Organization]]:
    """Who takes part, in the order of the organisations' codes."""
    statement = (
        select(Participant, Organization)
        .join(Organization, col(Participant.organization_id) == col(Organization.id))
        .where(col(Participant.campaign_id) == campaign_id)
    )
    return list(session.exec(statement.order_by(col(Organization.code))).all())


def participates(session: Session, campaign_id: UUID, organization_id: UUID) -> bool:
    statement = select(Participant.id).where(
        col(Participant.campaign_id) == campaign_id, col(Participant.organization_id) == organization_id
    )
    return session.exec(statement).first() is not None


def participant_count(session: Session, campaign_id: UUID) -> int:
    statement = select(func.count()).where(col(Participant.campaign_id) == campaign_id)
    return session.exec(statement).one()


def units_below(session: Session, parent_id: UUID) -> list[Organization]:
    """The open units directly below one, by code."""
    statement = select(Organization).where(
        col(Organization.parent_id) == parent_id, col(Organization.closed_on).is_(None)
    )
    return list(session.exec(statement.order_by(col(Organization.code))).all())


def organizations(session: Session, ids: Sequence[UUID]) -> dict[UUID, Organization]:
    found = session.exec(select(Organization).where(col(Organization.id).in_(ids))).all()
    return {one.id: one for one in found}


def organizations_at(session: Session, paths: Sequence[str]) -> list[Organization]:
    """The open units at exactly these places of the tree, by code."""
    statement = select(Organization).where(
        col(Organization.path).in_(paths), col(Organization.closed_on).is_(None)
    )
    return list(session.exec(statement.order_by(col(Organization.code))).all())


def local_bodies(session: Session, campaign_id: UUID) -> list[tuple[LocalBody, Organization]]:
    statement = (
        select(LocalBody, Organization)
        .join(Organization, col(LocalBody.organization_id) == col(Organization.id))
        .where(col(LocalBody.campaign_id) == campaign_id)
    )
    return list(session.exec(statement.order_by(col(Organization.code), col(LocalBody.kind))).all())


def late_acceptances(session: Session, campaign_id: UUID) -> list[tuple[LateAcceptance, Organization]]:
    statement = (
        select(LateAcceptance, Organization)
        .join(Organization, col(LateAcceptance.organization_id) == col(Organization.id))
        .where(col(LateAcceptance.campaign_id) == campaign_id)
    )
    return list(session.exec(statement.order_by(col(Organization.code))).all())


def below(session: Session, campaign_id: UUID) -> list[Campaign]:
    """The campaigns of cities that rest on this one, oldest first (R-044)."""
    statement = select(Campaign).where(col(Campaign.parent_campaign_id) == campaign_id)
    return list(session.exec(statement.order_by(col(Campaign.id))).all())


def case_counts(session: Session, campaign_id: UUID) -> dict[tuple[Stage, Stage | None], int]:
    """How many cases stand at each stage, and for returned ones where they came from."""
    statement = (
        select(Nomination.stage, Nomination.returned_from, func.count())
        .where(col(Nomination.campaign_id) == campaign_id)
        .group_by(col(Nomination.stage), col(Nomination.returned_from))
    )
    return {
        (Stage(stage), Stage(origin) if origin else None): count
        for stage, origin, count in session.exec(statement).all()
    }


def last_decision(session: Session, campaign_id: UUID) -> date | None:
    """The day of the last meeting that decided on the host's own awards (R-004)."""
    statement = select(func.max(Meeting.held_on)).where(
        col(Meeting.campaign_id) == campaign_id,
        col(Meeting.purpose).in_((MeetingPurpose.REVIEW, MeetingPurpose.DETERMINATION)),
        col(Meeting.confirmed_at).is_not(None),
    )
    return session.exec(statement).one()


def live_nominations(session: Session, campaign_id: UUID) -> Sequence[UUID]:
    """The cases that a change of rules concerns: put forward and not ended."""
    statement = select(Nomination.id).where(
        col(Nomination.campaign_id) == campaign_id,
        col(Nomination.stage) != Stage.DRAFT,
        col(Nomination.live_window_id).is_not(None),
    )
    return session.exec(statement.order_by(col(Nomination.id))).all()


def acts(session: Session, campaign_id: UUID) -> list[AuditEvent]:
    """What was done to the campaign itself, in order."""
    statement = select(AuditEvent).where(
        col(AuditEvent.entity_id) == campaign_id, col(AuditEvent.entity) == "Campaign"
    )
    return list(session.exec(statement.order_by(col(AuditEvent.at), col(AuditEvent.id))).all())
