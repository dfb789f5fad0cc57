"""The entry every change leaves, and the event other systems hear, in the change's own transaction (I-18)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from app.db import record
from app.db.tables.base import Row
from app.db.tables.system import SecurityEvent
from app.domain.ids import new_id
from app.services.context import Ctx

DIGEST = "sha256"


def note(
    ctx: Ctx,
    action: str,
    row: Row,
    *,
    before: Mapping[str, Any] | None = None,
    campaign_id: UUID | None = None,
    path: str = "",
    summary: Mapping[str, Any] | None = None,
    effective_at: datetime | None = None,
) -> None:
    """Record that `action` (a dotted past fact, `notice.published`) happened to `row`, and tell the feed.

    `summary` is seen by auditors and integrators: no personal data, no free text of objections.
    Positions and the hash chain are the sequencer's work (decisions 19).
    """
    keep(ctx, action, row, before=before, campaign_id=campaign_id, path=path, summary=summary)
    told = {
        "id": new_id(),
        "type": action,
        "effective_at": effective_at or ctx.now,
        "entity_version": row.row_version,
        "data": dict(summary or {}),
    }
    record.news(ctx.session, _about(ctx, row, campaign_id, path) | told)


def keep(
    ctx: Ctx,
    action: str,
    row: Row,
    *,
    before: Mapping[str, Any] | None = None,
    campaign_id: UUID | None = None,
    path: str = "",
    summary: Mapping[str, Any] | None = None,
) -> None:
    """Record what is no news to anybody else (how far a source has counted): the entry without an event."""
    ctx.session.flush()
    done = {
        "id": new_id(),
        "action": action,
        "actor": ctx.actor.key,
        "on_behalf_of": ctx.actor.on_behalf_of,
        "request_id": ctx.request_id,
        "before_digest": digest(before) if before else "",
        "after_digest": digest(row.model_dump(mode="json")),
        "summary": dict(summary or {}),
    }
    record.entry(ctx.session, _about(ctx, row, campaign_id, path) | done)
    ctx.noted += 1


def _about(ctx: Ctx, row: Row, campaign_id: UUID | None, path: str) -> dict[str, Any]:
    return {
        "at": ctx.now,
        "entity": row.__class__.__name__,
        "entity_id": row.id,
        "campaign_id": campaign_id,
        "organization_path": path,
    }


def digest(value: Mapping[str, Any]) -> str:
    """`sha256:` and the digest of the canonical JSON; the algorithm travels with it (C49)."""
    return digest_of(canonical(value))


def digest_of(text: str) -> str:
    """The same of text that is canonical already."""
    return f"{DIGEST}:{hashlib.new(DIGEST, text.encode()).hexdigest()}"


def canonical(value: Mapping[str, Any]) -> str:
    """The one way to write this as JSON: keys in order, no spaces, UTF-8."""
    return _CANONICAL.encode(value)


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def security(ctx: Ctx, kind: str, actor: str, detail: str = "", address: str = "") -> None:
    """A row for the security log (sign-ins, denied acts), never with a secret; its transaction is the caller's to choose."""
    known = {"at": ctx.now, "kind": kind, "actor": actor, "detail": detail[:200], "address_digest": address}
    ctx.session.execute(insert(SecurityEvent).values(id=new_id(), **known))


def touch(ctx: Ctx, row: Row) -> None:
    """Raise the row's version and sign the change; call it once per row and operation."""
    if row.id in ctx.made:
        return
    if ctx.raised is None or row.id not in ctx.raised:
        row.row_version += 1
    if ctx.raised is not None:
        ctx.raised.add(row.id)
    row.updated_at = ctx.now
    row.updated_by = ctx.actor.key


def stamp(ctx: Ctx) -> dict[str, Any]:
    """Provenance of a new row: `Thing(**stamp(ctx), …)`."""
    return {
        "created_at": ctx.now,
        "created_by": ctx.actor.key,
        "updated_at": ctx.now,
        "updated_by": ctx.actor.key,
    }
