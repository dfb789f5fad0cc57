"""Packed files (docx, xlsx, ofd): judged by their directory alone, nothing is ever unpacked here."""

import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

_END = b"PK\x05\x06"
_END_SIZE = 22
_TAIL = 65535 + _END_SIZE
_DIRECTORY_ENTRY = 512  # bytes a directory entry may take on average


@dataclass(frozen=True)
class ArchiveLimits:
    """How much a packed file may promise: entries, and bytes when unpacked."""

    entries: int = 2000
    unpacked: int = 200 * 1024 * 1024


USUAL = ArchiveLimits()


@dataclass(frozen=True)
class ArchiveFault:
    zh: str
    en: str


@dataclass(frozen=True)
class _End:
    """The end record: where the directory is and how large it says it is (bytes)."""

    position: int
    directory_size: int
    zip64: bool


_BROKEN = ArchiveFault("压缩目录损坏或不完整", "its packed directory is damaged")
_TOO_MANY = ArchiveFault("包含的条目过多", "it holds too many entries")
_TOO_BIG = ArchiveFault("解压后体积过大", "it would unpack to too much")
_ENCRYPTED = ArchiveFault("内容已加密，无法核验", "its content is encrypted and cannot be checked")
_MACROS = ArchiveFault("含有宏代码", "it contains macros")
_PATHS = ArchiveFault("条目路径不安全", "an entry's path is unsafe")
OTHER_KIND = ArchiveFault("内部结构与扩展名不符", "its inside is not what its extension says")
_HIDDEN = ArchiveFault("文件末尾附带了压缩包", "a packed archive is hidden behind its end")


def archive_fault(file: BinaryIO, needs: frozenset[str], limits: ArchiveLimits) -> ArchiveFault | None:
    """What speaks against a packed document that must hold the entries `needs`."""
    end = _end_of(file)
    if end is None:
        return _BROKEN
    # zipfile builds an object for every entry it finds, so the directory's size is judged before it is read.
    if end.zip64 or end.directory_size > limits.entries * _DIRECTORY_ENTRY:
        return _TOO_MANY
    try:
        with zipfile.ZipFile(file) as archive:
            return _entry_fault(archive.infolist(), needs, limits)
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
        return _BROKEN


def hidden_archive(file: BinaryIO) -> ArchiveFault | None:
    """Whether a picture or PDF ends in an archive that another program would open (GIFAR and its kin)."""
    return _HIDDEN if _end_of(file) else None


def _entry_fault(
    entries: list[zipfile.ZipInfo], needs: frozenset[str], limits: ArchiveLimits
) -> ArchiveFault | None:
    names = [entry.filename for entry in entries]
    checks = (
        (len(entries) > limits.entries, _TOO_MANY),
        (sum(entry.file_size for entry in entries) > limits.unpacked, _TOO_BIG),
        (any(entry.flag_bits & 0x1 for entry in entries), _ENCRYPTED),
        (any(_leaves(name) for name in names), _PATHS),
        (len(set(names)) != len(names), _BROKEN),
        (any(name.casefold().endswith("vbaproject.bin") for name in names), _MACROS),
        (not needs <= set(names), OTHER_KIND),
    )
    return next((fault for bad, fault in checks if bad), None)


def _leaves(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/")


def _end_of(file: BinaryIO) -> _End | None:
    """The end record whose comment reaches exactly to the file's end, as programs that open one want it."""
    size = file.seek(0, 2)
    start = file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(_END)
    while at >= 0:
        if at + _END_SIZE <= len(tail):
            directory_size, _, comment = struct.unpack_from("<LLH", tail, at + 12)
            if start + at + _END_SIZE + comment == size:
                zip64 = tail[max(0, at - 20) : at].startswith(b"PK\x06\x07")
                return _End(start + at, directory_size, zip64)
        at = tail.rfind(_END, 0, at)
    return None
