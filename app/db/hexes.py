"""Keys as text for statements over thousands of rows: no UUID object is built for each."""

from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Dialect, type_coerce
from sqlalchemy.types import TypeEngine


class Hex(TypeEngine[str]):
    """The 32 hex digits of a UUID: SQLite stores them so, PostgreSQL's driver gives the key itself."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ANN401, ARG002  (SQLAlchemy's own signature)
        return None if dialect.name == "sqlite" else attrgetter("hex")


def hexed(column: ColumnElement[Any]) -> ColumnElement[str]:
    """This key column, read as hex."""
    return type_coerce(column, Hex())
