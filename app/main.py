"""The only file that knows every other: one app out of settings, a database, a store and a clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp

from app import edge, health
from app.api import face_routes
from app.api.openapi import install as install_openapi
from app.api.problems import register
from app.clock import Clock
from app.db.engine import make_engine
from app.http import Plant
from app.services.clockwork import installed_clock
from app.settings import Settings
from app.storage.making import make_store
from app.web.face import install as install_pages
from app.web.refusals import refused

VERSION = "0.1.0"


def create_app(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """The service. With `clock` given, time is the caller's (rehearsal, tests)."""
    engine = make_engine(settings)
    plant = Plant(settings, engine, clock or installed_clock(engine), make_store(settings))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
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
    for routes in face_routes.ALL:
        app.include_router(routes)
    app.include_router(health.routes)
    install_pages(app)
    register(app, refused)
    install_openapi(app)
    return app


def create_service(settings: Settings, clock: Clock | None = None) -> ASGIApp:
    """The app behind its edge: request ids, body limits, response headers; what uvicorn serves."""
    app = create_app(settings, clock)
    return edge.Edge(app, app.state.plant)
