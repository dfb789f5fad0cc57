"""Background work: positions for feed and audit, records of time that has passed. Correctness never waits for it."""

import threading
import time
from datetime import datetime

from fastapi import FastAPI
from sqlmodel import Session

from app.clock import SystemClock
from app.db.engine import reading
from app.http import Plant
from app.services import placed_objects, sequencer, timekeeping, uploads

PAUSE_SECONDS = 1.0
SWEEP_SECONDS = 3600.0


def run_once(plant: Plant) -> int:
    """One round of everything; how much was done."""
    return timekeeping.record(plant.engine, plant.clock, plant.settings, plant.store) + sequencer.run_once(
        plant.engine
    )


def sweep(plant: Plant) -> int:
    """Clear uploads nobody finished, objects nothing names; by real time, whatever a sample's own clock says."""
    now = real_time(plant)
    return uploads.sweep(plant.store, now) + placed_objects.sweep(plant.engine, plant.store, now)


def real_time(plant: Plant) -> datetime:
    """What the store's own times are compared with."""
    with Session(reading(plant.engine)) as session:
        return SystemClock().now(session)


def run(plant: Plant, stop: threading.Event) -> None:
    """Rounds until told to stop; a failing round is logged and tried again."""
    import structlog  # noqa: PLC0415  (keeps the import of the web process light)

    log = structlog.get_logger("worker")
    swept = -SWEEP_SECONDS
    while not stop.is_set():
        try:
            done = run_once(plant)
            if time.monotonic() - swept >= SWEEP_SECONDS:
                swept = time.monotonic()
                sweep(plant)
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
