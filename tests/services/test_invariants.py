"""Each invariant is seen broken: a whole campaign holds them all, then one row is forged by SQL and its check names it."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from app.domain.access import Role
from app.services import invariants
from app.services.context import Ctx
from tests.flow_cases import HOST, NINGBO
from tests.flow_steps import good
from tests.plugins.service import Service
from tests.whole_campaign import Whole, copied

HERE = Path(__file__).parent
FORGERIES: list[dict[str, Any]] = tomllib.loads((HERE / "forgeries.toml").read_text(encoding="utf-8"))[
    "forgery"
]
OWED = [f"I-{number:02}" for number in range(1, 23)]


@pytest.fixture(scope="module")
def played(whole_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """The whole campaign with an objection by name and a client beside it; every test takes its forgery back."""
    found = copied(whole_folder, tmp_path_factory.mktemp("forged"))
    found.flow.client(NINGBO, "nominations:write")
    objected(found)
    yield found
    found.service.plant.engine.dispose()


def test_a_campaign_that_was_played_by_its_own_acts_breaks_none(played: Whole) -> None:
    with played.service.system() as ctx:
        assert invariants.broken(ctx, invariants.ALL) == []


@pytest.mark.rule(*OWED)
@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda one: f"{one['breaks']}: {one['how']}")
def test_a_forged_row_is_found_and_named(played: Whole, forgery: dict[str, Any]) -> None:
    checks = [one for one in invariants.ALL if one.number == forgery["breaks"]]
    with _forged(played.service, forgery["sql"]) as ctx:
        found = [(one.invariant, one.text) for one in invariants.broken(ctx, checks)]

    assert any(forgery["says"] in said for _, said in found), found
    assert {number for number, _ in found} == {forgery["breaks"]}


def test_every_invariant_has_its_check_and_every_check_its_forgery() -> None:
    checked = {one.number for one in invariants.ALL}
    assert set(OWED) <= checked
    assert {one["breaks"] for one in FORGERIES} == checked


@contextmanager
def _forged(service: Service, statements: list[str]) -> Iterator[Ctx]:
    """The rows forged in a transaction that is rolled back, whatever comes of it."""
    with Session(service.plant.engine) as session:  # closing it rolls back
        for statement in statements:
            changed = session.connection().execute(text(statement)).rowcount
            assert changed, f"no row to forge: {statement}"
        with service.system() as ctx:
            found = Ctx(session, ctx.actor, ctx.now, ctx.now, ctx.settings, ctx.store)
        yield found


def objected(found: Whole) -> None:
    """The discipline officer takes down an objection to the case at notice."""
    (case,) = found.at["AT_NOTICE"]
    newest = good(case.approver("GET", "/notices"))["items"][0]
    (item,) = good(case.approver("GET", f"/notices/{newest['id']}"))["items"]
    body = {
        "item_id": item["id"],
        "identity_kind": "NAMED_INDIVIDUAL",
        "objector_name": "秦香莲",
        "objector_contact": "0571-85119999",
        "has_leads": True,
        "channel": "PHONE",
        "content": "该窗口申报的群众满意率与实际不符。",
    }
    good(found.service.person(Role.DISCIPLINE_OFFICER, HOST)("POST", "/objections", json=body))
