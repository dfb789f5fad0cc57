"""Keeps one server of a test run: `python -m tests.servers.keeper postgres FOLDER` (see run.py)."""

import json
import signal
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tests.servers import run


def main(name: str, folder: Path) -> None:
    """Start it, say where it is, wait for the run's end, stop it."""
    signal.signal(signal.SIGTERM, _leave)
    with run.keeping(folder, name), _running(name) as told:
        half = folder / f"{name}.half"
        half.write_text(json.dumps(told))
        half.rename(folder / f"{name}.json")  # whole or not at all
        run.wait_for_the_end(folder)
    run.clear(folder)


def _running(name: str) -> AbstractContextManager[tuple[str, ...]]:
    if name == "postgres":
        from tests.servers import postgres  # noqa: PLC0415  (each keeper loads its own server only)

        return postgres.running()
    from tests.servers import swift  # noqa: PLC0415  (each keeper loads its own server only)

    return swift.running()


def _leave(signum: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signum)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
