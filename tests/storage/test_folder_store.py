"""What only a folder can do wrong: a lost mount, a damaged file, a link planted in it."""

from pathlib import Path

import pytest

from app.domain.errors import Refusal
from app.settings import Settings
from app.storage.folder import FolderStore
from app.storage.making import make_store
from app.storage.s3 import S3Store
from app.storage.store import content_key

KEY = content_key("ab" * 32)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "objects"


@pytest.fixture
def store(root: Path) -> FolderStore:
    store = FolderStore(root)
    store.prepare()
    return store


def test_a_place_that_cannot_be_written_makes_every_act_unavailable(root: Path) -> None:
    root.write_text("a file where the folder should be")
    lost = FolderStore(root)

    for act in (
        lost.prepare,
        lambda: lost.put_stream("upload-01", [b"x"], 10),
        lambda: lost.promote("upload-01", "ab" * 32),
        lambda: lost.open_read(KEY),
        lambda: lost.stat(KEY),
        lambda: lost.delete(KEY),
        lambda: list(lost.list_incoming()),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "STORAGE_UNAVAILABLE"
    assert not lost.healthy()


def test_a_mount_that_is_gone_is_not_healthy(tmp_path: Path) -> None:
    assert not FolderStore(tmp_path / "never prepared").healthy()


def test_a_file_cut_short_while_it_is_read_never_looks_like_a_short_file(
    store: FolderStore, root: Path
) -> None:
    received = store.put_stream("upload-01", [b"x" * 200_000], 200_000)
    stored = store.promote("upload-01", received.sha256)

    content = store.open_read(stored.key)
    (root / stored.key).write_bytes(b"x" * 100_000)

    with pytest.raises(Refusal) as refused:
        content.read()
    assert refused.value.code == "STORAGE_UNAVAILABLE"


def test_a_link_planted_in_the_store_is_not_followed(store: FolderStore, root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"not an upload")
    (root / "incoming" / "upload-01").symlink_to(secret)

    with pytest.raises(Refusal):
        store.open_read("incoming/upload-01")
    assert list(store.list_incoming()) == []


def test_foreign_files_in_incoming_are_not_uploads(store: FolderStore, root: Path) -> None:
    (root / "incoming" / ".DS_Store").write_bytes(b"x")
    (root / "incoming" / "Thumbs.db").write_bytes(b"x")

    assert list(store.list_incoming()) == []


def test_a_health_check_leaves_nothing_behind(store: FolderStore, root: Path) -> None:
    assert store.healthy()
    assert list((root / "incoming").iterdir()) == []


def test_the_app_serves_downloads_of_a_folder_itself(store: FolderStore) -> None:
    assert store.download_url(KEY, "事迹材料.pdf", "application/pdf", 60) is None


def test_the_settings_choose_the_store(tmp_path: Path) -> None:
    assert isinstance(make_store(Settings(data_dir=tmp_path)), FolderStore)
    assert isinstance(make_store(Settings(store="s3", s3_endpoint="http://127.0.0.1:1")), S3Store)
