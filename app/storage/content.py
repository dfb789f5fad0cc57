"""What a file really is: its name's extension and its bytes must agree, and only a few kinds are taken.

Checked before anything is kept. What is taken is still served as an attachment with `nosniff` only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

import puremagic

from app.domain.errors import Refusal
from app.storage.archives import OTHER_KIND, USUAL, ArchiveLimits, archive_fault, hidden_archive
from app.storage.names import extension

_HEAD = 4096


@dataclass(frozen=True)
class FileType:
    """A kind we take: we demand `start` at `offset`, puremagic may call it anything in `known_as`."""

    media_type: str
    start: bytes
    offset: int = 0
    known_as: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()  # entries a packed document must have


_OOXML = "application/vnd.openxmlformats-officedocument."
_PACKED = frozenset({".zip", ".docx", ".xlsx", ".ofd"})
_JPEG = FileType("image/jpeg", b"\xff\xd8\xff", known_as=frozenset({".jpg", ".jpeg", ".jfif", ".jpe"}))

TYPES: Mapping[str, FileType] = {
    "pdf": FileType("application/pdf", b"%PDF-", known_as=frozenset({".pdf"})),
    "docx": FileType(
        f"{_OOXML}wordprocessingml.document",
        b"PK\x03\x04",
        known_as=_PACKED,
        needs=frozenset({"[Content_Types].xml", "word/document.xml"}),
    ),
    "xlsx": FileType(
        f"{_OOXML}spreadsheetml.sheet",
        b"PK\x03\x04",
        known_as=_PACKED,
        needs=frozenset({"[Content_Types].xml", "xl/workbook.xml"}),
    ),
    "ofd": FileType("application/ofd", b"PK\x03\x04", known_as=_PACKED, needs=frozenset({"OFD.xml"})),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": FileType("image/png", b"\x89PNG\r\n\x1a\n", known_as=frozenset({".png"})),
    "mp4": FileType("video/mp4", b"ftyp", offset=4, known_as=frozenset({".mp4", ".m4v"})),
}
DOCUMENTS = frozenset(TYPES) - {"mp4"}  # a video is taken only where the ministry track asks for one (R-038)


def examine(
    file: BinaryIO, name: str, taken: frozenset[str] = DOCUMENTS, limits: ArchiveLimits = USUAL
) -> FileType:
    """The kind of this file, or a refusal; the file is left at its beginning.

    Refuses `FILE_TYPE_NOT_ALLOWED` (extension not taken, or the bytes say otherwise) and `FILE_UNSAFE`.
    """
    ending = extension(name)
    kind = TYPES[ending] if ending in taken else None
    file.seek(0)
    head = file.read(_HEAD)
    if kind is None or not _agrees(kind, head):
        raise _not_allowed(taken)
    fault = archive_fault(file, kind.needs, limits) if kind.needs else hidden_archive(file)
    file.seek(0)
    if fault is OTHER_KIND:
        raise _not_allowed(taken)
    if fault:
        raise Refusal("FILE_UNSAFE", why_zh=fault.zh, why_en=fault.en)
    return kind


def _not_allowed(taken: frozenset[str]) -> Refusal:
    return Refusal("FILE_TYPE_NOT_ALLOWED", allowed=", ".join(sorted(taken)))


def _agrees(kind: FileType, head: bytes) -> bool:
    """Our own signature at its very place, and puremagic's best guesses naming the same kind."""
    if head[kind.offset : kind.offset + len(kind.start)] != kind.start:
        return False
    guesses = puremagic.magic_string(head)
    best = max((guess.confidence for guess in guesses), default=0)
    return any(guess.extension in kind.known_as for guess in guesses if guess.confidence == best)
