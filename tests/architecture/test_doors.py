"""The doors: every route is known, writes only where it may, and a page's POST has its GET beside it."""

import re
from collections import Counter
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from app.api.face import ApiRoute
from app.main import create_app
from app.settings import Settings
from app.web.face import PageRoute

DOORS = Path(__file__).parent / "doors.txt"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(Settings(database_url="sqlite://", data_dir=tmp_path_factory.mktemp("doors")))


def doors(app: FastAPI) -> list[tuple[str, str, APIRoute]]:
    """Method, path and route of every door; `app.routes` alone would miss the included ones (trap 2)."""
    found = []
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            found += [(method, context.path or "", route) for method in sorted(route.methods or ())]
    return sorted(found, key=lambda door: (door[1], door[0]))


def test_the_list_of_doors_is_the_committed_one(app: FastAPI) -> None:
    """A new door is a decision: add it to doors.txt in the same commit."""
    listed = [f"{method} {path}" for method, path, _ in doors(app)]
    assert listed == DOORS.read_text(encoding="utf-8").split("\n")[:-1]


def test_no_door_hides_another_at_the_same_address(app: FastAPI) -> None:
    """Two routes of one method and one shape of address: the second would never be reached."""
    shapes = Counter((method, re.sub(r"{[^}]*}", "{}", path)) for method, path, _ in doors(app))
    assert [shape for shape, count in shapes.items() if count > 1] == []


def test_every_door_of_a_face_runs_in_a_transaction_of_that_face(app: FastAPI) -> None:
    for _, path, route in doors(app):
        if path.startswith("/healthz"):
            continue
        expected = ApiRoute if path.startswith("/api/") else PageRoute
        assert isinstance(route, expected), path


def test_every_page_that_takes_a_form_shows_it_at_the_same_address(app: FastAPI) -> None:
    found = doors(app)
    shown = {path for method, path, _ in found if method == "GET"}
    posted = {path for method, path, route in found if method == "POST" and isinstance(route, PageRoute)}
    # Signing out and the live character count show no form of their own.
    assert posted - shown <= {"/sign-out", "/count"}
