"""The installation's clock: real, or shifted in a sample installation (decisions 5)."""

from datetime import timedelta

from sqlalchemy import Engine, inspect
from sqlmodel import Session

from app.clock import SystemClock
from app.db.tables.system import Instance


def installed_clock(engine: Engine) -> SystemClock:
    """The system clock, shifted by what the instance row says; unshifted before the schema exists."""
    if not inspect(engine).has_table("instances"):
        return SystemClock()
    with Session(engine) as session:
        instance = session.get(Instance, 1)
    return SystemClock(timedelta(seconds=instance.clock_shift_seconds if instance else 0))
