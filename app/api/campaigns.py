"""Campaigns over JSON: made from a pack, set up, and moved from stage to stage."""

from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.notices import day
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import ActionOut, CampaignId, Moment, OrganizationId, Page, Shape, Tagged, actions
from app.db.tables.campaigns import Campaign as CampaignRow
from app.domain.campaign import CampaignAction, CampaignStage
from app.domain.ids import shown
from app.http import Read, Write
from app.packs.deadlines import DeadlineKind
from app.services import campaign_setup, campaign_steps, campaigns
from app.services.inputs.campaigns import (
    CampaignAct,
    CampaignClone,
    CampaignCreate,
    CampaignEdit,
    CampaignImport,
)

routes = router("campaigns")

Campaign = Annotated[CampaignId, Path(description="The campaign.")]

CONFIGURING = (
    "BASIS_DOCUMENT_MISSING",
    "DECISION_MISSING",
    "APPROVAL_BASIS_MISSING",
    "AWARD_PERIOD_INVALID",
    "PARTICIPANTS_MISSING",
    "CRITERIA_SUM_MISMATCH",
    "DEADLINES_INCOMPLETE",
    "DEADLINE_ORDER",
    "AWARD_DATE_MISSING",
    "CALENDAR_YEAR_MISSING",
    "QUOTA_NOT_CONFIRMED",
    "SAMPLE_QUOTA",
    "DEADLINE_PASSED",
)
RUNNING = (
    "DEADLINE_NOT_REACHED",
    "FORMAL_CHECKS_OPEN",
    "SCORES_NOT_LOCKED",
    "RANKING_MISSING",
    "ITEMS_UNDECIDED",
    "AWARDS_EXCEED_PLACES",
    "AWARD_DATE_TOO_EARLY",
    "AWARDS_NOT_CONFERRED",
    "CAMPAIGN_SUSPENDED",
    "CAMPAIGN_NOT_SUSPENDED",
    "REASON_MISSING",
    "TRANSITION_NOT_ALLOWED",
)


class CampaignHeadOut(Tagged):
    """A campaign in a list."""

    id: CampaignId
    code: str = Field(max_length=40, examples=["windows-2026"])
    title: str = Field(max_length=120, examples=["2026年度优质服务窗口评选表彰"])
    edition_no: int = Field(ge=1, le=99, examples=[1])
    host_organization_id: OrganizationId
    parent_campaign_id: str = Field(max_length=36, description="Of a city's own award.", examples=[""])
    pack_code: str = Field(max_length=60, examples=["provincial-windows"])
    rules_version: int = Field(ge=1, le=999, examples=[1])
    stage: CampaignStage = Field(examples=["OPEN"])
    suspended_reason: str = Field(max_length=500, description="Empty while it runs.", examples=[""])
    livemode: bool = Field(description="False in a sample installation.", examples=[True])

    @classmethod
    def of(cls, row: CampaignRow) -> "CampaignHeadOut":
        return cls(**_head(row))


class DeadlineOut(Shape):
    """A deadline: what the notice says, what it would suggest, and what the office typed, which is final."""

    kind: DeadlineKind = Field(examples=["MATERIALS"])
    phrase_zh: str = Field(max_length=200, examples=["于**年9月底前报"])
    phrase_en: str = Field(max_length=300, examples=["To be filed before the end of September (year masked)"])
    suggested_on: str = Field(max_length=10, description="Rolled off a rest day.", examples=["2026-09-30"])
    due_on: str = Field(max_length=10, description="Empty until typed.", examples=["2026-09-30"])
    ends_at: str = Field(
        max_length=40, description="The exclusive instant.", examples=["2026-09-30T16:00:00+00:00"]
    )


class CampaignOut(CampaignHeadOut):
    """A campaign as its officers see it, with what may be done now and what is still missing."""

    host: str = Field(max_length=100, examples=["浙江省劳动和社会保障厅"])
    purpose: str = Field(max_length=2000, examples=["树立一批优质服务示范窗口。"])
    award_title_zh: str = Field(max_length=200, examples=["浙江省劳动保障系统优质服务窗口"])
    award_period_start_year: int = Field(ge=0, le=2199, description="0 until set.", examples=[2024])
    award_period_end_year: int = Field(ge=0, le=2199, description="0 until set.", examples=[2026])
    planned_award_on: str = Field(max_length=10, description="Empty until set.", examples=["2026-12-28"])
    deadlines: list[DeadlineOut] = Field(max_length=3)
    actions: list[ActionOut] = Field(max_length=20)

    @classmethod
    def whole(cls, view: campaigns.CampaignView, dates: list[campaign_setup.DeadlineView]) -> "CampaignOut":
        row = view.campaign
        return cls(
            **_head(row),
            host=view.host.name,
            purpose=row.purpose,
            award_title_zh=view.rules.identity.award_title_zh,
            award_period_start_year=row.award_period_start_year or 0,
            award_period_end_year=row.award_period_end_year or 0,
            planned_award_on=day(row.planned_award_on),
            deadlines=[_deadline(one) for one in dates],
            actions=actions(view.actions),
        )


class CampaignStepOut(Shape):
    """A step that was taken."""

    action: CampaignAction = Field(examples=["OPEN"])
    at: Moment
    stage: CampaignStage = Field(description="Where it led.", examples=["OPEN"])
    reason: str = Field(max_length=500, examples=[""])


class CampaignStepListOut(Shape):
    """Every step in the order taken."""

    items: list[CampaignStepOut] = Field(max_length=200)


def _head(row: CampaignRow) -> dict[str, Any]:
    same = (
        "id",
        "code",
        "title",
        "edition_no",
        "host_organization_id",
        "pack_code",
        "rules_version",
        "stage",
        "suspended_reason",
        "livemode",
    )
    parent = row.parent_campaign_id
    return {name: getattr(row, name) for name in same} | {
        "etag": etag(row.row_version),
        "parent_campaign_id": shown("cmp", parent) if parent else "",
    }


def _deadline(one: campaign_setup.DeadlineView) -> DeadlineOut:
    return DeadlineOut(
        kind=one.deadline.kind,
        phrase_zh=one.deadline.phrase_zh,
        phrase_en=one.deadline.phrase_en,
        suggested_on=day(one.suggested_on),
        due_on=day(one.due_on),
        ends_at=one.ends_at.isoformat() if one.ends_at else "",
    )


def answer(ctx: Read, response: Response, row: CampaignRow, *, new: bool = False) -> CampaignOut:
    """The whole campaign with its version tag, after any change of it."""
    view = campaigns.view(ctx, row)
    shape = CampaignOut.whole(view, campaign_setup.deadlines(ctx, row, view.rules))
    return tagged(response, shape, f"/api/v1/campaigns/{shown('cmp', row.id)}" if new else "")


@routes.get(
    "/campaigns",
    operation_id="listCampaigns",
    summary="List campaigns",
    openapi_extra=about("列出评选活动", "campaign:read"),
)
def list_campaigns(
    ctx: Read,
    paging: Listing,
    stage: Annotated[CampaignStage | SkipJsonSchema[None], Query(description="Only at this stage.")] = None,
) -> Page[CampaignHeadOut]:
    """All campaigns, newest first."""
    found = campaigns.listed(ctx, stage=stage, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, CampaignHeadOut.of, lambda row: row.id.hex)


@routes.post(
    "/campaigns",
    operation_id="createCampaign",
    summary="Make a campaign from a pack",
    status_code=201,
    responses=declared("HOST_LEVEL_MISMATCH", "PARENT_CAMPAIGN_MISSING", "CAMPAIGN_CODE_TAKEN"),
    openapi_extra=about("创建评选活动", "campaign:create"),
)
def create_campaign(ctx: Write, response: Response, body: CampaignCreate) -> CampaignOut:
    """A draft with the pack's rules and everybody its routes address. A city's own award names its parent."""
    return answer(ctx, response, campaigns.create(ctx, body), new=True)


@routes.post(
    "/campaigns/imports",
    operation_id="importCampaign",
    summary="Make a campaign from rules of one's own",
    status_code=201,
    responses=declared(
        "PACK_UNREADABLE",
        "PACK_INVALID",
        "HOST_LEVEL_MISMATCH",
        "PARENT_CAMPAIGN_MISSING",
        "CAMPAIGN_CODE_TAKEN",
    ),
    openapi_extra=about("导入评选活动", "campaign:create"),
)
def import_campaign(ctx: Write, response: Response, body: CampaignImport) -> CampaignOut:
    """A draft with rules written in TOML, judged as the shipped packs are: other criteria, no ministry track."""
    return answer(ctx, response, campaigns.imported(ctx, body), new=True)


@routes.get(
    "/campaigns/{campaign_id}",
    operation_id="getCampaign",
    summary="Show a campaign",
    openapi_extra=about("查看评选活动", "campaign:read"),
)
def get_campaign(ctx: Read, response: Response, campaign_id: Campaign) -> CampaignOut:
    """One campaign with its deadlines, their suggestions, and what the next steps still want."""
    return answer(ctx, response, campaigns.readable(ctx, campaign_id))


@routes.patch(
    "/campaigns/{campaign_id}",
    operation_id="editCampaign",
    summary="Edit a campaign",
    responses=declared("CAMPAIGN_NOT_EDITABLE"),
    openapi_extra=about("修改评选活动", "campaign:configure"),
)
def edit_campaign(
    ctx: Write, response: Response, campaign_id: Campaign, body: CampaignEdit, version: IfMatch
) -> CampaignOut:
    """Titles, period and days until it is opened; a typed day ends at 24:00 and is final."""
    return answer(ctx, response, campaigns.edit(ctx, campaign_id, body, version))


@routes.post(
    "/campaigns/{campaign_id}/clones",
    operation_id="cloneCampaign",
    summary="Clone a campaign",
    status_code=201,
    responses=declared("CAMPAIGN_CODE_TAKEN"),
    openapi_extra=about("复制评选活动", "campaign:create"),
)
def clone_campaign(ctx: Write, response: Response, campaign_id: Campaign, body: CampaignClone) -> CampaignOut:
    """The next edition: rules, host and participants are taken over; papers, dates and places are not."""
    return answer(ctx, response, campaigns.clone(ctx, campaign_id, body), new=True)


@routes.get(
    "/campaigns/{campaign_id}/transitions",
    operation_id="listCampaignTransitions",
    summary="List a campaign's steps",
    openapi_extra=about("列出活动办理过程", "campaign:read"),
)
def list_transitions(ctx: Read, campaign_id: Campaign) -> CampaignStepListOut:
    """Every step in the order taken."""
    steps = campaign_steps.history(ctx, campaign_id)
    return CampaignStepListOut(items=[CampaignStepOut.model_validate(one) for one in steps])


@routes.post(
    "/campaigns/{campaign_id}/transitions",
    operation_id="transitionCampaign",
    summary="Take a campaign's next step",
    responses=declared(*CONFIGURING, *RUNNING),
    openapi_extra=about("办理评选活动"),
)
def transition_campaign(
    ctx: Write, response: Response, campaign_id: Campaign, body: CampaignAct, version: IfMatch
) -> CampaignOut:
    """Record the decision, configure, open, close, evaluate, determine, finish; suspend and resume with a reason."""
    return answer(ctx, response, campaign_steps.act(ctx, campaign_id, body, version))
