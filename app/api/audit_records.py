"""The audit record over JSON."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.changes import Data
from app.api.face import router
from app.api.listing import Listing, Since, Until
from app.api.naming import public_id
from app.api.openapi import about
from app.api.schemas import AuditRecordId, CampaignId, Moment, Page, Shape
from app.db.tables.system import AuditEvent
from app.domain.ids import parsed
from app.http import Read
from app.services import audit_records
from app.services.audit_records import Wanted

routes = router("audit")

Record = Annotated[AuditRecordId, Path(description="The record.")]
Kind = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]*$", max_length=40)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,4}_[0-9a-f]{32}$", max_length=40)]
Action = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=80)]
Who = Annotated[str, StringConstraints(pattern=r"^[a-z]+(:[0-9a-f]{32})?$", max_length=80)]
Actor = Annotated[
    Who | SkipJsonSchema[None],
    Query(description="Only by this one.", examples=["person:0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"]),
]


class AuditRecordOut(Shape):
    """One act on one thing. Contents are named by their digests, so that the record holds no personal data."""

    id: AuditRecordId
    position: int = Field(
        ge=0, le=2**53, description="0 until the sequencer has numbered it.", examples=[1042]
    )
    at: Moment
    action: str = Field(max_length=80, examples=["nomination.filed"])
    entity: str = Field(max_length=40, examples=["Nomination"])
    entity_id: str = Field(max_length=40, examples=["nom_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"])
    campaign_id: str = Field(max_length=40, examples=["cmp_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"])
    actor: str = Field(max_length=80, examples=["person:0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"])
    on_behalf_of: str = Field(max_length=80, examples=[""])
    request_id: str = Field(max_length=64, examples=["4f9c2b7d8e1a3c5f"])
    before_digest: str = Field(max_length=80, description="Empty for something new.", examples=[""])
    after_digest: str = Field(max_length=80, examples=["sha256:9f86d081884c7d65"])
    chain: str = Field(
        max_length=80,
        description="SHA-256 over the link before and this record; empty until it is numbered.",
        examples=["sha256:60303ae22b998861"],
    )
    summary: Data

    @classmethod
    def of(cls, row: AuditEvent) -> "AuditRecordOut":
        same = set(cls.model_fields) - {"position", "entity_id", "campaign_id", "chain"}
        return cls(
            **{name: getattr(row, name) for name in same},
            position=row.position or 0,
            entity_id=public_id(row.entity, row.entity_id),
            campaign_id=public_id("Campaign", row.campaign_id),
            chain=row.chain or "",
        )


@routes.get(
    "/audit-records",
    operation_id="listAuditRecords",
    summary="Search the audit record",
    openapi_extra=about("查询审计记录", "audit:read"),
)
def list_audit_records(
    ctx: Read,
    paging: Listing,
    *,
    campaign_id: Annotated[
        CampaignId | SkipJsonSchema[None], Query(description="Only of this campaign.")
    ] = None,
    entity: Annotated[Kind, Query(description="Only on this kind of thing.", examples=["Nomination"])] = "",
    entity_id: Annotated[
        Identifier | SkipJsonSchema[None],
        Query(description="Only on this thing.", examples=["nom_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"]),
    ] = None,
    action: Annotated[
        Action | SkipJsonSchema[None], Query(description="Only this act.", examples=["nomination.filed"])
    ] = None,
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
) -> Page[AuditRecordOut]:
    """Who did what to which thing in one's own area, newest first."""
    thing = parsed(entity_id.partition("_")[0], entity_id) if entity_id else None
    wanted = Wanted(
        campaign_id, entity, thing, action or "", actors=[actor] if actor else None, since=since, until=until
    )
    found = audit_records.listed(ctx, wanted, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, AuditRecordOut.of, lambda row: row.id.hex)


@routes.get(
    "/audit-records/{record_id}",
    operation_id="getAuditRecord",
    summary="Show an audit record",
    openapi_extra=about("查看审计记录", "audit:read"),
)
def get_audit_record(ctx: Read, record_id: Record) -> AuditRecordOut:
    """One record of the audit log."""
    return AuditRecordOut.of(audit_records.shown(ctx, record_id))
