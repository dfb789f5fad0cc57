"""The security log over JSON."""

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.audit_records import Actor
from app.api.face import router
from app.api.listing import Listing, Since, Until
from app.api.openapi import about
from app.api.schemas import Moment, Page, SecurityEventId, Shape
from app.http import Read
from app.services import security_events
from app.services.security_events import Wanted

routes = router("audit")

Kind = Literal[
    "sign_in.failed",
    "sign_in.locked",
    "sign_in.succeeded",
    "sign_out",
    "act.denied",
    "token.issued",
    "token.refused",
    "token.locked",
    "token.revoked",
]


class SecurityEventOut(Shape):
    """One entry. The address is a keyed digest: the same address has the same mark, and nobody can turn it back."""

    id: SecurityEventId
    at: Moment
    kind: str = Field(max_length=40, examples=["sign_in.failed"])
    actor: str = Field(
        max_length=80,
        description="`public` where nobody is known.",
        examples=["person:0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"],
    )
    detail: str = Field(
        max_length=200,
        description="The door and the code an act was denied with.",
        examples=["POST /api/v1/quota-plans PERMISSION_MISSING"],
    )
    address_digest: str = Field(max_length=64, examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"])


@routes.get(
    "/security-events",
    operation_id="listSecurityEvents",
    summary="Search the security log",
    openapi_extra=about("查询安全日志", "security:read"),
)
def list_security_events(
    ctx: Read,
    paging: Listing,
    *,
    kind: Annotated[
        Kind | SkipJsonSchema[None], Query(description="Only of this kind.", examples=["sign_in.failed"])
    ] = None,
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
) -> Page[SecurityEventOut]:
    """Sign-ins that failed, accounts that were locked, acts that were denied, tokens; newest first."""
    wanted = Wanted(kind or "", [actor] if actor else None, since, until)
    found = security_events.listed(ctx, wanted, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, SecurityEventOut.model_validate, lambda row: row.id.hex)
