"""Waiting for a change: answered as soon as it is there, and nobody who waits keeps a thread or a connection."""

import asyncio
import time
from typing import Any

from httpx2 import ASGITransport, AsyncClient

from app.main import wrapped
from tests.feed_cases import client_of, happened, numbered, read, told
from tests.paper_cases import HANGZHOU, XIHU
from tests.plugins.service import Caller, Service

GIVEN = 20  # seconds to wait
MANY = 60  # more than the threads (40) and the connections (20) one process has


def _begun(service: Service) -> tuple[Caller, str]:
    reader = client_of(service, HANGZHOU, "nominations:read")
    while numbered(service):
        pass
    return reader, read(reader, start="LATEST").json()["next_cursor"]


def _asking(service: Service, reader: Caller) -> AsyncClient:
    transport = ASGITransport(app=wrapped(service.app))
    headers = {"Authorization": f"Bearer {reader.token}"}
    return AsyncClient(transport=transport, base_url="http://testserver/api/v1", headers=headers)


def test_who_waits_is_told_as_soon_as_something_happens(service: Service) -> None:
    reader, begun = _begun(service)

    async def told_after() -> tuple[Any, float]:
        async with _asking(service, reader) as client:
            at = time.monotonic()
            waiting = asyncio.create_task(
                client.get("/changes", params={"cursor": begun, "wait": GIVEN}, timeout=30)
            )
            await asyncio.sleep(0.7)
            await asyncio.to_thread(happened, service, XIHU)
            await asyncio.to_thread(numbered, service)
            return await waiting, time.monotonic() - at

    answer, took = asyncio.run(told_after())

    assert told(answer) == [XIHU]
    assert took < GIVEN


def test_with_nothing_new_the_time_is_waited_out_and_the_cursor_still_leads_on(
    sqlite_service: Service,
) -> None:
    reader, begun = _begun(sqlite_service)
    at = time.monotonic()

    answer = read(reader, begun, wait=1)

    assert told(answer) == []
    assert time.monotonic() - at >= 1
    happened(sqlite_service, XIHU)
    numbered(sqlite_service)
    assert told(read(reader, answer.json()["next_cursor"])) == [XIHU]


def test_many_who_wait_leave_threads_and_connections_to_those_who_work(service: Service) -> None:
    reader, begun = _begun(service)
    held: list[int] = []

    async def crowd() -> list[Any]:
        async with _asking(service, reader) as client:
            asked: Any = {"cursor": begun, "wait": 20}
            waiting = [
                asyncio.create_task(client.get("/changes", params=asked, timeout=60)) for _ in range(MANY)
            ]
            await asyncio.sleep(2)
            working = await client.get("/regions", timeout=10)
            for _ in range(20):
                held.append(service.plant.engine.pool.checkedout())  # type: ignore[attr-defined]  # QueuePool's
                await asyncio.sleep(0.02)
            await asyncio.to_thread(happened, service, XIHU)
            await asyncio.to_thread(numbered, service)
            return [working, *await asyncio.gather(*waiting)]

    working, *answers = asyncio.run(crowd())

    assert working.status_code == 200
    assert [told(one) for one in answers] == [[XIHU]] * MANY
    assert min(held) == 0


def test_a_service_that_is_being_stopped_lets_nobody_wait(sqlite_service: Service) -> None:
    reader, begun = _begun(sqlite_service)
    sqlite_service.plant.draining = True
    at = time.monotonic()

    answer = read(reader, begun, wait=25)

    assert told(answer) == []
    assert time.monotonic() - at < 10
