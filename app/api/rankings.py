"""The order of a bucket's candidates over JSON."""

from typing import Annotated

from fastapi import Path, Response
from pydantic import Field, StringConstraints

from app.api.face import IfMatch, etag, router, tagged
from app.api.nominations import NominationHeadOut
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import CampaignId, Tagged
from app.http import Read, Write
from app.services import rankings
from app.services.inputs.nomination_papers import BucketRanking
from app.services.nominations import NominationLine
from app.services.rankings import RankingView

routes = router("nominations")

BucketCode = Annotated[
    str,
    StringConstraints(pattern=r"^(\d{6}|[A-Z][A-Z0-9_]{1,39})$", max_length=40),
    Path(description="The quota bucket.", examples=["330100"]),
]


class RankingOut(Tagged):
    """The candidates of a bucket, ranked ones first."""

    bucket: str = Field(max_length=40, examples=["330100"])
    places: int = Field(ge=0, le=9999, description="Award places of the bucket.", examples=[2])
    needed: bool = Field(description="More candidates than places: each needs a rank (R-021).")
    items: list[NominationHeadOut] = Field(max_length=500)

    @classmethod
    def of(cls, view: RankingView) -> "RankingOut":
        return cls(
            etag=etag(view.version),
            bucket=view.bucket_code,
            places=view.places,
            needed=view.needed,
            items=[NominationHeadOut.of(NominationLine.of(row)) for row in view.candidates],
        )


@routes.get(
    "/campaigns/{campaign_id}/buckets/{bucket_code}/ranking",
    operation_id="getBucketRanking",
    summary="Show the order of a bucket",
    openapi_extra=about("查看推荐排序", "nomination:read"),
)
def get_ranking(
    ctx: Read, response: Response, campaign_id: CampaignId, bucket_code: BucketCode
) -> RankingOut:
    """Whoever was cleared, in the order of the ranks."""
    return tagged(response, RankingOut.of(rankings.shown(ctx, campaign_id, bucket_code)))


@routes.put(
    "/campaigns/{campaign_id}/buckets/{bucket_code}/ranking",
    operation_id="putBucketRanking",
    summary="Rank the candidates of a bucket",
    responses=declared("RANKING_INCOMPLETE", "RANKING_FIXED"),
    openapi_extra=about("排定推荐顺序", "nomination:rank"),
)
def put_ranking(
    ctx: Write,
    response: Response,
    campaign_id: CampaignId,
    bucket_code: BucketCode,
    body: BucketRanking,
    version: IfMatch,
) -> RankingOut:
    """The organising unit names all of them, best first; ranks are unique and without gaps."""
    return tagged(response, RankingOut.of(rankings.put(ctx, campaign_id, bucket_code, body, version)))
