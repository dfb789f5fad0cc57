"""A context outside any request: installation, worker, commands. The caller commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session

from app.clock import Clock
from app.domain.access import Actor
from app.services.context import Ctx
from app.settings import Settings
from app.storage.store import MediaStore


@contextmanager
def acting_as_system(engine: Engine, clock: Clock, settings: Settings, store: MediaStore) -> Iterator[Ctx]:
    """One transaction of the system itself: committed when the block ends well, rolled back when it raises."""
    with Session(engine, expire_on_commit=False) as session:
        now = clock.now(session)
        yield Ctx(session, Actor(system=True, name="system"), now, now, settings, store, "system")
        session.commit()
