"""Files that a municipal system sends ahead of its pushes, over JSON."""

from typing import Annotated

from fastapi import Form, Path, Response, UploadFile
from pydantic import Field

from app.api.face import etag, router, tagged
from app.api.openapi import about
from app.api.problems import declared
from app.api.pushes import SourcePath
from app.api.schemas import Moment, SourceFileId, Tagged
from app.db.tables.materials import SourceFile
from app.http import Read, Write
from app.services import source_files
from app.services.inputs.base import Input
from app.services.inputs.pushes import Sha256

routes = router("nominations")

Digest = Annotated[
    Sha256,
    Path(
        description="SHA-256 of the content.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ),
]


class SourceFileForm(Input):
    """A file, whose kind and case the push will say."""

    file: UploadFile = Field(
        description="The file; at most 20 MiB. Its name is kept for show, never used as a path.",
        examples=["办事大厅.jpg"],
    )


class SourceFileOut(Tagged):
    """A file of the source; pushes refer to it by `sha256`."""

    id: SourceFileId
    source: str = Field(max_length=40, examples=["hangzhou-hrss"])
    sha256: str = Field(
        max_length=64, examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )
    size_bytes: int = Field(ge=0, le=2**53, examples=[482113])
    media_type: str = Field(max_length=100, examples=["image/jpeg"])
    file_name: str = Field(max_length=200, examples=["办事大厅.jpg"])
    received_at: Moment

    @classmethod
    def of(cls, row: SourceFile) -> "SourceFileOut":
        same = set(cls.model_fields) - {"etag", "received_at"}
        kept = {name: getattr(row, name) for name in same}
        return cls(**kept, etag=etag(row.row_version), received_at=row.created_at)


@routes.post(
    "/sources/{source}/files",
    operation_id="sendSourceFile",
    summary="Send a file ahead",
    status_code=201,
    responses=declared("FILE_TYPE_NOT_ALLOWED", "FILE_UNSAFE", "FILE_TOO_LARGE", "STORAGE_UNAVAILABLE"),
    openapi_extra=about("先行上传文件", "nomination:push"),
)
def send_file(
    ctx: Write, response: Response, source: SourcePath, form: Annotated[SourceFileForm, Form()]
) -> SourceFileOut:
    """Kept under its content for this source's pushes to refer to; the same content again is the same file."""
    row = source_files.add(ctx, source, form.file.file, form.file.filename or "")
    return tagged(response, SourceFileOut.of(row), f"/api/v1/sources/{source}/files/{row.sha256}")


@routes.get(
    "/sources/{source}/files/{sha256}",
    operation_id="getSourceFile",
    summary="Show a file sent ahead",
    openapi_extra=about("查看先行上传的文件", "nomination:push"),
)
def get_file(ctx: Read, response: Response, source: SourcePath, sha256: Digest) -> SourceFileOut:
    """Whether the content is here already, so that it need not be sent again."""
    return tagged(response, SourceFileOut.of(source_files.shown(ctx, source, sha256)))
