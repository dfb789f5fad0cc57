"""Two processes on one PostgreSQL and one S3 store are one service; killing one in the middle of writes leaves nothing half done."""

import secrets
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlmodel import Session, col, func, select

from app.db.tables.nominations import ServiceWindow
from app.db.tables.system import AuditEvent, Event
from app.domain.access import Role
from app.domain.ids import shown
from app.domain.nomination import Stage
from app.services import sequencer
from tests.flow_cases import HANGZHOU, flow
from tests.paper_cases import XIHU, paper
from tests.plugins.service import SECRET_KEY, Caller, Service, make
from tests.push_cases import pushing
from tests.servers.service import Replica as Listening
from tests.servers.service import serving
from tests.storage import files


@dataclass
class Replica:
    """One process of the service."""

    process: subprocess.Popen[bytes]
    client: httpx2.Client

    def call(self, who: Caller, method: str, url: str, key: str = "", **more: Any) -> httpx2.Response:
        headers = {
            "Authorization": f"Bearer {who.token}",
            "Idempotency-Key": key or secrets.token_hex(8),
            **more.pop("headers", {}),
        }
        return self.client.request(method, f"/api/v1{url}", headers=headers, **more)

    def page(self, who: Caller, url: str, form: dict[str, str] | None = None) -> httpx2.Response:
        headers = {"Cookie": f"pingyou={who.cookie}", "Origin": str(self.client.base_url).rstrip("/")}
        return self.client.request("GET" if form is None else "POST", url, data=form, headers=headers)


@dataclass
class House:
    """The service as tests fill it, and its two replicas."""

    service: Service
    one: Replica
    two: Replica


@pytest.fixture
def house(installed_postgresql: str, s3_server: Any, tmp_path: Path) -> Iterator[House]:
    endpoint, access_key, secret_key = s3_server
    where = {
        "store": "s3",
        "s3_endpoint": endpoint,
        "s3_access_key": access_key,
        "s3_secret_key": secret_key,
        "s3_bucket": f"replicas-{secrets.token_hex(6)}",
    }
    service = make(installed_postgresql, tmp_path, **where)
    told = where | {"database_url": installed_postgresql, "sample": "true", "drain_seconds": "0"}
    told |= {"secret_key": SECRET_KEY.get_secret_value(), "database_fsync": "false"}
    try:
        with serving(tmp_path, told, count=2) as replicas, ExitStack() as opened:
            yield House(
                service, *(Replica(one.process, opened.enter_context(_client(one))) for one in replicas)
            )
    finally:
        service.plant.engine.dispose()


def _client(one: Listening) -> httpx2.Client:
    return httpx2.Client(base_url=f"http://127.0.0.1:{one.port}", timeout=20)


def window(name: str, sponsor: str) -> dict[str, Any]:
    return {
        "sponsor_id": sponsor,
        "name": name,
        "region_code": XIHU,
        "address": "文三路 1 号",
        "window_type": "SOCIAL_INSURANCE",
        "affiliation_level": "50",
        "in_labor_system": True,
        "serves_public_directly": True,
    }


def test_two_replicas_are_one_service_and_one_that_is_killed_leaves_nothing_half_done(house: House) -> None:
    one, two = house.one, house.two
    made = paper(house.service, stage=Stage.DRAFT)
    clerk = made.filer

    _a_file_sent_to_one_comes_from_the_other(made.url, clerk, one, two)
    _a_session_holds_at_both_and_ends_at_both(house.service, one, two)
    sponsor = shown("org", house.service.organization(XIHU).id)
    _pushes_at_both_wait_for_one_another_and_fail_at_none(house.service, one, two)
    _killed_in_the_middle_of_writes(house.service, clerk, sponsor, one, two)
    _positions_are_given_once(house.service)


def _a_file_sent_to_one_comes_from_the_other(url: str, clerk: Caller, one: Replica, two: Replica) -> None:
    file = {"file": ("大厅.jpg", files.JPEG)}
    sent = one.call(clerk, "POST", f"{url}/materials", files=file, data={"kind": "PHOTO"})
    assert sent.status_code == 201, sent.text

    content = two.call(clerk, "GET", f"/materials/{sent.json()['id']}/content")

    assert (content.status_code, content.content) == (200, files.JPEG)


def _a_session_holds_at_both_and_ends_at_both(service: Service, one: Replica, two: Replica) -> None:
    officer = service.person(Role.REVIEWING_OFFICER, XIHU)
    assert [one.page(officer, "/").status_code, two.page(officer, "/").status_code] == [200, 200]

    assert one.page(officer, "/sign-out", {"_key": "once"}).status_code == 303

    assert two.page(officer, "/windows").headers["location"].startswith("/sign-in")


def _pushes_at_both_wait_for_one_another_and_fail_at_none(
    service: Service, one: Replica, two: Replica
) -> None:
    """A city's system at both replicas, in turn a window of its own and the one case that all of them change."""
    city = pushing(service, HANGZHOU, flow(service, code="pushed-at-both"))
    seqs = range(1, 61)

    def push(seq: int) -> int:
        new = city.window(external_id=f"CK-NEW-{seq}", name=f"推送窗口{seq:02d}")
        body = city.body(seq, window=new) if seq % 2 else city.body(seq, write_up={"text": f"第{seq}稿"})
        url = city.url(f"TJ-{seq}" if seq % 2 else "TJ-ALL")
        return (one if seq % 4 < 2 else two).call(city.caller, "PUT", url, json=body).status_code

    with ThreadPoolExecutor(16) as pool:
        said = dict(zip(seqs, pool.map(push, seqs), strict=True))

    assert {said[seq] for seq in seqs if seq % 2} == {201}
    shared = [said[seq] for seq in seqs if not seq % 2]
    assert shared.count(201) == 1
    assert set(shared) <= {200, 201, 409}
    assert city.shown("TJ-ALL")["source_seq"] == seqs[-1]


def _killed_in_the_middle_of_writes(
    service: Service, clerk: Caller, sponsor: str, one: Replica, two: Replica
) -> None:
    """Every call is repeated at the other replica with its key: each window is there once, with one entry and one event."""
    before = _counts(service)
    keys = {f"窗口{n:02d}": f"register-window-{n:02d}" for n in range(40)}

    def register(at: Replica, name: str) -> int:
        try:
            return at.call(clerk, "POST", "/windows", keys[name], json=window(name, sponsor)).status_code
        except httpx2.TransportError:
            return 0

    with ThreadPoolExecutor(4) as pool:
        first = [pool.submit(register, one, name) for name in keys]
        while sum(one_.done() for one_ in first) < 8:
            time.sleep(0.002)
        one.process.kill()
        said = [done.result() for done in first]
        again = list(pool.map(lambda name: register(two, name), keys))

    assert 0 in said, "the replica was killed after its last answer"
    assert said.count(201) >= 8
    assert again == [201] * len(keys)
    assert [now - was for now, was in zip(_counts(service), before, strict=True)] == [len(keys)] * 3


def _counts(service: Service) -> tuple[int, int, int]:
    """Windows, entries and events of registering one."""
    with Session(service.plant.engine) as session:
        windows = session.exec(select(func.count()).select_from(ServiceWindow)).one()
        entries = [
            session.exec(
                select(func.count()).select_from(table).where(col(kind) == "window.registered")
            ).one()
            for table, kind in ((AuditEvent, AuditEvent.action), (Event, Event.type))
        ]
    return windows, entries[0], entries[1]


def _positions_are_given_once(service: Service) -> None:
    """Four workers at a time, as two replicas' would be: every event has one position and there is no gap."""
    engine = service.plant.engine
    with ThreadPoolExecutor(4) as pool:
        while sum(pool.map(lambda _: sequencer.run_once(engine), range(4))):
            pass
    with Session(engine) as session:
        positions = sorted(session.exec(select(Event.position)).all())  # type: ignore[type-var]  # none is left without one

    assert positions == list(range(1, len(positions) + 1))
