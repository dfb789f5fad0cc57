"""python -m benchmarks.exports: a long list and a whole campaign as files, against the bare query and the bare writer.

The bare side sends the very statements of the export through the driver and hands the rows, as many columns as the
export has, to the same library (xlsxwriter in constant memory, csv, json): the ratio is bare ÷ whole. Peak memory is
what Python held at most above what it held before, of the whole side, in a run of its own.
"""

import csv
import json
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
import xlsxwriter
from pydantic import SecretStr
from sqlalchemy import Engine, event
from sqlmodel import Session

from app.clock import ManualClock
from app.db import migrate
from app.db.engine import reading
from app.db.tables.people import Person
from app.domain.access import ANONYMOUS
from app.domain.ids import parsed
from app.main import create_app
from app.rehearse.ledger import Ledger
from app.rehearse.province import Province
from app.rehearse.run import beginning, prepared
from app.rehearse.world import World
from app.services import identity
from app.services.context import Ctx
from app.services.exports import archive, making
from app.services.exports.making import Export
from app.services.exports.registry import TABLES
from app.services.exports.shapes import Narrowed
from app.settings import Settings
from benchmarks.world import filled

Rows = Iterable[Sequence[object]]
Statement = tuple[str, Any]
MEGABYTE = 1 << 20


def main(
    database_url: Annotated[
        str, typer.Option(help="An empty database; a temporary SQLite unless said.")
    ] = "",
    cases: Annotated[int, typer.Option(help="How many nominations there are.")] = 10_000,
    runs: Annotated[int, typer.Option(help="Counted runs of each.")] = 5,
) -> None:
    """Print a row for each list and format: whole, bare, ratio, statements, peak memory."""
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
            heads = ("rows", "whole s", "bare s", "bare/whole", "statements", "peak MiB")
            sys.stdout.write(f"{'export':<24}" + "".join(f"{one:>12}" for one in heads) + "\n")
            for form, bare in BARE.items():
                _row(province, f"nominations, {form}", _list("nominations", form), bare, runs)
            _row(province, "windows, xlsx", _list("windows", "xlsx"), _xlsx, runs)
            _row(province, "whole campaign, zip", lambda ctx, of: archive.made(ctx, of.campaign), None, 1)
        app.state.plant.engine.dispose()


Take = Callable[[Ctx, Narrowed], Export]


def _list(name: str, form: str) -> Take:
    def take(ctx: Ctx, of: Narrowed) -> Export:
        return making.made(ctx, name, of if "campaign_id" in TABLES[name].takes else Narrowed(), form)

    return take


def _row(province: Province, name: str, take: Take, bare: "Bare | None", runs: int) -> None:
    """Whole and bare in turn, then once more for the memory."""
    _taken(province, take)
    whole: list[float] = []
    against: list[float] = []
    for _ in range(runs):
        sent: list[Statement] = []
        began = time.perf_counter()
        count = _taken(province, take, sent)
        whole.append(time.perf_counter() - began)
        if bare:
            began = time.perf_counter()
            bare(
                _sent(province.world.plant.engine, sent), len(TABLES[name.split(",", maxsplit=1)[0]].columns)
            )
            against.append(time.perf_counter() - began)
    w = statistics.median(whole)
    b = statistics.median(against) if against else 0.0
    ratio = f"{b / w:.2f}" if against else "—"
    sys.stdout.write(
        f"{name:<24}{count:>12}{w:>12.2f}{b:>12.2f}{ratio:>12}{len(sent):>12}{_peak(province, take):>12.1f}\n"
    )


def _taken(province: Province, take: Take, sent: list[Statement] | None = None) -> int:
    """One export as the office takes it; how many rows it had."""
    plant, held = province.world.plant, sent if sent is not None else []

    def remember(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        held.append((statement, parameters))

    event.listen(plant.engine, "before_cursor_execute", remember)
    with Session(reading(plant.engine), expire_on_commit=False) as session:
        now = plant.clock.now(session)
        ctx = Ctx(session, ANONYMOUS, now, now, plant.settings, plant.store, "benchmark")
        ctx.actor = identity.actor_of_person(ctx, session.get(Person, province.office.person_id))
        made = take(ctx, Narrowed(parsed("cmp", province.campaign["id"])))
        made.file.close()
    event.remove(plant.engine, "before_cursor_execute", remember)
    return made.rows


def _peak(province: Province, take: Take) -> float:
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    _taken(province, take)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (most - before) / MEGABYTE


def _sent(engine: Engine, sent: Sequence[Statement]) -> Iterator[Sequence[object]]:
    """The rows of the same reading statements, straight from the driver."""
    connection = engine.raw_connection()
    cursor = connection.cursor()
    for statement, parameters in sent:
        if statement.lstrip().upper().startswith("SELECT"):
            cursor.execute(statement, parameters)
            yield from cursor.fetchall()
    connection.rollback()
    connection.close()


Bare = Callable[[Rows, int], None]


def _xlsx(rows: Rows, columns: int) -> None:
    with tempfile.TemporaryFile() as out, xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for index, cell in enumerate(row[:columns]):
                sheet.write_string(at, index, str(cell))


def _csv(rows: Rows, columns: int) -> None:
    with tempfile.TemporaryFile("w", newline="") as out:
        csv.writer(out).writerows(row[:columns] for row in rows)


def _jsonl(rows: Rows, columns: int) -> None:
    with tempfile.TemporaryFile() as out:
        for row in rows:
            out.write(json.dumps([str(cell) for cell in row[:columns]], ensure_ascii=False).encode())


BARE: dict[str, Bare] = {"jsonl": _jsonl, "csv": _csv, "xlsx": _xlsx}


if __name__ == "__main__":
    typer.run(main)
