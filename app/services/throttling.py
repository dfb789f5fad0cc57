"""Limits on what anybody may do: counted by a salted name that changes every day, never by an address (C38, C39)."""

import hmac
from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.db.tables.system import Throttle
from app.domain.errors import Refusal
from app.services.context import Ctx, apart
from app.services.sealing import derived

WINDOW = timedelta(hours=1)


def count(ctx: Ctx, kind: str, source: str, limit: int) -> None:
    """Count one use by `source` (an address as the door saw it). Refuses `RATE_LIMITED` beyond `limit` an hour."""
    key = _key(ctx, kind, source)
    if not ctx.session.get_bind().get_execution_options().get("readonly"):
        _count(ctx, key, limit)
        return
    with apart(ctx) as aside:  # a read counts in a transaction of its own
        _count(aside, key, limit)


def held(ctx: Ctx, key: str) -> Throttle:
    """The counter of that name, locked until this transaction ends; made when it is not there."""
    insert = pg_insert if ctx.session.get_bind().dialect.name == "postgresql" else sqlite_insert
    fresh = insert(Throttle).values(key=key, failures=0, first_at=ctx.now)
    ctx.session.execute(fresh.on_conflict_do_nothing(index_elements=["key"]))
    return ctx.session.get_one(Throttle, key, with_for_update=True)


def _count(ctx: Ctx, key: str, limit: int) -> None:
    row = held(ctx, key)
    if ctx.now - row.first_at >= WINDOW:
        row.failures, row.first_at = 0, ctx.now
    if row.failures >= limit:
        left = row.first_at + WINDOW - ctx.now
        raise Refusal("RATE_LIMITED", retry_after=max(1, int(left.total_seconds())))
    row.failures += 1
    ctx.session.flush()


def _key(ctx: Ctx, kind: str, source: str) -> str:
    """Keyed and daily: the stored name cannot be turned back into an address, nor followed to the next day."""
    day = ctx.now.astimezone(ctx.zone).date().isoformat()
    name = hmac.digest(derived(ctx.settings, f"throttle {kind} {day}".encode()), source.encode(), "sha256")
    return f"{kind}:{name.hex()[:40]}"
