"""Connections to a PostgreSQL that went away and came back: one that has rested is asked before it is trusted."""

import time

import psycopg
from sqlalchemy import text

from app.db.engine import RESTED, make_engine
from app.settings import Settings


def test_a_connection_that_was_cut_while_it_rested_is_replaced(postgresql_database: str) -> None:
    engine = make_engine(Settings(database_url=postgresql_database))
    ask = text("SELECT pg_backend_pid()")
    with engine.connect() as connection:
        first = connection.scalar(ask)
    with psycopg.connect(postgresql_database, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [first])
    time.sleep(RESTED + 0.1)

    with engine.connect() as connection:
        second = connection.scalar(ask)

    engine.dispose()
    assert second not in (None, first)


def test_a_connection_that_comes_from_work_is_used_as_it_is(postgresql_database: str) -> None:
    engine = make_engine(Settings(database_url=postgresql_database))
    pids = set()
    for _ in range(3):
        with engine.connect() as connection:
            pids.add(connection.scalar(text("SELECT pg_backend_pid()")))
    engine.dispose()

    assert len(pids) == 1
