"""Objects at their content's address: placed beside the row that names them, cleared away when no row came of it.

A dry run, a refusal or a failed commit leaves an object that nothing names. It is removed after a grace period, in a
transaction in which nobody can place one: who uploads the same content again either committed before, and then its
row is seen, or places it anew afterwards (V9, V10).
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Engine
from sqlmodel import Session

from app.db import placed_objects as rows
from app.db.engine import reading
from app.domain.errors import Refusal
from app.services.context import Ctx
from app.storage.store import MediaStore, Placed, Received, Stored

GRACE = timedelta(days=7)
BATCH = 200


def place(ctx: Ctx, received: Received) -> Stored:
    """Move what arrived to its content's address; the caller writes the row that names it in the same transaction."""
    rows.placing(ctx.session)
    return ctx.store.promote(received.upload_id, received.sha256)


def orphans(engine: Engine, store: MediaStore, now: datetime) -> Iterator[Placed]:
    """Objects that no row names, older than the grace period. `now` is real time: the store knows no other."""
    old = (one for one in store.list_placed() if one.modified_at < now - GRACE)
    while batch := list(islice(old, BATCH)):
        with Session(reading(engine)) as session:
            named = rows.named(session, [one.key for one in batch])
        yield from (one for one in batch if one.key not in named)


def sweep(engine: Engine, store: MediaStore, now: datetime) -> int:
    """Remove the orphans; how many. A store that is down, or an upload at work, is left for the next time."""
    removed = 0
    with suppress(Refusal):
        for one in list(orphans(engine, store, now)):
            removed += _removed(engine, store, one, now)
    return removed


def _removed(engine: Engine, store: MediaStore, orphan: Placed, now: datetime) -> bool:
    """One object, looked at again where nobody can place it meanwhile."""
    with Session(engine) as session:
        if not rows.alone(session) or rows.named(session, [orphan.key]):
            return False
        found = store.stat(orphan.key)
        if found is None or found.modified_at >= now - GRACE:
            return False
        store.delete(orphan.key)
        session.commit()
    return True
