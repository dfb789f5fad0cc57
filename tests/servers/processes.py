"""Small helpers for servers that tests start: free ports, waiting for one to answer, stopping all."""

import contextlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

PATIENCE = 60.0  # seconds until a server that does not answer counts as broken


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody uses; all held open at once, so that they differ."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextlib.contextmanager
def scratch(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path, patience: float = PATIENCE) -> None:
    """Return when something listens; raise with the log's end when the process died or stays silent."""
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{log.stem} did not open its port {port}:\n{log.read_text(errors='replace')[-4000:]}")


def stop(processes: Iterable[subprocess.Popen[bytes]], how: signal.Signals = signal.SIGTERM) -> None:
    """Ask all to stop, then insist."""
    running = [process for process in processes if process.poll() is None]
    for process in running:
        process.send_signal(how)
    for process in running:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
