"""A retry gets the first answer again; only committed effects are kept (decisions 15).

The row is inserted at the start of the transaction it protects: a second copy of the same call waits at
the unique key until the first has committed, then replays; after the lock timeout it is told to come back.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import col, select

from app.db.tables.base import core
from app.db.tables.system import IdempotencyKey
from app.domain.errors import Refusal
from app.domain.ids import new_id
from app.services.context import Ctx

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEPT_HEADERS = frozenset({"content-type", "etag", "location", "cache-control", "hx-redirect"})


@dataclass(frozen=True)
class Claim:
    """The key is ours (`replay` is None) or was used before (body, status, headers)."""

    id: UUID
    replay: tuple[bytes, int, dict[str, str]] | None = None


def claim(ctx: Ctx, route: str, key: str, fingerprint: str) -> Claim:
    """Take the key for this transaction, or find the answer it already gave.

    Raises `IDEMPOTENCY_KEY_REUSED` when the key came with other content.
    """
    row_id, caller = new_id(), ctx.actor.key
    row = {
        "id": row_id,
        "caller": caller,
        "route": route,
        "key": key,
        "fingerprint": fingerprint,
        "created_at": ctx.now,
        "request_id": ctx.request_id,
        "headers": {},
    }
    connection = ctx.session.connection()
    # The row count is not told on PostgreSQL; the returned key is.
    if connection.execute(_TAKE[connection.dialect.name], row).first() is not None:
        return Claim(row_id)
    found = ctx.session.exec(
        select(IdempotencyKey).where(
            col(IdempotencyKey.caller) == caller,
            col(IdempotencyKey.route) == route,
            col(IdempotencyKey.key) == key,
        )
    ).one()
    return _replayed(found, fingerprint)


def keep(ctx: Ctx, held: Claim, status: int, headers: dict[str, str], body: bytes) -> None:
    """Store the answer beside its effect; an answer that shows a secret once is never stored."""
    kept = {k: v for k, v in headers.items() if k.lower() in KEPT_HEADERS}
    stored = None if ctx.secret_answer else body
    answer = {"row": held.id, "status": status, "headers": kept, "body": stored}
    ctx.session.connection().execute(_KEEP, answer)


_TABLE = core(IdempotencyKey)
_ONCE = ["caller", "route", "key"]
_TAKE = {
    "postgresql": pg_insert(_TABLE).on_conflict_do_nothing(index_elements=_ONCE).returning(_TABLE.c.id),
    "sqlite": sqlite_insert(_TABLE).on_conflict_do_nothing(index_elements=_ONCE).returning(_TABLE.c.id),
}
_KEEP = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row"))
    .values({name: bindparam(name) for name in ("status", "headers", "body")})
)


def _replayed(found: IdempotencyKey, fingerprint: str) -> Claim:
    if found.fingerprint != fingerprint:
        raise Refusal("IDEMPOTENCY_KEY_REUSED")
    if found.body is None or found.status is None:
        raise Refusal("SECRET_SHOWN_ONCE")
    headers = {**found.headers, "Idempotency-Original-Request-Id": found.request_id}
    return Claim(found.id, (found.body, found.status, headers))
