"""The whole campaign of `tests/whole_campaign.py`, played once for a run and handed out as a copy."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db import migrate
from app.settings import Settings
from tests.plugins import servers, service
from tests.servers import run
from tests.whole_campaign import Whole, copied, keep, whole


@pytest.fixture(scope="session")
def whole_folder(run_folder: Path) -> Path:
    """The folder with the campaign's database and its who is who; nobody writes here."""
    folder = run_folder / "whole"
    run.once(run_folder, "whole-campaign", lambda: _play(run_folder, folder))
    return folder


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def whole_on_both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Whole]:
    """The whole campaign on each database, for a module whose tests take back what they change."""
    folder = tmp_path_factory.mktemp("whole")
    if request.param == "sqlite":
        yield copied(request.getfixturevalue("whole_folder"), folder)
        return
    run_folder, server = request.getfixturevalue("run_folder"), request.getfixturevalue("postgres_url")
    with servers.installed_copy(run_folder, server) as url:
        found = whole(service.make(url, folder))
        yield found
        found.service.plant.engine.dispose()


@pytest.fixture
def campaign(whole_folder: Path, tmp_path: Path) -> Whole:
    """A copy of the whole campaign as a service of the test's own."""
    return copied(whole_folder, tmp_path)


def _play(run_folder: Path, folder: Path) -> None:
    folder.mkdir()
    empty = run_folder / "installed.db"
    run.once(run_folder, "sqlite-installed", lambda: _install(f"sqlite:///{empty}"))
    url = f"sqlite:///{shutil.copyfile(empty, folder / 'whole.db')}"
    keep(whole(service.make(url, folder)), folder)


def _install(url: str) -> None:
    migrate.upgrade(Settings(database_url=url, database_fsync=False))
    service.install(url)
