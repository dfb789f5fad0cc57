"""python -m benchmarks: what the service costs above its own SQL."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import SecretStr
from sqlalchemy import Engine, event

from app.clock import ManualClock
from app.db import migrate
from app.main import create_app
from app.rehearse.ledger import Ledger
from app.rehearse.run import beginning, prepared
from app.rehearse.world import World
from app.settings import Settings
from benchmarks.world import filled, pushed, system

Statement = tuple[str, Any]


def main(
    database_url: Annotated[
        str, typer.Option(help="An empty database; a temporary SQLite unless said.")
    ] = "",
    cases: Annotated[int, typer.Option(help="How many nominations there are.")] = 10_000,
    runs: Annotated[int, typer.Option(help="Counted runs of each.")] = 30,
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
        with World(app, app.state.plant.clock, Ledger(lambda _: None)) as world:
            province = filled(world, cases)
            office, client = province.office, system(world)
            numbers = iter(range(1_000_000))
            base = f"{province.url}/sources/hrss-330100/nominations"

            def push() -> object:
                number = next(numbers)
                return client.put(f"{base}/TJ-{number}", pushed(world, number))

            sys.stdout.write(
                f"{'operation':<34}{'whole ms':>10}{'bare ms':>10}{'bare/whole':>12}{'statements':>12}\n"
            )
            engine = app.state.plant.engine
            _row(engine, "list, 50 of all", lambda: office.get("/nominations", limit="50"), runs)
            _row(engine, "board", lambda: office.get(f"{province.url}/board"), runs)
            _row(engine, "single push, new window", push, runs, undo=True)
        app.state.plant.engine.dispose()


def _row(engine: Engine, name: str, call: Callable[[], object], runs: int, *, undo: bool = False) -> None:
    """Whole and bare in turn; what a push wrote is sent again under a transaction that is rolled back."""
    call()
    whole: list[float] = []
    bare: list[float] = []
    sent: list[Statement] = []
    for _ in range(runs):
        sent = _recorded(engine, call, whole)
        bare.append(_sent_bare(engine, sent, undo=undo))
    w, b = statistics.median(whole), statistics.median(bare)
    sys.stdout.write(f"{name:<34}{w * 1000:>10.2f}{b * 1000:>10.2f}{b / w:>12.2f}{len(sent):>12}\n")


def _recorded(engine: Engine, call: Callable[[], object], times: list[float]) -> list[Statement]:
    sent: list[Statement] = []

    def remember(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", remember)
    began = time.perf_counter()
    call()
    times.append(time.perf_counter() - began)
    event.remove(engine, "before_cursor_execute", remember)
    return sent


def _sent_bare(engine: Engine, sent: list[Statement], *, undo: bool) -> float:
    """The same statements through the driver, rows fetched and dumped as JSON; inserts are left to the next key."""
    connection = engine.raw_connection()
    cursor = connection.cursor()
    began = time.perf_counter()
    for statement, parameters in sent:
        if undo and statement.lstrip().upper().startswith("INSERT"):
            cursor.execute("SELECT 1")  # its row is there already: the round trip is what is counted
        else:
            cursor.execute(statement, parameters)
        if cursor.description:
            json.dumps([list(map(str, row)) for row in cursor.fetchall()])
    spent = time.perf_counter() - began
    connection.rollback()
    connection.close()
    return spent


if __name__ == "__main__":
    typer.run(main)
