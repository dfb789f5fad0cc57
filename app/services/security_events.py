"""Reading the security log: sign-ins that failed, acts that were denied, tokens; never a password, never an address (C36).

It belongs to the installation and to no unit, so it is read at the top only.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.db import security_events as rows
from app.db.security_events import Wanted
from app.db.tables.system import SecurityEvent
from app.services import organizations
from app.services.context import Ctx

__all__ = ["KINDS", "Wanted", "listed", "names"]

KINDS = (
    "sign_in.failed",
    "sign_in.locked",
    "sign_in.succeeded",
    "sign_out",
    "act.denied",
    "token.issued",
    "token.refused",
    "token.locked",
    "token.revoked",
)
"""What the log may hold."""


def listed(ctx: Ctx, wanted: Wanted, *, after: str = "", limit: int = 50) -> list[SecurityEvent]:
    """What happened, newest first. Needs `security:read` at the top; refuses `PERMISSION_MISSING`."""
    ctx.actor.require_anywhere("security:read")
    organizations.for_all(ctx, "security:read")
    return rows.listed(ctx.session, wanted, UUID(after) if after else None, limit)


def names(ctx: Ctx, found: Iterable[SecurityEvent]) -> Mapping[str, str]:
    """Who is behind the keys of these entries."""
    return rows.names(ctx.session, {row.actor for row in found})
