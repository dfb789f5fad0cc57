"""Queries of the change feed: by position, which only the sequencer gives, so nothing can slip in behind a reader."""

from collections.abc import Sequence as Several
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlmodel import Session, col, select

from app.db.tables.system import Event, Sequence


@dataclass(frozen=True)
class Area:
    """Kinds of things in one subtree, perhaps of one campaign; `but` turns the kinds into all others."""

    kinds: frozenset[str]
    path: str
    campaign_id: UUID | None = None
    but: bool = False


@dataclass(frozen=True)
class Wanted:
    """What the reader is interested in: exact types or `nomination.*`, one campaign; empty means all."""

    types: tuple[str, ...] = ()
    campaign_id: UUID | None = None


def head(session: Session) -> int:
    """The last position that was given; every event up to it is committed."""
    return session.exec(select(Sequence.last).where(col(Sequence.name) == "events")).first() or 0


def earliest(session: Session) -> int:
    """The oldest position that is still kept; 0 when there is none."""
    return session.exec(select(func.min(Event.position))).one() or 0


def between(
    session: Session, areas: Several[Area], wanted: Wanted, after: int, last: int, limit: int
) -> list[Event]:
    """Events after one position up to another, in order, one more than `limit`."""
    statement = select(Event).where(
        col(Event.position) > after, col(Event.position) <= last, or_(false(), *map(_within, areas))
    )
    if wanted.campaign_id:
        statement = statement.where(col(Event.campaign_id) == wanted.campaign_id)
    if wanted.types:
        statement = statement.where(or_(*map(_of_type, wanted.types)))
    return list(session.exec(statement.order_by(col(Event.position)).limit(limit + 1)).all())


def _within(area: Area) -> ColumnElement[bool]:
    kinds = col(Event.entity).not_in(area.kinds) if area.but else col(Event.entity).in_(area.kinds)
    conditions = [kinds, col(Event.organization_path).startswith(area.path, autoescape=True)]
    if area.campaign_id:
        conditions.append(col(Event.campaign_id) == area.campaign_id)
    return and_(*conditions)


def _of_type(wanted: str) -> ColumnElement[bool]:
    if wanted.endswith(".*"):
        return col(Event.type).startswith(wanted[:-1], autoescape=True)
    return col(Event.type) == wanted
