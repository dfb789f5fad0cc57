"""The record of a transaction: entries and events, gathered while it runs and written together when it commits.

A change is noted as often as there are things changed; one statement for all entries and one for all events spares most
of what a push would otherwise send. What is rolled back was never written.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from app.db.tables.base import core
from app.db.tables.system import AuditEvent, Event

_GATHERED = "record"
_INSERTS = {AuditEvent: insert(core(AuditEvent)), Event: insert(core(Event))}


def entry(session: Session, values: Mapping[str, Any]) -> None:
    """An entry of the audit log, as its columns."""
    _gathered(session)[AuditEvent].append(values)


def news(session: Session, values: Mapping[str, Any]) -> None:
    """An event of the feed, as its columns."""
    _gathered(session)[Event].append(values)


@event.listens_for(Session, "before_commit")
def write(session: Session) -> None:
    """Write what was gathered."""
    for table, rows in session.info.pop(_GATHERED, {}).items():
        if rows:
            session.connection().execute(_INSERTS[table], rows)


def _gathered(session: Session) -> dict[type, list[Mapping[str, Any]]]:
    found: dict[type, list[Mapping[str, Any]]] = session.info.setdefault(
        _GATHERED, {AuditEvent: [], Event: []}
    )
    return found
