"""Gap-free positions for the feed and the audit log, given in the background (decisions 19).

An `id > cursor` feed under 16 writers silently lost 24 % of its events, and a chain inside the request
serialised all writers. Here rows are committed without a position; one sequencer at a time takes the row of
`sequences`, numbers what has been committed, oldest first, and extends the hash chain of the audit log.

Oldest is who wrote its entry first, not whose transaction began first: one that waited for a lock began early and
wrote late. Entries of one thing keep the order of its versions, whatever clocks say.
"""

import hashlib
from collections.abc import Sequence as Several
from uuid import UUID

from sqlalchemy import Engine, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col, select

from app.db.tables.system import AuditEvent, Event, Sequence

BATCH = 500


def run_once(engine: Engine) -> int:
    """Number everything that waits, both logs; the count of rows numbered."""
    return _number_events(engine) + _number_audit(engine)


def _number_events(engine: Engine) -> int:
    with Session(engine) as session:
        row = _taken(session, "events")
        waiting = session.exec(
            select(Event.id, Event.entity_id, Event.entity_version)
            .where(col(Event.position).is_(None))
            .order_by(col(Event.id))
            .limit(BATCH)
        ).all()
        for identifier in in_order(waiting):
            row.last += 1
            session.exec(update(Event).where(col(Event.id) == identifier).values(position=row.last))
        session.commit()
    return len(waiting)


def in_order(waiting: Several[tuple[UUID, UUID, int]]) -> list[UUID]:
    """Entries (their id, thing, version) as they come, but those of one thing change places until versions rise."""
    of_thing: dict[UUID, list[tuple[int, UUID]]] = {}
    for identifier, thing, version in waiting:
        of_thing.setdefault(thing, []).append((version, identifier))
    rising = {thing: iter(sorted(entries)) for thing, entries in of_thing.items()}
    return [next(rising[thing])[1] for _, thing, _ in waiting]


def _number_audit(engine: Engine) -> int:
    with Session(engine) as session:
        row = _taken(session, "audit")
        waiting = session.exec(
            select(AuditEvent)
            .where(col(AuditEvent.position).is_(None))
            .order_by(col(AuditEvent.id))
            .limit(BATCH)
        ).all()
        for entry in waiting:
            row.last += 1
            row.chain = chained(row.chain, entry)
            entry.position, entry.chain = row.last, row.chain
        session.commit()
    return len(waiting)


def chained(previous: str, entry: AuditEvent) -> str:
    """The next link: SHA-256 over the link before and the entry's own content."""
    return "sha256:" + hashlib.sha256(f"{previous}\n{content(entry)}".encode()).hexdigest()


def content(entry: AuditEvent) -> str:
    """What a link is taken over: the entry without what the sequencer itself adds."""
    return entry.model_dump_json(exclude={"position", "chain"})


def _taken(session: Session, name: str) -> Sequence:
    """The log's row, locked: a second sequencer waits here (SQLite: BEGIN IMMEDIATE already did that)."""
    wanted = select(Sequence).where(col(Sequence.name) == name).with_for_update()
    row = session.exec(wanted).first()
    if row is None:  # the first round of an installation; another sequencer may have its first round now, too
        insert = pg_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
        session.execute(insert(Sequence).values(name=name, last=0, chain="").on_conflict_do_nothing())
        row = session.exec(wanted).one()
    return row
