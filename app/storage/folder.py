"""The store in a plain directory (embedded installation): written, fsynced, renamed, never half there."""

import os
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import BufferedWriter
from pathlib import Path

from app.domain.errors import Refusal
from app.storage.store import (
    Content,
    Incoming,
    Meter,
    Placed,
    Received,
    Stat,
    Stored,
    checked_key,
    content_key,
    incoming_key,
    is_content_key,
    verify,
)

# A file still being written carries its upload id and a random tail; it becomes the upload by a rename.
_ARRIVING = re.compile(r"(?P<id>[0-9A-Za-z_-]{8,64})(?P<tail>~[0-9a-f]{32})?")


class FolderStore:
    """`incoming/` and `sha256/` under one root; survives a power cut at any point."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def prepare(self) -> None:
        with _faults():
            for name in ("incoming", "sha256"):
                (self._root / name).mkdir(parents=True, exist_ok=True)

    def put_stream(self, upload_id: str, chunks: Iterable[bytes], limit: int) -> Received:
        arriving = self._aside(upload_id)
        meter = Meter(limit)
        try:
            with _created(arriving) as file:
                for chunk in meter.through(chunks):
                    with _faults():
                        file.write(chunk)
                with _faults():
                    _sync(file)
            _move(arriving, self._path(incoming_key(upload_id)))
        except BaseException:
            with _faults():
                arriving.unlink(missing_ok=True)
            raise
        return Received(upload_id, meter.sha256, meter.size)

    def promote(self, upload_id: str, sha256: str) -> Stored:
        target = content_key(sha256)
        mine = self._aside(upload_id)  # taken aside first, so that what was hashed is what is placed
        _move(self._path(incoming_key(upload_id)), mine, absent="UPLOAD_EXPIRED")
        try:
            with _read(mine) as content:
                verify(content, sha256)
            with _faults():
                self._path(target).parent.mkdir(exist_ok=True)
            _move(mine, self._path(target))
        finally:
            with suppress(Refusal):  # the sweeper finds what stays behind
                self.delete(incoming_key(upload_id))
        return Stored(target, sha256, content.total)

    def open_read(self, key: str, start: int = 0, length: int | None = None) -> Content:
        return _read(self._path(checked_key(key)), start, length)

    def stat(self, key: str) -> Stat | None:
        with _faults():
            try:
                found = self._path(checked_key(key)).stat(follow_symlinks=False)
            except FileNotFoundError:
                return None
        return Stat(found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def delete(self, key: str) -> None:
        path = self._path(checked_key(key))
        with _faults():
            path.unlink(missing_ok=True)
            if key.startswith("incoming/"):
                for half in path.parent.glob(f"{path.name}~*"):
                    half.unlink(missing_ok=True)

    def list_incoming(self) -> Iterator[Incoming]:
        with _faults():
            entries = sorted(os.scandir(self._root / "incoming"), key=lambda entry: entry.name)
            for entry in entries:
                name = _ARRIVING.fullmatch(entry.name)
                if name and entry.is_file(follow_symlinks=False):
                    found = entry.stat(follow_symlinks=False)
                    at = datetime.fromtimestamp(found.st_mtime, UTC)
                    yield Incoming(name["id"], found.st_size, at, complete=name["tail"] is None)

    def list_placed(self) -> Iterator[Placed]:
        with _faults():
            for path in sorted((self._root / "sha256").glob("??/*")):
                found = path.stat(follow_symlinks=False)
                key = str(path.relative_to(self._root))
                if is_content_key(key):
                    yield Placed(key, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def download_url(self, key: str, file_name: str, media_type: str, seconds: int) -> str | None:  # noqa: ARG002  (the protocol's arguments)
        """Nothing: a folder has no address of its own, the app serves the file."""
        return None

    def healthy(self) -> bool:
        """Whether a byte can be written and is gone again: a full or read-only disk is not healthy."""
        probe = self._root / "incoming" / f".probe-{uuid.uuid4().hex}"
        try:
            probe.write_bytes(b".")
            probe.unlink()
        except OSError:
            return False
        return True

    def _path(self, key: str) -> Path:
        return self._root / key

    def _aside(self, upload_id: str) -> Path:
        return self._path(f"{incoming_key(upload_id)}~{uuid.uuid4().hex}")


@contextmanager
def _faults(absent: str = "STORAGE_UNAVAILABLE") -> Iterator[None]:
    """A full disk, a lost mount, a failing sector: the store is unavailable, and nothing else is at fault."""
    try:
        yield
    except FileNotFoundError as missing:
        raise Refusal(absent) from missing
    except OSError as fault:
        raise Refusal("STORAGE_UNAVAILABLE") from fault


def _read(path: Path, start: int = 0, length: int | None = None) -> Content:
    with _faults(absent="NOT_FOUND"):
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        file = os.fdopen(descriptor, "rb")
        total = os.fstat(descriptor).st_size
        file.seek(min(start, total))
    left = max(total - start, 0)
    return Content(file, total, left if length is None else min(length, left), (OSError,))


def _move(source: Path, target: Path, absent: str = "STORAGE_UNAVAILABLE") -> None:
    """Rename within the store so that it is still there after a power cut: both folders are flushed."""
    with _faults(absent):
        source.replace(target)
        for folder in {target.parent, target.parent.parent, source.parent}:
            _sync_folder(folder)


def _created(path: Path) -> BufferedWriter:
    with _faults():
        return path.open("xb")


def _sync(file: BufferedWriter) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows keeps no handle on a folder
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
