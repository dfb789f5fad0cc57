"""Office files are ZIP archives; the hour at which one was packed is taken out, so that the same content is the same bytes."""

import io
import zipfile

_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say


def stable(packed: bytes) -> bytes:
    """The archive again, every member dated alike."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(member(name), old.read(name))
    return made.getvalue()


def member(name: str) -> zipfile.ZipInfo:
    """A member's heading without a time of its own."""
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
