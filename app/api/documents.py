"""Papers over JSON's door: the approval form, a notice, the table of candidates, a certificate, as files to save."""

from typing import Annotated, Literal

from fastapi import Path, Query, Request, Response
from pydantic import StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.answers import saved
from app.api.face import router
from app.api.openapi import about, sends
from app.api.problems import declared
from app.api.schemas import AwardId, CampaignId, NominationId, NoticeId
from app.db.tables.materials import FormKind
from app.http import Read
from app.services import award_documents, candidate_documents, form_documents, notice_documents
from app.services.documents import MEDIA

routes = router("documents")
posted = router("public")

Campaign = Annotated[CampaignId, Path(description="The campaign.")]
Nomination = Annotated[NominationId, Path(description="The nomination.")]
Form = Annotated[FormKind, Query(alias="form", description="Which form.", examples=["PROVINCIAL"])]
Notice = Annotated[NoticeId, Path(description="The notice.")]
Award = Annotated[AwardId, Path(description="The award.")]
Paper = Annotated[
    Literal["pdf", "docx"] | SkipJsonSchema[None],
    Query(
        alias="format",
        description="PDF to print, DOCX to edit; what `Accept` asks for unless said, else PDF.",
        examples=["pdf"],
    ),
]
Sheet = Annotated[
    Literal["pdf", "docx", "xlsx"] | SkipJsonSchema[None],
    Query(alias="format", description="The same, or a workbook.", examples=["xlsx"]),
]
Bucket = Annotated[
    Annotated[str, StringConstraints(pattern=r"^(\d{6}|[A-Z][A-Z0-9_]{1,39})$", max_length=40)]
    | SkipJsonSchema[None],
    Query(description="Only of this quota bucket.", examples=["330100"]),
]
_PAPER = sends(MEDIA["pdf"], MEDIA["docx"], tagged=True)


@routes.get(
    "/nominations/{nomination_id}/approval-form",
    operation_id="getApprovalForm",
    summary="Print the approval form",
    response_class=Response,
    responses=declared("MINISTRY_TRACK_OFF") | _PAPER,
    openapi_extra=about("打印呈报审批表", "nomination:read"),
)
def get_approval_form(
    ctx: Read,
    request: Request,
    nomination_id: Nomination,
    of: Form = FormKind.PROVINCIAL,
    form: Paper = None,
) -> Response:
    """The submission-and-approval form with every level's opinion and room for its seal. Personal data only for who works on the case."""
    wanted = form or _accepted(request, "docx")
    return saved(form_documents.approval_form(ctx, nomination_id, wanted, of))


@routes.get(
    "/notices/{notice_id}/document",
    operation_id="getNoticeDocument",
    summary="Print a notice",
    response_class=Response,
    responses=declared() | _PAPER,
    openapi_extra=about("打印公示", "notice:read"),
)
def get_notice_document(ctx: Read, request: Request, notice_id: Notice, form: Paper = None) -> Response:
    """The notice as it is posted; a draft is marked as one."""
    return saved(notice_documents.notice(ctx, notice_id, form or _accepted(request, "docx")))


@posted.get(
    "/public/notices/{notice_id}/document",
    operation_id="getPublicNoticeDocument",
    summary="Print a published notice",
    response_class=Response,
    responses=declared("NOTICE_WITHDRAWN") | sends(MEDIA["pdf"], tagged=True),
    openapi_extra=about("打印已发布的公示"),
)
def get_public_notice_document(ctx: Read, notice_id: Notice) -> Response:
    """The notice as PDF, for everybody."""
    return saved(notice_documents.public_notice(ctx, notice_id))


@routes.get(
    "/campaigns/{campaign_id}/candidate-table",
    operation_id="getCandidateTable",
    summary="Print the table of candidates",
    response_class=Response,
    responses=declared() | sends(*MEDIA.values(), tagged=True),
    openapi_extra=about("打印候选窗口汇总表", "nomination:read"),
)
def get_candidate_table(
    ctx: Read, request: Request, campaign_id: Campaign, bucket: Bucket = None, form: Sheet = None
) -> Response:
    """The candidates of the caller's area in the order of their rank, of one bucket or of all."""
    return saved(
        candidate_documents.candidate_table(
            ctx, campaign_id, bucket or "", form or _accepted(request, "docx", "xlsx")
        )
    )


@routes.get(
    "/awards/{award_id}/certificate",
    operation_id="getCertificate",
    summary="Print a certificate",
    response_class=Response,
    responses=declared() | sends(MEDIA["pdf"], tagged=True),
    openapi_extra=about("打印荣誉证书", "campaign:read"),
)
def get_certificate(ctx: Read, award_id: Award) -> Response:
    """The award's certificate with room for the seal; a revoked one is stamped as such."""
    return saved(award_documents.certificate(ctx, award_id))


def _accepted(request: Request, *offered: str) -> str:
    """What `Accept` asks for among what this paper is offered as; PDF unless it names another first."""
    asked = request.headers.get("accept", "")
    named = {form: asked.find(MEDIA[form]) for form in ("pdf", *offered) if MEDIA[form] in asked}
    return min(named, key=named.__getitem__, default="pdf")
