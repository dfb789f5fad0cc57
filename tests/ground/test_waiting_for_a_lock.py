"""Who waits for a lock longer than `lock_timeout_ms` is told to come again: nothing is half done, nobody else is held up."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from sqlalchemy import QueuePool, text
from sqlmodel import Session, col, func, select

from app.api.face import router
from app.db.engine import IN_FLIGHT
from app.db.tables.places import Region
from app.db.tables.system import AuditEvent, Event, IdempotencyKey
from app.domain.access import Role
from app.http import Write
from tests.plugins.service import Service, lent

PATIENCE_MS = 250
URL = "/regions/330100"
RENAME = {"name_zh": "杭州", "name_en": "Hangzhou City"}
TOLD = (409, "IDEMPOTENCY_IN_PROGRESS")


@pytest.fixture
def hurried(installed_database: str, tmp_path: Path) -> Iterator[Service]:
    """The service on both databases, with little patience."""
    with lent(installed_database, tmp_path, lock_timeout_ms=PATIENCE_MS) as made:
        yield made


@pytest.fixture
def hurried_sqlite(installed_sqlite: str, tmp_path: Path) -> Iterator[Service]:
    """The service on SQLite, where every writer waits for the one lock there is."""
    with lent(installed_sqlite, tmp_path, lock_timeout_ms=PATIENCE_MS) as made:
        yield made


def lock(session: Session, code: str) -> None:
    session.exec(select(Region).where(col(Region.code) == code).with_for_update()).one()


def until_somebody_waits(session: Session) -> None:
    """For what this session has locked."""
    waiting = text("SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
    for _ in range(600):
        if session.connection().execute(waiting).first():
            return
        time.sleep(0.1)
    raise AssertionError("nobody waited")


@contextmanager
def held(service: Service) -> Iterator[None]:
    """Somebody else changes the region and does not come to an end: its row on PostgreSQL, all of SQLite."""
    with Session(service.plant.engine) as session:
        lock(session, "330100")
        yield


def kept(service: Service) -> list[Any]:
    """All that a change of the region writes."""
    with Session(service.plant.engine) as session:
        row = session.exec(select(Region).where(col(Region.code) == "330100")).one()
        counts = [
            session.exec(select(func.count()).select_from(table)).one()
            for table in (AuditEvent, Event, IdempotencyKey)
        ]
        return [row.name_zh, row.row_version, *counts]


def connections(service: Service) -> int:
    """How many nobody has given back."""
    pool = service.plant.engine.pool
    assert isinstance(pool, QueuePool)
    return pool.checkedout()


@pytest.mark.rule("E-25", "I-18")
def test_a_writer_who_waits_too_long_is_told_and_the_same_key_acts_once_afterwards(hurried: Service) -> None:
    office = hurried.person(Role.STEERING_OFFICE)
    before = kept(hurried)

    with held(hurried):
        began = time.monotonic()
        told = office("PATCH", URL, json=RENAME, version=1, key="come-again-1")
        waited = time.monotonic() - began

    assert (told.status_code, told.json()["code"], told.json()["retryable"]) == (*TOLD, True)
    assert told.headers["retry-after"] == "2"
    assert waited >= PATIENCE_MS / 1000
    assert (kept(hurried), connections(hurried)) == (before, 0)

    again = office("PATCH", URL, json=RENAME, version=1, key="come-again-1")

    assert (again.status_code, again.headers.get("idempotency-replayed")) == (200, None)
    _, version, *counts = before
    assert kept(hurried) == ["杭州", version + 1, *(count + 1 for count in counts)]


def test_a_form_that_waits_too_long_comes_back_as_it_was_typed(hurried: Service) -> None:
    office = hurried.person(Role.STEERING_OFFICE)
    form = {"name_zh": "杭州", "name_en": "Typed before", "_version": "1", "_key": "page-key-1"}
    before = kept(hurried)

    with held(hurried):
        told = office.page(f"{URL}/rename", form)

    assert (told.status_code, "正在处理" in told.text, "Typed before" in told.text) == (409, True, True)
    assert kept(hurried) == before
    assert office.page(f"{URL}/rename", form).status_code == 303


def test_readers_and_probes_wait_for_nobody(hurried: Service) -> None:
    """A probe that waited for a writer would have the platform take the process out of service."""
    office = hurried.person(Role.STEERING_OFFICE)

    with held(hurried):
        read = office("GET", URL)
        probes = [hurried.client.get(f"/healthz/{one}").status_code for one in ("ready", "startup")]

    assert (read.status_code, read.json()["name_zh"], probes) == (200, "杭州市", [200, 200])


@pytest.mark.rule("I-18")
def test_a_list_is_not_given_out_when_its_entry_cannot_be_written(hurried_sqlite: Service) -> None:
    """A read that leaves an entry waits like a writer, and is told like one."""
    office = hurried_sqlite.person(Role.STEERING_OFFICE)
    before = kept(hurried_sqlite)

    with held(hurried_sqlite):
        told = office("GET", "/exports/windows", params={"format": "csv"})

    assert (told.status_code, told.json()["code"], told.headers["retry-after"]) == (*TOLD, "2")
    assert kept(hurried_sqlite) == before
    assert office("GET", "/exports/windows", params={"format": "csv"}).status_code == 200
    assert kept(hurried_sqlite)[2] == before[2] + 1


def test_more_writers_than_have_room_are_all_told_and_hold_nothing_afterwards(
    hurried_sqlite: Service,
) -> None:
    office = hurried_sqlite.person(Role.STEERING_OFFICE)
    before = kept(hurried_sqlite)
    many = IN_FLIGHT + 1

    def send(number: int) -> tuple[int, str]:
        answer = office("PATCH", URL, json=RENAME, version=1, key=f"one-of-many-{number}")
        return answer.status_code, answer.json()["code"]

    with ThreadPoolExecutor(many) as pool:
        with held(hurried_sqlite):
            answers = list(pool.map(send, range(many)))
        left = kept(hurried_sqlite)
        later = sorted(pool.map(send, range(many)))

    assert (answers, left) == ([TOLD] * many, before)
    assert later == [(200, "330100"), *[(412, "VERSION_CONFLICT")] * (many - 1)]
    assert connections(hurried_sqlite) == 0


def test_two_who_wait_for_each_other_are_told_like_one_who_waits_too_long(
    installed_postgresql: str, tmp_path: Path
) -> None:
    """PostgreSQL ends one of the two; here always the request, whose rival has all the patience there is."""
    with lent(installed_postgresql, tmp_path) as service:
        office = service.person(Role.STEERING_OFFICE)
        routes: APIRouter = router("regions")
        asked = threading.Event()

        @routes.post("/circles")
        def circle(ctx: Write) -> None:
            lock(ctx.session, "330100")
            asked.set()
            until_somebody_waits(ctx.session)
            lock(ctx.session, "330200")

        service.app.include_router(routes)
        with Session(service.plant.engine) as rival, ThreadPoolExecutor(1) as pool:
            rival.connection().execute(text("SET LOCAL deadlock_timeout = '60s'"))
            lock(rival, "330200")
            telling = pool.submit(office, "POST", "/circles")
            assert asked.wait(60)
            lock(rival, "330100")
            told = telling.result(60)

    assert (told.status_code, told.json()["code"], told.headers["retry-after"]) == (*TOLD, "2")
