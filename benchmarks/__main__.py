"""python -m benchmarks: what the service costs above its own SQL, and a page above its own template."""

import asyncio
import json
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from sqlalchemy import text
from sqlmodel import Session

from app.clock import ManualClock
from app.db import migrate
from app.db.tables.people import LoginSession
from app.main import create_app, wrapped
from app.rehearse.ledger import Ledger
from app.rehearse.province import Province
from app.rehearse.run import beginning, prepared
from app.rehearse.world import Player, World
from app.services import identity
from app.settings import Settings
from benchmarks.calls import Caller
from benchmarks.measure import Bench, Call
from benchmarks.recount import recounting
from benchmarks.scores import scored
from benchmarks.world import filled, pushed, system

AGGREGATE = """
    SELECT s.nomination_id, SUM(e.hundredths) FROM score_entries e
    JOIN score_sheets s ON s.id = e.sheet_id JOIN review_assignments a ON a.id = s.assignment_id
    WHERE a.status <> 'VOID' AND s.stage = 'LOCKED' GROUP BY s.nomination_id ORDER BY 2 DESC
"""
RARELY = 3
"""Counted runs of what takes seconds."""


def main(
    database_url: Annotated[
        str, typer.Option(help="An empty database; a temporary SQLite unless said.")
    ] = "",
    cases: Annotated[int, typer.Option(help="How many nominations there are.")] = 10_000,
    runs: Annotated[int, typer.Option(help="Counted runs of each.")] = 30,
    rankings: Annotated[bool, typer.Option(help="Score and rank them too.")] = True,
) -> None:
    """Print a row for each operation: whole, bare, ratio, statements."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            database_url=database_url or f"sqlite:///{folder}/bench.db",
            data_dir=Path(folder),
            sample=True,
            secret_key=SecretStr("benchmark-" + "k" * 32),
        )
        migrate.upgrade(settings)
        app = create_app(settings, ManualClock(beginning()))
        prepared(app)
        engine = app.state.plant.engine
        bench = Bench(engine, runs, time.process_time if settings.sqlite else time.perf_counter)
        with World(app, app.state.plant.clock, Ledger(lambda _: None)) as world:

            def caller(player: Player, *, by_cookie: bool = False) -> Caller:
                kept = _cookie(world, player) if by_cookie else ""
                return Caller(wrapped(app), "" if by_cookie else player.token, kept)

            province = filled(world, cases)
            bench.head()
            asyncio.run(_requests(bench, province, caller, caller(system(world))))
            if rankings:
                people = scored(world)
                asyncio.run(_rankings(bench, province, caller, people[0]))
        engine.dispose()


async def _requests(bench: Bench, province: Province, caller: Callable[..., Caller], city: Caller) -> None:
    office, desk = caller(province.office), caller(province.office, by_cookie=True)
    world, numbers = province.world, iter(range(1_000_000))
    base = f"/api/v1{province.url}"

    def push() -> Awaitable[bytes]:
        number = next(numbers)
        url = f"{base}/sources/hrss-330100/nominations/TJ-{number}"
        return city("PUT", url, pushed(world, number))

    one = json.loads(await office("GET", "/api/v1/nominations?limit=1"))["items"][0]["id"]
    asked: dict[str, Call] = {
        "who am I": lambda: office("GET", "/api/v1/me"),
        "list, 50 of all": lambda: office("GET", "/api/v1/nominations?limit=50"),
        "one nomination, whole": lambda: office("GET", f"/api/v1/nominations/{one}"),
        "board": lambda: office("GET", f"{base}/board"),
    }
    for name, call in asked.items():
        await bench.against_its_statements(name, call)
    await bench.against_its_statements("single push, new window", push, writes=True)
    await bench.against_its_template("page: list, 50 of all", lambda: desk("GET", "/nominations"))
    await bench.against_its_template("page: board", lambda: desk("GET", f"{province.url}/board"))


async def _rankings(
    bench: Bench, province: Province, caller: Callable[..., Caller], reviewer: Player
) -> None:
    office, mine = caller(province.office), caller(reviewer, by_cookie=True)
    desk = caller(province.office, by_cookie=True)
    await bench.against_its_template("page: a reviewer's queue", lambda: mine("GET", "/reviews"))
    url = f"/api/v1{province.url}/rankings"
    engine, bench.runs = bench.engine, RARELY

    def aggregate() -> object:
        with engine.connect() as connection:
            return connection.execute(text(AGGREGATE)).all()

    await bench.against(
        "ranking taken ÷ points added up", lambda: office("POST", f"{url}?dry_run=true"), aggregate
    )
    taken = json.loads(await office("POST", url))["id"]
    again = f"/api/v1/rankings/{taken}"
    await bench.against(
        "ranking verified ÷ points added up", lambda: office("GET", f"{again}/verification"), aggregate
    )
    with recounting(province.world, taken) as recounted:
        await bench.against("the recomputation proper ÷ points added up", recounted, aggregate)
    await bench.against_its_template("page: a ranking", lambda: desk("GET", f"/rankings/{taken}"))
    await bench.against_its_statements(
        "ranking, a page of 50", lambda: office("GET", f"{again}/entries?limit=50")
    )


def _cookie(world: World, player: Player) -> str:
    """A browser's session of this person."""
    cookie = secrets.token_urlsafe(24)
    with Session(world.plant.engine) as session:
        far = world.clock.now(session) + timedelta(days=3650)
        session.add(
            LoginSession(
                token_hash=identity.secret_hash(cookie),
                person_id=player.person_id,
                created_at=world.clock.now(session),
                last_seen_at=far,
                expires_at=far,
            )
        )
        session.commit()
    return cookie


if __name__ == "__main__":
    typer.run(main)
