"""One engine per process for both databases, and what each needs so that no update is lost.

SQLite: driver autocommit off, our own BEGIN (IMMEDIATE for writers: with SQLAlchemy's defaults 14 of
200 concurrent increments survived), WAL, foreign keys, synchronous=FULL (decisions 27).
PostgreSQL: a lock timeout, so that a waiting duplicate answers instead of hanging.
"""

import time
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.dml import UpdateBase

from app.settings import Settings

TOUCHED, RESTING = "pingyou_touched", "pingyou_resting"
RESTED = 1.0
"""Seconds after which a connection may have been left alone; one that comes from work is trusted (a ping costs a round trip)."""

IN_FLIGHT = 12
"""Requests of one process that work with the database at a time. A request keeps its connection while it waits for a
thread, so connections, not threads, have to be handed out first: otherwise threads full of those who wait for a
connection starve those who hold one (80 readers at once stood still until the pool gave up after 30 seconds)."""

# Each may need a second one (a sign-in that failed is recorded apart), and the worker has its own.
POOL = {"pool_size": 10, "max_overflow": 2 * IN_FLIGHT + 4 - 10}


def make_engine(settings: Settings) -> Engine:
    """An engine for the configured database; writers and readers share it, see `reading`."""
    engine = _sqlite(settings) if settings.sqlite else _postgresql(settings)
    event.listen(engine, "before_execute", _remember_touched)
    return engine


def reading(engine: Engine) -> Engine:
    """The same pool for transactions that only read (on SQLite they never wait for a writer)."""
    return engine.execution_options(readonly=True)


def touched(connection: Connection) -> set[str]:
    """Names of the tables this transaction has written, Core statements included (decisions 19)."""
    found: set[str] = connection.info.setdefault(TOUCHED, set())
    return found


def _sqlite(settings: Settings) -> Engine:
    # A tuple of statements, run on every new connection: pragmas do not travel with the file.
    pool = POOL if make_url(settings.database_url).database else {}  # one in memory has no pool
    patience = {"timeout": settings.lock_timeout_ms / 1000}
    engine = create_engine(settings.database_url, connect_args=patience, **pool)

    def on_connect(raw: DBAPIConnection, _: object) -> None:
        raw.isolation_level = None  # sqlite3 only: we emit BEGIN ourselves
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={'FULL' if settings.database_fsync else 'OFF'}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={settings.lock_timeout_ms}")
        cursor.close()

    def on_begin(connection: Connection) -> None:
        connection.info[TOUCHED] = set()
        readonly = connection.get_execution_options().get("readonly")
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine


def _postgresql(settings: Settings) -> Engine:
    url = settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    options = f"-c lock_timeout={settings.lock_timeout_ms} -c timezone=UTC -c idle_in_transaction_session_timeout=60000"
    engine = create_engine(url, connect_args={"options": options}, **POOL)

    def on_begin(connection: Connection) -> None:
        connection.info[TOUCHED] = set()

    event.listen(engine, "begin", on_begin)
    event.listen(engine, "checkin", _rests)
    event.listen(engine, "checkout", _answers)
    return engine


def _rests(_: object, entry: ConnectionPoolEntry) -> None:
    entry.info[RESTING] = time.monotonic()


def _answers(raw: Any, entry: ConnectionPoolEntry, _: object) -> None:  # noqa: ANN401  (psycopg's connection)
    """A connection that has rested is asked whether its server is still there; a new one takes its place if not."""
    if time.monotonic() - entry.info.get(RESTING, time.monotonic()) < RESTED:
        return
    try:
        raw.execute("SELECT 1")
        raw.rollback()
    except psycopg.Error as error:
        raise DisconnectionError from error


def _remember_touched(
    connection: Connection,
    clause: ClauseElement,
    multiparams: Any,  # noqa: ANN401, ARG001  (SQLAlchemy's hook signature)
    params: Any,  # noqa: ANN401, ARG001  (SQLAlchemy's hook signature)
    execution_options: Any,  # noqa: ANN401, ARG001  (SQLAlchemy's hook signature)
) -> None:
    if isinstance(clause, UpdateBase):
        name = getattr(clause.table, "name", None)
        if name:
            touched(connection).add(name)


def as_uuid(value: object) -> UUID:
    """A UUID as Core hands it back on either database."""
    return value if isinstance(value, UUID) else UUID(str(value))
