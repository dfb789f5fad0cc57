"""Hearings of the public over JSON."""

from datetime import date
from typing import Annotated

from fastapi import Path, Response
from pydantic import Field

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import ConsultationId, NominationId, OrganizationId, Page, Shape, Tagged
from app.db.tables.nominations import PublicConsultation, RecordedVia
from app.domain.consultation import HearingMethod
from app.domain.levels import Level
from app.http import Read, Write
from app.services import consultations
from app.services.inputs.consultations import ConsultationRecord

routes = router("consultations")

Hearing = Annotated[ConsultationId, Path(description="The hearing.")]
_RECORDED = (
    "CASE_ELSEWHERE",
    "PART_NOT_OPEN",
    "NOT_YOUR_LEVEL",
    "LEVEL_NOT_APPLICABLE",
    "DATE_IN_FUTURE",
    "DATES_REVERSED",
)


class AdversePointOut(Shape):
    """Something people said against it."""

    point: str = Field(max_length=1000, examples=["午间无人值班。"])
    handling: str = Field(
        max_length=2000, description="Empty until it was handled.", examples=["已增设午间值班。"]
    )


class ConsultationOut(Tagged):
    """How the own-level department heard the public."""

    id: ConsultationId
    nomination_id: NominationId
    level: Level = Field(examples=["COUNTY"])
    organization_id: OrganizationId
    methods: list[HearingMethod] = Field(max_length=8, examples=[["FORUM"]])
    held_from: date
    held_to: date
    participants: int = Field(ge=0, le=1_000_000, description="Persons heard.", examples=[126])
    summary: str = Field(max_length=5000, examples=["群众普遍反映窗口人员态度热情。"])
    adverse_points: list[AdversePointOut] = Field(max_length=50)
    signer: str = Field(max_length=60, examples=["王敏"])
    recorded_via: RecordedVia = Field(examples=["API"])
    concluded_at: str = Field(
        max_length=40, description="Empty until it is concluded.", examples=["2026-07-01T02:00:00+00:00"]
    )

    @classmethod
    def of(cls, row: PublicConsultation) -> "ConsultationOut":
        same = set(cls.model_fields) - {"etag", "adverse_points", "concluded_at"}
        return cls(
            **{name: getattr(row, name) for name in same},
            etag=etag(row.row_version),
            adverse_points=[AdversePointOut(**one) for one in row.adverse_points],
            concluded_at=row.concluded_at.isoformat() if row.concluded_at else "",
        )


@routes.get(
    "/nominations/{nomination_id}/consultations",
    operation_id="listConsultations",
    summary="List hearings of the public",
    openapi_extra=about("列出听取群众意见记录", "consultation:read"),
)
def list_consultations(ctx: Read, paging: Listing, nomination_id: NominationId) -> Page[ConsultationOut]:
    """How the public was heard about this case, oldest first."""
    found = consultations.listed(ctx, nomination_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, ConsultationOut.of, lambda row: row.id.hex)


@routes.post(
    "/nominations/{nomination_id}/consultations",
    operation_id="recordConsultation",
    summary="Record a hearing of the public",
    status_code=201,
    responses=declared(*_RECORDED),
    openapi_extra=about("登记听取群众意见", "consultation:record"),
)
def record_consultation(
    ctx: Write, response: Response, nomination_id: NominationId, body: ConsultationRecord
) -> ConsultationOut:
    """Owed by the department of the window's own level, and recorded there alone. It counts once it is concluded."""
    row = consultations.record(ctx, nomination_id, body, RecordedVia.API)
    return tagged(response, ConsultationOut.of(row), f"/api/v1/consultations/con_{row.id.hex}")


@routes.get(
    "/consultations/{consultation_id}",
    operation_id="getConsultation",
    summary="Show a hearing of the public",
    openapi_extra=about("查看听取群众意见记录", "consultation:read"),
)
def get_consultation(ctx: Read, response: Response, consultation_id: Hearing) -> ConsultationOut:
    """One hearing with what was said against the window."""
    return tagged(response, ConsultationOut.of(consultations.shown(ctx, consultation_id)))


@routes.put(
    "/consultations/{consultation_id}",
    operation_id="editConsultation",
    summary="Complete a hearing of the public",
    responses=declared(*_RECORDED, "CONSULTATION_CONCLUDED"),
    openapi_extra=about("补充听取群众意见记录", "consultation:record"),
)
def edit_consultation(
    ctx: Write, response: Response, consultation_id: Hearing, body: ConsultationRecord, version: IfMatch
) -> ConsultationOut:
    """Say what it is now, until it is concluded."""
    row = consultations.edit(ctx, consultation_id, body, version)
    return tagged(response, ConsultationOut.of(row))


@routes.post(
    "/consultations/{consultation_id}/conclusions",
    operation_id="concludeConsultation",
    summary="Conclude a hearing of the public",
    status_code=201,
    responses=declared(
        "CASE_ELSEWHERE",
        "PART_NOT_OPEN",
        "NOT_YOUR_LEVEL",
        "CONSULTATION_CONCLUDED",
        "ADVERSE_POINT_UNHANDLED",
    ),
    openapi_extra=about("办结听取群众意见", "consultation:record"),
)
def conclude_consultation(
    ctx: Write, response: Response, consultation_id: Hearing, version: IfMatch
) -> ConsultationOut:
    """Everything said against the window was handled; from now on the record counts and stays as it is."""
    row = consultations.conclude(ctx, consultation_id, version)
    return tagged(response, ConsultationOut.of(row), f"/api/v1/consultations/con_{row.id.hex}")
