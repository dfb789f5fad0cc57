"""Limits on what anybody may do: counted by a salted name that changes every day, never by an address (C38, C39)."""

import hmac
from datetime import timedelta

from sqlmodel import Session

from app.db.tables.system import Throttle
from app.domain.errors import Refusal
from app.services.context import Ctx
from app.services.sealing import derived

WINDOW = timedelta(hours=1)


def count(ctx: Ctx, kind: str, source: str, limit: int) -> None:
    """Count one use by `source` (an address as the door saw it). Refuses `RATE_LIMITED` beyond `limit` an hour."""
    key = _key(ctx, kind, source)
    bind = ctx.session.get_bind()
    if not bind.get_execution_options().get("readonly"):
        _count(ctx, ctx.session, key, limit)
        return
    with Session(
        bind.execution_options(readonly=False)
    ) as apart:  # a read counts in a transaction of its own
        _count(ctx, apart, key, limit)
        apart.commit()


def _count(ctx: Ctx, session: Session, key: str, limit: int) -> None:
    row = session.get(Throttle, key, with_for_update=True)
    if row is None:
        row = Throttle(key=key, failures=0, first_at=ctx.now)
    elif ctx.now - row.first_at >= WINDOW:
        row.failures, row.first_at = 0, ctx.now
    if row.failures >= limit:
        left = row.first_at + WINDOW - ctx.now
        raise Refusal("RATE_LIMITED", retry_after=max(1, int(left.total_seconds())))
    row.failures += 1
    session.add(row)
    session.flush()


def _key(ctx: Ctx, kind: str, source: str) -> str:
    """Keyed and daily: the stored name cannot be turned back into an address, nor followed to the next day."""
    day = ctx.now.astimezone(ctx.zone).date().isoformat()
    name = hmac.digest(derived(ctx.settings, f"throttle {kind} {day}".encode()), source.encode(), "sha256")
    return f"{kind}:{name.hex()[:40]}"
