"""Guessing is counted before the guess is looked at, so that no rush of guesses outruns the count (decisions 20, C4).

Counters are shared by all replicas and written in a transaction of their own. An account locks for whoever guesses at
it, not for the browser its owner signed in with before; an address locks for everybody behind it.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.db.tables.system import Throttle
from app.domain.errors import Refusal
from app.services import audit
from app.services.context import Ctx, apart
from app.services.sealing import derived
from app.services.throttling import held


@dataclass(frozen=True)
class Counter:
    """Something that may fail `limit` times before it is locked."""

    key: str
    limit: int


def named(ctx: Ctx, kind: str, value: str, limit: int) -> Counter:
    """A counter under a keyed name, which tells neither account nor address."""
    return Counter(f"{kind}:{digest(ctx, kind, value)}", limit)


def account(ctx: Ctx, username: str) -> Counter:
    """The counter of an account, for whoever is not known to be its owner."""
    return named(ctx, "account", username, ctx.settings.lockout_failures)


def digest(ctx: Ctx, kind: str, value: str) -> str:
    """A name for a value that cannot be turned back without the secret key."""
    return hmac.digest(derived(ctx.settings, f"lockout {kind}".encode()), value.encode(), "sha256").hex()[:40]


def take(
    ctx: Ctx, counters: Sequence[Counter], kind: str, address: str, refused: str = "SIGN_IN_LOCKED"
) -> None:
    """Count an attempt before it is made. Refuses `refused` while one is locked, and says so in the security log."""
    with apart(ctx) as aside:
        rows = _rows(aside, counters)
        until = max((row.locked_until for row in rows if row.locked_until), default=None)
        if until:
            audit.security(aside, f"{kind}.locked", "public", address=address)
        else:
            for row, counter in zip(rows, _sorted(counters), strict=True):
                _count(aside, row, counter.limit)
    if until:
        left = max(1, int((until - ctx.now).total_seconds()))
        raise Refusal(refused, retry_after=left, minutes=(left + 59) // 60)


def forgive(ctx: Ctx, cleared: Counter, shared: Counter) -> None:
    """The attempt was right: the account's failures are forgotten, the address only gets this one attempt back."""
    clear(ctx, cleared)
    give_back(ctx, shared)


def give_back(ctx: Ctx, counter: Counter) -> None:
    """The attempt was right: it does not count against the others that share the counter."""
    row = held(ctx, counter.key)
    row.failures = max(0, row.failures - 1)
    if row.failures < counter.limit:
        row.locked_until = None


def clear(ctx: Ctx, counter: Counter) -> None:
    """Forget every failure."""
    row = held(ctx, counter.key)
    row.failures, row.locked_until = 0, None


def _rows(ctx: Ctx, counters: Sequence[Counter]) -> list[Throttle]:
    """The counters' rows, always locked in one order, and set back when their window is over."""
    rows = [held(ctx, counter.key) for counter in _sorted(counters)]
    window = timedelta(minutes=ctx.settings.lockout_minutes)
    for row in rows:
        if _is_over(row, ctx.now, window):
            row.failures, row.first_at, row.locked_until = 0, ctx.now, None
    return rows


def _is_over(row: Throttle, now: datetime, window: timedelta) -> bool:
    return row.locked_until <= now if row.locked_until else now - row.first_at >= window


def _count(ctx: Ctx, row: Throttle, limit: int) -> None:
    row.failures += 1
    if row.failures >= limit:
        row.locked_until = ctx.now + timedelta(minutes=ctx.settings.lockout_minutes)


def _sorted(counters: Sequence[Counter]) -> list[Counter]:
    return sorted(counters, key=lambda counter: counter.key)
