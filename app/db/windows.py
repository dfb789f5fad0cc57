"""Queries about windows and their names over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.db.tables.campaigns import Campaign
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import NameHistory, Organization, Region


@dataclass(frozen=True)
class WindowRow:
    """A window with the organisation it belongs to."""

    window: ServiceWindow
    sponsor: Organization


def one(session: Session, window_id: UUID) -> WindowRow | None:
    row = session.exec(_joined().where(col(ServiceWindow.id) == window_id)).first()
    return WindowRow(row[0], row[1]) if row else None


def listed(
    session: Session, paths: Sequence[str], *, q: str, region: str, after: UUID | None, limit: int
) -> list[WindowRow]:
    """Windows below these paths, oldest first, one more than `limit`."""
    within = [col(Organization.path).startswith(path, autoescape=True) for path in paths]
    statement = _joined().where(or_(false(), *within))
    if q:
        statement = statement.where(_named(q))
    if region:
        statement = statement.where(col(ServiceWindow.region_code) == region)
    if after:
        statement = statement.where(col(ServiceWindow.id) > after)
    rows = session.exec(statement.order_by(col(ServiceWindow.id)).limit(limit + 1)).all()
    return [WindowRow(window, sponsor) for window, sponsor in rows]


def similar(session: Session, window: ServiceWindow) -> list[WindowRow]:
    """Windows of the same name in the same city, this one aside (E-01: a warning, not a refusal)."""
    statement = _joined().where(
        col(ServiceWindow.name) == window.name,
        col(ServiceWindow.region_code).startswith(window.region_code[:4], autoescape=True),
        col(ServiceWindow.id) != window.id,
    )
    return [WindowRow(found, sponsor) for found, sponsor in session.exec(statement.limit(20)).all()]


def same_name_at_sponsor(session: Session, sponsor_id: UUID, name: str) -> ServiceWindow | None:
    statement = select(ServiceWindow).where(
        col(ServiceWindow.sponsor_org_id) == sponsor_id, col(ServiceWindow.name) == name
    )
    return session.exec(statement).first()


def names(session: Session, subject_id: UUID) -> list[NameHistory]:
    """Former names, oldest first."""
    statement = select(NameHistory).where(col(NameHistory.subject_id) == subject_id)
    return list(session.exec(statement.order_by(col(NameHistory.valid_from))).all())


def nominations(session: Session, window_id: UUID) -> list[tuple[Nomination, Campaign]]:
    """Where it was put forward, newest first."""
    statement = (
        select(Nomination, Campaign)
        .join(Campaign, col(Nomination.campaign_id) == col(Campaign.id))
        .where(col(Nomination.window_id) == window_id)
    )
    return list(session.exec(statement.order_by(col(Nomination.id).desc())).all())


def sponsors(session: Session, paths: Sequence[str]) -> list[Organization]:
    """The open organisations below these paths, by code."""
    within = [col(Organization.path).startswith(path, autoescape=True) for path in paths]
    statement = select(Organization).where(or_(false(), *within), col(Organization.closed_on).is_(None))
    return list(session.exec(statement.order_by(col(Organization.code))).all())


def regions(session: Session, codes: Sequence[str]) -> list[Region]:
    """The divisions that these codes mean today, by code."""
    statement = select(Region).where(col(Region.code).in_(codes), col(Region.valid_to).is_(None))
    return list(session.exec(statement.order_by(col(Region.code))).all())


def _named(q: str) -> ColumnElement[bool]:
    """The words stand in its name, in a name it bore, or in its sponsor's."""
    former = select(NameHistory.subject_id).where(col(NameHistory.name).contains(q, autoescape=True))
    return or_(
        col(ServiceWindow.name).contains(q, autoescape=True),
        col(Organization.name).contains(q, autoescape=True),
        col(ServiceWindow.id).in_(former),
    )


def _joined() -> Select[ServiceWindow, Organization]:
    return select(ServiceWindow, Organization).join(
        Organization, col(ServiceWindow.sponsor_org_id) == col(Organization.id)
    )
