"""What was never finished is cleared away after a day; what is on its way, or placed, stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import worker
from app.services import uploads
from app.services.uploads import KEPT
from tests.plugins.service import Service
from tests.storage import files


def test_an_upload_nobody_finished_is_cleared_after_a_day_and_not_before(sqlite_service: Service) -> None:
    store = sqlite_service.plant.store
    placed = store.promote("upload-0000", store.put_stream("upload-0000", [files.PDF], 10_000).sha256)
    store.put_stream("upload-0001", [files.JPEG], 10_000)
    (waiting,) = store.list_incoming()

    assert uploads.sweep(store, waiting.modified_at + KEPT) == 0
    assert uploads.sweep(store, waiting.modified_at + KEPT + timedelta(seconds=1)) == 1
    assert list(store.list_incoming()) == []
    assert store.stat(placed.key) is not None


def test_the_worker_sweeps_by_real_time_whatever_the_services_clock_says(sqlite_service: Service) -> None:
    store = sqlite_service.plant.store
    store.put_stream("upload-0002", [files.JPEG], 10_000)
    sqlite_service.clock.move_to(datetime.now(UTC) + timedelta(days=400))

    assert worker.sweep(sqlite_service.plant) == 0
    assert [one.upload_id for one in store.list_incoming()] == ["upload-0002"]


def test_with_the_store_down_nothing_is_cleared_and_nobody_stumbles(
    sqlite_service: Service, tmp_path: Path
) -> None:
    (tmp_path / "objects").rename(tmp_path / "gone")

    assert worker.sweep(sqlite_service.plant) == 0
