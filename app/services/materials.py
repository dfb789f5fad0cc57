"""Files of a case: checked for what they are, kept under their SHA-256, replaced by versions (I-22, E-19, C27).

A file is examined and streamed to the store before the case is locked, and placed only when nothing speaks against
it; when the store is down or the act is refused, nothing of it is left.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO
from uuid import UUID

from app.db import case_papers as rows
from app.db.tables.materials import Material, MaterialKind, MaterialStatus, SourceFile
from app.db.tables.nominations import Nomination, RecordedVia
from app.domain.errors import Reason, Refusal, refuse
from app.domain.ids import new_id
from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.domain.words import both
from app.services import audit, case_papers, nomination_voices, nominations, placed_objects
from app.services.context import Ctx, check_version
from app.services.inputs.materials import MaterialUpload
from app.storage.content import DOCUMENTS, TYPES, examine
from app.storage.names import safe_name
from app.storage.store import CHUNK, Content, Received, incoming_key

_TEXTS = frozenset({"pdf", "docx", "ofd"})
_PICTURES = frozenset({"jpg", "jpeg", "png"})
TAKEN = {
    MaterialKind.MERIT_WRITEUP: _TEXTS,
    MaterialKind.MINISTRY_WRITEUP: _TEXTS,
    MaterialKind.MINISTRY_VIDEO: frozenset({"mp4"}),
    MaterialKind.PHOTO: _PICTURES,
    MaterialKind.EVIDENCE: DOCUMENTS,
    MaterialKind.SCAN: _PICTURES | {"pdf", "ofd"},
}
"""File types of each kind, by their extension; the content has to agree with it."""

SINGLE = frozenset({MaterialKind.MERIT_WRITEUP, MaterialKind.MINISTRY_WRITEUP, MaterialKind.MINISTRY_VIDEO})

_MINISTRY = (Stage.DETERMINED, Stage.AWARDED)
_ON_ITS_WAY = (Stage.SUBMITTED, Stage.CLEARED, Stage.AT_NOTICE, Stage.RECOMMENDED)
LATER = {
    MaterialKind.SCAN: (*_ON_ITS_WAY, *_MINISTRY),  # each level scans what it has sealed
    MaterialKind.MINISTRY_WRITEUP: _MINISTRY,
    MaterialKind.MINISTRY_VIDEO: _MINISTRY,
}
"""Kinds that come after the case was submitted, and when."""


def listed(ctx: Ctx, nomination_id: UUID, *, after: str = "", limit: int = 50) -> list[Material]:
    """Every version of every file, oldest first, removed and superseded ones too. Needs `material:read`."""
    nominations.readable(ctx, nomination_id, "material:read")
    return rows.listed(ctx.session, Material, nomination_id, UUID(after) if after else None, limit)


def shown(ctx: Ctx, material_id: UUID) -> Material:
    """What is known of a file. Needs `material:read`."""
    found = ctx.session.get(Material, material_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    nominations.readable(ctx, found.nomination_id, "material:read")
    return found


def opened(ctx: Ctx, material_id: UUID) -> tuple[Material, Content]:
    """The file to be read; an earlier version stays readable. Refuses `MATERIAL_REMOVED`, `STORAGE_UNAVAILABLE`."""
    found = shown(ctx, material_id)
    if found.status is MaterialStatus.REMOVED:
        raise Refusal("MATERIAL_REMOVED")
    try:
        return found, ctx.store.open_read(found.object_key)
    except Refusal as refusal:  # a row whose object is missing is a fault of the store, not of the caller
        raise Refusal("STORAGE_UNAVAILABLE") from refusal


def add(
    ctx: Ctx,
    nomination_id: UUID,
    body: MaterialUpload,
    file: BinaryIO,
    file_name: str,
    via: RecordedVia = RecordedVia.PAGE,
) -> Material:
    """Take a file in, or a new version of one; the version before is kept (I-22).

    Needs `material:write`. The unit's own files are open in a draft and where a return has opened them.
    Refuses `FILE_TYPE_NOT_ALLOWED`, `FILE_UNSAFE`, `FILE_TOO_LARGE`, `STORAGE_UNAVAILABLE`, `MATERIAL_KIND_TAKEN`,
    `MATERIAL_NOT_CURRENT`, `CRITERION_UNKNOWN`, and what `nominations.for_writing` refuses.
    """
    _open_for(ctx, nominations.readable(ctx, nomination_id, "material:write"), body.kind)
    media_type = examine(file, file_name, TAKEN[body.kind]).media_type
    received = ctx.store.put_stream(new_id().hex, chunks(file), ctx.settings.max_upload_bytes)
    try:
        nomination, replaced = _place_of(ctx, nomination_id, body)
        stored = placed_objects.place(ctx, received)
    except BaseException:
        dropped(ctx, received)
        raise
    kept = {"object_key": stored.key, "sha256": stored.sha256, "size_bytes": stored.size}
    kept |= {"file_name": safe_name(file_name), "media_type": media_type, "recorded_via": via}
    return _put(ctx, nomination, body, replaced, kept)


def refer(ctx: Ctx, nomination_id: UUID, body: MaterialUpload, file: SourceFile) -> Material:
    """Take in a file that the city's system sent ahead; refuses what `add` refuses of it."""
    if file.media_type not in {TYPES[ending].media_type for ending in TAKEN[body.kind]}:
        raise Refusal("FILE_TYPE_NOT_ALLOWED", "/kind", allowed=", ".join(sorted(TAKEN[body.kind])))
    nomination, replaced = _place_of(ctx, nomination_id, body)
    same = ("object_key", "sha256", "size_bytes", "file_name", "media_type")
    kept = {name: getattr(file, name) for name in same} | {"recorded_via": RecordedVia.PUSH}
    return _put(ctx, nomination, body, replaced, kept)


def remove(ctx: Ctx, material_id: UUID, version: int | None) -> Material:
    """Take a file out before the case is submitted; that it was there stays on record. Refuses `NOT_EDITABLE_IN_STATE`."""
    row = ctx.session.get(Material, material_id)
    if row is None:
        raise Refusal("NOT_FOUND")
    part = NominationPart.MATERIALS
    nomination = nominations.for_writing(ctx, row.nomination_id, "material:write", part)
    ctx.session.refresh(row)
    check_version(row.row_version, version)
    if nomination.stage is not Stage.DRAFT:
        raise Refusal("NOT_EDITABLE_IN_STATE", **both("stage", "nomination_stage", nomination.stage))
    if row.status is not MaterialStatus.VERIFIED:
        raise Refusal("MATERIAL_NOT_CURRENT")
    before = row.model_dump(mode="json")
    row.status = MaterialStatus.REMOVED
    audit.touch(ctx, row)
    nominations.written(ctx, nomination)
    case_papers.noted(ctx, "material.removed", row, nomination, before, **_summary(row))
    return row


def _open_for(ctx: Ctx, nomination: Nomination, kind: MaterialKind) -> bool:
    """Refuse what cannot be taken before anything of the file is kept; whether the kind comes after submission."""
    later = kind in LATER and (kind is not MaterialKind.SCAN or nomination.stage in LATER[kind])
    if later:
        refuse(case_papers.elsewhere(nomination, LATER[kind]))
        if not nomination_voices.voices(ctx, nomination, "material:write", as_unit=True):
            raise Refusal("NOT_YOUR_LEVEL", **case_papers.level_names(nomination.level))
    return later


def _place_of(ctx: Ctx, nomination_id: UUID, body: MaterialUpload) -> tuple[Nomination, Material | None]:
    """The case, locked and open for this file, and the version it takes the place of."""
    nomination = _locked(ctx, nomination_id, body.kind)
    refuse(_criterion(ctx, nomination, body))
    return nomination, _replaced(ctx, nomination, body)


def _locked(ctx: Ctx, nomination_id: UUID, kind: MaterialKind) -> Nomination:
    """The case, locked and open for this kind; what its unit hands in is its unit's writing."""
    nomination = nominations.for_change(ctx, nomination_id, "material:write")
    if not _open_for(ctx, nomination, kind):
        nominations.for_writing(ctx, nomination_id, "material:write", NominationPart.MATERIALS)
        nominations.written(ctx, nomination)
    return nomination


def _criterion(ctx: Ctx, nomination: Nomination, body: MaterialUpload) -> list[Reason]:
    known = {one.code for one in case_papers.rules_of(ctx, nomination).rubric.criteria}
    unknown = bool(body.criterion) and body.criterion not in known
    return [Reason("CRITERION_UNKNOWN", "/criterion", {"criterion": body.criterion})] if unknown else []


def _replaced(ctx: Ctx, nomination: Nomination, body: MaterialUpload) -> Material | None:
    """The version this one takes the place of."""
    current = rows.current_materials(ctx.session, nomination.id, body.kind)
    if body.replaces_id is None:
        if body.kind in SINGLE and current:
            raise Refusal("MATERIAL_KIND_TAKEN", "/kind")
        return None
    found = next((one for one in current if one.id == body.replaces_id), None)
    if found is None:
        raise Refusal("MATERIAL_NOT_CURRENT", "/replaces_id")
    return found


def _put(
    ctx: Ctx, nomination: Nomination, body: MaterialUpload, replaced: Material | None, kept: dict[str, Any]
) -> Material:
    """The row that names the stored file, and its entry."""
    if replaced:
        replaced.status = MaterialStatus.SUPERSEDED
        audit.touch(ctx, replaced)
    row = Material(
        **audit.stamp(ctx),
        nomination_id=nomination.id,
        kind=body.kind,
        version=replaced.version + 1 if replaced else 1,
        replaces_id=body.replaces_id,
        criterion_code=body.criterion,
        caption=body.caption,
        **kept,
    )
    ctx.session.add(row)
    case_papers.noted(ctx, "material.added", row, nomination, **_summary(row))
    return row


def dropped(ctx: Ctx, received: Received) -> None:
    """Nothing half done is left; a store that is down keeps it for the sweeper."""
    with suppress(Refusal):
        ctx.store.delete(incoming_key(received.upload_id))


def chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def _summary(row: Material) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "version": row.version,
        "sha256": row.sha256,
        "size_bytes": row.size_bytes,
    }
