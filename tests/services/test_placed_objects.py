"""Objects that no row names are cleared away after a week; one that somebody is about to name never is (V9, V10)."""

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel

from app.db.placed_objects import columns
from app.domain.nomination import Stage
from app.services import placed_objects
from app.services.placed_objects import GRACE
from app.storage.store import MediaStore
from tests.architecture.tree import ROOT
from tests.paper_cases import Paper, paper
from tests.plugins.service import Service
from tests.storage import files

LATER = datetime.now(UTC) + GRACE + timedelta(hours=1)


def upload(made: Paper, data: bytes, query: str = "", name: str = "a.jpg", kind: str = "PHOTO") -> Any:
    file = {"file": (name, data)}
    return made.filer("POST", f"{made.url}/materials{query}", files=file, data={"kind": kind})


def key(data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    return f"sha256/{digest[:2]}/{digest[2:]}"


def swept(service: Service, now: datetime = LATER) -> int:
    return placed_objects.sweep(service.plant.engine, service.plant.store, now)


@pytest.mark.parametrize("query", ["?dry_run=true", ""], ids=["a dry run", "a refusal after placing"])
def test_what_an_act_left_that_kept_nothing_is_cleared_after_the_grace_period(
    service: Service, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = paper(service, stage=Stage.DRAFT)
    if not query:
        monkeypatch.setattr("app.services.materials._put", _fault)
    upload(made, files.JPEG, query)
    left = list(service.plant.store.list_placed())

    early = swept(service, datetime.now(UTC))
    late = swept(service)

    assert [one.key for one in left] == [key(files.JPEG)]
    assert (early, late) == (0, 1)
    assert list(service.plant.store.list_placed()) == []


def test_what_a_row_names_stays_however_old_and_whatever_became_of_the_row(service: Service) -> None:
    made = paper(service, stage=Stage.DRAFT)
    row = upload(made, files.JPEG).json()
    made.filer("DELETE", f"/materials/{row['id']}", version=row["etag"])
    answer = upload(made, files.PDF, name="a.pdf", kind="EVIDENCE")

    assert answer.status_code == 201
    assert swept(service, LATER + timedelta(days=4000)) == 0
    assert {one.key for one in service.plant.store.list_placed()} == {key(files.JPEG), key(files.PDF)}


@dataclass
class Crowded:
    """The store, before which somebody uploads the same content just as it is about to be cleared away."""

    store: MediaStore
    made: Paper
    pool: ThreadPoolExecutor
    sent: list[Any] = field(default_factory=list)

    def list_placed(self) -> Iterator[Any]:
        return self.store.list_placed()

    def stat(self, name: str) -> Any:
        return self.store.stat(name)

    def delete(self, name: str) -> None:
        """Named by nobody a moment ago; the upload that comes now has to wait until this is over."""
        self.sent.append(self.pool.submit(upload, self.made, files.JPEG))
        with pytest.raises(TimeoutError):
            self.sent[0].result(timeout=0.4)
        self.store.delete(name)


def test_an_upload_of_the_same_content_at_that_moment_is_not_lost(service: Service) -> None:
    made = paper(service, stage=Stage.DRAFT)
    upload(made, files.JPEG, "?dry_run=true")
    with ThreadPoolExecutor(1) as pool:
        crowded = Crowded(service.plant.store, made, pool)
        removed = placed_objects.sweep(service.plant.engine, crowded, LATER)  # type: ignore[arg-type]  # what the sweeper uses of a store
        answer = crowded.sent[0].result(timeout=20)

    content = made.filer("GET", f"/materials/{answer.json()['id']}/content")
    assert (removed, answer.status_code) == (1, 201)
    assert (content.status_code, content.content) == (200, files.JPEG)
    assert swept(service) == 0


def test_nothing_but_the_placing_moves_an_object_to_its_address() -> None:
    calls = [
        path.relative_to(ROOT / "app").as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if ".promote(" in path.read_text(encoding="utf-8")
    ]

    assert calls == ["services/placed_objects.py"]


def test_every_column_that_names_an_object_is_known_as_such() -> None:
    """An address has 71 characters: a text column that could hold one under such a name is one, or is listed here."""
    others = {"idempotency_keys.key", "throttles.key", "materials.file_name", "source_files.file_name"}
    could = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.c
        if (getattr(column.type, "length", None) or 0) >= 71
        and re.search(r"file|object|(^|_)key$", column.name)
    }

    assert could - others == {f"{column.table.name}.{column.name}" for column in columns()}


def _fault(*_: object) -> None:
    raise RuntimeError("the row was not written")
