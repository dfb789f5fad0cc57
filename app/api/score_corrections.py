"""Corrections of score sheets over JSON."""

from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    CampaignId,
    Moment,
    NominationId,
    Page,
    PersonId,
    ScoreCorrectionId,
    ScoreSheetId,
    Shape,
    Tagged,
)
from app.db.tables.evaluation import ScoreCorrection
from app.domain.ids import shown
from app.domain.score_sheet import CorrectionStage
from app.http import Read, Write
from app.services import score_corrections
from app.services.inputs.score_sheets import CorrectionAct, CorrectionRequest
from app.services.score_corrections import CorrectionView

routes = router("assessments")

Campaign = Annotated[CampaignId, Path(description="The campaign.")]
Sheet = Annotated[ScoreSheetId, Path(description="The sheet.")]
Correction = Annotated[ScoreCorrectionId, Path(description="The correction.")]


class ScoreChangeOut(Shape):
    """What one item should say."""

    item: str = Field(max_length=10, examples=["C1.1"])
    points: str = Field(max_length=10, examples=["4"])
    comment: str = Field(max_length=500, examples=[""])


class CorrectionHeadOut(Tagged):
    """A correction in a list."""

    id: ScoreCorrectionId
    campaign_id: CampaignId
    nomination_id: NominationId
    sheet_id: ScoreSheetId
    stage: CorrectionStage = Field(examples=["REQUESTED"])
    requested_at: Moment
    decision_review: bool = Field(description="A body decided on the old score and has to look again (E-20).")

    @classmethod
    def of(cls, row: ScoreCorrection) -> "CorrectionHeadOut":
        return cls(**_head(row))


class CorrectionOut(CorrectionHeadOut):
    """A correction, whole; `may_decide` is false for who asked for it."""

    reason: str = Field(max_length=1000, examples=["录入时串行"])
    changes: list[ScoreChangeOut] = Field(max_length=200)
    requested_by: PersonId
    decided_by: str = Field(max_length=36, description="Empty while it waits.", examples=[""])
    decision_note: str = Field(max_length=2000, examples=[""])
    new_sheet_id: str = Field(max_length=36, description="The new version, once approved.", examples=[""])
    may_decide: bool

    @classmethod
    def whole(cls, view: CorrectionView) -> "CorrectionOut":
        row = view.correction
        return cls(
            **_head(row),
            reason=row.reason,
            changes=[ScoreChangeOut(**one) for one in row.changes],
            requested_by=row.requested_by,
            decided_by=shown("per", row.decided_by) if row.decided_by else "",
            decision_note=row.decision_note,
            new_sheet_id=shown("sht", row.new_sheet_id) if row.new_sheet_id else "",
            may_decide=view.may_decide,
        )


def _head(row: ScoreCorrection) -> dict[str, Any]:
    same = ("id", "campaign_id", "nomination_id", "sheet_id", "stage", "decision_review")
    return {name: getattr(row, name) for name in same} | {
        "etag": etag(row.row_version),
        "requested_at": row.created_at,
    }


@routes.post(
    "/score-sheets/{sheet_id}/corrections",
    operation_id="requestScoreCorrection",
    summary="Ask for a score correction",
    status_code=201,
    responses=declared(
        "SHEET_NOT_SUBMITTED",
        "CORRECTION_WAITING",
        "CORRECTION_CHANGES_NOTHING",
        "SCORE_RANGE",
        "SCORE_STEP",
        "SCORE_COMMENT_NEEDED",
        "RECUSAL",
    ),
    openapi_extra=about("申请评分更正", "score:correct"),
)
def request_correction(
    ctx: Write, response: Response, sheet_id: Sheet, body: CorrectionRequest
) -> CorrectionOut:
    """The sheet's reviewer or the office says what is wrong and what it should say; another person decides."""
    row = score_corrections.request(ctx, sheet_id, body)
    shape = CorrectionOut.whole(score_corrections.shown(ctx, row.id))
    return tagged(response, shape, location=f"/api/v1/score-corrections/{shown('cor', row.id)}")


@routes.get(
    "/campaigns/{campaign_id}/score-corrections",
    operation_id="listScoreCorrections",
    summary="List score corrections",
    openapi_extra=about("列出评分更正", "score:read"),
)
def list_corrections(
    ctx: Read,
    paging: Listing,
    campaign_id: Campaign,
    stage: Annotated[CorrectionStage | SkipJsonSchema[None], Query(description="Only at this stage.")] = None,
) -> Page[CorrectionHeadOut]:
    """The corrections of a campaign, newest first."""
    found = score_corrections.listed(ctx, campaign_id, stage=stage, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, CorrectionHeadOut.of, lambda row: row.id.hex)


@routes.get(
    "/score-corrections/{correction_id}",
    operation_id="getScoreCorrection",
    summary="Show a score correction",
    openapi_extra=about("查看评分更正", "score:read"),
)
def get_correction(ctx: Read, response: Response, correction_id: Correction) -> CorrectionOut:
    """One correction."""
    return tagged(response, CorrectionOut.whole(score_corrections.shown(ctx, correction_id)))


@routes.post(
    "/score-corrections/{correction_id}/transitions",
    operation_id="decideScoreCorrection",
    summary="Approve or decline a score correction",
    responses=declared("SAME_PERSON", "CORRECTION_DECIDED", "SHEET_NOT_SUBMITTED"),
    openapi_extra=about("审批评分更正", "score:approve_correction"),
)
def decide_correction(
    ctx: Write, response: Response, correction_id: Correction, body: CorrectionAct, version: IfMatch
) -> CorrectionOut:
    """A second person decides. Approved, the sheet gets a new version and the old one stays readable (I-11, I-13)."""
    score_corrections.decide(ctx, correction_id, body, version)
    return tagged(response, CorrectionOut.whole(score_corrections.shown(ctx, correction_id)))
