"""The only file that knows every other: one app out of settings, a database, a store and a clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from app import edge, health
from app.api import face_routes as api
from app.api.openapi import install as install_openapi
from app.api.problems import register
from app.clock import Clock
from app.db.engine import make_engine
from app.domain.errors import Refusal
from app.http import Plant
from app.services.clockwork import installed_clock
from app.settings import Settings
from app.storage.making import make_store
from app.storage.store import MediaStore
from app.web import face_routes as pages
from app.web.basics import mount_static
from app.web.headers import SecurityHeaders
from app.web.refusals import refused

VERSION = "0.1.0"


def create_app(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """The service. With `clock` given, time is the caller's (rehearsal, tests)."""
    engine = make_engine(settings)
    store = make_store(settings)
    plant = Plant(settings, engine, clock or installed_clock(engine), store)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_prepare, store)
        yield
        engine.dispose()

    app = FastAPI(
        title="Pingyou API",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.plant = plant
    for routes in (*api.ALL, health.routes, *pages.ALL):
        app.include_router(routes)
    mount_static(app)
    register(app, refused)
    install_openapi(app)
    return app


def create_service(settings: Settings, clock: Clock | None = None) -> ASGIApp:
    """The app behind its edge: request ids, body limits, response headers; what uvicorn serves."""
    app = create_app(settings, clock)
    return wrapped(app)


def wrapped(app: FastAPI) -> edge.Edge:
    """An app behind its edge and its security headers."""
    plant: Plant = app.state.plant
    return edge.Edge(SecurityHeaders(app, hsts=plant.settings.secure), plant)


def _prepare(store: MediaStore) -> None:
    """Make the store ready; one that is away is degraded, not fatal (decisions 31)."""
    with suppress(Refusal):
        store.prepare()
