"""The campaign board over JSON."""

from pydantic import Field

from app.api.campaigns import Campaign
from app.api.face import router
from app.api.openapi import about
from app.api.schemas import CampaignId, Moment, OrganizationId, Shape
from app.db.tables.campaigns import BodyKind
from app.domain.nomination import Stage
from app.http import Read
from app.services import board
from app.services.board import BoardRow
from app.services.seats import Usage

routes = router("campaigns")


class StageCountOut(Shape):
    """The cases of one unit at one stage."""

    stage: Stage = Field(examples=["SUBMITTED"])
    count: int = Field(ge=1, le=100_000, examples=[3])
    oldest_since: Moment = Field(description="Since when the longest of them has stood there.")


class SeatsOut(Shape):
    """How places or claims stand."""

    places: int = Field(ge=0, le=9999, examples=[5])
    free: int = Field(ge=0, le=9999, examples=[3])
    used: int = Field(ge=0, le=9999, examples=[2])
    forfeited: int = Field(ge=0, le=9999, description="Freed too late to be given again.", examples=[0])

    @classmethod
    def of(cls, usage: Usage) -> "SeatsOut":
        return cls.model_validate(usage)


class BoardRowOut(Shape):
    """One unit that takes part."""

    organization_id: OrganizationId
    organization: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    bucket_code: str = Field(max_length=40, examples=["330100"])
    stages: list[StageCountOut] = Field(max_length=30)
    awards: SeatsOut = Field(description="Award places.")
    claims: SeatsOut = Field(description="How many may be put forward, and are.")
    missing_bodies: list[BodyKind] = Field(
        max_length=2, description="Local bodies not yet reported.", examples=[["LEADING"]]
    )
    bodies_overdue: bool = Field(description="The day for reporting them has passed.", examples=[False])
    running_notices: int = Field(ge=0, le=10_000, examples=[1])
    open_objections: int = Field(ge=0, le=100_000, examples=[0])

    @classmethod
    def of(cls, row: BoardRow) -> "BoardRowOut":
        same = ("bucket_code", "missing_bodies", "bodies_overdue", "running_notices", "open_objections")
        return cls(
            **{name: getattr(row, name) for name in same},
            organization_id=row.organization.id,
            organization=row.organization.name,
            stages=[
                StageCountOut.model_validate(row.stages[stage]) for stage in Stage if stage in row.stages
            ],
            awards=SeatsOut.of(row.places),
            claims=SeatsOut.of(row.claims),
        )


class BoardOut(Shape):
    """The rows the caller may see, in the order of the units' codes."""

    campaign_id: CampaignId
    sample_places: bool = Field(
        description="The places are invented ones, to try the system with.", examples=[False]
    )
    rows: list[BoardRowOut] = Field(max_length=500)


@routes.get(
    "/campaigns/{campaign_id}/board",
    operation_id="getCampaignBoard",
    summary="Show the campaign board",
    openapi_extra=about("查看活动进展", "board:read"),
)
def get_board(ctx: Read, campaign_id: Campaign) -> BoardOut:
    """Cases by unit and stage, places, claims, notices, objections and overdue reports; a city gets its own row."""
    found = board.shown(ctx, campaign_id)
    rows = [BoardRowOut.of(row) for row in found.rows]
    return BoardOut(campaign_id=found.campaign.id, sample_places=found.sample_places, rows=rows)
