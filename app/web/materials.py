"""Files of a case as pages: uploaded, replaced by a version, taken out, saved."""

from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from app.answers import attachment
from app.db.tables.materials import Material, MaterialKind
from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.services import case_file, materials
from app.services.inputs.materials import MaterialUpload
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()


@routes.get("/nominations/{nomination_id}/files")
def list_files(ctx: Read, request: Request, nomination_id: str, replace: str = "") -> Response:
    """The files that count, with their earlier versions, and the form for one more or a next version."""
    case = case_file.shown(ctx, parsed("nom", nomination_id))
    replaced = _of_case(ctx, nomination_id, replace) if replace else None
    accept = {kind: ",".join(f".{one}" for one in sorted(types)) for kind, types in materials.TAKEN.items()}
    return render(
        request,
        "nominations/files.html",
        case=case,
        view=case.view,
        id=nomination_id,
        kinds=list(MaterialKind),
        replaced=replaced,
        accept=accept,
        largest=ctx.settings.max_upload_bytes,
    )


@routes.post("/nominations/{nomination_id}/files")
def upload(ctx: Write, request: Request, nomination_id: str, fields: Posted) -> Response:
    file = fields.files.get("file")
    body = fields.to(MaterialUpload)
    if file is None:
        raise Refusal("FIELD_MISSING", "/file")
    materials.add(ctx, parsed("nom", nomination_id), body, file.file, file.filename or "")
    return go(request, f"/nominations/{nomination_id}/files", "文件已上传。")


@routes.get("/nominations/{nomination_id}/files/{material_id}")
def download(ctx: Read, nomination_id: str, material_id: str) -> Response:
    """Always to be saved, never shown in place."""
    found = _of_case(ctx, nomination_id, material_id)
    row, content = materials.opened(ctx, found.id)
    return attachment(content, row.file_name, row.media_type, row.sha256)


@routes.get("/nominations/{nomination_id}/files/{material_id}/remove")
def remove_form(ctx: Read, request: Request, nomination_id: str, material_id: str) -> Response:
    found = _of_case(ctx, nomination_id, material_id)
    return render(request, "nominations/remove_file.html", file=found, id=nomination_id)


@routes.post("/nominations/{nomination_id}/files/{material_id}/remove")
def remove(ctx: Write, request: Request, nomination_id: str, material_id: str, fields: Posted) -> Response:
    materials.remove(ctx, _of_case(ctx, nomination_id, material_id).id, fields.version)
    return go(request, f"/nominations/{nomination_id}/files", "文件已移除。")


def _of_case(ctx: Read, nomination_id: str, material_id: str) -> Material:
    """The file, when it belongs to this case."""
    found = materials.shown(ctx, parsed("mat", material_id))
    case: UUID = parsed("nom", nomination_id)
    if found.nomination_id != case:
        raise Refusal("NOT_FOUND", file=shown("mat", found.id))
    return found
