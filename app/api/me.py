"""Who is calling: one call that tells an integrator whether everything is set up."""

from typing import Literal

from pydantic import Field

from app.api.face import router
from app.api.openapi import about
from app.api.people import GrantOut
from app.api.schemas import Moment, Scope, Shape
from app.domain.ids import shown
from app.http import Read
from app.services import callers

routes = router("service")


class LimitsOut(Shape):
    """What one call may hold, and how many there may be."""

    calls_per_minute: int = Field(ge=0, le=1_000_000, description="0 for no limit.", examples=[600])
    json_bytes: int = Field(ge=0, le=2**40, examples=[2_097_152])
    upload_bytes: int = Field(ge=0, le=2**40, examples=[20_971_520])
    rows_a_page: int = Field(ge=1, le=200, examples=[200])


class CallerOut(Shape):
    """The caller as the service sees it."""

    kind: Literal["CLIENT", "PERSON"] = Field(examples=["CLIENT"])
    id: str = Field(max_length=40, examples=["cli_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"])
    name: str = Field(max_length=100, examples=["杭州市人社一体化平台"])
    organization_id: str = Field(max_length=40, examples=["org_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"])
    organization: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    source: str = Field(max_length=40, description="Of a client.", examples=["hangzhou-hrss"])
    scopes: list[Scope] = Field(max_length=20, description="Of a client.", examples=[["nominations:read"]])
    grants: list[GrantOut] = Field(max_length=200, description="Of a person.")
    token_expires_at: Moment
    livemode: bool = Field(description="False in a sample installation.", examples=[True])
    server_time: Moment
    zone: str = Field(
        max_length=60, description="In which local dates are meant.", examples=["Asia/Shanghai"]
    )
    limits: LimitsOut


@routes.get(
    "/me",
    operation_id="getCaller",
    summary="Show who is calling",
    openapi_extra=about("查看调用者"),
)
def get_caller(ctx: Read) -> CallerOut:
    """The token's holder, organisation, scopes or appointments, limits and time: a self-test in one call."""
    caller, actor, settings = callers.shown(ctx), ctx.actor, ctx.settings
    prefix, identifier = ("cli", actor.client_id) if actor.client_id else ("per", ctx.person)
    return CallerOut(
        kind="CLIENT" if actor.client_id else "PERSON",
        id=shown(prefix, identifier),
        name=actor.name,
        organization_id=shown("org", caller.organization.id) if caller.organization else "",
        organization=caller.organization.name if caller.organization else "",
        source=actor.source,
        scopes=sorted(actor.scopes),
        grants=[GrantOut.of(given) for given in caller.grants],
        token_expires_at=caller.token_expires_at,
        livemode=settings.livemode,
        server_time=ctx.now,
        zone=settings.zone,
        limits=LimitsOut(
            calls_per_minute=settings.calls_per_minute,
            json_bytes=settings.max_json_bytes,
            upload_bytes=settings.max_upload_bytes,
            rows_a_page=200,
        ),
    )
