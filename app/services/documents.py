"""Papers of the selection as files: how one is finished, dated, and named (R-034, R-028).

A paper says nothing of the hour it was printed, so that the same content gives the same bytes and the same ETag.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from app.services.context import Ctx

PaperFormat = Literal["pdf", "docx", "xlsx"]

MEDIA: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DRAFT = "草稿 DRAFT"


@dataclass(frozen=True)
class Finished:
    """A finished file, to be saved under its Chinese name."""

    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def etag(self) -> str:
        """A strong tag of the content itself."""
        return f'"{self.sha256[:32]}"'


def finished(title: str, of: str, form: str, data: bytes) -> Finished:
    """The file of a paper: `呈报审批表 西湖大厅.pdf`."""
    return Finished(f"{title} {of}.{form}".replace("/", "／"), MEDIA[form], data)


def written_day(value: date | None) -> str:
    """A date as official papers write it: 2026年9月21日; empty where there is none."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def local_day(ctx: Ctx, at: datetime | None) -> str:
    """The date of an instant where the campaign is."""
    return written_day(at.astimezone(ctx.zone).date()) if at else ""
