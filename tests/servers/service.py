"""The service as it runs in production: processes of their own, on one database.

with service.serving(folder, settings, count=2) as replicas: …
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.settings import PREFIX
from tests.servers.processes import free_ports, stop, wait_for_port
from tests.servers.run import ROOT

COMMAND = ("-m", "app", "serve")


class Replica(NamedTuple):
    """One process of the service, and where it listens."""

    process: subprocess.Popen[bytes]
    port: int


@contextmanager
def serving(
    folder: Path, settings: Mapping[str, str], count: int = 1, command: Sequence[str] = COMMAND
) -> Iterator[list[Replica]]:
    """So many replicas with these settings; they write to logs in the folder, and are gone afterwards."""
    ports = free_ports(count)
    logs = [folder / f"replica-{port}.log" for port in ports]
    started = [
        _started({**settings, "port": str(port)}, log, command) for port, log in zip(ports, logs, strict=True)
    ]
    try:
        for process, port, log in zip(started, ports, logs, strict=True):
            wait_for_port(port, process, log, patience=180)
        yield [Replica(*pair) for pair in zip(started, ports, strict=True)]
    finally:
        stop(started)


def _started(settings: Mapping[str, str], log: Path, command: Sequence[str]) -> subprocess.Popen[bytes]:
    env = os.environ | {f"{PREFIX}{name.upper()}": value for name, value in settings.items()}
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
        )
