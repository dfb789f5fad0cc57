"""Other departments' replies over JSON."""

from datetime import date
from typing import Annotated

from fastapi import Path, Response
from pydantic import Field, StringConstraints

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import NominationId, Page, Tagged
from app.db.tables.nominations import DepartmentConsultation, RecordedVia
from app.domain.department_reply import ReplyResult
from app.http import Read, Write
from app.services import department_consultations
from app.services.inputs.consultations import DepartmentReply

routes = router("consultations")

Department = Annotated[
    Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$", max_length=40)],
    Path(description="Code of the department in the campaign's rules.", examples=["DISCIPLINE_INSPECTION"]),
]


class DepartmentConsultationOut(Tagged):
    """A department that was asked, and what it replied."""

    nomination_id: NominationId
    department: str = Field(max_length=60, examples=["DISCIPLINE_INSPECTION"])
    sent_on: date
    result: ReplyResult = Field(examples=["NO_OBJECTION"])
    replied_on: str = Field(max_length=10, description="Empty without a reply.", examples=["2026-06-28"])
    signer: str = Field(max_length=60, examples=["赵刚"])
    remarks: str = Field(max_length=1000, examples=["无不同意见。"])
    recorded_via: RecordedVia = Field(examples=["API"])

    @classmethod
    def of(cls, row: DepartmentConsultation) -> "DepartmentConsultationOut":
        same = set(cls.model_fields) - {"etag", "replied_on"}
        kept = {name: getattr(row, name) for name in same}
        return cls(**kept, etag=etag(row.row_version), replied_on=str(row.replied_on or ""))


@routes.get(
    "/nominations/{nomination_id}/department-consultations",
    operation_id="listDepartmentConsultations",
    summary="List departments asked",
    openapi_extra=about("列出部门征求意见", "consultation:read"),
)
def list_department_consultations(
    ctx: Read, paging: Listing, nomination_id: NominationId
) -> Page[DepartmentConsultationOut]:
    """Which departments were asked about this case and what they replied."""
    found = department_consultations.listed(ctx, nomination_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, DepartmentConsultationOut.of, lambda row: row.id.hex)


@routes.get(
    "/nominations/{nomination_id}/department-consultations/{department}",
    operation_id="getDepartmentConsultation",
    summary="Show a department's reply",
    openapi_extra=about("查看部门意见", "consultation:read"),
)
def get_department_consultation(
    ctx: Read, response: Response, nomination_id: NominationId, department: Department
) -> DepartmentConsultationOut:
    """What this department was asked and said."""
    row = department_consultations.shown(ctx, nomination_id, department)
    return tagged(response, DepartmentConsultationOut.of(row))


@routes.put(
    "/nominations/{nomination_id}/department-consultations/{department}",
    operation_id="recordDepartmentConsultation",
    summary="Record a department's reply",
    responses=declared(
        "CASE_ELSEWHERE",
        "NOT_YOUR_LEVEL",
        "DEPARTMENT_UNKNOWN",
        "REPLY_INCOMPLETE",
        "DATE_IN_FUTURE",
        "DATES_REVERSED",
    ),
    openapi_extra=about("登记部门意见", "consultation:department"),
)
def record_department_consultation(
    ctx: Write,
    response: Response,
    nomination_id: NominationId,
    department: Department,
    body: DepartmentReply,
    version: IfMatch,
) -> DepartmentConsultationOut:
    """The organising level says whom it asked and what came back; no reply is not consent.

    Where the department was not asked yet, send `If-Match: "0"`.
    """
    row = department_consultations.record(ctx, nomination_id, department, body, version, RecordedVia.API)
    return tagged(response, DepartmentConsultationOut.of(row))
