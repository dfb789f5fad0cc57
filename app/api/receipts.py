"""Copies on paper and discs over JSON."""

from datetime import date
from typing import Annotated

from fastapi import Path, Response
from pydantic import Field

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import NominationId, Page, Tagged
from app.db.tables.materials import MaterialReceipt
from app.domain.receipt import ReceiptKind
from app.http import Read, Write
from app.services import receipts
from app.services.inputs.receipts import ReceiptRecording

Kind = Annotated[ReceiptKind, Path(description="What was handed over.", examples=["PAPER_WRITEUP"])]

routes = router("receipts")


class MaterialReceiptOut(Tagged):
    """What the office received of one kind."""

    nomination_id: NominationId
    kind: ReceiptKind = Field(examples=["PAPER_WRITEUP"])
    copies: int = Field(ge=0, le=1000, examples=[5])
    complete: bool = Field(examples=[True])
    received_on: date
    received_by: str = Field(max_length=60, examples=["周敏"])

    @classmethod
    def of(cls, row: MaterialReceipt) -> "MaterialReceiptOut":
        same = set(cls.model_fields) - {"etag"}
        return cls(**{name: getattr(row, name) for name in same}, etag=etag(row.row_version))


@routes.get(
    "/nominations/{nomination_id}/receipts",
    operation_id="listReceipts",
    summary="List receipts",
    openapi_extra=about("列出纸质件签收", "material:read"),
)
def list_receipts(ctx: Read, paging: Listing, nomination_id: NominationId) -> Page[MaterialReceiptOut]:
    """What the office received of this case on paper and on disc."""
    found = receipts.listed(ctx, nomination_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, MaterialReceiptOut.of, lambda row: row.id.hex)


@routes.get(
    "/nominations/{nomination_id}/receipts/{kind}",
    operation_id="getReceipt",
    summary="Show a receipt",
    openapi_extra=about("查看签收", "material:read"),
)
def get_receipt(ctx: Read, response: Response, nomination_id: NominationId, kind: Kind) -> MaterialReceiptOut:
    """What was received of one kind."""
    return tagged(response, MaterialReceiptOut.of(receipts.shown(ctx, nomination_id, kind)))


@routes.put(
    "/nominations/{nomination_id}/receipts/{kind}",
    operation_id="recordReceipt",
    summary="Record a receipt",
    responses=declared(
        "CASE_ELSEWHERE", "NOT_YOUR_LEVEL", "COPIES_MISSING", "DATE_IN_FUTURE", "DEADLINE_PASSED"
    ),
    openapi_extra=about("登记签收", "receipt:record"),
)
def record_receipt(
    ctx: Write,
    response: Response,
    nomination_id: NominationId,
    kind: Kind,
    body: ReceiptRecording,
    version: IfMatch,
) -> MaterialReceiptOut:
    """The office counts what was handed over; it is complete with every copy the campaign asks for.

    Where nothing of the kind was received yet, send `If-Match: "0"`.
    """
    return tagged(response, MaterialReceiptOut.of(receipts.record(ctx, nomination_id, kind, body, version)))
