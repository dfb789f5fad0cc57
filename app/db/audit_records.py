"""Queries of the audit record, newest first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.db.tables.campaigns import Campaign
from app.db.tables.places import Organization
from app.db.tables.system import AuditEvent
from app.db.tables.system import Sequence as Numbering


@dataclass(frozen=True)
class Wanted:
    """What a search is narrowed to; everything empty means all the caller may see."""

    campaign_id: UUID | None = None
    entity: str = ""
    entity_id: UUID | None = None
    action: str = ""
    subject: str = ""  # the word before the dot of the act
    actors: Collection[str] | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Span:
    """How much of the record a campaign has, from which position to which; 0 where none has got one yet."""

    count: int
    first: int
    last: int


def span(session: Session, campaign_id: UUID) -> Span:
    """The stretch of the record in which the campaign's entries lie."""
    columns = (func.count(), func.min(AuditEvent.position), func.max(AuditEvent.position))
    count, first, last = session.execute(
        select(*columns).where(col(AuditEvent.campaign_id) == campaign_id)
    ).one()
    return Span(count, first or 0, last or 0)


Area = tuple[str, UUID | None]
"""A subtree, and the campaign an appointment is limited to; an empty path is the whole record."""


def one(session: Session, record_id: UUID, areas: Sequence[Area]) -> AuditEvent | None:
    statement = select(AuditEvent).where(col(AuditEvent.id) == record_id, _within(areas))
    return session.exec(statement).first()


def listed(
    session: Session, areas: Sequence[Area], wanted: Wanted, after: UUID | None, limit: int
) -> list[AuditEvent]:
    """The records in these areas, one more than `limit`; one statement."""
    statement = select(AuditEvent).where(_within(areas))
    exact = {
        AuditEvent.campaign_id: wanted.campaign_id,
        AuditEvent.entity: wanted.entity,
        AuditEvent.entity_id: wanted.entity_id,
        AuditEvent.action: wanted.action,
    }
    for column, value in exact.items():
        if value:
            statement = statement.where(col(column) == value)
    if wanted.subject:
        statement = statement.where(col(AuditEvent.action).startswith(f"{wanted.subject}.", autoescape=True))
    if wanted.actors is not None:
        statement = statement.where(col(AuditEvent.actor).in_(wanted.actors))
    if wanted.since:
        statement = statement.where(col(AuditEvent.at) >= wanted.since)
    if wanted.until:
        statement = statement.where(col(AuditEvent.at) < wanted.until)
    if after:
        statement = statement.where(col(AuditEvent.id) < after)
    return list(session.exec(statement.order_by(col(AuditEvent.id).desc()).limit(limit + 1)).all())


@dataclass(frozen=True)
class Link:
    """An entry of the record and the link it follows from; empty before the very first."""

    entry: AuditEvent
    previous: str


def linked(session: Session, areas: Sequence[Area], campaign_id: UUID, after: int, limit: int) -> list[Link]:
    """A campaign's numbered entries in the order of the chain, one more than `limit`; one statement."""
    before = aliased(AuditEvent)
    statement = (
        select(AuditEvent, before.chain)
        .join(before, col(before.position) == col(AuditEvent.position) - 1, isouter=True)
        .where(col(AuditEvent.campaign_id) == campaign_id, col(AuditEvent.position) > after, _within(areas))
    )
    found = session.exec(statement.order_by(col(AuditEvent.position)).limit(limit + 1)).all()
    return [Link(entry, previous or "") for entry, previous in found]


def head(session: Session) -> tuple[int, str]:
    """How far the record is numbered, and its newest link."""
    found = session.get(Numbering, "audit")
    return (found.last, found.chain) if found else (0, "")


def campaigns(session: Session) -> list[Campaign]:
    """All campaigns, newest first."""
    return list(session.exec(select(Campaign).order_by(col(Campaign.id).desc()).limit(200)).all())


def roots(session: Session) -> frozenset[str]:
    """The paths of organisations that stand under no other."""
    found = session.exec(select(Organization.path).where(col(Organization.parent_id).is_(None))).all()
    return frozenset(found)


def _within(areas: Sequence[Area]) -> ColumnElement[bool]:
    return or_(false(), *(_inside(path, campaign_id) for path, campaign_id in areas))


def _inside(path: str, campaign_id: UUID | None) -> ColumnElement[bool]:
    conditions = [col(AuditEvent.organization_path).startswith(path, autoescape=True)]
    if campaign_id:
        conditions.append(col(AuditEvent.campaign_id) == campaign_id)
    return and_(*conditions)
