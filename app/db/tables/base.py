"""What every business row has: UUIDv7 key, row version, who and when (domain.md 4 conventions).

Rows validate nothing (`table=True`): build them only from checked inputs.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Constraint,
    Dialect,
    Enum,
    Index,
    MetaData,
    String,
    Table,
    TypeCoerce,
    type_coerce,
)
from sqlalchemy import text as sql
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field, SQLModel

from app.domain.ids import new_id


def _checked(constraint: Constraint, _: Table) -> str:
    """A choice's CHECK carries its column's name: two columns of one enum in a table need two names (PostgreSQL)."""
    columns = list(constraint.columns) if isinstance(constraint, CheckConstraint) else []
    return columns[0].name if len(columns) == 1 else str(constraint.name)


NAMING: Mapping[str, Any] = {
    "constraint_name": _checked,
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
metadata: MetaData = SQLModel.metadata

E = TypeVar("E", bound=StrEnum)
STORED = "names an object of the store"


def choice(enum: type[E], named: str = "", **kwargs: Any) -> Any:  # noqa: ANN401  (SQLModel's Field is typed so)
    """A column for a StrEnum: a short text with a CHECK, no native type, stored by value.

    Trap: two columns of one enum in a table need `named`, or their CHECKs share a name, which only PostgreSQL refuses.
    """
    kind = Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda e: [m.value for m in e],
        name=named or enum.__name__.lower(),
    )
    return Field(sa_type=kind, **kwargs)


def text(length: int, **kwargs: Any) -> Any:  # noqa: ANN401  (SQLModel's Field is typed so)
    """A bounded text column; `length` counts characters."""
    return Field(sa_type=String(length), **kwargs)


def core(row: type[SQLModel]) -> Table:
    """The table of a row type, for statements on hot paths: its columns are read and written without building entities."""
    return metadata.tables[str(row.__tablename__)]


def stored(**kwargs: Any) -> Any:  # noqa: ANN401  (SQLModel's Field is typed so)
    """A column for the address of an object in the store: what it names is never cleared away as left over."""
    return Field(sa_type=String(120), sa_column_kwargs={"info": {STORED: True}}, **kwargs)


def only(name: str, *columns: str, where: str) -> Index:
    """A unique key over the rows for which `where` holds, on both databases: one in force, one current, one waiting."""
    return Index(name, *columns, unique=True, sqlite_where=sql(where), postgresql_where=sql(where))


class PublicId(UserDefinedType[str]):
    """A key read in its public form (`app.domain.ids`): SQLite keeps its digits, which are made no UUID in between."""

    cache_ok = True

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str]:  # noqa: ARG002  (SQLAlchemy's)
        head = f"{self.prefix}_"
        return head.__add__ if dialect.name == "sqlite" else lambda key: head + key.hex


def public(prefix: str, key: ColumnElement[UUID]) -> TypeCoerce[str]:
    """A key that a statement reads only to show it; never of a row that may be missing."""
    return type_coerce(key, PublicId(prefix))


class Row(SQLModel):
    """Key, optimistic lock and provenance of a business row."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    row_version: int = Field(default=1, ge=1)
    created_at: datetime
    created_by: str = text(80, default="")
    updated_at: datetime
    updated_by: str = text(80, default="")
