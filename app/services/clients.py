"""API clients: a system acts for one organisation under one source, with the least scopes it needs (decisions 16, 23).

Secrets are 256 random bits, told once and stored as SHA-256; two may live at once, so that one can follow the other.
What is taken away counts from the next call on.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db import clients as rows
from app.db.tables.people import AccountStatus, ApiClient, ApiClientSecret
from app.db.tables.places import Organization
from app.domain.errors import Refusal
from app.services import audit, identity
from app.services.context import Ctx, check_version
from app.services.inputs.clients import ClientCreate, ClientEdit, ClientFacts
from app.settings import Settings

ClientRow = rows.ClientRow  # a client with its organisation: what the doors draw
LIVE_SECRETS = 2


@dataclass(frozen=True)
class ClientView:
    """A client with the secrets that open the door now."""

    row: ClientRow
    secrets: list[ApiClientSecret]

    @property
    def client(self) -> ApiClient:
        return self.row.client


def listed(ctx: Ctx, *, after: UUID | None = None, limit: int = 50) -> list[ClientRow]:
    """The clients of the caller's area. Needs `client:read`."""
    ctx.actor.require_anywhere("client:read")
    return rows.listed(ctx.session, ctx.actor.paths("client:read"), after=after, limit=limit)


def shown(ctx: Ctx, client_id: UUID) -> ClientView:
    """One client. Refuses `NOT_FOUND` outside the caller's area."""
    row = _client(ctx, client_id, "client:read")
    return ClientView(row, rows.live_secrets(ctx.session, client_id))


def create(ctx: Ctx, body: ClientCreate) -> ApiClient:
    """A client without a secret yet. Refuses `SOURCE_TAKEN`."""
    organization = ctx.session.get(Organization, body.organization_id)
    if organization is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require("client:edit", organization.path)
    if rows.by_source(ctx.session, body.source):
        raise Refusal("SOURCE_TAKEN", "/source")
    client = ApiClient(
        **audit.stamp(ctx), name=body.name, organization_id=organization.id, source=body.source
    )
    _fill(client, body)
    ctx.session.add(client)
    summary = {"source": client.source, "scopes": client.scopes, "organization": organization.code}
    audit.note(ctx, "client.created", client, summary=summary)
    return client


def edit(ctx: Ctx, client_id: UUID, body: ClientEdit, version: int | None) -> ApiClient:
    """Name, scopes, last day. A scope taken away counts for tokens that are out already."""
    client = _to_change(ctx, client_id, version)
    before = client.model_dump(mode="json")
    client.name = body.name
    _fill(client, body)
    audit.touch(ctx, client)
    audit.note(ctx, "client.edited", client, before=before, summary={"scopes": client.scopes})
    return client


def revoke(ctx: Ctx, client_id: UUID, version: int | None) -> None:
    """The client is out at once, with its secrets and tokens; its source stays its own."""
    client = _to_change(ctx, client_id, version)
    client.status = AccountStatus.DISABLED
    for secret in rows.live_secrets(ctx.session, client_id):
        _end(ctx, secret)
    rows.end_tokens(ctx.session, client_id, ctx.now)
    audit.touch(ctx, client)
    audit.note(ctx, "client.revoked", client)


def restore(ctx: Ctx, client_id: UUID, version: int | None) -> ApiClient:
    """A revoked client comes back without a secret."""
    client = _to_change(ctx, client_id, version)
    client.status = AccountStatus.ACTIVE
    audit.touch(ctx, client)
    audit.note(ctx, "client.restored", client)
    return client


def new_secret(ctx: Ctx, client_id: UUID, version: int | None) -> tuple[ApiClientSecret, str]:
    """Another secret, told once. Refuses `SECRETS_LIMIT` beyond two, `CLIENT_REVOKED`."""
    client = _to_change(ctx, client_id, version)
    if client.status != AccountStatus.ACTIVE:
        raise Refusal("CLIENT_REVOKED")
    if len(rows.live_secrets(ctx.session, client_id)) >= LIVE_SECRETS:
        raise Refusal("SECRETS_LIMIT", limit=LIVE_SECRETS)
    told = fresh(ctx.settings)
    hint = f"{told[:4]}…{told[-4:]}"
    secret = ApiClientSecret(
        **audit.stamp(ctx), client_id=client_id, secret_hash=identity.secret_hash(told), hint=hint
    )
    ctx.session.add(secret)
    ctx.secret_answer = True
    audit.touch(ctx, client)
    audit.note(ctx, "client.secret_created", client, summary={"hint": hint})
    return secret, told


def revoke_secret(ctx: Ctx, client_id: UUID, secret_id: UUID, version: int | None) -> ApiClient:
    """A secret opens nothing any more, and tokens that are out are over: the client asks anew with the other one."""
    client = _to_change(ctx, client_id, version)
    secret = secret_of(ctx, client_id, secret_id)
    _end(ctx, secret)
    rows.end_tokens(ctx.session, client_id, ctx.now)
    audit.touch(ctx, client)
    audit.note(ctx, "client.secret_revoked", client, summary={"hint": secret.hint})
    return client


def secret_of(ctx: Ctx, client_id: UUID, secret_id: UUID) -> ApiClientSecret:
    """A live secret of the client. Refuses `NOT_FOUND`."""
    for secret in shown(ctx, client_id).secrets:
        if secret.id == secret_id:
            return secret
    raise Refusal("NOT_FOUND")


def fresh(settings: Settings) -> str:
    """256 random bits behind a word that scanners of leaked secrets know; `pyt_` in a sample installation."""
    return f"{'pyl' if settings.livemode else 'pyt'}_{secrets.token_urlsafe(32)}"


def _to_change(ctx: Ctx, client_id: UUID, version: int | None) -> ApiClient:
    client = _client(ctx, client_id, "client:edit").client
    ctx.session.refresh(client, with_for_update=True)
    check_version(client.row_version, version)
    return client


def _client(ctx: Ctx, client_id: UUID, permission: str) -> ClientRow:
    row = rows.one(ctx.session, client_id)
    if row is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require(permission, row.organization.path)
    return row


def _end(ctx: Ctx, secret: ApiClientSecret) -> None:
    secret.revoked_at = ctx.now
    audit.touch(ctx, secret)


def _fill(client: ApiClient, body: ClientFacts) -> None:
    client.scopes = sorted(set(body.scopes))
    client.expires_on = date.fromisoformat(body.expires_on) if body.expires_on else None
