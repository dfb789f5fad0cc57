"""Queries about notices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import false, func, or_
from sqlmodel import Session, col, select

from app.db.tables.ministry import MinistryRecommendation
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import CalendarYear, Organization
from app.db.tables.supervision import NoticeChange, NoticeItem, Objection, PublicNotice
from app.domain.ministry import MinistryStage
from app.domain.nomination import Stage
from app.domain.notice import NoticeStage


def ended_unrecorded(session: Session, now: datetime) -> list[PublicNotice]:
    """Published notices whose computed end has passed without an event saying so."""
    statement = select(PublicNotice).where(
        col(PublicNotice.stage) == NoticeStage.PUBLISHED,
        col(PublicNotice.ends_at) <= now,
        col(PublicNotice.ended_event_at).is_(None),
    )
    return list(session.exec(statement).all())


def running(session: Session, now: datetime) -> list[PublicNotice]:
    """Published notices whose end lies ahead, for changing them, oldest first."""
    statement = select(PublicNotice).where(
        col(PublicNotice.stage) == NoticeStage.PUBLISHED, col(PublicNotice.ends_at) > now
    )
    held = statement.order_by(col(PublicNotice.id)).with_for_update()
    return list(session.exec(held.execution_options(populate_existing=True)).all())


@dataclass(frozen=True)
class ItemRow:
    """An item with what stands beside it now: the nomination, the present names, open objections."""

    item: NoticeItem
    nomination: Nomination
    window: ServiceWindow
    sponsor: Organization
    open_objections: int


def locked(session: Session, notice_id: UUID) -> PublicNotice | None:
    """The notice for changing it: a second writer waits until this one is through."""
    statement = select(PublicNotice).where(col(PublicNotice.id) == notice_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).first()


def listed(
    session: Session,
    paths: Sequence[str],
    campaign_id: UUID | None,
    stage: NoticeStage | None,
    after: UUID | None,
    limit: int,
) -> list[PublicNotice]:
    """Notices issued below these paths, newest first, one more than `limit`."""
    within = [col(PublicNotice.issuer_path).startswith(path, autoescape=True) for path in paths]
    statement = select(PublicNotice).where(or_(false(), *within))
    if campaign_id:
        statement = statement.where(col(PublicNotice.campaign_id) == campaign_id)
    if stage:
        statement = statement.where(col(PublicNotice.stage) == stage)
    if after:
        statement = statement.where(col(PublicNotice.id) < after)
    return list(session.exec(statement.order_by(col(PublicNotice.id).desc()).limit(limit + 1)).all())


def newest_of(session: Session, issuers: Collection[UUID]) -> PublicNotice | None:
    """The last notice that any of these units drafted, whatever became of it."""
    statement = select(PublicNotice).where(col(PublicNotice.issuer_org_id).in_(issuers))
    return session.exec(statement.order_by(col(PublicNotice.id).desc()).limit(1)).first()


def public(
    session: Session, now: datetime, campaign_id: UUID | None, after: UUID | None, limit: int
) -> list[PublicNotice]:
    """Notices the public may see now, newest first; a withdrawn or cancelled one is not among them."""
    visible = (NoticeStage.PUBLISHED, NoticeStage.CONCLUDED, NoticeStage.SUPERSEDED)
    statement = select(PublicNotice).where(
        col(PublicNotice.stage).in_(visible), col(PublicNotice.published_at) <= now
    )
    if campaign_id:
        statement = statement.where(col(PublicNotice.campaign_id) == campaign_id)
    if after:
        statement = statement.where(col(PublicNotice.id) < after)
    return list(session.exec(statement.order_by(col(PublicNotice.id).desc()).limit(limit + 1)).all())


def items(session: Session, notice_id: UUID) -> list[ItemRow]:
    """The items in the notice's order, each with its nomination and its open objections; two statements for any number."""
    statement = (
        select(NoticeItem, Nomination, ServiceWindow, Organization)
        .join(Nomination, col(Nomination.id) == col(NoticeItem.nomination_id))
        .join(ServiceWindow, col(ServiceWindow.id) == col(Nomination.window_id))
        .join(Organization, col(Organization.id) == col(Nomination.sponsor_org_id))
        .where(col(NoticeItem.notice_id) == notice_id)
        .order_by(col(NoticeItem.position))
    )
    held = _open_objections(session, notice_id)
    return [ItemRow(*row, held.get(row[0].id, 0)) for row in session.exec(statement).all()]


def subjects(
    session: Session, nomination_ids: Sequence[UUID]
) -> dict[UUID, tuple[Nomination, ServiceWindow, Organization]]:
    """Nominations with their window and sponsor, by id."""
    statement = (
        select(Nomination, ServiceWindow, Organization)
        .join(ServiceWindow, col(ServiceWindow.id) == col(Nomination.window_id))
        .join(Organization, col(Organization.id) == col(Nomination.sponsor_org_id))
        .where(col(Nomination.id).in_(nomination_ids))
    )
    return {row[0].id: (row[0], row[1], row[2]) for row in session.exec(statement).all()}


def clear_for_notice(
    session: Session, campaign_id: UUID, organization_id: UUID
) -> list[tuple[Nomination, ServiceWindow]]:
    """The organising unit's nominations that a notice may list now."""
    statement = (
        select(Nomination, ServiceWindow)
        .join(ServiceWindow, col(ServiceWindow.id) == col(Nomination.window_id))
        .where(
            col(Nomination.campaign_id) == campaign_id,
            col(Nomination.organizing_org_id) == organization_id,
            col(Nomination.stage) == Stage.CLEARED,
        )
        .order_by(col(Nomination.id))
    )
    return [(row[0], row[1]) for row in session.exec(statement).all()]


def ready_at_the_host(session: Session, campaign_id: UUID) -> list[tuple[Nomination, ServiceWindow]]:
    """What the host's own notices may list now: reviewed cases, and determined ones assessed for the ministry."""
    assessed = select(MinistryRecommendation.nomination_id).where(
        col(MinistryRecommendation.campaign_id) == campaign_id,
        col(MinistryRecommendation.stage) == MinistryStage.ASSESSED,
    )
    statement = (
        select(Nomination, ServiceWindow)
        .join(ServiceWindow, col(ServiceWindow.id) == col(Nomination.window_id))
        .where(
            col(Nomination.campaign_id) == campaign_id,
            or_(col(Nomination.stage) == Stage.REVIEWED, col(Nomination.id).in_(assessed)),
        )
        .order_by(col(Nomination.id))
    )
    return [(row[0], row[1]) for row in session.exec(statement).all()]


def changes(session: Session, notice_id: UUID) -> list[NoticeChange]:
    """What was changed after publication, oldest first."""
    statement = (
        select(NoticeChange).where(col(NoticeChange.notice_id) == notice_id).order_by(col(NoticeChange.id))
    )
    return list(session.exec(statement).all())


def successor(session: Session, notice_id: UUID) -> PublicNotice | None:
    """The round that replaced this notice, drafts included."""
    statement = select(PublicNotice).where(col(PublicNotice.supersedes_id) == notice_id)
    return session.exec(statement.order_by(col(PublicNotice.id).desc())).first()


def calendar_sources(session: Session, years: Sequence[int]) -> list[str]:
    """The papers that say which days of these years are worked."""
    statement = select(CalendarYear.source_title).where(col(CalendarYear.year).in_(years))
    return list(session.exec(statement.order_by(col(CalendarYear.year))).all())


def _open_objections(session: Session, notice_id: UUID) -> dict[UUID, int]:
    """How many objections hold each item of a notice."""
    statement = (
        select(Objection.notice_item_id, func.count())
        .where(col(Objection.notice_id) == notice_id, col(Objection.blocking).is_(True))
        .group_by(col(Objection.notice_item_id))
    )
    return {row[0]: row[1] for row in session.exec(statement).all()}
