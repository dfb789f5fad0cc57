"""Each level's opinion over JSON."""

from datetime import date

from fastapi import Response
from pydantic import Field

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import LevelPath, LevelReviewId, NominationId, OrganizationId, Page, Shape, Tagged
from app.db.tables.nominations import LevelReview, RecordedVia
from app.domain.level_review import Conclusion, Grade
from app.domain.levels import Level
from app.http import Read, Write
from app.services import level_reviews
from app.services.inputs.level_reviews import LevelReviewRecord

routes = router("reviews")


class CriterionAssessmentOut(Shape):
    """One criterion as the level sees it."""

    criterion: str = Field(max_length=40, examples=["C1"])
    grade: Grade = Field(examples=["MEETS_FULLY"])
    sentence: str = Field(max_length=1000, examples=["政策执行到位，无违规办理。"])


class LevelReviewOut(Tagged):
    """What a level holds of the case; `current` marks the opinion that counts."""

    id: LevelReviewId
    nomination_id: NominationId
    level: Level = Field(examples=["COUNTY"])
    organization_id: OrganizationId
    conclusion: Conclusion = Field(examples=["RECOMMEND"])
    opinion: str = Field(max_length=2000, examples=["同意推荐。"])
    signer: str = Field(max_length=60, examples=["李强"])
    signed_on: date
    reviewer: str = Field(
        max_length=80, description="Who wrote it here.", examples=["person:0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"]
    )
    recorded_via: RecordedVia = Field(examples=["API"])
    current: bool = Field(examples=[True])
    assessments: list[CriterionAssessmentOut] = Field(max_length=20)

    @classmethod
    def of(cls, row: LevelReview) -> "LevelReviewOut":
        same = set(cls.model_fields) - {"etag", "assessments"}
        graded = [CriterionAssessmentOut.model_validate(one) for one in row.assessments]
        return cls(
            **{name: getattr(row, name) for name in same}, etag=etag(row.row_version), assessments=graded
        )


@routes.get(
    "/nominations/{nomination_id}/level-reviews",
    operation_id="listLevelReviews",
    summary="List the levels' opinions",
    openapi_extra=about("列出各级审核意见", "nomination:read"),
)
def list_level_reviews(ctx: Read, paging: Listing, nomination_id: NominationId) -> Page[LevelReviewOut]:
    """Every opinion that was given, superseded ones too, oldest first."""
    found = level_reviews.listed(ctx, nomination_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, LevelReviewOut.of, lambda row: row.id.hex)


@routes.get(
    "/nominations/{nomination_id}/level-reviews/{level}",
    operation_id="getLevelReview",
    summary="Show a level's opinion",
    openapi_extra=about("查看本级审核意见", "nomination:read"),
)
def get_level_review(
    ctx: Read, response: Response, nomination_id: NominationId, level: LevelPath
) -> LevelReviewOut:
    """The opinion of this level that counts now."""
    return tagged(response, LevelReviewOut.of(level_reviews.shown(ctx, nomination_id, level)))


@routes.put(
    "/nominations/{nomination_id}/level-reviews/{level}",
    operation_id="recordLevelReview",
    summary="Record a level's opinion",
    responses=declared(
        "CASE_ELSEWHERE",
        "PART_NOT_OPEN",
        "NOT_YOUR_LEVEL",
        "LEVEL_NOT_APPLICABLE",
        "SAME_PERSON",
        "CRITERIA_INCOMPLETE",
        "CRITERION_UNKNOWN",
        "CRITERION_TWICE",
        "CRITERION_NOT_MET",
        "DATE_IN_FUTURE",
        "REVIEW_ORDER",
    ),
    openapi_extra=about("登记本级审核意见", "nomination:endorse"),
)
def record_level_review(
    ctx: Write,
    response: Response,
    nomination_id: NominationId,
    level: LevelPath,
    body: LevelReviewRecord,
    version: IfMatch,
) -> LevelReviewOut:
    """The level where the case stands says what it holds of it; a new opinion supersedes the earlier one.

    Where the level has none yet, send `If-Match: "0"`. A client transmits what the levels of its own area signed.
    """
    row = level_reviews.record(ctx, nomination_id, level, body, version, RecordedVia.API)
    return tagged(response, LevelReviewOut.of(row))
