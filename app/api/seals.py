"""Seals over JSON. They are records of seals that were put elsewhere: nothing here draws one."""

from datetime import date
from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import LevelPath, NominationId, OrganizationId, Page, Tagged
from app.db.tables.materials import FormKind, SealRecord
from app.domain.levels import Level
from app.domain.seal import SealKind
from app.http import Read, Write
from app.services import seals
from app.services.inputs.seals import SealRecording

routes = router("seals")

Form = Annotated[FormKind, Query(description="Which form bears it.", examples=["PROVINCIAL"])]


class SealOut(Tagged):
    """A level's seal on a form."""

    nomination_id: NominationId
    form_kind: FormKind = Field(examples=["PROVINCIAL"])
    level: Level = Field(examples=["COUNTY"])
    organization_id: OrganizationId
    kind: SealKind = Field(examples=["PHYSICAL_SCAN"])
    name_on_seal: str = Field(max_length=100, examples=["西湖区劳动和社会保障局"])
    sealed_on: date
    approved_by: str = Field(max_length=60, examples=["陈立"])
    signer: str = Field(max_length=60, examples=["李强"])
    material_id: str = Field(max_length=40, description="The scan, if there is one.", examples=[""])
    e_seal_id: str = Field(max_length=120, description="Empty for a seal on paper.", examples=[""])

    @classmethod
    def of(cls, row: SealRecord) -> "SealOut":
        same = set(cls.model_fields) - {"etag", "material_id"}
        scan = f"mat_{row.material_id.hex}" if row.material_id else ""
        kept = {name: getattr(row, name) for name in same}
        return cls(**kept, etag=etag(row.row_version), material_id=scan)


@routes.get(
    "/nominations/{nomination_id}/seals",
    operation_id="listSeals",
    summary="List seals",
    openapi_extra=about("列出用印记录", "seal:read"),
)
def list_seals(ctx: Read, paging: Listing, nomination_id: NominationId) -> Page[SealOut]:
    """The seals on both forms of this case."""
    found = seals.listed(ctx, nomination_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, SealOut.of, lambda row: row.id.hex)


@routes.get(
    "/nominations/{nomination_id}/seals/{level}",
    operation_id="getSeal",
    summary="Show a level's seal",
    openapi_extra=about("查看本级用印", "seal:read"),
)
def get_seal(
    ctx: Read,
    response: Response,
    nomination_id: NominationId,
    level: LevelPath,
    form: Form = FormKind.PROVINCIAL,
) -> SealOut:
    """The seal of this level on the form."""
    return tagged(response, SealOut.of(seals.shown(ctx, nomination_id, level, form)))


@routes.put(
    "/nominations/{nomination_id}/seals/{level}",
    operation_id="recordSeal",
    summary="Record a level's seal",
    responses=declared(
        "CASE_ELSEWHERE",
        "PART_NOT_OPEN",
        "NOT_YOUR_LEVEL",
        "LEVEL_NOT_APPLICABLE",
        "SEAL_MISSING",
        "SEAL_ORDER",
        "SEAL_NAME_MISMATCH",
        "SEAL_NUMBER",
        "SEAL_SCAN_UNKNOWN",
        "DATE_IN_FUTURE",
    ),
    openapi_extra=about("登记本级用印", "seal:record"),
)
def record_seal(
    ctx: Write,
    response: Response,
    nomination_id: NominationId,
    level: LevelPath,
    body: SealRecording,
    version: IfMatch,
    *,
    form: Form = FormKind.PROVINCIAL,
) -> SealOut:
    """Level by level from the lowest up, under the unit's statutory name of that day, each with its own signer.

    Where the level has not sealed yet, send `If-Match: "0"`.
    """
    return tagged(response, SealOut.of(seals.record(ctx, nomination_id, level, body, version, form)))
