"""The rehearsal as one call: a fresh service on a database, the acts one after another, a ledger of what came of it."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from pydantic import SecretStr

from app.clock import ManualClock
from app.db import migrate
from app.main import create_app
from app.rehearse.acts import (
    award,
    bodies,
    cities,
    contacts,
    counties,
    evaluation,
    filing,
    material,
    ministry,
    municipal,
    notices,
    objections,
    opening,
    pushing,
    windows,
)
from app.rehearse.ledger import Ledger, RehearsalError
from app.rehearse.province import OPENS, Province
from app.rehearse.world import World
from app.services import installation, invariants
from app.services.running import acting_as_system
from app.settings import Settings

Act = tuple[str, Callable[[Province], None]]

ACTS: tuple[Act, ...] = (
    ("contacts by mid-June", contacts.play),
    ("windows are put forward", windows.play),
    ("a city's system pushes", pushing.play),
    ("counties hear and endorse", counties.play),
    ("cities review and clear", cities.play),
    ("notices run", notices.play),
    ("objections and a veto", objections.play),
    ("recommended and filed", filing.play),
    ("the office checks", evaluation.check),
    ("reviewers are assigned", evaluation.assign),
    ("scored and ranked", evaluation.score),
    ("the first body reviews", bodies.review),
    ("the second body determines 34", bodies.determine),
    ("ten for the ministry", ministry.candidates),
    ("the ten are assessed", ministry.assess),
    ("the ten are made public", ministry.publish),
    ("the ten are reported", material.report),
    ("a city's own award beside it", municipal.play),
    ("34 are commended", award.confer),
    ("one award is taken away", award.revoke),
    ("the ministry has answered", material.answered),
)
_LAST = {
    "noticed": "objections and a veto",
    "filed": "recommended and filed",
    "assigned": "reviewers are assigned",
    "ranked": "scored and ranked",
    "determined": "the second body determines 34",
    "end": ACTS[-1][0],
}
_NAMES = [name for name, _ in ACTS]
UNTIL: dict[str, tuple[Act, ...]] = {"opened": ()} | {
    until: ACTS[: _NAMES.index(last) + 1] for until, last in _LAST.items()
}
"""How far a rehearsal may be played, and the acts that lead there after the opening."""


def rehearse(settings: Settings, until: str, say: Callable[[str], None]) -> Ledger:
    """Play on an empty, migrated database. Raises `RehearsalError` at the first thing that goes otherwise."""
    clock = ManualClock(beginning())
    app = create_app(settings, clock)
    prepared(app)
    ledger = Ledger(say, acts=len(UNTIL[until]) + 1)
    with World(app, clock, ledger) as world:
        play(world, UNTIL[until])
        _holds(world)
    app.state.plant.engine.dispose()
    return ledger


def beginning() -> datetime:
    """A week before the campaign is opened."""
    return datetime(OPENS.year, OPENS.month, OPENS.day, tzinfo=UTC) - timedelta(days=7)


def play(world: World, acts: Sequence[Act]) -> Province:
    """The opening and these acts, on a service that is prepared."""
    ledger = world.ledger
    with ledger.act("the campaign opens"):
        province = opening.play(world)
    for name, act in acts:
        with ledger.act(name):
            act(province)
            world.tick()
        province.forget()
    return province


def prepared(app: FastAPI) -> None:
    """Divisions, calendar, organisations, and a place for files."""
    plant = app.state.plant
    plant.store.prepare()
    with acting_as_system(plant.engine, plant.clock, plant.settings, plant.store) as ctx:
        installation.install(ctx)


def embedded(folder: Path) -> Settings:
    """Settings of a rehearsal that leaves nothing behind."""
    settings = Settings(
        database_url=f"sqlite:///{folder}/rehearsal.db",
        data_dir=folder,
        sample=True,
        secret_key=SecretStr("rehearsal-" + "k" * 32),
        database_fsync=False,
    )
    migrate.upgrade(settings)
    return settings


def in_passing(until: str, say: Callable[[str], None]) -> Ledger:
    """Play in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return rehearse(embedded(Path(folder)), until, say)


def _holds(world: World) -> None:
    """Whatever was played, every invariant holds of the rows that are left."""
    plant = world.plant
    with acting_as_system(plant.engine, plant.clock, plant.settings, plant.store) as ctx:
        found = invariants.broken(ctx, invariants.ALL)
    if found:
        raise RehearsalError("; ".join(f"{one.invariant} {one.subject}: {one.text}" for one in found[:20]))
    world.ledger.fact("invariants that hold", len(invariants.ALL))
