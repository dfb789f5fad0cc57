"""Nominations: who may read or change one. Everything that concerns a case starts here (R-024, R-048)."""

from uuid import UUID

from app.db import nominations as rows
from app.db.tables.nominations import Nomination
from app.domain.errors import Refusal
from app.services.context import Ctx, check_version


def readable(ctx: Ctx, nomination_id: UUID, permission: str = "nomination:read") -> Nomination:
    """The nomination for someone who may read it. Refuses `NOT_FOUND` outside the caller's area."""
    found = ctx.session.get(Nomination, nomination_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require(permission, found.sponsor_path, found.campaign_id)
    return found


def for_change(ctx: Ctx, nomination_id: UUID, permission: str, version: int | None = None) -> Nomination:
    """The nomination locked for a change. Refuses `NOT_FOUND`, `PERMISSION_MISSING`, `VERSION_CONFLICT`."""
    found = rows.locked(ctx.session, nomination_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require(permission, found.sponsor_path, found.campaign_id)
    check_version(found.row_version, version)
    return found
