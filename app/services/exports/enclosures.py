"""The files of cases inside a campaign's archive, a folder a case: each is compared with its digest while it is copied.

A file waits on disk until its digest is known, so that nothing enters the archive that is not what was handed in, and no
file is ever held in memory. A store that is down stops the archive; one that lost a file does not.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from typing import IO, BinaryIO, cast
from uuid import UUID

from app.db import exports as rows
from app.db.exports import PaperRow
from app.db.tables.materials import Material, MaterialStatus
from app.domain.errors import Refusal
from app.domain.ids import shown
from app.services import recusals
from app.services.context import Ctx
from app.services.exports.packing import Packing
from app.services.exports.shapes import last, paged

FOLDER = "files"
_TITLE = ("附件材料", "Files")
_NOT_ASKED = ("导出时选择不含附件", "the archive was asked for without files")
_NOT_PERMITTED = ("没有查阅附件材料的权限（material:read）", "you may not read files (material:read)")
_REMOVED = ("提交前已由填报单位移除", "taken out by its unit before the case was submitted")
_LOST = (
    "存储中找不到该文件，请系统管理员从备份恢复",
    "the store does not have it; the administrator restores it from the backup",
)
_ALTERED = (
    "存储中的文件与登记的摘要不符，请系统管理员查明并从备份恢复",
    "what the store has is not what was handed in; the administrator finds out why and restores it from the backup",
)


def enclose(ctx: Ctx, packing: Packing, campaign_id: UUID, *, wanted: bool) -> None:
    """Every version of every file of the cases the caller may see; what is not in is named with the reason.

    Refuses `STORAGE_UNAVAILABLE` when the store is down.
    """
    if not (wanted and ctx.actor.holds("material:read", campaign_id)):
        packing.leave_out(FOLDER, _TITLE, packing.said(_NOT_PERMITTED if wanted else _NOT_ASKED))
        return
    for row in _files(ctx, campaign_id):
        why = _REMOVED if row.paper.status is MaterialStatus.REMOVED else _enclosed(ctx, packing, row)
        if why:
            packing.leave_out(FOLDER, _TITLE, packing.said(why), **_about(row))


def _files(ctx: Ctx, campaign_id: UUID) -> Iterator[PaperRow[Material]]:
    paths = ctx.actor.paths("material:read", campaign_id)
    seen = rows.Seen(campaign_id, paths, recusals.hidden_everywhere(ctx))
    return paged(
        lambda after, n: rows.papers(ctx.session, Material, seen, last(after), n),
        lambda row: row.paper.id.hex,
    )


def _enclosed(ctx: Ctx, packing: Packing, row: PaperRow[Material]) -> tuple[str, str] | None:
    """Put the file in; or why not."""
    with tempfile.TemporaryFile() as waiting:
        digest = _fetched(ctx, row.paper.object_key, waiting)
        if digest != row.paper.sha256:
            return _ALTERED if digest else _LOST
        waiting.seek(0)
        packing.put(_path(row), cast(BinaryIO, waiting), shrink=False, **_about(row))
    return None


def _fetched(ctx: Ctx, key: str, into: IO[bytes]) -> str:
    """The digest of what the store gave; empty where it has nothing."""
    try:
        content = ctx.store.open_read(key)
    except Refusal as refusal:
        if refusal.code != "NOT_FOUND":
            raise
        return ""
    digest = hashlib.sha256()
    for chunk in content:
        digest.update(chunk)
        into.write(chunk)
    return digest.hexdigest()


def _path(row: PaperRow[Material]) -> str:
    """A folder a case; the identifier keeps two files of one name apart."""
    paper = row.paper
    return f"{FOLDER}/{shown('nom', row.nomination.id)}/{shown('mat', paper.id)}-{paper.file_name}"


def _about(row: PaperRow[Material]) -> dict[str, object]:
    paper = row.paper
    return {
        "nomination_id": shown("nom", row.nomination.id),
        "window": row.window.name,
        "material_id": shown("mat", paper.id),
        "kind": paper.kind.value,
        "version": paper.version,
        "status": paper.status.value,
        "recorded_sha256": paper.sha256,
    }
