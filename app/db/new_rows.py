"""New rows of hot paths, each by one Core statement: the unit of work costs as much as all the rest of a push.

Afterwards the session knows the row as if it had read it. Give it its key: a default that has to be made
costs pydantic more than all other columns of a row.
"""

from functools import cache
from typing import Any

from sqlalchemy import Insert, insert
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session

from app.db.engine import touched
from app.db.tables.base import Row, core

_ONCE: dict[str, Any] = {"postgresql": pg_insert, "sqlite": sqlite_insert}


def put(session: Session, row: Row) -> None:
    """Write a row whose keys are free."""
    session.flush()
    session.connection().execute(_insert(type(row)), _values(row))
    _known(session, row)


def put_once(session: Session, row: Row) -> bool:
    """Write a row unless one of its unique keys is taken, which is an answer and no error.

    The statement waits for whoever is making the same row at this moment; so nobody has to be locked out beforehand.
    """
    session.flush()
    connection = session.connection()
    before = frozenset(touched(connection))
    if connection.execute(_insert_once(connection.dialect.name, type(row)), _values(row)).first() is None:
        touched(connection).intersection_update(before)  # nothing was written
        return False
    _known(session, row)
    return True


def _values(row: Row) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in core(type(row)).columns}


def _known(session: Session, row: Row) -> None:
    make_transient_to_detached(row)
    session.add(row)


@cache
def _insert(kind: type[Row]) -> Insert:
    return insert(core(kind))


@cache
def _insert_once(dialect: str, kind: type[Row]) -> Any:  # noqa: ANN401  (an insert of either dialect)
    # The row count is not told on PostgreSQL; the returned key is.
    return _ONCE[dialect](core(kind)).on_conflict_do_nothing().returning(core(kind).c.id)
