"""Queries about what waits for somebody: one statement for each kind of thing, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import false, func, or_
from sqlmodel import Session, col, select

from app.db.tables.campaigns import Campaign, LocalBody, Participant, PlanStatus, QuotaPlan
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization
from app.db.tables.supervision import NoticeItem, Objection, PublicNotice, VetoFinding
from app.domain.campaign import CampaignStage
from app.domain.nomination import Stage
from app.domain.notice import NoticeStage
from app.domain.objection import ObjectionStage
from app.domain.veto import HOLDING

MOST = 200
_UNCONFIRMED = (PlanStatus.DRAFT, PlanStatus.IMPORTED)
_LIVE_NOTICES = (NoticeStage.DRAFT, NoticeStage.REVIEWED, NoticeStage.PUBLISHED)
_AT_WORK = (CampaignStage.OPEN, CampaignStage.FILING_CLOSED)


@dataclass(frozen=True)
class CaseRow:
    """A nomination with what the inbox says of it."""

    nomination: Nomination
    window: str
    sponsor: str
    campaign: Campaign


def cases(session: Session, holders: Sequence[UUID], stages: Sequence[Stage]) -> list[CaseRow]:
    """The cases these units have, the longest waiting first."""
    statement = (
        select(Nomination, ServiceWindow.name, Organization.name, Campaign)
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(Nomination.sponsor_org_id) == col(Organization.id))
        .join(Campaign, col(Nomination.campaign_id) == col(Campaign.id))
        .where(col(Nomination.holder_org_id).in_(holders), col(Nomination.stage).in_(stages))
        .order_by(col(Nomination.stage_since), col(Nomination.id))
    )
    return [CaseRow(*row) for row in session.exec(statement.limit(MOST)).all()]


def notice_ends(session: Session, nomination_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When the notice in effect of each of these cases ends."""
    statement = (
        select(NoticeItem.effective_nomination_id, func.max(PublicNotice.ends_at))
        .join(PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id))
        .where(
            col(NoticeItem.effective_nomination_id).in_(nomination_ids),
            col(PublicNotice.ends_at).is_not(None),
        )
        .group_by(col(NoticeItem.effective_nomination_id))
    )
    return {one: end for one, end in session.exec(statement).all() if one and end}


def notices(session: Session, issuers: Sequence[UUID]) -> list[PublicNotice]:
    """The unfinished notices of these units, by their end."""
    statement = select(PublicNotice).where(
        col(PublicNotice.issuer_org_id).in_(issuers), col(PublicNotice.stage).in_(_LIVE_NOTICES)
    )
    return list(session.exec(statement.order_by(col(PublicNotice.ends_at), col(PublicNotice.id)).limit(MOST)))


def objections(
    session: Session, paths: Sequence[str], person_id: UUID | None
) -> list[tuple[Objection, NoticeItem]]:
    """Open objections below these paths that nobody has in hand, and all that this person has, by their due day."""
    within = [col(Objection.handling_path).startswith(path, autoescape=True) for path in paths]
    unassigned = or_(false(), *within) & col(Objection.handler_id).is_(None)
    done = (ObjectionStage.CLOSED, ObjectionStage.NOT_ACCEPTED)
    statement = (
        select(Objection, NoticeItem)
        .join(NoticeItem, col(NoticeItem.id) == col(Objection.notice_item_id))
        .where(or_(unassigned, col(Objection.handler_id) == person_id), col(Objection.stage).not_in(done))
    )
    rows = session.exec(statement.order_by(col(Objection.due_on), col(Objection.id)).limit(MOST)).all()
    return [(row[0], row[1]) for row in rows]


def findings(session: Session, paths: Sequence[str]) -> list[tuple[VetoFinding, str]]:
    """Findings that hold a case below these paths, oldest first, with the window's name."""
    within = [col(Nomination.sponsor_path).startswith(path, autoescape=True) for path in paths]
    statement = (
        select(VetoFinding, ServiceWindow.name)
        .join(Nomination, col(Nomination.id) == col(VetoFinding.nomination_id))
        .join(ServiceWindow, col(ServiceWindow.id) == col(Nomination.window_id))
        .where(or_(*within), col(VetoFinding.stage).in_(HOLDING))
    )
    return [(row[0], row[1]) for row in session.exec(statement.order_by(col(VetoFinding.id)).limit(MOST))]


def plans(session: Session, hosts: Sequence[UUID]) -> list[tuple[QuotaPlan, Campaign]]:
    """Plans of these hosts that nobody has confirmed."""
    statement = (
        select(QuotaPlan, Campaign)
        .join(Campaign, col(QuotaPlan.campaign_id) == col(Campaign.id))
        .where(col(Campaign.host_organization_id).in_(hosts), col(QuotaPlan.status).in_(_UNCONFIRMED))
    )
    return [(row[0], row[1]) for row in session.exec(statement.order_by(col(QuotaPlan.id)).limit(MOST))]


def bodies_missing(session: Session, units: Sequence[UUID]) -> list[tuple[Campaign, str]]:
    """Campaigns at work in which one of these units takes part and has not registered both its bodies."""
    registered = (
        select(func.count())
        .where(
            col(LocalBody.campaign_id) == col(Participant.campaign_id),
            col(LocalBody.organization_id) == col(Participant.organization_id),
        )
        .correlate(Participant)
        .scalar_subquery()
    )
    statement = (
        select(Campaign, Organization.name)
        .join(Participant, col(Participant.campaign_id) == col(Campaign.id))
        .join(Organization, col(Organization.id) == col(Participant.organization_id))
        .where(col(Participant.organization_id).in_(units), col(Campaign.stage).in_(_AT_WORK), registered < 2)
    )
    return [(row[0], row[1]) for row in session.exec(statement.order_by(col(Campaign.id)).limit(MOST))]


def dated(session: Session, today: date) -> list[Campaign]:
    """Campaigns at work with a deadline that is still to come."""
    ahead = [
        column >= today
        for column in (
            col(Campaign.contacts_due_on),
            col(Campaign.materials_due_on),
            col(Campaign.ministry_due_on),
        )
    ]
    statement = select(Campaign).where(
        col(Campaign.stage).not_in((CampaignStage.DRAFT, CampaignStage.ARCHIVED)), or_(*ahead)
    )
    return list(session.exec(statement.order_by(col(Campaign.id)).limit(20)))
