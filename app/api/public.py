"""What anybody may read and do, without a token: campaigns, notices, objections, receipts."""

from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import Header, Path, Query, Request, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import router, tagged
from app.api.listing import Listing
from app.api.notices import day
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import CampaignId, Moment, NoticeId, NoticeItemId, Page, Shape, Tagged
from app.domain.campaign import CampaignStage
from app.domain.errors import Refusal
from app.domain.notice import ItemOutcome, NoticeState
from app.domain.objection import ObjectionStage, Timeliness
from app.http import Read, Write, source
from app.services import audit, public
from app.services.inputs.objections import ObjectionSubmit

routes = router("public")

CACHE = "public, max-age=60"
S = TypeVar("S", bound=Shape)


class PublicCampaignOut(Shape):
    """An opened campaign."""

    id: CampaignId
    title: str = Field(max_length=120, examples=["全省劳动保障系统优质服务窗口评选"])
    edition_no: int = Field(ge=1, le=99, examples=[1])
    stage: CampaignStage = Field(examples=["OPEN"])
    suspended: bool = Field(examples=[False])
    purpose: str = Field(max_length=2000, examples=["推动窗口单位改进服务。"])
    sample: bool = Field(description="Sample data of a test installation.", examples=[False])


class PaperOut(Shape):
    """A document the campaign stands on."""

    title: str = Field(max_length=200, examples=["关于开展评选活动的通知"])
    document_no: str = Field(max_length=80, examples=["浙劳社〔2026〕1号"])
    issuer: str = Field(max_length=100, examples=["浙江省劳动和社会保障厅"])
    issued_on: date


class PublicCampaignWithPapersOut(PublicCampaignOut):
    """An opened campaign and its papers."""

    papers: list[PaperOut] = Field(max_length=100)


class PublicNoticeHeadOut(Shape):
    """A published notice in a list."""

    id: NoticeId
    campaign_id: CampaignId
    code: str = Field(max_length=40, examples=["GS-2026-4C1D2E3F"])
    title: str = Field(max_length=200, examples=["优质服务窗口推荐对象公示"])
    round: int = Field(ge=1, le=99, examples=[1])
    state: NoticeState = Field(examples=["RUNNING"])
    publish_on: date
    last_day: date
    ends_at: Moment


class PublicItemOut(Shape):
    """One nominee, under the name it was published with."""

    id: NoticeItemId
    position: int = Field(ge=0, le=1000, examples=[0])
    window_name: str = Field(max_length=100, examples=["西湖区社会保险服务大厅"])
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    city: str = Field(max_length=40, examples=["杭州市"])
    window_type: str = Field(max_length=100, examples=["社会保险经办"])
    window_type_en: str = Field(max_length=200, examples=["Social insurance"])
    merits: str = Field(max_length=2000, examples=["一窗受理，群众满意率高。"])
    outcome: ItemOutcome = Field(description="Never tells whether somebody objected.", examples=["RUNNING"])
    renamed: str = Field(
        max_length=500, description="Footnote when it is called otherwise today.", examples=[""]
    )


class PublicChangeOut(Shape):
    """What was changed after publication."""

    kind: str = Field(max_length=20, examples=["EXTEND"])
    at: Moment
    text: str = Field(max_length=1000, examples=["网站故障。"])
    new_last_day: str = Field(max_length=10, examples=["2026-09-23"])


class PublicNoticeOut(Tagged):
    """A whole notice: who, on what basis, until when, and how to object."""

    head: PublicNoticeHeadOut
    issuer: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    basis: str = Field(max_length=1000, examples=["浙劳社〔2026〕1号"])
    body: str = Field(max_length=5000, examples=["拟推荐下列窗口。"])
    contact_office: str = Field(max_length=100, examples=["市局监察室"])
    contact_phone: str = Field(max_length=60, examples=["0571-85110000"])
    contact_email: str = Field(max_length=100, examples=["jiancha@example.gov.cn"])
    contact_address: str = Field(max_length=200, examples=["杭州市中河中路1号"])
    contact_postcode: str = Field(max_length=10, examples=["310001"])
    reception_hours: str = Field(max_length=100, examples=["工作日 8:30—17:30"])
    min_days: int = Field(ge=1, le=60, examples=[5])
    day_kind: str = Field(max_length=20, examples=["WORKING"])
    count_publication_day: bool = Field(examples=[False])
    mail_cutoff_rule: str = Field(max_length=40, examples=["SENT_POSTMARK"])
    anonymous_policy: str = Field(max_length=40, examples=["ACCEPT_WITH_LEADS"])
    content_hash: str = Field(max_length=80, examples=["sha256:9f86d081884c7d65"])
    items: list[PublicItemOut] = Field(max_length=200)
    changes: list[PublicChangeOut] = Field(max_length=1000)
    superseded_by: str = Field(max_length=40, description="The round that replaced it.", examples=[""])


class ReceiptOut(Shape):
    """How an objection stands."""

    code: str = Field(max_length=40, examples=["YY-2026-1A2B3C4D"])
    stage: ObjectionStage = Field(examples=["RECEIVED"])
    timeliness: Timeliness = Field(examples=["IN_TIME"])
    received_on: date
    due_on: str = Field(max_length=10, examples=["2026-09-21"])
    replied_on: str = Field(max_length=10, examples=[""])
    reply: str = Field(max_length=500, examples=[""])


class NewReceiptOut(ReceiptOut):
    """The receipt; `receipt` is shown this once and kept nowhere."""

    receipt: str = Field(max_length=48, examples=["1f3a 9c0d 7e2b 4455 8899 aabb ccdd eeff"])


def cached(response: Response, shape: S) -> S:
    """Anybody's cache may keep it for a minute; the tag is of what is shown."""
    response.headers["Cache-Control"] = CACHE
    response.headers["ETag"] = f'"{audit.digest(shape.model_dump(mode="json")).split(":")[1][:16]}"'
    return shape


def _receipt(status: public.ReceiptStatus) -> dict[str, Any]:
    return vars(status) | {"due_on": day(status.due_on), "replied_on": day(status.replied_on)}


@routes.get(
    "/public/campaigns",
    operation_id="listPublicCampaigns",
    summary="List opened campaigns",
    openapi_extra=about("列出评选活动"),
)
def list_campaigns(ctx: Read, response: Response, paging: Listing) -> Page[PublicCampaignOut]:
    """Opened campaigns whose approval basis or opening decision is recorded."""
    found = public.campaigns(ctx, after=paging.after, limit=paging.limit)
    shape = listing.page(paging, found, lambda row: PublicCampaignOut(**vars(row)), lambda row: row.id.hex)
    return cached(response, shape)


@routes.get(
    "/public/campaigns/{campaign_id}",
    operation_id="getPublicCampaign",
    summary="Show an opened campaign",
    openapi_extra=about("查看评选活动"),
)
def get_campaign(ctx: Read, response: Response, campaign_id: CampaignId) -> PublicCampaignWithPapersOut:
    """One campaign and the papers it stands on."""
    row, papers = public.campaign(ctx, campaign_id)
    shown = [PaperOut(**vars(one)) for one in papers]
    return cached(response, PublicCampaignWithPapersOut(**vars(row), papers=shown))


@routes.get(
    "/public/notices",
    operation_id="listPublicNotices",
    summary="List published notices",
    openapi_extra=about("列出公示"),
)
def list_notices(
    ctx: Read,
    response: Response,
    paging: Listing,
    campaign_id: Annotated[
        CampaignId | SkipJsonSchema[None], Query(description="Only of this campaign.")
    ] = None,
) -> Page[PublicNoticeHeadOut]:
    """Published notices, newest first; superseded ones stay readable."""
    found = public.notices(ctx, campaign_id=campaign_id, after=paging.after, limit=paging.limit)
    shape = listing.page(paging, found, lambda row: PublicNoticeHeadOut(**vars(row)), lambda row: row.id.hex)
    return cached(response, shape)


@routes.get(
    "/public/notices/{notice_id}",
    operation_id="getPublicNotice",
    summary="Show a published notice",
    responses=declared("NOTICE_WITHDRAWN"),
    openapi_extra=about("查看公示"),
)
def get_notice(
    ctx: Read, response: Response, notice_id: Annotated[NoticeId, Path(description="The notice.")]
) -> PublicNoticeOut:
    """Who is proposed, on what basis, until when, and how to object."""
    found = public.notice(ctx, notice_id)
    values = vars(found) | {
        "etag": f'"{found.tag[:16]}"',
        "head": PublicNoticeHeadOut(**vars(found.head)),
        "items": [PublicItemOut(**vars(one)) for one in found.items],
        "changes": [
            PublicChangeOut(**vars(one) | {"new_last_day": day(one.new_last_day)}) for one in found.changes
        ],
        "superseded_by": f"ntc_{found.superseded_by.hex}" if found.superseded_by else "",
    }
    response.headers["Cache-Control"] = CACHE
    return tagged(response, PublicNoticeOut(**values))


@routes.post(
    "/public/notices/{notice_id}/objections",
    operation_id="submitObjection",
    summary="Object to a nominee",
    status_code=202,
    responses=declared("NOTICE_CLOSED", "OBJECTOR_MISSING", "OBJECTOR_NOT_ANONYMOUS", "SECRET_SHOWN_ONCE"),
    openapi_extra=about("提出异议"),
)
def submit_objection(
    ctx: Write, request: Request, notice_id: NoticeId, body: ObjectionSubmit
) -> NewReceiptOut:
    """By name, by a unit, or anonymous; the receipt code is shown this once. A late one is kept as a lead."""
    status, code = public.object_to(ctx, notice_id, body, source(request))
    return NewReceiptOut(**_receipt(status), receipt=code)


@routes.get(
    "/public/objection-receipts",
    operation_id="getObjectionReceipt",
    summary="Ask how an objection stands",
    responses=declared("NOT_FOUND"),
    openapi_extra=about("查询异议办理情况"),
)
def get_receipt(
    ctx: Read,
    request: Request,
    response: Response,
    receipt: Annotated[
        str,
        Header(
            alias="Receipt-Code",
            min_length=32,
            max_length=48,
            pattern=r"^[0-9A-Fa-f -]{32,48}$",
            description="The code that was shown once; never put it into an address.",
            examples=["1f3a 9c0d 7e2b 4455 8899 aabb ccdd eeff"],
        ),
    ],
) -> ReceiptOut:
    """The code travels in a header, so that no log of addresses holds it."""
    found = public.receipt(ctx, receipt, source(request))
    if found is None:
        raise Refusal("NOT_FOUND")
    response.headers["Cache-Control"] = "no-store"
    return ReceiptOut(**_receipt(found))
