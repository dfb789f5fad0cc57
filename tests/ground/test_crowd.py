"""More who ask at once than the process has threads or connections: all are answered, nobody waits for a timeout."""

import asyncio
import time
from typing import Any

from httpx2 import ASGITransport, AsyncClient

from app.domain.access import Role
from app.main import wrapped
from tests.plugins.service import Service

MANY = 80
PATIENCE = 20  # seconds; the pool would give up after 30


def test_a_crowd_of_readers_is_answered_without_waiting_for_a_connection_in_vain(service: Service) -> None:
    office = service.person(Role.STEERING_OFFICE)
    headers = {"Authorization": f"Bearer {office.token}"}

    async def crowd() -> list[Any]:
        transport = ASGITransport(app=wrapped(service.app))
        async with AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as client:
            asked = [client.get("/api/v1/regions?limit=1", timeout=60) for _ in range(MANY)]
            return await asyncio.gather(*asked)

    at = time.monotonic()
    answers = asyncio.run(crowd())

    assert [one.status_code for one in answers] == [200] * MANY
    assert time.monotonic() - at < PATIENCE
