"""What a campaign stands on, over JSON: papers, participants, local bodies, late acceptances."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Response
from pydantic import Field

from app.api.campaigns import Campaign
from app.api.face import IfMatch, etag, router, tagged
from app.api.notices import day
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    CampaignId,
    DocumentId,
    LateAcceptanceId,
    LocalBodyId,
    Moment,
    OrganizationId,
    Shape,
    Tagged,
)
from app.db.tables.campaigns import BodyKind, CampaignDocument, DocumentKind, Participant
from app.db.tables.nominations import LateAcceptance
from app.db.tables.places import Organization
from app.domain.ids import shown
from app.domain.lateness import DueMatter
from app.http import Read, Write
from app.services import campaign_setup, campaigns, late_acceptances, local_bodies
from app.services.inputs.campaigns import (
    DocumentRecord,
    LateGrant,
    LocalBodyEdit,
    LocalBodyRecord,
    ParticipantList,
)

routes = router("campaigns")
boards = router("boards")

Document = Annotated[DocumentId, Path(description="The paper.")]
Body = Annotated[LocalBodyId, Path(description="The local body.")]


class CampaignDocumentOut(Tagged):
    """A paper the campaign stands on."""

    id: DocumentId
    campaign_id: CampaignId
    kind: DocumentKind = Field(examples=["BASIS"])
    title: str = Field(max_length=200, examples=["关于开展优质服务窗口评选表彰活动的通知"])
    document_no: str = Field(max_length=80, examples=["劳社部函〔2026〕153号"])
    issuer: str = Field(max_length=100, examples=["劳动和社会保障部"])
    issued_on: date
    meeting_on: str = Field(max_length=10, description="Of a decision; or empty.", examples=[""])

    @classmethod
    def of(cls, row: CampaignDocument) -> "CampaignDocumentOut":
        same = ("id", "campaign_id", "kind", "title", "document_no", "issuer", "issued_on")
        values = {name: getattr(row, name) for name in same}
        return cls(**values, etag=etag(row.row_version), meeting_on=day(row.meeting_on))


class CampaignDocumentListOut(Shape):
    """The papers of a campaign."""

    items: list[CampaignDocumentOut] = Field(max_length=500)


class ParticipantOut(Shape):
    """One organisation that takes part."""

    organization_id: OrganizationId
    code: str = Field(max_length=40, examples=["330100"])
    name: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    route: str = Field(max_length=40, examples=["CITY"])
    bucket_code: str = Field(max_length=40, examples=["330100"])


class ParticipantListOut(Tagged):
    """Who takes part; the tag is the campaign's, which guards the list."""

    participants: list[ParticipantOut] = Field(max_length=500)


class LocalBodyOut(Tagged):
    """A locality's leading body or working office; `phone` is empty for those who may not see it."""

    id: LocalBodyId
    campaign_id: CampaignId
    organization_id: OrganizationId
    organization: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    kind: BodyKind = Field(examples=["LEADING"])
    name: str = Field(max_length=100, examples=["优质服务窗口创建活动指导小组"])
    head_name: str = Field(max_length=60, examples=["陈立"])
    head_post: str = Field(max_length=60, examples=["副局长"])
    phone: str = Field(max_length=30, examples=["0571-85110000"])
    reported_at: Moment
    late: bool = Field(description="Reported after the deadline; taken all the same.", examples=[False])

    @classmethod
    def of(cls, view: local_bodies.LocalBodyView) -> "LocalBodyOut":
        row = view.body
        same = (
            "id",
            "campaign_id",
            "organization_id",
            "kind",
            "name",
            "head_name",
            "head_post",
            "reported_at",
            "late",
        )
        values: dict[str, Any] = {name: getattr(row, name) for name in same}
        return cls(
            **values, etag=etag(row.row_version), organization=view.organization.name, phone=view.phone
        )


class LocalBodyListOut(Shape):
    """The registered bodies."""

    items: list[LocalBodyOut] = Field(max_length=1000)


class LateAcceptanceOut(Tagged):
    """A recorded exception to a deadline."""

    id: LateAcceptanceId
    campaign_id: CampaignId
    organization_id: OrganizationId
    organization: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    matter: DueMatter = Field(description="The filing, or what goes to the ministry.", examples=["FILING"])
    until_on: date
    ends_at: Moment
    reason: str = Field(max_length=1000, examples=["台风致办公系统停运。"])
    document_no: str = Field(max_length=120, examples=["浙劳社办〔2026〕9号"])

    @classmethod
    def of(cls, row: LateAcceptance, unit: Organization) -> "LateAcceptanceOut":
        values = {name: getattr(row, name) for name in set(cls.model_fields) - {"etag", "organization"}}
        return cls(**values, etag=etag(row.row_version), organization=unit.name)


class LateAcceptanceListOut(Shape):
    """All exceptions of a campaign."""

    items: list[LateAcceptanceOut] = Field(max_length=500)


def _participants(ctx: Read, response: Response, campaign_id: UUID) -> ParticipantListOut:
    found: list[tuple[Participant, Organization]] = campaign_setup.taking_part(ctx, campaign_id)
    listed = [
        ParticipantOut(
            organization_id=unit.id,
            code=unit.code,
            name=unit.name,
            route=row.route,
            bucket_code=row.bucket_code,
        )
        for row, unit in found
    ]
    version = campaigns.campaign_of(ctx, campaign_id).row_version
    return tagged(response, ParticipantListOut(etag=etag(version), participants=listed))


@routes.get(
    "/campaigns/{campaign_id}/documents",
    operation_id="listCampaignDocuments",
    summary="List a campaign's papers",
    openapi_extra=about("列出活动文件", "campaign:read"),
)
def list_documents(ctx: Read, campaign_id: Campaign) -> CampaignDocumentListOut:
    """The papers it stands on, in the order recorded."""
    found = campaign_setup.documents(ctx, campaign_id)
    return CampaignDocumentListOut(items=[CampaignDocumentOut.of(one) for one in found])


@routes.post(
    "/campaigns/{campaign_id}/documents",
    operation_id="recordCampaignDocument",
    summary="Record a paper",
    status_code=201,
    responses=declared("CAMPAIGN_NOT_EDITABLE"),
    openapi_extra=about("登记活动文件", "campaign:configure"),
)
def record_document(
    ctx: Write, response: Response, campaign_id: Campaign, body: DocumentRecord
) -> CampaignDocumentOut:
    """The superior document, the approval basis, or the party group's decision with its minutes."""
    row = campaign_setup.record_document(ctx, campaign_id, body)
    place = f"/api/v1/campaigns/{shown('cmp', campaign_id)}/documents/{shown('doc', row.id)}"
    return tagged(response, CampaignDocumentOut.of(row), place)


@routes.put(
    "/campaigns/{campaign_id}/documents/{document_id}",
    operation_id="correctCampaignDocument",
    summary="Put a paper right",
    responses=declared("CAMPAIGN_NOT_EDITABLE"),
    openapi_extra=about("更正活动文件", "campaign:configure"),
)
def correct_document(
    ctx: Write,
    response: Response,
    campaign_id: Campaign,
    document_id: Document,
    body: DocumentRecord,
    version: IfMatch,
) -> CampaignDocumentOut:
    """Correct what was recorded of a paper, until the campaign is opened."""
    row = campaign_setup.correct_document(ctx, campaign_id, document_id, body, version)
    return tagged(response, CampaignDocumentOut.of(row))


@routes.get(
    "/campaigns/{campaign_id}/participants",
    operation_id="listParticipants",
    summary="List participants",
    openapi_extra=about("列出参加单位", "campaign:read"),
)
def list_participants(ctx: Read, response: Response, campaign_id: Campaign) -> ParticipantListOut:
    """Who takes part, by which route, and against which bucket, by code."""
    return _participants(ctx, response, campaign_id)


@routes.put(
    "/campaigns/{campaign_id}/participants",
    operation_id="setParticipants",
    summary="Set participants",
    responses=declared("BUCKET_UNKNOWN", "PARTICIPANT_TWICE", "CAMPAIGN_NOT_EDITABLE"),
    openapi_extra=about("设定参加单位", "campaign:configure"),
)
def set_participants(
    ctx: Write, response: Response, campaign_id: Campaign, body: ParticipantList, version: IfMatch
) -> ParticipantListOut:
    """Replace the whole list, until the campaign is opened."""
    campaign_setup.set_participants(ctx, campaign_id, body, version)
    return _participants(ctx, response, campaign_id)


@boards.get(
    "/campaigns/{campaign_id}/local-bodies",
    operation_id="listLocalBodies",
    summary="List local bodies",
    openapi_extra=about("列出评选组织机构", "local_body:read"),
)
def list_local_bodies(ctx: Read, campaign_id: Campaign) -> LocalBodyListOut:
    """The registered leading bodies and working offices; phones are shown to those who record them."""
    return LocalBodyListOut(items=[LocalBodyOut.of(one) for one in local_bodies.listed(ctx, campaign_id)])


@boards.post(
    "/campaigns/{campaign_id}/local-bodies",
    operation_id="recordLocalBody",
    summary="Register a local body",
    status_code=201,
    responses=declared("NOT_PARTICIPANT", "LOCAL_BODY_EXISTS"),
    openapi_extra=about("登记评选组织机构", "local_body:record"),
)
def record_local_body(
    ctx: Write, response: Response, campaign_id: Campaign, body: LocalBodyRecord
) -> LocalBodyOut:
    """A leading body or working office with whom to call; after the deadline it is taken and flagged."""
    view = local_bodies.record(ctx, campaign_id, body)
    return tagged(response, LocalBodyOut.of(view), f"/api/v1/local-bodies/{shown('lbd', view.body.id)}")


@boards.get(
    "/local-bodies/{body_id}",
    operation_id="getLocalBody",
    summary="Show a local body",
    openapi_extra=about("查看评选组织机构", "local_body:read"),
)
def get_local_body(ctx: Read, response: Response, body_id: Body) -> LocalBodyOut:
    """One registered body."""
    return tagged(response, LocalBodyOut.of(local_bodies.shown(ctx, body_id)))


@boards.put(
    "/local-bodies/{body_id}",
    operation_id="editLocalBody",
    summary="Edit a local body",
    openapi_extra=about("修改评选组织机构", "local_body:record"),
)
def edit_local_body(
    ctx: Write, response: Response, body_id: Body, body: LocalBodyEdit, version: IfMatch
) -> LocalBodyOut:
    """Keep it up to date; whether it was late does not change."""
    return tagged(response, LocalBodyOut.of(local_bodies.edit(ctx, body_id, body, version)))


@routes.get(
    "/campaigns/{campaign_id}/late-acceptances",
    operation_id="listLateAcceptances",
    summary="List late acceptances",
    openapi_extra=about("列出逾期受理", "campaign:read"),
)
def list_late_acceptances(ctx: Read, campaign_id: Campaign) -> LateAcceptanceListOut:
    """Recorded exceptions to the deadlines."""
    found = late_acceptances.listed(ctx, campaign_id)
    return LateAcceptanceListOut(items=[LateAcceptanceOut.of(*one) for one in found])


@routes.post(
    "/campaigns/{campaign_id}/late-acceptances",
    operation_id="grantLateAcceptance",
    summary="Grant a late acceptance",
    status_code=201,
    responses=declared("NOT_PARTICIPANT", "LATE_UNTIL_INVALID"),
    openapi_extra=about("准予逾期受理", "late_acceptance:grant"),
)
def grant_late_acceptance(ctx: Write, campaign_id: Campaign, body: LateGrant) -> LateAcceptanceOut:
    """Allow one unit to hand in after the deadline, on a paper; a later grant takes the place of the former."""
    return LateAcceptanceOut.of(*late_acceptances.grant(ctx, campaign_id, body))
