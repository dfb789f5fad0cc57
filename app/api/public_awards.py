"""The honour roll over JSON, without a token: permanent, a revoked award among it as revoked."""

from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import router
from app.api.listing import Listing
from app.api.notices import day
from app.api.openapi import about
from app.api.public import cached
from app.api.schemas import AwardId, CampaignId, Page, Shape
from app.db.tables.awards import AwardStatus
from app.http import Read
from app.services import public_awards
from app.services.public_awards import Filter, PublicAward

routes = router("public")

City = Annotated[
    Annotated[str, StringConstraints(min_length=1, max_length=40)] | SkipJsonSchema[None],
    Query(description="Only of this city, by its name on the award.", examples=["杭州市"]),
]
Year = Annotated[
    Annotated[int, Field(ge=1949, le=9999)] | SkipJsonSchema[None],
    Query(description="Only of this year.", examples=[2026]),
]
Status = Annotated[AwardStatus | SkipJsonSchema[None], Query(description="Only with this status.")]


class PublicAwardOut(Shape):
    """One award by the names of its day."""

    id: AwardId
    campaign_id: CampaignId
    campaign: str = Field(max_length=120, examples=["全省劳动保障系统优质服务窗口评选表彰"])
    window_name: str = Field(max_length=100, examples=["西湖区社会保险服务大厅"])
    formerly: str = Field(max_length=100, examples=[""])
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    city: str = Field(max_length=40, examples=["杭州市"])
    window_type: str = Field(max_length=100, examples=["社会保险经办"])
    window_type_en: str = Field(max_length=200, examples=["Social insurance"])
    title_zh: str = Field(max_length=200, examples=["全省劳动保障系统优质服务窗口"])
    title_en: str = Field(max_length=300, examples=["Outstanding service window"])
    certificate_no: str = Field(max_length=60, examples=["ZJ2026-0001"])
    conferred_on: str = Field(max_length=10, examples=["2026-12-20"])
    document_no: str = Field(max_length=80, examples=[""])
    status: AwardStatus = Field(examples=["CONFERRED"])
    revoked_on: str = Field(max_length=10, description="Empty while it stands.", examples=[""])
    ground: str = Field(max_length=40, description="Of a revocation.", examples=[""])

    @classmethod
    def of(cls, award: PublicAward) -> "PublicAwardOut":
        days = {"conferred_on": day(award.conferred_on), "revoked_on": day(award.revoked_on)}
        return cls(**vars(award) | days | {"ground": award.ground or ""})


@routes.get(
    "/public/awards",
    operation_id="listPublicAwards",
    summary="List all awards",
    openapi_extra=about("列出表彰名册"),
)
def list_all(
    ctx: Read,
    response: Response,
    paging: Listing,
    status: Status = None,
    city: City = None,
    year: Year = None,
) -> Page[PublicAwardOut]:
    """The honour roll of all campaigns, newest first; nothing is ever taken off it."""
    wanted = Filter(status=status, city=city or "", year=year or 0)
    found = public_awards.listed(ctx, wanted, after=paging.after, limit=paging.limit)
    return cached(response, listing.page(paging, found, PublicAwardOut.of, lambda one: one.id.hex))


@routes.get(
    "/public/awards/{award_id}",
    operation_id="getPublicAward",
    summary="Show an award to the public",
    openapi_extra=about("查看表彰"),
)
def get_public_award(
    ctx: Read, response: Response, award_id: Annotated[AwardId, Path(description="The award.")]
) -> PublicAwardOut:
    """One award at the address that stays, a revoked one as revoked."""
    return cached(response, PublicAwardOut.of(public_awards.shown(ctx, award_id)))


@routes.get(
    "/public/campaigns/{campaign_id}/awards",
    operation_id="listPublicCampaignAwards",
    summary="List a campaign's awards for the public",
    openapi_extra=about("列出活动表彰名册"),
)
def list_of_campaign(
    ctx: Read, response: Response, paging: Listing, campaign_id: CampaignId, status: Status = None
) -> Page[PublicAwardOut]:
    """The awards of one campaign, newest first."""
    wanted = Filter(campaign_id=campaign_id, status=status)
    found = public_awards.listed(ctx, wanted, after=paging.after, limit=paging.limit)
    return cached(response, listing.page(paging, found, PublicAwardOut.of, lambda one: one.id.hex))
