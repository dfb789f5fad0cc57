"""Denied acts are in the security log, in a transaction of their own, and the answer does not wait for them."""

import asyncio

import pytest
from sqlalchemy import event
from sqlmodel import Session, select
from starlette.types import Message

from app.db.tables.system import AuditEvent, SecurityEvent
from app.domain.access import Role
from app.main import wrapped
from tests.plugins.service import Caller, Service

RENAME = "/regions/330110/rename"
BODY = {"name_zh": "甲县", "name_en": "Jia"}


def denied(service: Service) -> list[tuple[str, str, str]]:
    with Session(service.plant.engine) as session:
        return [(one.kind, one.actor, one.detail) for one in session.exec(select(SecurityEvent)).all()]


@pytest.fixture
def filer(service: Service) -> Caller:
    return service.person(Role.WINDOW_FILER, "330106")


def test_a_denied_call_is_recorded_with_who_and_what_and_nothing_else_is_kept(
    service: Service, filer: Caller
) -> None:
    answer = filer("PATCH", "/regions/330106", json=BODY, version=1)

    assert (answer.status_code, answer.json()["code"]) == (403, "PERMISSION_MISSING")
    who = f"person:{filer.person_id.hex}"
    assert denied(service) == [("act.denied", who, "PATCH /api/v1/regions/{code} PERMISSION_MISSING")]
    with Session(service.plant.engine) as session:
        assert [one.action for one in session.exec(select(AuditEvent)).all() if one.actor == who] == []


def test_a_denied_look_is_recorded_too(service: Service, filer: Caller) -> None:
    assert filer("GET", "/people").status_code == 403
    assert [detail for _, _, detail in denied(service)] == ["GET /api/v1/people PERMISSION_MISSING"]


def test_a_form_of_another_site_is_recorded_once_for_whoever_is_signed_in(
    service: Service, filer: Caller
) -> None:
    form = {"_version": "1", **BODY}

    assert filer.page(RENAME, form, headers={"Origin": "https://evil.example"}).status_code == 403
    assert [detail for _, _, detail in denied(service)] == ["POST /regions/{code}/rename CROSS_SITE"]


def test_a_denied_form_is_recorded_once_though_it_is_drawn_again(service: Service, filer: Caller) -> None:
    assert filer.page(RENAME, {"_version": "1", **BODY}).status_code == 403
    assert [detail for _, _, detail in denied(service)] == ["POST /regions/{code}/rename PERMISSION_MISSING"]


def test_what_is_not_found_or_not_valid_is_no_denial(service: Service, filer: Caller) -> None:
    assert filer("GET", "/windows/win_" + "0" * 32).status_code == 404
    assert filer("PATCH", "/regions/330106", json={}, version=1).status_code == 422
    assert service.client.get("/api/v1/people").status_code == 401
    assert denied(service) == []


def test_the_answer_is_out_before_the_denial_is_written(service: Service, filer: Caller) -> None:
    order: list[str] = []

    def wrote(_: object, __: object, statement: str, *___: object) -> None:
        if "INSERT INTO security_events" in statement:
            order.append("written")

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            order.append("answered")

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/api/v1/people",
        "raw_path": b"/api/v1/people",
        "query_string": b"",
        "headers": [(b"authorization", f"Bearer {filer.token}".encode()), (b"host", b"testserver")],
        "client": ("198.51.100.1", 50_000),
        "server": ("testserver", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    event.listen(service.plant.engine, "before_cursor_execute", wrote)
    asyncio.run(wrapped(service.app)(scope, receive, send))
    event.remove(service.plant.engine, "before_cursor_execute", wrote)

    assert order == ["answered", "written"]
