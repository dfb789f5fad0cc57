"""What the workers of one test run share: a folder, one server of each kind, things made once.

Whoever needs a server first starts it, through a keeper (`tests/servers/keeper.py`), a process of its own.
pytest's controller holds a lock in the folder as long as it lives; the kernel hands that lock to the
keepers when it ends, however it ends (Ctrl-C, `kill -9`), and they stop what they started.
"""

import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_keepers: list[subprocess.Popen[bytes]] = []  # they outlive this process; a forgotten Popen would warn
STARTING, STOPPING = 90.0, 30.0  # seconds; a busy machine is slow, a wrong one is silent


class Run:
    """The controller's side: makes the folder, and takes it away with everything that runs in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pingyou-tests-"))
        self._alive = _lock(self.folder / "alive")

    def end(self) -> None:
        """Let the keepers go, wait until the last one is gone."""
        os.close(self._alive)
        until = time.monotonic() + STOPPING
        while time.monotonic() < until and list(self.folder.glob("*.kept")):
            time.sleep(0.05)
        left = sorted(path.read_text() for path in self.folder.glob("*.kept"))
        shutil.rmtree(self.folder, ignore_errors=True)
        if left:
            raise RuntimeError(f"test servers would not stop; their keepers: {', '.join(left)}")


def server(folder: Path, name: str) -> list[str]:
    """What `name` (postgres, swift) tells about itself; started now unless it runs already."""
    answer = folder / f"{name}.json"
    once(folder, name, lambda: _start_keeper(folder, name, answer))
    told: list[str] = json.loads(answer.read_text())
    return told


def once(folder: Path, name: str, make: Callable[[], None]) -> None:
    """Do something once in the whole run; the other workers wait until it is done."""
    lock = _lock(folder / f"{name}.lock")
    try:
        done = folder / f"{name}.done"
        if not done.exists():
            make()
            done.touch()
    finally:
        os.close(lock)


@contextlib.contextmanager
def keeping(folder: Path, name: str) -> Iterator[None]:
    """The keeper's side: this server is kept until the controller is gone."""
    kept = folder / f"{name}.kept"
    kept.write_text(str(os.getpid()))
    try:
        yield
    finally:
        kept.unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """The last keeper takes the folder away: a killed controller could not."""
    if not list(folder.glob("*.kept")):
        shutil.rmtree(folder, ignore_errors=True)


def wait_for_the_end(folder: Path) -> None:
    """Return when the controller has let go of the run."""
    with contextlib.suppress(FileNotFoundError):
        os.close(_lock(folder / "alive"))


def _start_keeper(folder: Path, name: str, answer: Path) -> None:
    # A session of its own: Ctrl-C in the terminal reaches pytest, which then ends the run in order.
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.servers.keeper", name, str(folder)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _keepers.append(keeper)
    until = time.monotonic() + STARTING
    while not answer.exists():
        if keeper.poll() is not None or time.monotonic() > until:
            keeper.terminate()
            raise RuntimeError(f"the test server {name} did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.02)


def _lock(path: Path) -> int:
    """Wait for the file's lock; it is held until the descriptor is closed or its process dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor
