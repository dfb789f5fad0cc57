"""What every operation is handed: the transaction, who acts, and when (architecture sentence 3)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.domain.access import Actor
from app.domain.errors import Refusal
from app.settings import Settings
from app.storage.store import MediaStore


@dataclass
class Ctx:
    """One request's view of the world. Services never commit it and never look at the clock themselves.

    `now` is the database's time when the transaction began; `received_at` is when the request arrived,
    so that a request that came in time is never refused because the queue was long.
    """

    session: Session
    actor: Actor
    now: datetime
    received_at: datetime
    settings: Settings
    store: MediaStore
    request_id: str = ""
    noted: int = 0
    secret_answer: bool = field(default=False)
    afterwards: list[Callable[["Ctx"], None]] = field(default_factory=list)
    """What is recorded after the answer, in a transaction of its own, whatever became of this one."""
    raised: set[UUID] | None = field(default=None)
    """Rows whose version was raised already, while several operations make one change (`as_one`)."""
    made: set[UUID] = field(default_factory=set)
    """Rows that are new in this one change: they bear its stamp, and nothing is on record of them but what it writes."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.zone)

    @property
    def person(self) -> UUID:
        """The person who acts; refuses a client that acts without one where a person must answer for it."""
        if self.actor.person_id is None:
            raise Refusal("PERSON_NEEDED")
        return self.actor.person_id


@contextmanager
def apart(ctx: Ctx) -> Iterator[Ctx]:
    """A transaction beside the request's own, kept whatever becomes of that one (decisions 20).

    Trap: SQLite has one writer. Open it while the request's own transaction has asked nothing yet, or after it
    has ended (`Ctx.afterwards`).
    """
    engine = ctx.session.get_bind().execution_options(readonly=False)
    with Session(engine, expire_on_commit=False) as session:
        yield replace(ctx, session=session)
        session.commit()


@contextmanager
def recording(ctx: Ctx) -> Iterator[Ctx]:
    """Where a reading operation leaves its entry: a transaction apart, kept before the answer leaves; or the writer's own."""
    if ctx.session.connection().get_execution_options().get("readonly"):
        with apart(ctx) as later:
            yield later
    else:
        yield ctx


@contextmanager
def as_one(ctx: Ctx) -> Iterator[set[UUID]]:
    """Several operations make one change, each paper at most once: a row gets one version of it.

    Name the rows that are new in what is yielded.
    """
    ctx.raised = set()
    try:
        yield ctx.made
    finally:
        ctx.raised, ctx.made = None, set()


def check_version(stored: int, given: int | None) -> None:
    """Refuse `VERSION_CONFLICT` when the row moved on since the caller read it (If-Match, hidden `_version`)."""
    if given is not None and given != stored:
        raise Refusal("VERSION_CONFLICT", current=stored, given=given)
