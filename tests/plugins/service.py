"""The whole service on a fresh database, with people of every role one call away, on a clock that stands still."""

import secrets
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr
from sqlalchemy import event, make_url
from sqlmodel import Session, col, select

from app.clock import ManualClock
from app.db.engine import make_engine
from app.db.tables.people import AccessToken, LoginSession, Person, RoleGrant
from app.db.tables.places import Organization
from app.domain.access import Role
from app.http import Plant
from app.main import create_app, wrapped
from app.services import audit, identity, installation
from app.services.context import Ctx
from app.services.running import acting_as_system
from app.settings import Settings
from app.storage.making import make_store

START = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
SECRET_KEY = SecretStr("test-" + "k" * 40)
PATIENCE_MS = 60_000
"""A test waits for a lock as long as a busy machine may hold its holder up, unless it asks for less."""


@dataclass
class Caller:
    """Somebody who calls the API: every unsafe call gets a key of its own unless one is given."""

    client: TestClient
    person_id: UUID
    token: str
    cookie: str

    def __call__(
        self, method: str, url: str, *, version: int | str | None = None, key: str = "", **kwargs: Any
    ) -> Response:
        headers = {"Authorization": f"Bearer {self.token}", **kwargs.pop("headers", {})}
        if method not in ("GET", "HEAD"):
            headers.setdefault("Idempotency-Key", key or secrets.token_hex(8))
        if version is not None:
            headers["If-Match"] = version if isinstance(version, str) else f'"{version}"'
        return self.client.request(method, f"/api/v1{url}", headers=headers, **kwargs)

    def page(self, url: str, form: dict[str, Any] | None = None, **kwargs: Any) -> Response:
        """A page as this person: GET, or a POST of the form from our own origin; redirects are not followed."""
        headers = {
            "Origin": "http://testserver",
            "Cookie": f"pingyou={self.cookie}",
            **kwargs.pop("headers", {}),
        }
        method = "GET" if form is None else "POST"
        return self.client.request(method, url, data=form, headers=headers, follow_redirects=False, **kwargs)


@dataclass
class Service:
    """One running service and its movable clock."""

    app: FastAPI
    client: TestClient
    clock: ManualClock
    people: dict[str, Caller] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.doors = len(self.app.router.routes)

    @property
    def plant(self) -> Plant:
        plant: Plant = self.app.state.plant
        return plant

    @contextmanager
    def system(self) -> Iterator[Ctx]:
        """A committed transaction of the system itself."""
        p = self.plant
        with acting_as_system(p.engine, p.clock, p.settings, p.store) as ctx:
            yield ctx

    @contextmanager
    def acting(self, caller: Caller) -> Iterator[Ctx]:
        """A committed transaction as this person, for tests of a service without HTTP."""
        with self.system() as ctx:
            ctx.actor = identity.actor_of_person(ctx, ctx.session.get(Person, caller.person_id))
            yield ctx

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The SQL statements sent while the block runs."""
        sent: list[str] = []

        def remember(_: object, __: object, statement: str, *___: object) -> None:
            sent.append(statement)

        event.listen(self.plant.engine, "before_cursor_execute", remember)
        try:
            yield sent
        finally:
            event.remove(self.plant.engine, "before_cursor_execute", remember)

    def organization(self, code: str) -> Organization:
        """An installed organisation: `ZJ`, `ZJ-SI`, a city or county code such as `330100`."""
        with Session(self.plant.engine, expire_on_commit=False) as session:
            return session.exec(select(Organization).where(col(Organization.code) == code)).one()

    def person(self, role: Role, organization: str = "ZJ", name: str = "", *more: Role) -> Caller:
        """Somebody with this role at this organisation; the same arguments give the same person."""
        name = name or f"{role.value.lower()}-{organization}"
        if name not in self.people:
            self.people[name] = self._new_person(name, organization, (role, *more))
        return self.people[name]

    def _new_person(self, name: str, organization: str, roles: tuple[Role, ...]) -> Caller:
        token, cookie = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        at = self.organization(organization).id
        with self.system() as ctx:
            person = Person(**audit.stamp(ctx), username=name.lower(), name=name, organization_id=at)
            ctx.session.add(person)
            ctx.session.flush()
            ctx.session.add_all(
                RoleGrant(**audit.stamp(ctx), person_id=person.id, role=role, organization_id=at)
                for role in roles
            )
            ctx.noted += 1
            far = ctx.now + timedelta(days=3650)
            seen: dict[str, Any] = {"created_at": ctx.now, "expires_at": far, "person_id": person.id}
            ctx.session.add(AccessToken(token_hash=identity.secret_hash(token), **seen))
            ctx.session.add(LoginSession(token_hash=identity.secret_hash(cookie), last_seen_at=far, **seen))
        return Caller(self.client, person.id, token, cookie)


# Building all doors and compiling every statement anew costs more than most tests' own calls: an app is used again with
# its engine, on another database of the same kind and with the same patience. The event loop that its calls run in is the
# process's.
_IDLE: dict[tuple[bool, int], list[FastAPI]] = defaultdict(list)
_LOOP = ExitStack()


def pytest_unconfigure() -> None:
    """The loop's thread ends with the run."""
    _LOOP.close()


@cache
def _portal() -> BlockingPortal:
    return _LOOP.enter_context(start_blocking_portal())


def install(database_url: str) -> None:
    """Divisions, calendar and organisations, as of the day on which tests start."""
    settings = Settings(database_url=database_url, sample=True, database_fsync=False)
    engine = make_engine(settings)
    with acting_as_system(engine, ManualClock(START), settings, make_store(settings)) as ctx:
        installation.install(ctx)
    engine.dispose()


def make(database_url: str, folder: Path, *, installed: bool = False, **changes: Any) -> Service:
    """A service on a migrated database, with divisions, calendar and organisations installed unless they are."""
    settings = Settings(
        database_url=database_url,
        data_dir=folder,
        secret_key=SECRET_KEY,
        database_fsync=False,
        **{"sample": True, "password_memory_kib": 1024, "lock_timeout_ms": PATIENCE_MS, **changes},
    )
    clock = ManualClock(START)
    app = _app(settings, clock)
    client = TestClient(wrapped(app), raise_server_exceptions=False)
    client.portal = _portal()
    service = Service(app, client, clock)
    app.state.plant.store.prepare()
    if not installed:
        with service.system() as ctx:
            installation.install(ctx)
    return service


def give_back(service: Service) -> None:
    """The test is through; its app serves the next one unless the test gave it doors of its own."""
    service.plant.engine.dispose()
    if len(service.app.router.routes) == service.doors:
        _idle(service.plant.settings).append(service.app)


def _idle(settings: Settings) -> list[FastAPI]:
    return _IDLE[settings.sqlite, settings.lock_timeout_ms]


def _app(settings: Settings, clock: ManualClock) -> FastAPI:
    idle = _idle(settings)
    if idle:
        app = idle.pop()
        app.state.plant = Plant(settings, app.state.plant.engine, clock, make_store(settings))
        return app
    app = create_app(settings, clock)
    event.listen(app.state.plant.engine, "do_connect", partial(_connect_elsewhere, app))
    return app


def _connect_elsewhere(app: FastAPI, _: object, __: object, args: list[Any], params: dict[str, Any]) -> None:
    """New connections go to the database of the plant that the app has now."""
    plant: Plant = app.state.plant
    database = make_url(plant.settings.database_url).database
    if plant.settings.sqlite:
        args[0] = database
    else:
        params["dbname"] = database


@contextmanager
def lent(database_url: str, folder: Path, **changes: Any) -> Iterator[Service]:
    """A service for one test, on an installed database."""
    made = make(database_url, folder, installed=True, **changes)
    yield made
    give_back(made)


@pytest.fixture
def service(installed_database: str, tmp_path: Path) -> Iterator[Service]:
    """The service on both databases."""
    with lent(installed_database, tmp_path) as made:
        yield made


@pytest.fixture
def sqlite_service(installed_sqlite: str, tmp_path: Path) -> Iterator[Service]:
    """The service on SQLite alone, for what does not depend on the database."""
    with lent(installed_sqlite, tmp_path) as made:
        yield made
