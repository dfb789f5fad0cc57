"""What holds at every door of the list: no foreign form, no cookie for the API, no GET that changes anything (C8, C9)."""

import hashlib
import re
from typing import Any

import pytest
from sqlalchemy import Select, Table
from sqlmodel import Session, SQLModel, select

from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.ids import shown
from tests.architecture.test_doors import DOORS
from tests.client_cases import system
from tests.plugins.service import Service
from tests.supervision_cases import case

ALL = [line.split(" ") for line in DOORS.read_text(encoding="utf-8").splitlines()]
PAGES = [(method, path) for method, path in ALL if not path.startswith(("/api/", "/healthz"))]
API = [(method, path) for method, path in ALL if path.startswith("/api/")]
# Whoever is asked who they are proves it otherwise there: nobody yet, or the public.
OPEN = ("/api/v1/public/", "/api/v1/oauth/")


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


@pytest.fixture
def values(sqlite_service: Service) -> dict[str, str]:
    """Something of each kind, by the name that addresses have for it."""
    c = case(sqlite_service)
    notice = c.published()
    objection = c.recorded(notice)
    nomination = shown("nom", c.nominations[0])
    alleged = {
        "veto_code": "VETO_INACTION",
        "source": "通报",
        "fact_on": "2026-03-01",
        "evidence": "通报第3号",
    }
    finding = c.discipline("POST", f"/nominations/{nomination}/veto-findings", json=alleged)
    with Session(sqlite_service.plant.engine) as session:
        window = session.exec(select(Nomination.window_id)).all()[0]
    return {
        "campaign_id": shown("cmp", c.campaign_id),
        "notice_id": notice["id"],
        "objection_id": objection["id"],
        "nomination_id": nomination,
        "finding_id": finding.json()["id"],
        "window_id": shown("win", window),
        "person_id": shown("per", c.drafter.person_id),
        "client_id": system(sqlite_service).client["id"],
        "code": "330100",
        "slug": "publish",
        "tag": "people",
        "level": "COUNTY",
    }


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
def test_looking_at_everything_changes_nothing(
    sqlite_service: Service, values: dict[str, str], role: Role
) -> None:
    reader = sqlite_service.person(role, "ZJ", "reader")
    before = digest(sqlite_service)

    pages = [reader.page(filled(path, values)) for method, path in PAGES if method == "GET"]
    answers = [
        reader("GET", filled(path, values)[len("/api/v1") :]) for method, path in API if method == "GET"
    ]

    assert digest(sqlite_service) == before
    assert [a.request.url for a in (*pages, *answers) if a.status_code >= 500] == []
    seen = sum(answer.status_code == 200 for answer in (*pages, *answers))
    assert seen >= 15


def test_the_digest_notices_a_change(sqlite_service: Service) -> None:
    before = digest(sqlite_service)
    office = sqlite_service.person(Role.STEERING_OFFICE)
    after = digest(sqlite_service)

    assert office.page("/regions").status_code == 200
    assert before != after
    assert digest(sqlite_service) == after
