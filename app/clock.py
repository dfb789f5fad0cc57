"""What time it is, as an argument: real, moved (sample installation) or set by hand (rehearsal, tests).

Time on PostgreSQL is the database's, so that no replica's wall clock decides a deadline
(decisions 3, trust F11). SQLite has one process, whose clock it is.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import func, select
from sqlmodel import Session


class Clock(Protocol):
    """Anything that can say what time it is; always an aware UTC instant."""

    def now(self, session: Session) -> datetime: ...


class SystemClock:
    """The database's clock, shifted by a fixed amount (zero except in a sample installation)."""

    def __init__(self, shift: timedelta = timedelta(0)) -> None:
        self.shift = shift

    def now(self, session: Session) -> datetime:
        if session.get_bind().dialect.name == "postgresql":
            stamp: datetime = session.scalar(select(func.clock_timestamp()))  # type: ignore[assignment]  # never NULL
            return stamp.astimezone(UTC) + self.shift
        return datetime.now(UTC) + self.shift


class ManualClock:
    """A clock that stands still until it is moved: a whole campaign is rehearsed in seconds."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self, session: Session) -> datetime:  # noqa: ARG002  (the protocol's parameter)
        return self._now

    @property
    def moment(self) -> datetime:
        """Where it stands."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Set the clock; it never goes back, as no real clock of a database does."""
        if moment < self._now:
            raise ValueError("the clock never goes back")
        self._now = moment

    def advance(self, **delta: float) -> None:
        """Move forward by a `timedelta(**delta)`."""
        self.move_to(self._now + timedelta(**delta))
