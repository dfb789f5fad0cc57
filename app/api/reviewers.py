"""Reviewers and their word on recusal over JSON."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Response
from pydantic import Field

from app.api.face import IfMatch, etag, router, tagged
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import CampaignId, NominationId, OrganizationId, PersonId, ReviewerId, Shape, Tagged
from app.db.tables.evaluation import ReviewerStatus
from app.domain.ids import shown
from app.domain.recusal import Ground
from app.http import Read, Write
from app.services import reviewers
from app.services.inputs.base import RegionCode
from app.services.inputs.reviewers import RecusalDeclare, ReviewerEdit, ReviewerRegister
from app.services.reviewers import Candidate, DeclarationView, ReviewerView

routes = router("assessments")

Campaign = Annotated[CampaignId, Path(description="The campaign.")]
Reviewer = Annotated[ReviewerId, Path(description="The reviewer.")]
Nomination = Annotated[NominationId, Path(description="The nomination.")]


class ReviewerOut(Tagged):
    """A reviewer of one campaign; seen by the office, never public (D-13)."""

    id: ReviewerId
    campaign_id: CampaignId
    person_id: PersonId
    name: str = Field(max_length=60, examples=["沈括"])
    home_organization_id: OrganizationId
    home: str = Field(max_length=100, examples=["宁波市劳动和社会保障局"])
    home_region_code: str = Field(max_length=6, examples=["330200"])
    case_limit: int = Field(ge=1, le=500, examples=[20])
    load: int = Field(ge=0, le=10000, description="Cases they hold.", examples=[7])
    status: ReviewerStatus = Field(examples=["ACTIVE"])
    declared: bool = Field(description="Their recusal declaration is given.")
    note: str = Field(max_length=500, examples=["劳动关系专家"])

    @classmethod
    def of(cls, view: ReviewerView) -> "ReviewerOut":
        return cls(**_reviewer(view))


class ReviewersOut(Shape):
    """All reviewers of a campaign, in the order they were registered."""

    items: list[ReviewerOut] = Field(max_length=1000)


class CandidateOut(ReviewerOut):
    """A reviewer beside one case: free for it, or on which grounds not."""

    free: bool
    assigned: bool
    grounds: list[Ground] = Field(max_length=10)

    @classmethod
    def beside(cls, one: Candidate) -> "CandidateOut":
        return cls(**_reviewer(one.view), free=one.free, assigned=one.assigned, grounds=list(one.grounds))


class CandidatesOut(Shape):
    """All reviewers beside one case."""

    items: list[CandidateOut] = Field(max_length=1000)


class ReviewerSeatOut(Shape):
    """One campaign the caller is asked to score in."""

    reviewer_id: ReviewerId
    campaign_id: CampaignId
    campaign: str = Field(max_length=120, examples=["优质服务窗口评选表彰"])
    status: ReviewerStatus = Field(examples=["ACTIVE"])
    declared: bool = Field(description="The recusal declaration is given; without it nothing is assigned.")


class ReviewerSeatsOut(Shape):
    """Where the caller is a reviewer, newest campaign first."""

    items: list[ReviewerSeatOut] = Field(max_length=200)


class RelativeOut(Shape):
    """A near relative who works somewhere."""

    relation: str = Field(max_length=60, examples=["配偶"])
    organization_id: OrganizationId


class RecusalDeclarationOut(Tagged):
    """What a reviewer declared last; version 0 and unsigned while nothing is."""

    reviewer_id: ReviewerId
    version: int = Field(ge=0, le=10000, examples=[1])
    nothing_to_declare: bool
    organization_ids: list[OrganizationId] = Field(max_length=50)
    region_codes: list[RegionCode] = Field(max_length=50, examples=[["330100"]])
    relatives: list[RelativeOut] = Field(max_length=50)
    signed_by: str = Field(max_length=60, examples=["沈括"])
    signed_on: str = Field(
        max_length=10, description="Empty while nothing is declared.", examples=["2026-10-08"]
    )

    @classmethod
    def of(cls, view: DeclarationView) -> "RecusalDeclarationOut":
        word = view.declaration
        return cls(
            etag=etag(view.version),
            reviewer_id=view.reviewer.id,
            version=view.version,
            nothing_to_declare=bool(word and word.nothing_to_declare),
            organization_ids=[UUID(one) for one in (word.organization_ids if word else [])],
            region_codes=list(word.region_codes) if word else [],
            relatives=[
                RelativeOut(relation=one["relation"], organization_id=UUID(one["organization_id"]))
                for one in (word.relatives if word else [])
            ],
            signed_by=word.signed_by if word else "",
            signed_on=_day(word.signed_on if word else None),
        )


def _reviewer(view: ReviewerView) -> dict[str, Any]:
    row = view.row.reviewer
    same = ("id", "campaign_id", "person_id", "home_region_code", "case_limit", "status", "note")
    return {name: getattr(row, name) for name in same} | {
        "etag": etag(row.row_version),
        "name": view.row.person.name,
        "home_organization_id": view.row.home.id,
        "home": view.row.home.name,
        "load": view.load,
        "declared": view.declaration is not None,
    }


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


@routes.get(
    "/campaigns/{campaign_id}/reviewers",
    operation_id="listReviewers",
    summary="List reviewers",
    openapi_extra=about("列出评审员", "reviewer:read"),
)
def list_reviewers(ctx: Read, campaign_id: Campaign) -> ReviewersOut:
    """The campaign's reviewers with where they come from and how much they hold."""
    return ReviewersOut(items=[ReviewerOut.of(view) for view in reviewers.listed(ctx, campaign_id)])


@routes.post(
    "/campaigns/{campaign_id}/reviewers",
    operation_id="registerReviewer",
    summary="Register a reviewer",
    status_code=201,
    responses=declared("REVIEWER_NOT_APPOINTED", "REVIEWER_TWICE", "HOME_REGION_UNKNOWN"),
    openapi_extra=about("登记评审员", "reviewer:edit"),
)
def register_reviewer(
    ctx: Write, response: Response, campaign_id: Campaign, body: ReviewerRegister
) -> ReviewerOut:
    """Take somebody appointed as reviewer onto the bench of this campaign, with home organisation and region."""
    row = reviewers.register(ctx, campaign_id, body)
    shape = ReviewerOut.of(reviewers.shown(ctx, row.id))
    return tagged(response, shape, location=f"/api/v1/reviewers/{shown('rvw', row.id)}")


@routes.get(
    "/reviewers",
    operation_id="listOwnSeats",
    summary="List the campaigns one scores in",
    openapi_extra=about("列出本人参加评审的活动", "assignment:score"),
)
def list_seats(ctx: Read) -> ReviewerSeatsOut:
    """Where the caller is a reviewer, and whether the recusal declaration is still owed."""
    found = [
        ReviewerSeatOut(
            reviewer_id=one.id,
            campaign_id=campaign.id,
            campaign=campaign.title,
            status=one.status,
            declared=word is not None,
        )
        for one, campaign, word in reviewers.own(ctx)
    ]
    return ReviewerSeatsOut(items=found)


@routes.get(
    "/reviewers/{reviewer_id}",
    operation_id="getReviewer",
    summary="Show a reviewer",
    openapi_extra=about("查看评审员", "reviewer:read"),
)
def get_reviewer(ctx: Read, response: Response, reviewer_id: Reviewer) -> ReviewerOut:
    """One reviewer."""
    return tagged(response, ReviewerOut.of(reviewers.shown(ctx, reviewer_id)))


@routes.put(
    "/reviewers/{reviewer_id}",
    operation_id="editReviewer",
    summary="Edit a reviewer",
    responses=declared("HOME_REGION_UNKNOWN"),
    openapi_extra=about("修改评审员", "reviewer:edit"),
)
def edit_reviewer(
    ctx: Write, response: Response, reviewer_id: Reviewer, body: ReviewerEdit, version: IfMatch
) -> ReviewerOut:
    """Say where the reviewer works now. Cases a transfer puts them in conflict with are taken back at once (E-21)."""
    reviewers.edit(ctx, reviewer_id, body, version)
    return tagged(response, ReviewerOut.of(reviewers.shown(ctx, reviewer_id)))


@routes.get(
    "/reviewers/{reviewer_id}/recusal-declaration",
    operation_id="getRecusalDeclaration",
    summary="Show a recusal declaration",
    openapi_extra=about("查看回避声明"),
)
def get_declaration(ctx: Read, response: Response, reviewer_id: Reviewer) -> RecusalDeclarationOut:
    """What a reviewer declared, for themselves and for the office."""
    return tagged(response, RecusalDeclarationOut.of(reviewers.declaration(ctx, reviewer_id)))


@routes.put(
    "/reviewers/{reviewer_id}/recusal-declaration",
    operation_id="declareRecusal",
    summary="Sign a recusal declaration",
    responses=declared("RECUSAL_DECLARATION_UNCLEAR"),
    openapi_extra=about("签署回避声明", "assignment:score"),
)
def declare_recusal(
    ctx: Write, response: Response, reviewer_id: Reviewer, body: RecusalDeclare, version: IfMatch
) -> RecusalDeclarationOut:
    """Give one's word before the first case; a later word is a new version. The first is sent with `If-Match: "0"`."""
    return tagged(response, RecusalDeclarationOut.of(reviewers.declare(ctx, reviewer_id, body, version)))


@routes.get(
    "/nominations/{nomination_id}/reviewer-candidates",
    operation_id="listReviewerCandidates",
    summary="List reviewers beside a case",
    openapi_extra=about("列出本件可选评审员", "reviewer:read"),
)
def list_candidates(ctx: Read, nomination_id: Nomination) -> CandidatesOut:
    """Who may be given the case, and on which grounds the others stand aside."""
    found = reviewers.candidates(ctx, nomination_id)
    return CandidatesOut(items=[CandidateOut.beside(one) for one in found])
