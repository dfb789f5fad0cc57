"""Files that a municipal system sends ahead, known by their content, for its pushes to refer to (decisions 16).

A file is sent once and referred to by any number of pushes of the same source; nobody else can refer to it, so that
knowing a file's SHA-256 gives nobody the file.
"""

from typing import BinaryIO
from uuid import UUID

from app.db import source_files as rows
from app.db.tables.materials import Material, MaterialStatus, SourceFile
from app.db.tables.nominations import Nomination, RecordedVia
from app.domain.errors import Refusal
from app.domain.ids import new_id
from app.domain.nomination import Stage
from app.services import audit, materials, placed_objects
from app.services.context import Ctx
from app.services.inputs.materials import MaterialUpload
from app.services.inputs.pushes import MaterialReference
from app.storage.content import TYPES, examine
from app.storage.names import safe_name

Held = dict[tuple[str, str], Material]
"""The files of a case that count, by kind and SHA-256."""


def shown(ctx: Ctx, source: str, sha256: str) -> SourceFile:
    """A file of one's own source. Needs `nomination:push`; refuses `NOT_FOUND`."""
    _own(ctx, source)
    found = rows.one(ctx.session, source, sha256)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def add(ctx: Ctx, source: str, file: BinaryIO, file_name: str) -> SourceFile:
    """Keep a file for later pushes; the same content again is the same file.

    Needs `nomination:push` under one's own source. Refuses `FILE_TYPE_NOT_ALLOWED`, `FILE_UNSAFE`, `FILE_TOO_LARGE`,
    `STORAGE_UNAVAILABLE`.
    """
    _own(ctx, source)
    media_type = examine(file, file_name, frozenset(TYPES)).media_type
    received = ctx.store.put_stream(new_id().hex, materials.chunks(file), ctx.settings.max_upload_bytes)
    try:
        known = rows.one(ctx.session, source, received.sha256, ctx.actor.client_id)
        stored = placed_objects.place(ctx, received)
    except BaseException:
        materials.dropped(ctx, received)
        raise
    if known is not None:
        return known
    row = SourceFile(
        **audit.stamp(ctx),
        source=source,
        sha256=stored.sha256,
        object_key=stored.key,
        size_bytes=stored.size,
        media_type=media_type,
        file_name=safe_name(file_name),
    )
    ctx.session.add(row)
    audit.note(
        ctx,
        "source_file.received",
        row,
        path=ctx.actor.client_path,
        summary={"source": source, "sha256": row.sha256, "size_bytes": row.size_bytes},
    )
    return row


def held(ctx: Ctx, nomination_id: UUID) -> Held:
    """What the case has now."""
    found = rows.current(ctx.session, nomination_id)
    return {(one.kind.value, one.sha256): one for one in found}


def attach(ctx: Ctx, nomination: Nomination, body: MaterialReference, now: Held) -> None:
    """One file that a push refers to becomes the case's, or the next version of one; refuses `SOURCE_FILE_MISSING`."""
    if (body.kind.value, body.sha256) in now:
        return
    file = rows.one(ctx.session, nomination.source or "", body.sha256)
    if file is None:
        raise Refusal("SOURCE_FILE_MISSING", "/sha256", sha256=body.sha256)
    replaced = replaced_by(body, now)
    upload = MaterialUpload(
        kind=body.kind,
        caption=body.caption,
        criterion=body.criterion,
        replaces_id=replaced.id if replaced else None,
    )
    row = materials.refer(ctx, nomination.id, upload, file)
    now[body.kind.value, body.sha256] = row


def replaced_by(body: MaterialReference, now: Held) -> Material | None:
    """The file in whose place this one comes: the one it names, or the only one its kind may have."""
    if body.replaces:
        found = now.get((body.kind.value, body.replaces))
        if found is None:
            raise Refusal("MATERIAL_NOT_CURRENT", "/replaces")
        return found
    alone = body.kind in materials.SINGLE
    return next((one for (kind, _), one in now.items() if alone and kind == body.kind), None)


def take_out(ctx: Ctx, nomination: Nomination, listed: set[tuple[str, str]], now: Held) -> None:
    """What an earlier push brought into a draft and this one leaves out; people's own files stay."""
    if nomination.stage is not Stage.DRAFT:
        return
    for key, row in now.items():
        mine = row.recorded_via is RecordedVia.PUSH and row.status is MaterialStatus.VERIFIED
        if mine and key not in listed:
            materials.remove(ctx, row.id, None)


def _own(ctx: Ctx, source: str) -> None:
    ctx.actor.require_anywhere("nomination:push")
    if source != ctx.actor.source:
        raise Refusal("NOT_FOUND")
