"""When the store is down, two people come at once, or a stranger sends a file: nothing half done."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.db.tables.materials import Material, MaterialKind, MaterialStatus
from app.domain.errors import Refusal
from app.domain.nomination import Stage
from app.main import wrapped
from app.services import materials
from app.services.inputs.materials import MaterialUpload
from app.settings import Settings
from app.storage.making import make_store
from tests.api.test_materials import draft, listed, upload, uploaded
from tests.paper_cases import Paper, refused
from tests.plugins.service import Service, make
from tests.storage import files


def test_with_the_store_down_an_upload_and_a_download_say_so_and_everything_else_works(
    sqlite_database: str, tmp_path: Path
) -> None:
    service = make(sqlite_database, tmp_path)
    made = draft(service)
    row = uploaded(made, made.filer)
    broken = tmp_path / "objects"
    broken.rename(tmp_path / "gone")
    broken.write_bytes(b"")  # where the folder was, something else stands now

    assert refused(upload(made, made.filer, files.png(), "新.png", replaces_id=row["id"])) == (
        503,
        "STORAGE_UNAVAILABLE",
    )
    assert refused(made.filer("GET", f"/materials/{row['id']}/content")) == (503, "STORAGE_UNAVAILABLE")
    assert listed(made) == [(row["id"], 1, "VERIFIED")]

    broken.unlink()
    (tmp_path / "gone").rename(broken)
    assert uploaded(made, made.filer, files.png(), "新.png", replaces_id=row["id"])["version"] == 2
    service.plant.engine.dispose()


def test_with_s3_out_of_reach_nothing_is_recorded(sqlite_database: str, tmp_path: Path) -> None:
    nowhere: Any = {
        "store": "s3",
        "s3_endpoint": "http://127.0.0.1:9",
        "s3_access_key": "k",
        "s3_secret_key": "s",
    }
    service = make(sqlite_database, tmp_path)
    service.app.state.plant.store = make_store(Settings(database_url="sqlite://", **nowhere))
    made = draft(service)

    answer = upload(made, made.filer)

    assert (refused(answer), answer.json()["retryable"]) == ((503, "STORAGE_UNAVAILABLE"), True)
    assert listed(made) == []
    service.plant.engine.dispose()


def test_a_place_that_fails_at_the_last_moment_leaves_neither_row_nor_upload(
    sqlite_service: Service, tmp_path: Path
) -> None:
    made = draft(sqlite_service)
    addresses = tmp_path / "objects" / "sha256"
    addresses.rmdir()
    addresses.write_bytes(b"")  # uploads arrive, but nothing can be placed

    assert refused(upload(made, made.filer)) == (503, "STORAGE_UNAVAILABLE")
    assert listed(made) == []
    assert list(sqlite_service.plant.store.list_incoming()) == []


@pytest.mark.rule("I-22")
def test_of_two_new_versions_at_once_exactly_one_takes_the_place(service: Service) -> None:
    made = draft(service)
    first = uploaded(made, made.filer)
    body = MaterialUpload(kind=MaterialKind.PHOTO, replaces_id=first["id"])
    start = threading.Barrier(2)

    def attempt(_: int) -> str:
        start.wait(30)
        try:
            with service.acting(made.filer) as ctx, (_file(service)).open("rb") as file:
                materials.add(ctx, made.nomination_id, body, file, "新照片.png")
        except Refusal as refusal:
            return refusal.code
        return "added"

    _file(service).write_bytes(files.png())
    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(attempt, range(2)))

    assert outcomes == ["MATERIAL_NOT_CURRENT", "added"]
    with Session(service.plant.engine) as session:
        current = select(Material).where(col(Material.status) == MaterialStatus.VERIFIED)
        assert [row.version for row in session.exec(current).all()] == [2]


def _file(service: Service) -> Path:
    return service.plant.settings.data_dir / "new.png"


def test_a_wrong_token_is_told_so_before_a_byte_of_the_file_is_read(sqlite_service: Service) -> None:
    made = draft(sqlite_service)

    status, read = asyncio.run(_sent(sqlite_service, made, b"Bearer wrong"))
    known, read_then = asyncio.run(_sent(sqlite_service, made, f"Bearer {made.filer.token}".encode()))

    assert (status, read) == (401, 0)
    assert (known, read_then) == (400, 1)


async def _sent(service: Service, made: Paper, authorization: bytes) -> tuple[int, int]:
    """Send the head of an upload; the status, and how often the body was asked for."""
    asked = 0
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"not a form", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    headers = [
        (b"authorization", authorization),
        (b"content-type", b"multipart/form-data; boundary=x"),
        (b"content-length", b"10"),
        (b"idempotency-key", b"upload-0002"),
        (b"host", b"testserver"),
    ]
    scope = {
        "type": "http",
        "method": "POST",
        "path": f"/api/v1{made.url}/materials",
        "raw_path": f"/api/v1{made.url}/materials".encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
        "state": {},
    }
    await wrapped(service.app)(scope, receive, send)
    return statuses[0], asked


def test_a_door_that_takes_no_files_does_not_read_one(sqlite_service: Service) -> None:
    made = draft(sqlite_service)

    answer = made.county("POST", f"{made.url}/consultations", files={"file": ("a.jpg", files.JPEG)})

    assert refused(answer) == (415, "MEDIA_TYPE_NOT_SUPPORTED")


def test_a_case_in_review_is_refused_before_the_file_is_kept(sqlite_service: Service) -> None:
    made = draft(sqlite_service)
    made.put(stage=Stage.FILED)

    answer = upload(made, made.city, files.MP4, "影像.mp4", kind="MINISTRY_VIDEO")

    assert refused(answer) == (409, "CASE_ELSEWHERE")
