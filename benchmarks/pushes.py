"""python -m benchmarks.pushes: 32 clients push at once, against pgbench with the very statements of a push.

python -m tests.servers.postgres --durable python -m benchmarks.pushes --database-url {}
"""

import itertools
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from app.clock import ManualClock
from app.db import migrate
from app.main import create_app
from app.rehearse.acts import opening
from app.rehearse.ledger import Ledger
from app.rehearse.province import Province
from app.rehearse.run import beginning, prepared
from app.rehearse.world import Player, World
from app.settings import Settings
from benchmarks import clients, pgbench
from benchmarks.bare import Statement
from benchmarks.calls import FailedError
from benchmarks.clients import Load
from benchmarks.measure import recorded
from benchmarks.world import pushed, system
from tests.servers.service import Replica, serving

SECRET = "benchmark-" + "k" * 32
MARKS = (90_000_001, 90_000_002)
LINE = "{:<44}{:>12}{:>12}{:>10}{:>10}\n"


def main(
    database_url: Annotated[str, typer.Option(help="An empty PostgreSQL database.")],
    seconds: Annotated[float, typer.Option(help="How long each run lasts.")] = 5.0,
    runs: Annotated[int, typer.Option(help="Counted runs of each.")] = 5,
    processes: Annotated[int, typer.Option(help="Processes of the service, 32 clients at each.")] = 1,
) -> None:
    """Pushes of new windows, then all clients pushing one window's case again and again."""
    with tempfile.TemporaryDirectory() as name, _prepared(database_url, Path(name)) as (province, sender):
        script = _script(province, sender)
        told = {"database_url": database_url, "data_dir": name, "sample": "true", "secret_key": SECRET}
        with serving(Path(name), told, processes) as replicas:
            work = _Pushes(province, sender)
            clients.load(_ports(replicas), work.new_windows(), seconds=2)
            wholes, bares = [], []
            for _ in range(runs):
                wholes.append(clients.load(_ports(replicas), work.new_windows(), seconds))
                bares.append(pgbench.rate(database_url, script, seconds, clients.CLIENTS * processes))
            one = clients.load(_ports(replicas), work.one_window(), seconds)
    _report(wholes, bares, one, len(script.first))


class _Pushes:
    """Requests of the city's system, as bytes."""

    def __init__(self, province: Province, sender: Player) -> None:
        self._base = f"/api/v1{province.url}/sources/hrss-330100/nominations"
        self._token, self._numbers = sender.token, itertools.count(1)
        self._body = json.dumps(pushed(province.world, MARKS[0]), ensure_ascii=False)

    def new_windows(self) -> Iterator[bytes]:
        """Another window each time."""
        for number in self._numbers:
            yield self._request(number, self._body.replace(str(MARKS[0]), str(number)))

    def one_window(self) -> Iterator[bytes]:
        """One case, which its source changes each time."""
        number = next(self._numbers)
        body = json.loads(self._body.replace(str(MARKS[0]), str(number)))
        for seq in self._numbers:
            body |= {"source_seq": seq, "write_up": {"text": f"第{seq}稿"}}
            yield self._request(number, json.dumps(body, ensure_ascii=False), seq)

    def _request(self, number: int, body: str, seq: int = 1) -> bytes:
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": f"push-{number}-{seq}"}
        return clients.request("PUT", f"{self._base}/TJ-{number}", headers, body.encode())


@contextmanager
def _prepared(database_url: str, folder: Path) -> Iterator[tuple[Province, Player]]:
    """An open campaign and a city's system that may push."""
    settings = Settings(database_url=database_url, data_dir=folder, sample=True, secret_key=SecretStr(SECRET))
    migrate.upgrade(settings)
    app = create_app(settings, ManualClock(beginning()))
    prepared(app)
    with World(app, app.state.plant.clock, Ledger(lambda _: None)) as world:
        yield opening.play(world), system(world)
    app.state.plant.engine.dispose()


def _script(province: Province, sender: Player) -> pgbench.Script:
    """What one push sends, recorded in this process; the first one reads what is read once."""
    world = province.world

    def push(number: int) -> list[Statement]:
        url = f"{province.url}/sources/hrss-330100/nominations/TJ-{number}"
        headers = {"Authorization": f"Bearer {sender.token}", "Idempotency-Key": f"push-{number}"}
        with recorded(world.plant.engine) as sent:
            answer = world.send("PUT", url, headers, json=pushed(world, number))
        if answer.status_code != 201:
            raise FailedError(answer.text)
        return sent

    push(MARKS[0] - 1)
    return pgbench.Script(push(MARKS[0]), push(MARKS[1]), MARKS)


def _ports(replicas: list[Replica]) -> list[int]:
    return [one.port for one in replicas]


def _report(wholes: list[Load], bares: list[float], one: Load, statements: int) -> None:
    out = sys.stdout.write
    out(LINE.format("32 clients", "whole/s", "pgbench/s", "p50 ms", "p99 ms"))
    rate, bare = statistics.median(load.rate for load in wholes), statistics.median(bares)
    middle, slow = (
        statistics.median(getattr(load, name) for load in wholes) for name in ("median", "slowest")
    )
    out(
        LINE.format(
            "push, new window", f"{rate:.0f}", f"{bare:.0f}", f"{middle * 1e3:.0f}", f"{slow * 1e3:.0f}"
        )
    )
    out(
        LINE.format(
            "push, all one case", f"{one.rate:.0f}", "", f"{one.median * 1e3:.0f}", f"{one.slowest * 1e3:.0f}"
        )
    )
    out(f"\nwhole ÷ pgbench {rate / bare:.2f}, {statements} statements\n")
    for load in (*wholes, one):
        if any(status >= 400 for status in load.answers):
            out(f"{dict(load.answers)} {load.faults[0].decode()[:300]}\n")


if __name__ == "__main__":
    typer.run(main)
