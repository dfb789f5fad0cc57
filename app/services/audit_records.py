"""Reading the audit record: who did what to which thing, within the auditor's own area; digests, never values (R-046, I-18)."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from app.db import audit_records as rows
from app.db import security_events as log
from app.db.audit_records import Area, Link, Wanted
from app.db.tables.campaigns import Campaign
from app.db.tables.system import AuditEvent
from app.domain.errors import Refusal
from app.services.context import Ctx

__all__ = ["Link", "Wanted", "by_name", "campaigns", "head", "linked", "listed", "names", "shown"]


def listed(ctx: Ctx, wanted: Wanted, *, after: str = "", limit: int = 50) -> list[AuditEvent]:
    """The records, newest first. Needs `audit:read`."""
    return rows.listed(ctx.session, _areas(ctx), wanted, UUID(after) if after else None, limit)


def shown(ctx: Ctx, record_id: UUID) -> AuditEvent:
    """One record. Needs `audit:read`; refuses `NOT_FOUND` outside the caller's area."""
    found = rows.one(ctx.session, record_id, _areas(ctx))
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def linked(ctx: Ctx, campaign_id: UUID, *, after: int = 0, limit: int = 50) -> list[Link]:
    """A campaign's entries in the order of the chain, each with the link before it. Needs `audit:export`."""
    ctx.actor.require_anywhere("audit:export", campaign_id)
    return rows.linked(ctx.session, _areas(ctx), campaign_id, after, limit)


def head(ctx: Ctx) -> tuple[int, str]:
    """Position and link of the newest numbered entry: it names no act, so that anybody may keep it."""
    return rows.head(ctx.session)


def names(ctx: Ctx, found: Iterable[AuditEvent]) -> Mapping[str, str]:
    """Who is behind the keys of these records."""
    return log.names(ctx.session, {row.actor for row in found})


def by_name(ctx: Ctx, words: str) -> Collection[str] | None:
    """The keys a search for a name means; everybody when there are no words."""
    return log.keys_of(ctx.session, words) if words else None


def campaigns(ctx: Ctx) -> list[Campaign]:
    """The campaigns a search may be narrowed to, newest first."""
    ctx.actor.require_anywhere("audit:read")
    return rows.campaigns(ctx.session)


def _areas(ctx: Ctx) -> list[Area]:
    """What belongs to no unit (accounts, calendar) is read by those alone who were appointed at the very top."""
    ctx.actor.require_anywhere("audit:read")
    top = rows.roots(ctx.session)
    return [("" if path in top else path, campaign_id) for path, campaign_id in ctx.actor.areas("audit:read")]
