"""Papers to save from where a person looks for them: a case, a notice, a campaign, an award."""

from fastapi import Request
from fastapi.responses import Response

from app.answers import saved
from app.db.tables.materials import FormKind
from app.domain.ids import parsed
from app.http import Read
from app.services import award_documents, candidate_documents, form_documents, notice_documents
from app.services.documents import MEDIA
from app.web.face import router

routes = router()


@routes.get("/nominations/{nomination_id}/approval-form")
def approval_form(ctx: Read, request: Request, nomination_id: str) -> Response:
    kind = FormKind.NATIONAL if request.query_params.get("form") == "NATIONAL" else FormKind.PROVINCIAL
    return saved(
        form_documents.approval_form(ctx, parsed("nom", nomination_id), _form(request, "docx"), kind)
    )


@routes.get("/notices/{notice_id}/document")
def notice(ctx: Read, request: Request, notice_id: str) -> Response:
    return saved(notice_documents.notice(ctx, parsed("ntc", notice_id), _form(request, "docx")))


@routes.get("/public/notices/{notice_id}/document")
def public_notice(ctx: Read, notice_id: str) -> Response:
    return saved(notice_documents.public_notice(ctx, parsed("ntc", notice_id)))


@routes.get("/campaigns/{campaign_id}/candidate-table")
def candidate_table(ctx: Read, request: Request, campaign_id: str, bucket: str = "") -> Response:
    found = parsed("cmp", campaign_id)
    return saved(candidate_documents.candidate_table(ctx, found, bucket[:40], _form(request, "docx", "xlsx")))


@routes.get("/awards/{award_id}/certificate")
def certificate(ctx: Read, award_id: str) -> Response:
    return saved(award_documents.certificate(ctx, parsed("awd", award_id)))


def _form(request: Request, *others: str) -> str:
    """The format in the address; PDF unless it is one of the others that this paper has."""
    asked = request.query_params.get("format", "")
    return asked if asked in others and asked in MEDIA else "pdf"
