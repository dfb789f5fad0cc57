"""Short-lived tokens: of a client by its secret (RFC 6749, 4.4), given back before their time (RFC 7009); of a person.

A wrong secret counts against the address that sent it, never against the client: 256 bits are not guessed, but a
client could be locked out by whoever knows its name.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.db import clients as client_rows
from app.db import people as rows
from app.db.clients import ClientRow
from app.db.tables.people import AccessToken
from app.domain.errors import Refusal
from app.domain.ids import parsed
from app.services import audit, clients, identity, lockouts
from app.services.context import Ctx, apart
from app.services.inputs.clients import ClientProof, TokenRequest, TokenRevocation

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Issued:
    """A token, told once, and what it is good for."""

    token: str
    seconds: int
    scopes: list[str]


def issue(ctx: Ctx, body: TokenRequest, address: str) -> Issued:
    """A token for the client's own organisation. Refuses `CLIENT_UNKNOWN`, `GRANT_UNSUPPORTED`, `SCOPE_NOT_GRANTED`."""
    if body.grant_type != "client_credentials":
        raise Refusal("GRANT_UNSUPPORTED")
    row = _proved(ctx, body, address)
    scopes = _scopes(row, body.scope)
    token, lasts = clients.fresh(ctx.settings), timedelta(minutes=ctx.settings.token_minutes)
    client_rows.forget_tokens(ctx.session, row.client.id, ctx.now - KEPT)
    ctx.session.add(
        AccessToken(
            token_hash=identity.secret_hash(token),
            client_id=row.client.id,
            created_at=ctx.now,
            expires_at=ctx.now + lasts,
            scope=" ".join(scopes),
        )
    )
    audit.security(ctx, "token.issued", _key(row.client.id))
    return Issued(token, int(lasts.total_seconds()), scopes)


def give_back(ctx: Ctx, body: TokenRevocation, address: str) -> None:
    """End a token of one's own; one that is unknown, over or somebody else's is passed over in silence."""
    row = _proved(ctx, body, address)
    token = rows.token(ctx.session, identity.secret_hash(body.token))
    if token and token.client_id == row.client.id and token.revoked_at is None:
        token.revoked_at = ctx.now
        audit.security(ctx, "token.revoked", _key(row.client.id))


def personal(ctx: Ctx) -> Issued:
    """A token for oneself, with one's own roles, as long as a session lasts at most; for scripts and trials."""
    token, lasts = clients.fresh(ctx.settings), timedelta(hours=ctx.settings.session_absolute_hours)
    ctx.session.add(
        AccessToken(
            token_hash=identity.secret_hash(token),
            person_id=ctx.person,
            created_at=ctx.now,
            expires_at=ctx.now + lasts,
        )
    )
    ctx.secret_answer = True
    audit.security(ctx, "token.issued", ctx.actor.key)
    return Issued(token, int(lasts.total_seconds()), [])


def end_personal(ctx: Ctx, person_id: UUID) -> None:
    """Every token of the person is over."""
    for token in rows.live_tokens(ctx.session, person_id, ctx.now):
        token.revoked_at = ctx.now


def _proved(ctx: Ctx, body: ClientProof, address: str) -> ClientRow:
    """The client whose secret this is. The request's own transaction asks nothing before it is known (see `apart`)."""
    place = lockouts.digest(ctx, "address", address)
    counter = lockouts.named(ctx, "client_address", address, ctx.settings.lockout_address_failures)
    lockouts.take(ctx, (counter,), "token", place, refused="RATE_LIMITED")
    with apart(ctx) as aside:
        row = _by_secret(aside, body)
    if row is None:
        with apart(ctx) as aside:
            audit.security(aside, "token.refused", "public", address=place)
        raise Refusal("CLIENT_UNKNOWN")
    lockouts.give_back(ctx, counter)
    return row


def _by_secret(ctx: Ctx, body: ClientProof) -> ClientRow | None:
    try:
        row = client_rows.one(ctx.session, parsed("cli", body.client_id))
    except Refusal:
        return None
    if row is None or not identity.is_live(ctx, row.client):
        return None
    given = identity.secret_hash(body.client_secret)
    live = client_rows.live_secrets(ctx.session, row.client.id)
    right = [secret for secret in live if hmac.compare_digest(secret.secret_hash, given)]
    return row if right else None


def _scopes(row: ClientRow, asked: str) -> list[str]:
    wanted = sorted(set(asked.split())) or row.client.scopes
    if not set(wanted) <= set(row.client.scopes):
        raise Refusal("SCOPE_NOT_GRANTED")
    return wanted


def _key(client_id: UUID) -> str:
    return f"client:{client_id.hex}"
