"""What each command does; `app.__main__` only names them."""

import asyncio
import secrets
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy import make_url

from app import generated, sample
from app import worker as background
from app.db import migrate as migrations
from app.db.engine import make_engine
from app.edge import Edge
from app.main import create_app, wrapped
from app.rehearse.ledger import RehearsalError
from app.rehearse.run import UNTIL, in_passing
from app.services import installation, invariants, placed_objects
from app.services.running import acting_as_system
from app.settings import PREFIX, Settings, load


def run() -> None:
    """Embedded: migrate, install, the sample campaign, the service and its worker in one process."""
    settings = configured(sample=True)
    sample.prepare(settings, typer.echo)
    app = create_app(settings)
    with acting_as_system(
        app.state.plant.engine, app.state.plant.clock, settings, app.state.plant.store
    ) as ctx:
        installation.install(ctx)
    typer.echo(sample.greeting(settings))
    _, stop = background.beside(app)
    try:
        _serve(settings, app)
    finally:
        stop.set()


def serve() -> None:
    """The service alone (production: `migrate` is a job of its own, `worker` another process)."""
    settings = configured()
    engine = make_engine(settings)
    if not migrations.at_head(engine):
        leave(
            "数据库结构版本不符，请先运行 migrate / The schema is not at this build's head: run `python -m app migrate` first"
        )
    _serve(settings, create_app(settings))


def worker() -> None:
    """Positions for feed and audit, records of time; any number may run, one works at a time."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    background.run(create_app(configured()).state.plant, stop)


def migrate() -> None:
    """Bring the schema to head and load divisions and calendar."""
    settings = configured()
    migrations.upgrade(settings)
    plant = create_app(settings).state.plant
    with acting_as_system(plant.engine, plant.clock, settings, plant.store) as ctx:
        installation.install(ctx)


def migrations_check(
    database_url: Annotated[
        str, typer.Option(help="An empty database; a temporary SQLite unless said.")
    ] = "",
) -> None:
    """Upgrade an empty database, compare it with the models, go down again: all must agree."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=database_url or f"sqlite:///{folder}/check.db")
        migrations.upgrade(settings)
        engine = make_engine(settings)
        found = migrations.differences(engine)
        migrations.run(engine, "downgrade", "base")
        engine.dispose()
    for line in found:
        typer.echo(line)
    if found:
        leave("the migrated schema differs from the models")
    typer.echo("migrations agree with the models")


def rehearse(
    until: Annotated[str, typer.Option(help=f"Play up to here: {', '.join(UNTIL)}.")] = "end",
) -> None:
    """A whole province through the API in this process; fails if anything is accepted that must be refused."""
    if until not in UNTIL:
        leave(f"--until: {', '.join(UNTIL)}")
    try:
        ledger = in_passing(until, typer.echo)
    except RehearsalError as error:
        leave(f"the rehearsal failed: {error}")
    typer.echo("\n".join(["", *ledger.lines()]))


def check() -> None:
    """Every invariant over the live database; exit 1 and one line for each thing that breaks one."""
    settings = configured()
    plant = create_app(settings).state.plant
    with acting_as_system(plant.engine, plant.clock, settings, plant.store) as ctx:
        found = invariants.broken(ctx, invariants.ALL)
    for one in found:
        typer.echo(f"{one.invariant} {one.subject}: {one.text}")
    if found:
        leave(f"{len(found)} breaches of {len(invariants.ALL)} invariants")
    typer.echo(f"{len(invariants.ALL)} invariants hold")


def sweep_objects(
    remove: Annotated[bool, typer.Option("--remove", help="Remove them; only listed unless said.")] = False,
) -> None:
    """Objects of the store that no row names, older than seven days: left by dry runs, refusals, failed commits."""
    plant = create_app(configured()).state.plant
    now = background.real_time(plant)
    found = list(placed_objects.orphans(plant.engine, plant.store, now))
    for one in found:
        typer.echo(f"{one.modified_at:%Y-%m-%d} {one.size:>12,} {one.key}")
    typer.echo(f"{len(found)} objects, {sum(one.size for one in found):,} bytes")
    if remove:
        typer.echo(f"{placed_objects.sweep(plant.engine, plant.store, now)} removed")


def generate(
    check: Annotated[
        bool, typer.Option("--check", help="Compare only; fail when a file is out of date.")
    ] = False,
) -> None:
    """Write (or compare) openapi.json, problems.md, states.md."""
    stale = generated.write(check=check)
    for path in stale:
        typer.echo(f"{'out of date' if check else 'written'}: {path}")
    if check and stale:
        leave("run `python -m app generate` and commit the result")


def config(
    action: Annotated[Literal["check", "secret"], typer.Argument(help="check | secret")] = "check",
) -> None:
    """Check the settings and print them without secrets, or print a fresh secret key."""
    typer.echo(secrets.token_urlsafe(48) if action == "secret" else _redacted(configured()))


def _redacted(settings: Settings) -> str:
    """The settings in force without a secret; the database's address without its password."""
    address = make_url(settings.database_url).render_as_string(hide_password=True)
    return settings.model_copy(update={"database_url": address}).model_dump_json(indent=2)


def configured(*, sample: bool = False) -> Settings:
    """The settings in force; a wrong one ends the command with its reason."""
    try:
        return load() if not sample else load().model_copy(update={"sample": True})
    except ValidationError as error:
        leave("\n".join(["设置有误 / settings refused:", *_faults(error)]), 78)
    except OSError as error:
        leave(f"设置有误 / settings refused:\n{error}", 78)


def _faults(error: ValidationError) -> list[str]:
    """One line a fault. Never pydantic's own text: it repeats what was given, secrets too."""
    found = error.errors(include_input=False, include_url=False)
    named = ("".join(f"{PREFIX}{part}: ".upper() for part in e["loc"]) + e["msg"] for e in found)
    return [line.removeprefix("Value error, ") for line in named]


def _serve(settings: Settings, app: FastAPI) -> None:
    edge = wrapped(app)
    server = uvicorn.Server(
        uvicorn.Config(
            edge,
            settings.host,
            settings.port,
            log_level="warning",
            timeout_graceful_shutdown=25,
            server_header=False,
            access_log=False,
        )
    )
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(_until_stopped(server, edge, settings))


async def _until_stopped(server: uvicorn.Server, edge: Edge, settings: Settings) -> None:
    """Unready first, serve on while traffic moves away, then stop (uvicorn alone refuses at once, M9)."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # older uvicorn; newer captures signals itself
    task = asyncio.create_task(server._serve())  # noqa: SLF001  (`serve()` would take the signals for itself)
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    waiter = asyncio.create_task(stopping.wait())
    await asyncio.wait({task, waiter}, return_when=asyncio.FIRST_COMPLETED)
    edge.plant.draining = True
    if settings.mode == "production":
        await asyncio.sleep(settings.drain_seconds)
    server.should_exit = True
    await task
    waiter.cancel()


def leave(message: str, status: int = 1) -> NoReturn:
    """End the command with a message on standard error."""
    typer.echo(message, err=True)
    sys.exit(status)


ROOT = Path(__file__).resolve().parent.parent
