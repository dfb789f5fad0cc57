"""What a database can hold of the invariants it holds: each constraint is seen to refuse a statement, on both databases."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.db.tables import metadata
from app.domain.access import Role
from app.services import invariants
from tests.evaluation_cases import Evaluation
from tests.flow_cases import NINGBO
from tests.flow_steps import good
from tests.services.test_invariants import objected
from tests.whole_campaign import Whole

HERE = Path(__file__).parent
HELD: Mapping[str, Mapping[str, object]] = tomllib.loads((HERE / "held.toml").read_text(encoding="utf-8"))
REFUSED: Mapping[str, str] = tomllib.loads((HERE / "refused_rows.toml").read_text(encoding="utf-8"))
KINDS = (CheckConstraint, UniqueConstraint, ForeignKeyConstraint)
OTHERWISE = {"version": "version + 100", "status": "'DRAFT'", "superseded": "'SUPERSEDED'"}
"""What a copied row says otherwise than the one it is copied from."""


@pytest.fixture(scope="module")
def filled(whole_on_both: Whole) -> Whole:
    """With an objection by name, two clients, a correction that waits, two files: a row for every key."""
    found = whole_on_both
    objected(found)
    for unit in (NINGBO, "330300"):
        found.flow.client(unit, "nominations:write")
    _correction(found.evaluation, found.at["EVALUATED"][0].id)
    _files(found)
    return found


@pytest.mark.rule("I-01", "I-02", "I-03", "I-06", "I-07", "I-11", "I-13", "I-15", "I-18")
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_the_database_itself_refuses(filled: Whole, name: str) -> None:
    with Session(filled.service.plant.engine) as session, pytest.raises(IntegrityError) as refused:
        session.connection().execute(text(_statement(REFUSED[name])))

    assert _says(str(refused.value.orig), name, session.get_bind().dialect.name)


def test_the_migrated_tables_have_every_check_of_the_models(filled: Whole) -> None:
    """Alembic compares keys and columns, not checks."""
    looked = inspect(filled.service.plant.engine)
    for table in metadata.sorted_tables:
        there = {str(one["name"]) for one in looked.get_check_constraints(table.name)}
        owed = {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
        assert owed <= there, table.name


def test_the_whole_campaign_breaks_no_invariant(whole_on_both: Whole) -> None:
    with whole_on_both.service.system() as ctx:
        assert invariants.broken(ctx, invariants.ALL) == []


def test_what_holds_each_invariant_is_there_and_was_seen_to_hold() -> None:
    numbers = [f"I-{n:02}" for n in range(1, 23)] + [f"V-{n:02}" for n in range(1, 21)]
    assert list(HELD) == numbers
    checks = {one.number for one in invariants.ALL}
    named = {name for one in HELD.values() for name in _listed(one, "constraints")}
    for number, one in HELD.items():
        assert set(_listed(one, "checks")) <= checks, number
        assert one["checks"] or one["constraints"] or one.get("why"), number
    assert named == set(REFUSED)
    assert named <= _constraints()


def _statement(written: str) -> str:
    """`{table}` are its columns, `{table:id,version}` the same with another id and a changed version."""

    def columns(found: re.Match[str]) -> str:
        table, changed = metadata.tables[found[1]], (found[2] or "").lstrip(":").split(",")
        values = {name: OTHERWISE[name] for name in changed if name in OTHERWISE}
        if "id" in changed:
            values["id"] = f"'{uuid4().hex}'"  # both databases read it without its dashes
        if "superseded" in values:
            values["stage"] = values.pop("superseded")
        return ", ".join(values.get(one.name, f'"{one.name}"') for one in table.columns)

    return re.sub(r"\{(\w+)(:[\w,]+)?\}", columns, written)


def _says(message: str, name: str, dialect: str) -> bool:
    """PostgreSQL names every constraint; SQLite its checks, of a key the columns, of a foreign key that it is one."""
    if dialect == "postgresql" or name.startswith("ck_"):
        return name in message
    if name.startswith("fk_"):
        return "FOREIGN KEY constraint failed" in message
    keys = {
        str(key.name): [f"{table.name}.{column.name}" for column in key.columns]
        for table in metadata.sorted_tables
        for key in (*table.constraints, *table.indexes)
        if isinstance(key, (UniqueConstraint, Index))
    }
    return message == f"UNIQUE constraint failed: {', '.join(keys[name])}"


def _constraints() -> set[str]:
    return {
        str(key.name)
        for table in metadata.sorted_tables
        for key in (*table.constraints, *table.indexes)
        if isinstance(key, (*KINDS, Index))
    }


def _listed(held: Mapping[str, object], name: str) -> list[str]:
    found = held[name]
    assert isinstance(found, list)
    return found


def _correction(evaluation: Evaluation, case: str) -> None:
    """Asked for by the office, decided by nobody yet."""
    sheets = good(evaluation.office("GET", f"/nominations/{case}/score-sheets"))["items"]
    body = {"entries": {"C1.2": {"points": "3.5", "comment": ""}}, "reason": "抄录有误。"}
    good(evaluation.office("POST", f"/score-sheets/{sheets[0]['id']}/corrections", json=body))


def _files(found: Whole) -> None:
    (case,) = found.at["DRAFT"]
    filer = found.service.person(Role.WINDOW_FILER, case.sponsor)
    for number in range(2):
        file = ("a.png", b"\x89PNG\r\n\x1a\n" + bytes([number]) * 64, "image/png")
        good(filer("POST", f"{case.url}/materials", data={"kind": "PHOTO"}, files={"file": file}))
