"""The change feed over JSON; a caller may wait for the next change without holding a thread or a connection."""

import time
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import anyio
from fastapi import Query, Request
from pydantic import Field, StringConstraints, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import router
from app.api.listing import Listing
from app.api.naming import public_id
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import AnyId, CampaignId, Moment, Shape
from app.db.tables.system import Event
from app.http import Look, plant
from app.services import changes
from app.services.changes import Found, Wanted
from app.services.context import Ctx

routes = router("changes", waiting=True)

LOOK_EVERY = 0.5  # seconds between two looks of a caller who waits
LONGEST = 25

Data = Annotated[
    dict[str, Any],
    WithJsonSchema({"type": "object", "maxProperties": 50, "additionalProperties": True, "examples": [{}]}),
]
TypeName = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.([a-z_]+|\*)$", max_length=80)]


class Start(StrEnum):
    """Where a reader without a cursor begins."""

    EARLIEST = "EARLIEST"
    LATEST = "LATEST"


class ChangeOut(Shape):
    """One fact about one thing, thin: read the thing itself for its content."""

    id: AnyId
    type: str = Field(max_length=80, examples=["nomination.filed"])
    at: Moment = Field(description="When it was recorded.")
    effective_at: Moment = Field(description="When it counts from.")
    entity: str = Field(max_length=40, examples=["Nomination"])
    entity_id: str = Field(max_length=40, examples=["nom_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"])
    entity_etag: str = Field(max_length=20, description="The thing's version then.", examples=['"4"'])
    campaign_id: str = Field(max_length=40, examples=["cmp_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"])
    data: Data

    @classmethod
    def of(cls, row: Event) -> "ChangeOut":
        same = ("id", "type", "at", "effective_at", "entity", "data")
        return cls(
            **{name: getattr(row, name) for name in same},
            entity_id=public_id(row.entity, row.entity_id),
            entity_etag=f'"{row.entity_version}"',
            campaign_id=public_id("Campaign", row.campaign_id),
        )


class ChangesOut(Shape):
    """Changes in order. `next_cursor` is always there: keep it once these are dealt with."""

    items: list[ChangeOut] = Field(max_length=200)
    has_more: bool = Field(description="More are waiting already.", examples=[False])
    next_cursor: str = Field(max_length=500, examples=["q1w2e3r4t5y6u7i8o9p0"])


@routes.get(
    "/changes",
    operation_id="listChanges",
    summary="Read the change feed",
    responses=declared("CURSOR_EXPIRED"),
    openapi_extra=about("读取变更流", "changes:read"),
)
async def list_changes(
    look: Look,
    request: Request,
    paging: Listing,
    *,
    types: Annotated[
        list[TypeName],
        Query(
            max_length=50,
            description="Only these; `nomination.*` means all about nominations.",
            examples=[["nomination.*"]],
        ),
    ] = [],  # noqa: B006  (FastAPI copies it)
    campaign_id: Annotated[
        CampaignId | SkipJsonSchema[None], Query(description="Only of this campaign.")
    ] = None,
    start: Annotated[
        Start, Query(description="Where to begin without a cursor.", examples=["EARLIEST"])
    ] = Start.EARLIEST,
    wait: Annotated[
        int,
        Query(ge=0, le=LONGEST, description="Seconds to wait when there is nothing new.", examples=[0]),
    ] = 0,
) -> ChangesOut:
    """Everything that happened in one's own units, in one order, each at least once and none left out.

    Deal with the items, keep `next_cursor`, ask again. After a failure ask with the cursor kept last.
    """
    until = time.monotonic() + wait
    wanted, limit = Wanted(tuple(types), campaign_id), paging.limit
    found = await look(
        lambda ctx: changes.begin(ctx, wanted, paging.after, limit, latest=start is Start.LATEST)
    )
    while not found.events and await _worth_waiting(request, until):
        found = await look(_on_from(found.position, wanted, limit))
    return ChangesOut(
        items=[ChangeOut.of(event) for event in found.events],
        has_more=found.more,
        next_cursor=listing.cursor_at(paging, str(found.position)),
    )


def _on_from(position: int, wanted: Wanted, limit: int) -> Callable[[Ctx], Found]:
    return lambda ctx: changes.look(ctx, wanted, position, limit)


async def _worth_waiting(request: Request, until: float) -> bool:
    """Sleep a little; no more when the time is over, the caller has gone, or the service is being stopped."""
    left = until - time.monotonic()
    if left <= 0 or plant(request).draining or await request.is_disconnected():
        return False
    await anyio.sleep(min(LOOK_EVERY, left))
    return True
