"""Names of uploaded files: shown and offered for download, never used as a path."""

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

_LONGEST = 120  # characters
_BYTES = 240  # in UTF-8; most file systems stop at 255
# Windows opens devices under these names, whatever the extension.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_NOT_IN_NAMES = set('<>:"|?*')


def safe_name(raw: str) -> str:
    """A name harmless on every desk: no path, no control or direction-changing character, not too long.

    The extension stays the one the name really ends with: a name written backwards shows itself as an `.exe`.
    """
    last = raw.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in last if c not in _NOT_IN_NAMES and not _invisible(c))
    kept = " ".join(unicodedata.normalize("NFC", visible).split()).strip(". ")
    stem, suffix = _halves(kept)
    if stem.split(".")[0].casefold() in _DEVICES or not stem:
        stem = f"file-{stem}".rstrip("-")
    return _shortened(stem, suffix)


def extension(name: str) -> str:
    """The last extension, in lower case and without the dot; empty when there is none."""
    return _halves(safe_name(name))[1].removeprefix(".").casefold()


def disposition(name: str) -> str:
    """A Content-Disposition that saves the file under its Chinese name (RFC 6266, RFC 8187)."""
    safe = safe_name(name)
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def _invisible(character: str) -> bool:
    """Controls, format characters (direction overrides, zero width), surrogates, line separators."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _halves(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix
    return (name[: -len(suffix)], suffix) if suffix else (name, "")


def _shortened(stem: str, suffix: str) -> str:
    suffix = suffix[:12]
    stem = stem[: _LONGEST - len(suffix)]
    while len(f"{stem}{suffix}".encode()) > _BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + suffix
