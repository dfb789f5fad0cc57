"""What a store is to us: uploads wait under `incoming/`, checked ones live at their content's address.

An address is the SHA-256 of the bytes, so an object is never replaced by another (I-22), and a PUT for an
address is never signed for anybody (decisions 29). Two stores keep this contract: a folder and S3.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from app.domain.errors import Refusal

CHUNK = 64 * 1024
_UPLOAD_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_KEY = re.compile(r"incoming/[0-9A-Za-z_-]{8,64}|sha256/[0-9a-f]{2}/[0-9a-f]{62}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Received:
    """What arrived under an upload id: its size in bytes and the hash taken while it streamed past."""

    upload_id: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Stored:
    """An object at its content's address."""

    key: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Stat:
    size: int
    modified_at: datetime


@dataclass(frozen=True)
class Incoming:
    """An upload nobody promoted yet, or one cut off (`complete` false); the sweeper decides by its age."""

    upload_id: str
    size: int
    modified_at: datetime
    complete: bool


@dataclass(frozen=True)
class Placed:
    """An object at its content's address, as the store lists it."""

    key: str
    size: int
    modified_at: datetime


class Source(Protocol):
    """Where an opened object's bytes come from: a file, or the body of an answer."""

    def read(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class Content:
    """An opened object or a range of it, read in chunks; closes itself at the end or with `with`.

    An object that ends early is a fault of the store, never a short success.
    """

    def __init__(
        self, source: Source | None, total: int, length: int, faults: tuple[type[Exception], ...]
    ) -> None:
        self.total = total
        self.length = length
        self._source = source
        self._faults = faults

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        with self:
            while left:
                chunk = self._next(min(CHUNK, left))
                left -= len(chunk)
                yield chunk

    def read(self) -> bytes:
        """All of it at once; for small ranges."""
        return b"".join(self)

    def close(self) -> None:
        if self._source is not None:
            self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def _next(self, size: int) -> bytes:
        try:
            chunk = self._source.read(size) if self._source is not None else b""
        except self._faults as fault:
            raise Refusal("STORAGE_UNAVAILABLE") from fault
        if not chunk:
            raise Refusal("STORAGE_UNAVAILABLE")
        return chunk


class MediaStore(Protocol):
    """The store of uploaded files. When it is down every method refuses `STORAGE_UNAVAILABLE`."""

    def prepare(self) -> None:
        """Make the place ready at start: the folder, or the bucket when it is missing."""

    def put_stream(self, upload_id: str, chunks: Iterable[bytes], limit: int) -> Received:
        """Keep what streams in under `incoming/`. Beyond `limit` bytes refuses `FILE_TOO_LARGE`."""

    def promote(self, upload_id: str, sha256: str) -> Stored:
        """Read back what was kept, compare its hash, copy it to its address, drop the upload.

        Refuses `CHECKSUM_MISMATCH` (the upload is dropped) and `UPLOAD_EXPIRED` (nothing there).
        """

    def open_read(self, key: str, start: int = 0, length: int | None = None) -> Content:
        """Open an object, or `length` bytes from `start` on. Refuses `NOT_FOUND`."""

    def stat(self, key: str) -> Stat | None:
        """Size and time of an object, or nothing."""

    def delete(self, key: str) -> None:
        """Remove an object; for an upload also what a cut-off attempt left. Missing is no fault."""

    def list_incoming(self) -> Iterator[Incoming]:
        """Uploads that were never promoted, for the sweeper."""

    def list_placed(self) -> Iterator[Placed]:
        """Every object at its content's address, in the order of addresses, for the sweeper."""

    def download_url(self, key: str, file_name: str, media_type: str, seconds: int) -> str | None:
        """A short-lived address that makes the browser save the file; nothing where the app serves it."""

    def healthy(self) -> bool:
        """Whether the store answers now, asked with a short patience."""


class Meter:
    """Counts and hashes what streams past, and stops it beyond the limit (bytes)."""

    def __init__(self, limit: int) -> None:
        self.size = 0
        self._limit = limit
        self._hash = hashlib.sha256()

    def through(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.size += len(chunk)
            if self.size > self._limit:
                raise Refusal(
                    "FILE_TOO_LARGE", limit=self._limit, limit_mib=f"{self._limit / 1024 / 1024:.10g}"
                )
            self._hash.update(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def incoming_key(upload_id: str) -> str:
    """Where an upload waits. Raises `ValueError`: upload ids are ours, a foreign one is a fault of code."""
    if not _UPLOAD_ID.fullmatch(upload_id):
        raise ValueError(f"not an upload id: {upload_id!r}")
    return f"incoming/{upload_id}"


def content_key(sha256: str) -> str:
    """The address of bytes with this hash: `sha256/ab/cdef…`."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return f"sha256/{sha256[:2]}/{sha256[2:]}"


def is_content_key(key: str) -> bool:
    """Whether this is the address of some content: other files of a bucket or folder are not ours to touch."""
    return key.startswith("sha256/") and _KEY.fullmatch(key) is not None


def checked_key(key: str) -> str:
    """The key itself when it has one of our two shapes, so that no key can leave the store's place."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key of the store: {key!r}")
    return key


def verify(content: Content, sha256: str) -> None:
    """Hash what the store really holds: stores differ in what they check (most ignore a declared SHA-256).

    Refuses `CHECKSUM_MISMATCH`.
    """
    meter = Meter(content.length)
    for _ in meter.through(content):
        pass
    if meter.sha256 != sha256:
        raise Refusal("CHECKSUM_MISMATCH")
