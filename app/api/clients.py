"""API clients and their secrets over JSON."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Response
from pydantic import Field

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import ClientId, Moment, OrganizationId, Page, Scope, SecretId, Shape, Tagged
from app.db.tables.people import AccountStatus, ApiClientSecret
from app.domain.ids import shown
from app.http import Read, Write
from app.services import clients
from app.services.inputs.clients import ClientCreate, ClientEdit

routes = router("clients")

Client = Annotated[ClientId, Path(description="The client.")]
Secret = Annotated[SecretId, Path(description="The secret.")]


class SecretOut(Shape):
    """A live secret; what it is was told once."""

    id: SecretId
    hint: str = Field(max_length=12, examples=["pyl_…x9Qz"])
    created_at: Moment

    @classmethod
    def of(cls, row: ApiClientSecret) -> "SecretOut":
        return cls(id=row.id, hint=row.hint, created_at=row.created_at)


class ClientHeadOut(Tagged):
    """A client in a list."""

    id: ClientId
    name: str = Field(max_length=100, examples=["杭州市人社一体化平台"])
    organization_id: OrganizationId
    organization: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    source: str = Field(max_length=40, examples=["hangzhou-hrss"])
    scopes: list[Scope] = Field(max_length=20, examples=[["nominations:read", "nominations:write"]])
    status: AccountStatus = Field(examples=["ACTIVE"])
    expires_on: str = Field(max_length=10, description="Empty for no end.", examples=[""])

    @classmethod
    def of(cls, row: clients.ClientRow) -> "ClientHeadOut":
        return cls(**_head(row))


class ClientOut(ClientHeadOut):
    """A client with its live secrets."""

    secrets: list[SecretOut] = Field(max_length=2)

    @classmethod
    def whole(cls, view: clients.ClientView) -> "ClientOut":
        return cls(**_head(view.row), secrets=[SecretOut.of(one) for one in view.secrets])


class NewSecretOut(Tagged):
    """A secret, told this once; `etag` is the client's."""

    id: SecretId
    client_id: ClientId
    client_secret: str = Field(max_length=100, examples=["pyl_example-secret"])
    hint: str = Field(max_length=12, examples=["pyl_…cret"])


def _head(row: clients.ClientRow) -> dict[str, Any]:
    client = row.client
    return {name: getattr(client, name) for name in ("id", "name", "source", "scopes", "status")} | {
        "etag": etag(client.row_version),
        "organization_id": row.organization.id,
        "organization": row.organization.name,
        "expires_on": client.expires_on.isoformat() if client.expires_on else "",
    }


@routes.get(
    "/api-clients",
    operation_id="listClients",
    summary="List API clients",
    openapi_extra=about("列出接口客户", "client:read"),
)
def list_clients(ctx: Read, paging: Listing) -> Page[ClientHeadOut]:
    """The clients of one's own area, oldest first."""
    after = UUID(paging.after) if paging.after else None
    found = clients.listed(ctx, after=after, limit=paging.limit)
    return listing.page(paging, found, ClientHeadOut.of, lambda row: row.client.id.hex)


@routes.post(
    "/api-clients",
    operation_id="createClient",
    summary="Create an API client",
    status_code=201,
    responses=declared("SOURCE_TAKEN"),
    openapi_extra=about("新建接口客户", "client:edit"),
)
def create_client(ctx: Write, response: Response, body: ClientCreate) -> ClientOut:
    """A system of one organisation, without a secret yet."""
    client = clients.create(ctx, body)
    made = ClientOut.whole(clients.shown(ctx, client.id))
    return tagged(response, made, f"/api/v1/api-clients/{shown('cli', client.id)}")


@routes.get(
    "/api-clients/{client_id}",
    operation_id="getClient",
    summary="Show an API client",
    openapi_extra=about("查看接口客户", "client:read"),
)
def get_client(ctx: Read, response: Response, client_id: Client) -> ClientOut:
    """One client with its live secrets, which are shown by their last letters."""
    return tagged(response, ClientOut.whole(clients.shown(ctx, client_id)))


@routes.patch(
    "/api-clients/{client_id}",
    operation_id="editClient",
    summary="Change an API client",
    openapi_extra=about("修改接口客户", "client:edit"),
)
def edit_client(
    ctx: Write, response: Response, client_id: Client, body: ClientEdit, version: IfMatch
) -> ClientOut:
    """Replace name, scopes and last day; a scope taken away counts for tokens that are out already."""
    clients.edit(ctx, client_id, body, version)
    return tagged(response, ClientOut.whole(clients.shown(ctx, client_id)))


@routes.delete(
    "/api-clients/{client_id}",
    operation_id="revokeClient",
    summary="Revoke an API client",
    status_code=204,
    openapi_extra=about("撤销接口客户", "client:edit"),
)
def revoke_client(ctx: Write, client_id: Client, version: IfMatch) -> None:
    """Out at once, with its secrets and tokens; what it sent stays on record."""
    clients.revoke(ctx, client_id, version)


@routes.post(
    "/api-clients/{client_id}/restorations",
    operation_id="restoreClient",
    summary="Restore a revoked API client",
    status_code=201,
    openapi_extra=about("恢复接口客户", "client:edit"),
)
def restore_client(ctx: Write, response: Response, client_id: Client, version: IfMatch) -> ClientOut:
    """It comes back without a secret."""
    clients.restore(ctx, client_id, version)
    made = ClientOut.whole(clients.shown(ctx, client_id))
    return tagged(response, made, f"/api/v1/api-clients/{shown('cli', client_id)}")


@routes.post(
    "/api-clients/{client_id}/secrets",
    operation_id="createSecret",
    summary="Create a secret",
    status_code=201,
    responses=declared("SECRETS_LIMIT", "CLIENT_REVOKED", "SECRET_SHOWN_ONCE"),
    openapi_extra=about("生成密钥", "client:edit"),
)
def create_secret(ctx: Write, response: Response, client_id: Client, version: IfMatch) -> NewSecretOut:
    """Told on this answer only. Two may live at once: create the next one, change over, revoke the old one."""
    secret, told = clients.new_secret(ctx, client_id, version)
    tag = etag(clients.shown(ctx, client_id).client.row_version)
    made = NewSecretOut(id=secret.id, client_id=client_id, client_secret=told, hint=secret.hint, etag=tag)
    return tagged(response, made, f"/api/v1/api-clients/{shown('cli', client_id)}")


@routes.delete(
    "/api-clients/{client_id}/secrets/{credential_id}",
    operation_id="revokeSecret",
    summary="Revoke a secret",
    openapi_extra=about("撤销密钥", "client:edit"),
)
def revoke_secret(
    ctx: Write, response: Response, client_id: Client, credential_id: Secret, version: IfMatch
) -> ClientOut:
    """It opens nothing any more, and tokens that are out are over."""
    clients.revoke_secret(ctx, client_id, credential_id, version)
    return tagged(response, ClientOut.whole(clients.shown(ctx, client_id)))
