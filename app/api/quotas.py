"""The allocation of places over JSON."""

from typing import Annotated, Any

from fastapi import Depends, File, Form, Path, Response, UploadFile
from pydantic import Field

from app.answers import attachment
from app.api.face import IfMatch, etag, router, tagged
from app.api.openapi import about, sends
from app.api.problems import declared
from app.api.schemas import ActionOut, CampaignId, PlanId, Shape, Tagged, actions
from app.db.tables.campaigns import PlanStatus, QuotaBucket, QuotaPlan
from app.domain.ids import shown
from app.domain.quota import SeatKind
from app.http import Read, Write
from app.services import quota_files, quota_sources, quota_usage, quotas
from app.services.inputs.faults import checked
from app.services.inputs.quotas import PlanAct, PlanDraft, PlanFile, PlanSample

routes = router("quotas")

Campaign = Annotated[CampaignId, Path(description="The campaign.")]
Plan = Annotated[PlanId, Path(description="The plan.")]


class QuotaBucketOut(Shape):
    """What one city, the provincial-level units or the reserve may hold."""

    code: str = Field(max_length=40, examples=["330100"])
    name: str = Field(max_length=100, examples=["杭州市"])
    provincial_places: int = Field(ge=0, le=9999, examples=[5])
    nomination_limit: int = Field(ge=0, le=9999, examples=[6])
    ministry_fixed: int = Field(ge=0, le=9999, examples=[2])
    pool_eligible: bool = Field(examples=[False])


class QuotaPlanHeadOut(Tagged):
    """A version of the allocation in a list."""

    id: PlanId
    campaign_id: CampaignId
    version: int = Field(ge=1, le=999, examples=[1])
    status: PlanStatus = Field(examples=["CONFIRMED"])
    is_sample: bool = Field(description="Invented numbers; no real campaign opens on them.", examples=[False])
    provincial_total: int = Field(ge=0, le=9999, examples=[34])
    ministry_total: int = Field(ge=0, le=9999, description="Of the awards, never extra.", examples=[10])
    ministry_pool: int = Field(ge=0, le=9999, examples=[6])
    source_note: str = Field(max_length=300, examples=["通知附件2"])
    source_sha256: str = Field(max_length=64, description="Of the imported file.", examples=[""])
    decision_ref: str = Field(max_length=120, examples=["厅党组纪要〔2026〕7号"])
    prepared_by: str = Field(max_length=36, description="A person.", examples=["per_" + "0" * 32])
    confirmed_by: str = Field(max_length=36, description="A second person, or empty.", examples=[""])
    confirmed_at: str = Field(max_length=40, description="Empty until confirmed.", examples=[""])

    @classmethod
    def of(cls, plan: QuotaPlan) -> "QuotaPlanHeadOut":
        return cls(**_head(plan))


class QuotaPlanOut(QuotaPlanHeadOut):
    """A version of the allocation with its buckets, and whether it may be confirmed now."""

    buckets: list[QuotaBucketOut] = Field(max_length=100)
    actions: list[ActionOut] = Field(max_length=5)

    @classmethod
    def whole(cls, view: quotas.PlanView) -> "QuotaPlanOut":
        return cls(
            **_head(view.plan),
            buckets=[_bucket(one) for one in view.buckets],
            actions=actions(view.actions),
        )


class QuotaPlanListOut(Shape):
    """Every version of a campaign's allocation, newest first."""

    items: list[QuotaPlanHeadOut] = Field(max_length=200)


class SeatUseOut(Shape):
    """The seats of one kind in one bucket."""

    kind: SeatKind = Field(examples=["PROVINCIAL"])
    places: int = Field(ge=0, le=9999, examples=[5])
    free: int = Field(ge=0, le=9999, examples=[3])
    used: int = Field(ge=0, le=9999, examples=[2])
    forfeited: int = Field(ge=0, le=9999, description="Freed too late to be given again.", examples=[0])


class BucketUseOut(Shape):
    """How one bucket stands."""

    code: str = Field(max_length=40, examples=["330100"])
    name: str = Field(max_length=100, examples=["杭州市"])
    kinds: list[SeatUseOut] = Field(max_length=4)


class QuotaUsageOut(Shape):
    """The buckets the caller may see; none before a plan is confirmed."""

    buckets: list[BucketUseOut] = Field(max_length=101)


async def _said(
    provincial_total: Annotated[
        str, Form(max_length=4, description="Award places; the rules' unless said.", examples=["34"])
    ] = "",
    ministry_total: Annotated[
        str,
        Form(max_length=4, description="Of these to the ministry; the rules' unless said.", examples=["10"]),
    ] = "",
    ministry_pool: Annotated[
        str, Form(max_length=4, description="Given by competition; the rules' unless said.", examples=["6"])
    ] = "",
    source_note: Annotated[
        str, Form(max_length=300, description="Where the numbers come from.", examples=["通知附件2"])
    ] = "",
    decision_ref: Annotated[
        str, Form(max_length=120, description="The decision that amends a plan.", examples=["纪要7号"])
    ] = "",
) -> PlanFile:
    """The fields beside the file; an empty one was not said."""
    given = {
        "provincial_total": provincial_total,
        "ministry_total": ministry_total,
        "ministry_pool": ministry_pool,
        "source_note": source_note,
        "decision_ref": decision_ref,
    }
    return checked(PlanFile, {name: value for name, value in given.items() if value})


Said = Annotated[PlanFile, Depends(_said)]


def _head(plan: QuotaPlan) -> dict[str, Any]:
    same = (
        "id",
        "campaign_id",
        "version",
        "status",
        "is_sample",
        "provincial_total",
        "ministry_total",
        "ministry_pool",
        "source_note",
        "decision_ref",
    )
    people = {name: getattr(plan, name) for name in ("prepared_by", "confirmed_by")}
    return {
        **{name: getattr(plan, name) for name in same},
        **{name: shown("per", one) if one else "" for name, one in people.items()},
        "etag": etag(plan.row_version),
        "source_sha256": quota_sources.sha256(plan.source_file),
        "confirmed_at": plan.confirmed_at.isoformat() if plan.confirmed_at else "",
    }


def _bucket(row: QuotaBucket) -> QuotaBucketOut:
    return QuotaBucketOut.model_validate(row, from_attributes=True)


def _usage(one: quota_usage.BucketUsage) -> BucketUseOut:
    kinds = [
        SeatUseOut(kind=kind, places=use.places, free=use.free, used=use.used, forfeited=use.forfeited)
        for kind, use in one.kinds.items()
    ]
    return BucketUseOut(code=one.code, name=one.name, kinds=kinds)


def _answer(ctx: Write, response: Response, plan: QuotaPlan, *, new: bool = False) -> QuotaPlanOut:
    place = f"/api/v1/quota-plans/{shown('qpl', plan.id)}" if new else ""
    return tagged(response, QuotaPlanOut.whole(quotas.view(ctx, plan)), place)


@routes.get(
    "/campaigns/{campaign_id}/quota-plans",
    operation_id="listQuotaPlans",
    summary="List quota plans",
    openapi_extra=about("列出名额方案", "quota:read"),
)
def list_plans(ctx: Read, campaign_id: Campaign) -> QuotaPlanListOut:
    """Every version, newest first; drafts are shown to those who read at the host."""
    return QuotaPlanListOut(items=[QuotaPlanHeadOut.of(one) for one in quotas.listed(ctx, campaign_id)])


@routes.post(
    "/campaigns/{campaign_id}/quota-plans",
    operation_id="createQuotaPlan",
    summary="Draft a quota plan",
    status_code=201,
    responses=declared("QUOTA_BUCKET_INVALID", "CAMPAIGN_NOT_EDITABLE", "PERSON_NEEDED"),
    openapi_extra=about("拟定名额方案", "quota:edit"),
)
def create_plan(ctx: Write, response: Response, campaign_id: Campaign, body: PlanDraft) -> QuotaPlanOut:
    """A new version of the allocation; sums may still be wrong, a second person confirms it when they are right."""
    return _answer(ctx, response, quotas.draft(ctx, campaign_id, body), new=True)


@routes.post(
    "/campaigns/{campaign_id}/quota-plans/imports",
    operation_id="importQuotaPlan",
    summary="Import a quota plan from a file",
    status_code=201,
    responses=declared(
        "FILE_UNREADABLE", "FILE_TOO_LARGE", "QUOTA_BUCKET_INVALID", "CAMPAIGN_NOT_EDITABLE", "PERSON_NEEDED"
    ),
    openapi_extra=about("导入名额方案", "quota:edit"),
)
def import_plan(
    ctx: Write,
    response: Response,
    campaign_id: Campaign,
    file: Annotated[
        UploadFile,
        File(description="XLSX, or CSV in UTF-8 or GB18030; at most 1 MB.", examples=["名额分配.xlsx"]),
    ],
    said: Said,
) -> QuotaPlanOut:
    """A new version read from the annex; the file is kept. A plan already confirmed is amended by a decision."""
    data = file.file.read(quota_files.MOST_BYTES + 1)
    return _answer(ctx, response, quotas.imported(ctx, campaign_id, data, said), new=True)


@routes.post(
    "/campaigns/{campaign_id}/quota-plans/samples",
    operation_id="createSampleQuotaPlan",
    summary="Take the pack's sample allocation",
    status_code=201,
    responses=declared("CAMPAIGN_NOT_EDITABLE", "PERSON_NEEDED"),
    openapi_extra=about("采用样例名额方案", "quota:edit"),
)
def create_sample_plan(
    ctx: Write, response: Response, campaign_id: Campaign, body: PlanSample
) -> QuotaPlanOut:
    """Invented numbers, marked as such: a campaign opens on them in a sample installation only."""
    return _answer(ctx, response, quotas.sample(ctx, campaign_id, body), new=True)


@routes.get(
    "/campaigns/{campaign_id}/quota-usage",
    operation_id="getQuotaUsage",
    summary="Show the use of places",
    openapi_extra=about("查看名额使用情况", "quota:read"),
)
def get_usage(ctx: Read, campaign_id: Campaign) -> QuotaUsageOut:
    """Free, used and forfeited places by bucket; a city sees its own."""
    return QuotaUsageOut(buckets=[_usage(one) for one in quota_usage.listed(ctx, campaign_id)])


@routes.get(
    "/quota-plans/{plan_id}",
    operation_id="getQuotaPlan",
    summary="Show a quota plan",
    openapi_extra=about("查看名额方案", "quota:read"),
)
def get_plan(ctx: Read, response: Response, plan_id: Plan) -> QuotaPlanOut:
    """One version with its buckets and what still speaks against it."""
    return tagged(response, QuotaPlanOut.whole(quotas.shown(ctx, plan_id)))


@routes.get(
    "/quota-plans/{plan_id}/source",
    operation_id="getQuotaPlanSource",
    summary="Download the file of a quota plan",
    response_class=Response,
    responses=declared("STORAGE_UNAVAILABLE") | sends(quota_sources.XLSX, quota_sources.CSV),
    openapi_extra=about("下载名额方案原文件", "quota:read"),
)
def get_plan_source(ctx: Read, plan_id: Plan) -> Response:
    """The annex as it was imported; 404 for a plan that was typed."""
    found = quota_sources.opened(ctx, plan_id)
    return attachment(found.content, found.name, found.media_type, found.sha256)


@routes.put(
    "/quota-plans/{plan_id}",
    operation_id="editQuotaPlan",
    summary="Edit a quota plan",
    responses=declared("PLAN_NOT_EDITABLE", "QUOTA_BUCKET_INVALID", "CAMPAIGN_NOT_EDITABLE", "PERSON_NEEDED"),
    openapi_extra=about("修改名额方案", "quota:edit"),
)
def edit_plan(
    ctx: Write, response: Response, plan_id: Plan, body: PlanDraft, version: IfMatch
) -> QuotaPlanOut:
    """Replace the numbers of a version that is not confirmed; a sample stays marked."""
    return _answer(ctx, response, quotas.edit(ctx, plan_id, body, version))


@routes.post(
    "/quota-plans/{plan_id}/transitions",
    operation_id="transitionQuotaPlan",
    summary="Confirm a quota plan",
    responses=declared(
        "SAME_PERSON",
        "QUOTA_SUM_MISMATCH",
        "QUOTA_BUCKET_INVALID",
        "QUOTA_BELOW_USED",
        "DECISION_MISSING",
        "PLAN_NOT_EDITABLE",
        "PLAN_SUPERSEDED",
        "CAMPAIGN_NOT_EDITABLE",
    ),
    openapi_extra=about("确认名额方案", "quota:confirm"),
)
def transition_plan(
    ctx: Write, response: Response, plan_id: Plan, body: PlanAct, version: IfMatch
) -> QuotaPlanOut:
    """A second person confirms: the seats come into being, an earlier plan is kept as amended."""
    return _answer(ctx, response, quotas.act(ctx, plan_id, body, version))
