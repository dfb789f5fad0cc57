"""Which objects of the store a row names, and the lock between placing an object and clearing one away."""

from collections.abc import Collection

from sqlalchemy import Column, select, text
from sqlmodel import Session, SQLModel

from app.db.tables.base import STORED

_LOCK = 7_330_001  # of PostgreSQL's advisory locks, ours for this


def placing(session: Session) -> None:
    """Keep the sweeper out until this transaction is over. A writer on SQLite is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": _LOCK})


def alone(session: Session) -> bool:
    """Keep all who place objects out until this transaction is over; false when somebody is at it."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    taken = session.connection().execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _LOCK})
    return bool(taken.scalar_one())


def named(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys that any row of any table names; one statement a column."""
    found: set[str] = set()
    for column in columns():
        found.update(session.execute(select(column).where(column.in_(keys))).scalars())
    return found


def columns() -> list[Column[str]]:
    """Every column that names an object (`tables.base.stored`)."""
    return [one for table in SQLModel.metadata.sorted_tables for one in table.c if one.info.get(STORED)]
