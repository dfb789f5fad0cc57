"""Probes for the platform: alive, ready, started. The store being down is degraded, not unready (decisions 31).

They only read: on SQLite a probe neither waits for a writer nor keeps one waiting.
"""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field
from sqlalchemy import text

from app.api.schemas import Shape
from app.db import migrate
from app.db.engine import reading
from app.http import Plant, plant

routes = APIRouter(prefix="/healthz", tags=["health"])
State = Literal["ok", "degraded", "down", "draining"]


class HealthOut(Shape):
    """One word for the platform, and which parts said so."""

    status: State = Field(examples=["ok"])
    database: State = Field(examples=["ok"])
    storage: State = Field(examples=["ok"])


@routes.get("/live", operation_id="getLiveness", summary="Is the process alive")
async def live() -> HealthOut:
    """The event loop answers; no dependency is asked."""
    return HealthOut(status="ok", database="ok", storage="ok")


@routes.get("/ready", operation_id="getReadiness", summary="May traffic be sent here")
def ready(request: Request, response: Response) -> HealthOut:
    """Database answers and the process is not draining; 503 otherwise."""
    p = plant(request)
    found = HealthOut(
        status="draining" if p.draining else "ok",
        database="ok" if _database(p) else "down",
        storage="ok" if p.store.healthy() else "degraded",
    )
    if found.database == "down" or p.draining:
        response.status_code = 503
    return found


@routes.get("/startup", operation_id="getStartup", summary="Has the process started")
def startup(request: Request, response: Response) -> HealthOut:
    """The schema is at the head this build needs; 503 until then."""
    at_head = migrate.at_head(reading(plant(request).engine))
    response.status_code = 200 if at_head else 503
    return HealthOut(status="ok" if at_head else "down", database="ok" if at_head else "down", storage="ok")


def _database(p: Plant) -> bool:
    try:
        with reading(p.engine).connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001  (whatever the driver raises, the answer is "not ready")
        return False
    return True
