"""What holds at every door of the list: no foreign form, no cookie for the API, no GET that changes anything (C8, C9)."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, Table
from sqlmodel import Session, SQLModel

from app.domain.access import Role
from tests.architecture.test_doors import DOORS
from tests.plugins.service import Caller, Service
from tests.web.house import furnished, readers_of, sights
from tests.web.real_rows import addresses
from tests.whole_campaign import Whole

ALL = [line.split(" ") for line in DOORS.read_text(encoding="utf-8").splitlines()]
PAGES = [(method, path) for method, path in ALL if not path.startswith(("/api/", "/healthz"))]
API = [(method, path) for method, path in ALL if path.startswith("/api/")]
# Whoever is asked who they are proves it otherwise there: nobody yet, or the public.
OPEN = ("/api/v1/public/", "/api/v1/oauth/")

# What these need comes to be in no campaign of the tests at once; each has tests of its own.
NOBODYS = frozenset(
    {
        "/api/v1/assignment-runs/{run_id}",
        "/api/v1/public/objection-receipts",  # asks for a receipt in a header
        "/api/v1/quota-plans/{plan_id}/source",
        "/api/v1/score-corrections/{correction_id}",
        "/assignment-runs/{run_id}",
        "/language",  # leads back
        "/result-notifications/{notification_id}/acknowledge",
        "/reviews/{assignment_id}/files/{material_id}",
        "/score-corrections/{correction_id}",
        "/score-corrections/{correction_id}/approve",
        "/score-corrections/{correction_id}/decline",
    }
)


def filled(path: str, values: dict[str, str] | None = None) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: (values or {}).get(match[1], "x"), path)


def test_the_list_of_doors_is_read() -> None:
    assert len([method for method, _ in PAGES if method == "POST"]) > 30
    assert len(API) > 60


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}]
)
def test_no_page_takes_a_form_of_another_site(sqlite_service: Service, headers: dict[str, str]) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    cookie = {"Cookie": f"pingyou={office.cookie}"}
    client = sqlite_service.client

    answers = {
        path: client.post(filled(path), data={"_version": "1"}, headers=cookie | headers)
        for method, path in PAGES
        if method == "POST"
    }

    assert {path: a.status_code for path, a in answers.items() if a.status_code != 403} == {}
    assert [path for path, answer in answers.items() if "CROSS_SITE" not in answer.text] == []


def test_no_door_of_the_api_takes_a_cookie(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    headers = {
        "Cookie": f"pingyou={office.cookie}",
        "Origin": "http://testserver",
        "Idempotency-Key": "k" * 8,
    }

    answers = {
        f"{method} {path}": sqlite_service.client.request(method, filled(path), headers=headers)
        for method, path in API
        if not path.startswith(OPEN)
    }

    assert {door: a.status_code for door, a in answers.items() if a.status_code != 401} == {}


def test_no_page_but_the_public_ones_is_shown_to_nobody(sqlite_service: Service) -> None:
    public = ("/public", "/sign-in", "/language", "/problems", "/reference")
    led = {
        path: sqlite_service.client.get(filled(path), follow_redirects=False)
        for method, path in PAGES
        if method == "GET" and path != "/" and not path.startswith(public)
    }

    elsewhere = {
        path: a.status_code
        for path, a in led.items()
        if not str(a.headers.get("location")).startswith("/sign-in?")
    }
    assert elsewhere == {}


@pytest.fixture(scope="module")
def house(whole_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return furnished(whole_folder, tmp_path_factory.mktemp("doors"))


def digest(service: Service) -> str:
    """All rows of all tables but what is written beside: the log of what was denied, the entries of what was taken away."""
    found = hashlib.sha256()
    with service.plant.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name != "security_events":
                rows = sorted(map(repr, connection.execute(_kept(table)).all()))
                found.update(repr((table.name, rows)).encode())
    return found.hexdigest()


def _kept(table: Table) -> Select[Any]:
    if table.name != "audit_events":
        return table.select()
    return table.select().where(table.c.action.not_like("%.printed"), table.c.action.not_like("%.exported"))


@pytest.mark.parametrize("role", list(Role))
def test_looking_at_everything_changes_nothing(house: Whole, role: Role) -> None:
    service = house.service
    reader = service.person(role, "ZJ", f"reader-{role.value}")
    with Session(service.plant.engine) as session:
        at = {(method, path): next(addresses(session, path), path) for method, path in ALL if method == "GET"}
    before = digest(service)

    pages = [reader.page(at[door]) for door in at if door in PAGES]
    answers = [reader("GET", at[door][len("/api/v1") :]) for door in at if door in API]

    assert digest(service) == before
    assert [a.request.url for a in (*pages, *answers) if a.status_code >= 500] == []
    seen = sum(answer.status_code == 200 for answer in (*pages, *answers))
    assert seen >= 15


def test_behind_every_door_there_is_something_for_somebody(house: Whole) -> None:
    """Otherwise the walk above would have looked at nothing there."""
    with Session(house.service.plant.engine) as session:
        at = {path: list(addresses(session, path)) for method, path in ALL if method == "GET"}
    readers = readers_of(house)

    empty = [path for path, urls in at.items() if not _seen(path, urls, readers)]

    assert (sorted(set(empty) - NOBODYS), sorted(NOBODYS - set(empty))) == ([], [])


def _seen(path: str, urls: list[str], readers: list[Caller]) -> bool:
    """Whether one of these people is shown one of these addresses."""
    if path.startswith("/api/v1"):
        return any(who("GET", url[len("/api/v1") :]).status_code == 200 for url in urls for who in readers)
    return next(sights(urls, readers), None) is not None


def test_the_digest_notices_a_change(sqlite_service: Service) -> None:
    before = digest(sqlite_service)
    office = sqlite_service.person(Role.STEERING_OFFICE)
    after = digest(sqlite_service)

    assert office.page("/regions").status_code == 200
    assert before != after
    assert digest(sqlite_service) == after
