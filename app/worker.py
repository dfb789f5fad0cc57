"""Background work: positions for feed and audit, records of time that has passed. Correctness never waits for it."""

import threading

from fastapi import FastAPI

from app.http import Plant
from app.services import sequencer, timekeeping

PAUSE_SECONDS = 1.0


def run_once(plant: Plant) -> int:
    """One round of everything; how much was done."""
    return timekeeping.record(plant.engine, plant.clock, plant.settings, plant.store) + sequencer.run_once(
        plant.engine
    )


def run(plant: Plant, stop: threading.Event) -> None:
    """Rounds until told to stop; a failing round is logged and tried again."""
    import structlog  # noqa: PLC0415  (keeps the import of the web process light)

    log = structlog.get_logger("worker")
    while not stop.is_set():
        try:
            done = run_once(plant)
        except Exception:
            log.exception("worker.round_failed")
            done = 0
        stop.wait(0.05 if done else PAUSE_SECONDS)


def beside(app: FastAPI) -> tuple[threading.Thread, threading.Event]:
    """The worker as a thread of the embedded process."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(app.state.plant, stop), name="worker", daemon=True)
    thread.start()
    return thread, stop
