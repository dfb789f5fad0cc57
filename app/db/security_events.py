"""Queries of the security log, newest first; and the names behind the keys of who acted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.db.tables.people import ApiClient, Person
from app.db.tables.system import SecurityEvent

NAMED = 200  # people found by a name, at most


@dataclass(frozen=True)
class Wanted:
    """What a search is narrowed to; everything empty means all."""

    kind: str = ""
    actors: Collection[str] | None = None
    since: datetime | None = None
    until: datetime | None = None


def listed(session: Session, wanted: Wanted, after: UUID | None, limit: int) -> list[SecurityEvent]:
    """What was denied and who signed in, one more than `limit`; one statement."""
    statement = select(SecurityEvent)
    if wanted.kind:
        statement = statement.where(col(SecurityEvent.kind) == wanted.kind)
    if wanted.actors is not None:
        statement = statement.where(col(SecurityEvent.actor).in_(wanted.actors))
    if wanted.since:
        statement = statement.where(col(SecurityEvent.at) >= wanted.since)
    if wanted.until:
        statement = statement.where(col(SecurityEvent.at) < wanted.until)
    if after:
        statement = statement.where(col(SecurityEvent.id) < after)
    return list(session.exec(statement.order_by(col(SecurityEvent.id).desc()).limit(limit + 1)).all())


def names(session: Session, keys: Collection[str]) -> Mapping[str, str]:
    """The names of people and clients by the keys that records keep of them; two statements."""
    people = _ids(keys, "person:")
    systems = _ids(keys, "client:")
    found: dict[str, str] = {}
    if people:
        rows = session.exec(select(Person).where(col(Person.id).in_(people))).all()
        found |= {f"person:{one.id.hex}": one.name for one in rows}
    if systems:
        clients = session.exec(select(ApiClient).where(col(ApiClient.id).in_(systems))).all()
        found |= {f"client:{one.id.hex}": one.name for one in clients}
    return found


def keys_of(session: Session, words: str) -> list[str]:
    """The keys of people and clients whose name or account has these words in it."""
    person = or_(
        col(Person.name).contains(words, autoescape=True),
        col(Person.username).contains(words, autoescape=True),
    )
    people = session.exec(select(Person.id).where(person).limit(NAMED)).all()
    client = col(ApiClient.name).contains(words, autoescape=True)
    clients = session.exec(select(ApiClient.id).where(client).limit(NAMED)).all()
    return [*(f"person:{one.hex}" for one in people), *(f"client:{one.hex}" for one in clients)]


def _ids(keys: Collection[str], kind: str) -> list[UUID]:
    return [UUID(hex=key.removeprefix(kind)) for key in keys if key.startswith(kind)]
