"""Fixtures for what lies outside the process: databases, the S3 store, the browser. Started when first asked for.

`database` runs a test twice, on SQLite and on PostgreSQL; each test gets a migrated database of its own, copied
from one that the run migrates once.
"""

import contextlib
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql

from tests.servers import browser as chromium
from tests.servers import run
from tests.servers.swift import S3Server
from tools import axe

RUN = pytest.StashKey[run.Run]()
FOLDER = pytest.StashKey[Path]()
INSTALLED = "installed"
TEMPLATE = "migrated"

_numbers = itertools.count(1)


class _Node(Protocol):
    """A worker of pytest-xdist, as the controller sees it."""

    workerinput: dict[str, str]


def pytest_configure(config: pytest.Config) -> None:
    """The controller opens the run; workers are told where it is."""
    given: dict[str, str] | None = getattr(config, "workerinput", None)
    if given:
        config.stash[FOLDER] = Path(given["run_folder"])
        return
    config.stash[RUN] = run.Run()
    config.stash[FOLDER] = config.stash[RUN].folder


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: _Node) -> None:
    node.workerinput["run_folder"] = str(node.config.stash[FOLDER])  # type: ignore[attr-defined]  # xdist is untyped


def pytest_unconfigure(config: pytest.Config) -> None:
    """Also after Ctrl-C: the servers go with the run."""
    if opened := config.stash.get(RUN, None):
        opened.end()


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """The folder which all workers of this run share."""
    return pytestconfig.stash[FOLDER]


@pytest.fixture(scope="session")
def postgres_url(run_folder: Path) -> str:
    """A real PostgreSQL, shared by the run; make databases in it, leave `postgres` itself empty."""
    (url,) = run.server(run_folder, "postgres")
    return url


@pytest.fixture(scope="session")
def s3_server(run_folder: Path) -> S3Server:
    """A real S3 store, shared by the run; use bucket names of your own."""
    return S3Server(*run.server(run_folder, "swift"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; open a `new_context()` for each test.

    For a module, not the session: while Playwright is open its event loop counts as running in this thread,
    and other modules' `asyncio.run` would fail.
    """
    with sync_playwright() as playwright:
        opened = chromium.launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """axe-core's script, to be evaluated in a page whose context bypasses the CSP."""
    return axe.source()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty database; the test runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table, of both kinds: for tests of migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/blank.db"
        return
    with _postgresql_database(request.getfixturevalue("postgres_url"), "template0") as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def installed_database(request: pytest.FixtureRequest) -> str:
    """The URL of a database with divisions, calendar and organisations; the test runs on both kinds."""
    url: str = request.getfixturevalue(f"installed_{request.param}")
    return url


@pytest.fixture
def installed_sqlite(run_folder: Path, tmp_path: Path) -> str:
    """The same on SQLite alone: a copy of a file that was filled once for the whole run."""
    template = run_folder / "installed.db"
    run.once(run_folder, "sqlite-installed", lambda: _install(f"sqlite:///{template}"))
    return f"sqlite:///{shutil.copyfile(template, tmp_path / 'pingyou.db')}"


@pytest.fixture
def installed_postgresql(run_folder: Path, postgres_url: str) -> Iterator[str]:
    """The same on PostgreSQL alone."""
    with installed_copy(run_folder, postgres_url) as url:
        yield url


@pytest.fixture
def sqlite_database(run_folder: Path, tmp_path: Path) -> str:
    """The same on SQLite alone, for what does not depend on the database."""
    template = run_folder / "migrated.db"
    run.once(run_folder, "sqlite-template", lambda: _migrate(f"sqlite:///{template}"))
    return f"sqlite:///{shutil.copyfile(template, tmp_path / 'pingyou.db')}"


@pytest.fixture
def postgresql_database(run_folder: Path, postgres_url: str) -> Iterator[str]:
    """The same on PostgreSQL alone, for races and whatever only it can do."""
    run.once(run_folder, "postgres-template", lambda: _make_template(postgres_url, TEMPLATE, _migrate))
    with _postgresql_database(postgres_url, TEMPLATE) as url:
        yield url


@contextlib.contextmanager
def installed_copy(run_folder: Path, postgres_url: str) -> Iterator[str]:
    """A PostgreSQL database with everything installed, gone when the block ends."""
    run.once(run_folder, "postgres-installed", lambda: _make_template(postgres_url, INSTALLED, _install))
    with _postgresql_database(postgres_url, INSTALLED) as url:
        yield url


def _migrate(url: str) -> None:
    from app.db import migrate  # noqa: PLC0415  (tests without a database do not wait for it)
    from app.settings import Settings  # noqa: PLC0415  (as above)

    migrate.upgrade(Settings(database_url=url, database_fsync=False))


def _install(url: str) -> None:
    from tests.plugins import service  # noqa: PLC0415  (as above)

    _migrate(url)
    service.install(url)


def _make_template(server: str, name: str, fill: Callable[[str], None]) -> None:
    _execute(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    fill(_named(server, name))


@contextlib.contextmanager
def _postgresql_database(server: str, template: str) -> Iterator[str]:
    name = f"t{os.getpid()}_{next(_numbers)}"
    both = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
    _execute(server, sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy").format(**both))
    try:
        yield _named(server, name)
    finally:
        _execute(server, sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**both))


def _execute(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def _named(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()
