"""Files of a case over JSON: up as multipart, down as an attachment."""

from typing import Annotated

from fastapi import Form, Path, Response, UploadFile
from pydantic import Field

from app.answers import attachment
from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about, sends
from app.api.problems import declared
from app.api.schemas import MaterialId, Moment, NominationId, Page, Tagged
from app.db.tables.materials import Material, MaterialKind, MaterialStatus
from app.db.tables.nominations import RecordedVia
from app.http import Read, Write
from app.services import materials
from app.services.inputs.materials import MaterialUpload
from app.storage.content import TYPES

routes = router("materials")

File = Annotated[MaterialId, Path(description="The file, in one version.")]
_MEDIA = sorted({kind.media_type for kind in TYPES.values()})


class MaterialUploadForm(MaterialUpload):
    """A file with what it is declared to be."""

    file: UploadFile = Field(
        description="The file; at most 20 MiB. Its name is kept for show, never used as a path.",
        examples=["办事大厅.jpg"],
    )


class MaterialOut(Tagged):
    """One version of a file; VERIFIED marks the one that counts."""

    id: MaterialId
    nomination_id: NominationId
    kind: MaterialKind = Field(examples=["PHOTO"])
    version: int = Field(ge=1, le=1_000_000, examples=[1])
    replaces_id: str = Field(max_length=40, description="The version before, if any.", examples=[""])
    status: MaterialStatus = Field(examples=["VERIFIED"])
    file_name: str = Field(max_length=200, examples=["办事大厅.jpg"])
    media_type: str = Field(max_length=100, examples=["image/jpeg"])
    sha256: str = Field(
        max_length=64, examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )
    size_bytes: int = Field(ge=0, le=2**53, examples=[482113])
    criterion: str = Field(max_length=40, examples=["C2"])
    caption: str = Field(max_length=200, examples=["办事大厅"])
    uploaded_at: Moment
    recorded_via: RecordedVia = Field(examples=["API"])

    @classmethod
    def of(cls, row: Material) -> "MaterialOut":
        same = set(cls.model_fields) - {"etag", "replaces_id", "criterion", "uploaded_at"}
        return cls(
            **{name: getattr(row, name) for name in same},
            etag=etag(row.row_version),
            replaces_id=f"mat_{row.replaces_id.hex}" if row.replaces_id else "",
            criterion=row.criterion_code,
            uploaded_at=row.created_at,
        )


@routes.get(
    "/nominations/{nomination_id}/materials",
    operation_id="listMaterials",
    summary="List files",
    openapi_extra=about("列出材料", "material:read"),
)
def list_materials(ctx: Read, paging: Listing, nomination_id: NominationId) -> Page[MaterialOut]:
    """Every version of every file of the case, oldest first."""
    found = materials.listed(ctx, nomination_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, MaterialOut.of, lambda row: row.id.hex)


@routes.post(
    "/nominations/{nomination_id}/materials",
    operation_id="addMaterial",
    summary="Upload a file",
    status_code=201,
    responses=declared(
        "FILE_TYPE_NOT_ALLOWED",
        "FILE_UNSAFE",
        "FILE_TOO_LARGE",
        "STORAGE_UNAVAILABLE",
        "MATERIAL_KIND_TAKEN",
        "MATERIAL_NOT_CURRENT",
        "CRITERION_UNKNOWN",
        "NOT_EDITABLE_IN_STATE",
        "PART_NOT_OPEN",
        "CASE_ELSEWHERE",
        "NOT_YOUR_LEVEL",
    ),
    openapi_extra=about("上传材料", "material:write"),
)
def add_material(
    ctx: Write, response: Response, nomination_id: NominationId, form: Annotated[MaterialUploadForm, Form()]
) -> MaterialOut:
    """The file is examined for what it is, kept under its SHA-256 and read back before it counts.

    With `replaces_id` it becomes the next version; the earlier one stays readable.
    """
    body = MaterialUpload(**{name: getattr(form, name) for name in MaterialUpload.model_fields})
    row = materials.add(ctx, nomination_id, body, form.file.file, form.file.filename or "", RecordedVia.API)
    return tagged(response, MaterialOut.of(row), f"/api/v1/materials/mat_{row.id.hex}")


@routes.get(
    "/materials/{material_id}",
    operation_id="getMaterial",
    summary="Show a file's record",
    openapi_extra=about("查看材料信息", "material:read"),
)
def get_material(ctx: Read, response: Response, material_id: File) -> MaterialOut:
    """What is known of one version of a file."""
    return tagged(response, MaterialOut.of(materials.shown(ctx, material_id)))


@routes.delete(
    "/materials/{material_id}",
    operation_id="removeMaterial",
    summary="Remove a file",
    status_code=204,
    responses=declared("NOT_EDITABLE_IN_STATE", "PART_NOT_OPEN", "NOT_YOUR_LEVEL", "MATERIAL_NOT_CURRENT"),
    openapi_extra=about("移除材料", "material:write"),
)
def remove_material(ctx: Write, material_id: File, version: IfMatch) -> None:
    """Before the case is submitted; afterwards a file is replaced by a new version instead."""
    materials.remove(ctx, material_id, version)


@routes.get(
    "/materials/{material_id}/content",
    operation_id="getMaterialContent",
    summary="Download a file",
    response_class=Response,
    responses=declared("MATERIAL_REMOVED", "STORAGE_UNAVAILABLE") | sends(*_MEDIA),
    openapi_extra=about("下载材料", "material:read"),
)
def get_material_content(ctx: Read, material_id: File) -> Response:
    """The file as it was uploaded, always to be saved and never shown in place."""
    row, content = materials.opened(ctx, material_id)
    return attachment(content, row.file_name, row.media_type, row.sha256)
