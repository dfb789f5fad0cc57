"""The recommendation of awarded windows to the ministry over JSON."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.notices import day
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    ActionOut,
    CampaignId,
    Moment,
    NominationId,
    Page,
    RecommendationId,
    Shape,
    Tagged,
    actions,
)
from app.db.tables.ministry import CorrectionLetter, MinistryAssessment, MinistryVideo, MinistryWriteUp
from app.domain.ids import shown
from app.domain.ministry import AssessmentResult, MinistryStage
from app.domain.quota import SeatKind
from app.domain.text import BandVerdict
from app.http import Read, Write
from app.services import ministry, ministry_acts, ministry_material
from app.services.inputs.ministry import (
    CorrectionLetterIn,
    MinistryAct,
    MinistryProposal,
    MinistryVideoIn,
    MinistryWriteUpIn,
    QualityCheckIn,
)

routes = router("ministry")

Recommendation = Annotated[RecommendationId, Path(description="The recommendation.")]
Campaign = Annotated[CampaignId, Path(description="The campaign.")]

STEPS = (
    "TRANSITION_NOT_ALLOWED",
    "NOT_PROVINCIALLY_DETERMINED",
    "CAMPAIGN_SUSPENDED",
    "OBJECTION_OPEN",
    "VETO_HELD",
    "VETO_CONFIRMED",
    "ASSESSMENT_INCOMPLETE",
    "DATE_IN_FUTURE",
    "RECUSAL",
    "DECISION_MISSING",
    "FORM_INCOMPLETE",
    "WRITEUP_LENGTH",
    "QUALITY_UNCHECKED",
    "VIDEO_DURATION",
    "VIDEO_ASPECT_MISSING",
    "SEAL_MISSING",
    "SEAL_ORDER",
    "COPIES_MISSING",
    "DOCUMENT_NO_MISSING",
    "CORRECTION_LETTER_MISSING",
    "UNDO_BY_NOTICE",
    "UNDO_BY_DECISION",
)

_MATERIAL = ("MINISTRY_CLOSED", "DEADLINE_PASSED", "DEADLINES_INCOMPLETE")


class RecommendationHeadOut(Tagged):
    """A recommendation in a list."""

    id: RecommendationId
    campaign_id: CampaignId
    nomination_id: NominationId
    window_name: str = Field(max_length=80, examples=["社会保险服务大厅"])
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    slot: SeatKind = Field(description="A city's own place, or one of the pool.", examples=["MINISTRY_FIXED"])
    rank: int = Field(ge=0, le=9999, description="It was chosen by; 0 without one.", examples=[1])
    stage: MinistryStage = Field(examples=["PROPOSED"])
    stage_since: Moment

    @classmethod
    def of(cls, row: ministry.Row) -> "RecommendationHeadOut":
        return cls(**_head(row))


class TeamMemberOut(Shape):
    """One of the team that went there."""

    name: str = Field(max_length=60, examples=["王文"])
    organization: str = Field(max_length=100, examples=["浙江省劳动和社会保障厅"])


class AssessmentOut(Shape):
    """What a team found."""

    team: list[TeamMemberOut] = Field(max_length=20)
    assessed_on: str = Field(max_length=10, examples=["2026-11-10"])
    method: str = Field(max_length=500, examples=["实地考核、查阅台账"])
    findings: str = Field(max_length=5000, examples=["服务规范。"])
    result: AssessmentResult = Field(examples=["PASSED"])
    current: bool = Field(description="False once it was taken back.", examples=[True])

    @classmethod
    def of(cls, row: MinistryAssessment) -> "AssessmentOut":
        return cls(
            team=[TeamMemberOut(**one) for one in row.team],
            assessed_on=day(row.assessed_on),
            **{name: getattr(row, name) for name in ("method", "findings", "result", "current")},
        )


class MinistryWriteUpOut(Shape):
    """The write-up for the ministry and who answers for its quality."""

    body: str = Field(max_length=20_000, examples=["该窗口坚持便民利民。"])
    char_count: int = Field(ge=0, le=20_000, description="As the platform counts.", examples=[4000])
    checks: list[Annotated[str, Field(max_length=40)]] = Field(max_length=10, examples=[["TRUTHFUL"]])
    checked_by: str = Field(max_length=60, examples=["周敏"])
    checked_on: str = Field(max_length=10, examples=["2026-11-20"])

    @classmethod
    def of(cls, row: MinistryWriteUp | None) -> "MinistryWriteUpOut":
        if row is None:
            return cls(body="", char_count=0, checks=[], checked_by="", checked_on="")
        same = {name: getattr(row, name) for name in ("body", "char_count", "checks", "checked_by")}
        return cls(**same, checked_on=day(row.checked_on))


class SegmentOut(Shape):
    """A stretch of the video that shows one criterion."""

    criterion: str = Field(max_length=40, examples=["C1"])
    start_s: int = Field(ge=0, le=36_000, examples=[0])
    end_s: int = Field(ge=0, le=36_000, examples=[120])


class MinistryVideoOut(Shape):
    """The video as declared; a duration of 0 means that there is none yet."""

    duration_s: int = Field(ge=0, le=36_000, examples=[600])
    segments: list[SegmentOut] = Field(max_length=50)
    material_id: str = Field(max_length=40, description="The file, if uploaded.", examples=[""])
    carrier: str = Field(max_length=200, examples=["DVD 两张"])

    @classmethod
    def of(cls, row: MinistryVideo | None) -> "MinistryVideoOut":
        if row is None:
            return cls(duration_s=0, segments=[], material_id="", carrier="")
        return cls(
            duration_s=row.duration_s,
            segments=[SegmentOut(**one) for one in row.segments],
            material_id=shown("mat", row.material_id) if row.material_id else "",
            carrier=row.carrier,
        )


class CorrectionLetterOut(Shape):
    """A letter that corrects what was reported."""

    document_no: str = Field(max_length=80, examples=["浙劳社函〔2027〕5号"])
    sent_on: str = Field(max_length=10, examples=["2027-03-01"])
    reason: str = Field(max_length=1000, examples=["该窗口表彰已撤销。"])

    @classmethod
    def of(cls, row: CorrectionLetter) -> "CorrectionLetterOut":
        return cls(document_no=row.document_no, sent_on=day(row.sent_on), reason=row.reason)


class RecommendationOut(RecommendationHeadOut):
    """A recommendation with what belongs to it and what may be done now."""

    proposal_reason: str = Field(max_length=1000, examples=[""])
    notice_ends_at: str = Field(max_length=40, description="Empty when no notice lists it.", examples=[""])
    document_no: str = Field(max_length=80, description="Empty until reported.", examples=[""])
    reported_on: str = Field(max_length=10, examples=[""])
    result_document_no: str = Field(max_length=80, examples=[""])
    result_on: str = Field(max_length=10, examples=[""])
    end_reason: str = Field(max_length=1000, examples=[""])
    letter_owed: bool = Field(
        description="The award is gone and the ministry was not told.", examples=[False]
    )
    assessments: list[AssessmentOut] = Field(max_length=100)
    writeup: MinistryWriteUpOut
    writeup_band: BandVerdict = Field(description="WARN outside the soft limits.", examples=["OK"])
    video: MinistryVideoOut
    video_band: BandVerdict = Field(description="WARN outside the soft limits.", examples=["WARN"])
    letters: list[CorrectionLetterOut] = Field(max_length=100)
    actions: list[ActionOut] = Field(max_length=10)

    @classmethod
    def whole(cls, view: ministry.MinistryView) -> "RecommendationOut":
        row = view.row.recommendation
        ends_at = view.facts.notice_ends_at
        same = ("proposal_reason", "document_no", "result_document_no", "end_reason")
        return cls(
            **_head(view.row),
            **{name: getattr(row, name) for name in same},
            notice_ends_at=ends_at.isoformat() if ends_at else "",
            reported_on=day(row.reported_on),
            result_on=day(row.result_on),
            letter_owed=view.letter_owed,
            assessments=[AssessmentOut.of(one) for one in view.assessments],
            writeup=MinistryWriteUpOut.of(view.writeup),
            writeup_band=view.writeup_band,
            video=MinistryVideoOut.of(view.video),
            video_band=view.video_band,
            letters=[CorrectionLetterOut.of(one) for one in view.letters],
            actions=actions(view.actions),
        )


def _head(row: ministry.Row) -> dict[str, Any]:
    same = ("id", "campaign_id", "nomination_id", "slot", "stage", "stage_since")
    return {name: getattr(row.recommendation, name) for name in same} | {
        "etag": etag(row.recommendation.row_version),
        "window_name": row.window.name,
        "sponsor": row.sponsor.name,
        "rank": row.recommendation.rank or 0,
    }


def _shown(
    ctx: Read, response: Response, recommendation_id: UUID, *, made: bool = False
) -> RecommendationOut:
    shape = RecommendationOut.whole(ministry.shown(ctx, recommendation_id))
    location = f"/api/v1/ministry-recommendations/{shown('mrc', recommendation_id)}"
    return tagged(response, shape, location if made else "")


@routes.get(
    "/campaigns/{campaign_id}/ministry-recommendations",
    operation_id="listMinistryRecommendations",
    summary="List recommendations to the ministry",
    openapi_extra=about("列出报部推荐", "ministry:read"),
)
def list_recommendations(
    ctx: Read,
    paging: Listing,
    campaign_id: Campaign,
    stage: Annotated[MinistryStage | SkipJsonSchema[None], Query(description="Only at this stage.")] = None,
) -> Page[RecommendationHeadOut]:
    """The recommendations in the caller's area, oldest first."""
    found = ministry.listed(ctx, campaign_id, stage=stage, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, RecommendationHeadOut.of, lambda row: row.recommendation.id.hex)


@routes.post(
    "/campaigns/{campaign_id}/ministry-recommendations",
    operation_id="proposeForMinistry",
    summary="Propose a window for a city's own place",
    status_code=201,
    responses=declared(
        "MINISTRY_TRACK_OFF",
        "NOT_PROVINCIALLY_DETERMINED",
        "MINISTRY_ALREADY_PROPOSED",
        "POOL_NOT_ELIGIBLE",
        "QUOTA_EXHAUSTED",
        "DECISION_MISSING",
        "ORDER_REASON_MISSING",
        "TIE_UNDECIDED",
    ),
    openapi_extra=about("提出报部推荐", "ministry:propose"),
)
def propose_for_ministry(
    ctx: Write, response: Response, campaign_id: Campaign, body: MinistryProposal
) -> RecommendationOut:
    """Only determined windows; the pool's places are given by the first body's decision, which proposes by itself."""
    row = ministry.propose(ctx, campaign_id, body)
    return _shown(ctx, response, row.id, made=True)


@routes.get(
    "/ministry-recommendations/{recommendation_id}",
    operation_id="getMinistryRecommendation",
    summary="Show a recommendation to the ministry",
    openapi_extra=about("查看报部推荐", "ministry:read"),
)
def get_recommendation(ctx: Read, response: Response, recommendation_id: Recommendation) -> RecommendationOut:
    """A recommendation with its assessment and material, and what may be done now."""
    return _shown(ctx, response, recommendation_id)


@routes.post(
    "/ministry-recommendations/{recommendation_id}/transitions",
    operation_id="transitionMinistryRecommendation",
    summary="Assess, report, record the result, or end",
    responses=declared(*STEPS),
    openapi_extra=about("办理报部推荐", "ministry:assess"),
)
def transition_recommendation(
    ctx: Write, response: Response, recommendation_id: Recommendation, body: MinistryAct, version: IfMatch
) -> RecommendationOut:
    """The host's notice and the second body's meeting take the two steps between by themselves."""
    ministry_acts.act(ctx, recommendation_id, body, version)
    return _shown(ctx, response, recommendation_id)


@routes.put(
    "/ministry-recommendations/{recommendation_id}/write-up",
    operation_id="writeMinistryWriteUp",
    summary="Write the text for the ministry",
    responses=declared(*_MATERIAL),
    openapi_extra=about("填写报部书面材料", "ministry:write"),
)
def write_up(
    ctx: Write,
    response: Response,
    recommendation_id: Recommendation,
    body: MinistryWriteUpIn,
    version: IfMatch,
) -> RecommendationOut:
    """Replace the text; its quality has to be confirmed again."""
    ministry_material.write(ctx, recommendation_id, body, version)
    return _shown(ctx, response, recommendation_id)


@routes.put(
    "/ministry-recommendations/{recommendation_id}/quality-check",
    operation_id="checkMinistryWriteUp",
    summary="Confirm the quality of the text",
    responses=declared(*_MATERIAL, "SAME_PERSON", "FIELD_CHOICE"),
    openapi_extra=about("核实报部书面材料", "ministry:check"),
)
def check_write_up(
    ctx: Write, response: Response, recommendation_id: Recommendation, body: QualityCheckIn, version: IfMatch
) -> RecommendationOut:
    """A named person who did not write it confirms that it is truthful, accurate, concise."""
    ministry_material.check(ctx, recommendation_id, body, version)
    return _shown(ctx, response, recommendation_id)


@routes.put(
    "/ministry-recommendations/{recommendation_id}/video",
    operation_id="declareMinistryVideo",
    summary="Declare the video and its segments",
    responses=declared(*_MATERIAL, "SEGMENT_RANGE", "FIELD_CHOICE"),
    openapi_extra=about("登记影像资料", "ministry:write"),
)
def declare_video(
    ctx: Write, response: Response, recommendation_id: Recommendation, body: MinistryVideoIn, version: IfMatch
) -> RecommendationOut:
    """Its length and what it shows when; every criterion has to appear before it is reported."""
    ministry_material.declare_video(ctx, recommendation_id, body, version)
    return _shown(ctx, response, recommendation_id)


@routes.post(
    "/ministry-recommendations/{recommendation_id}/correction-letters",
    operation_id="sendCorrectionLetter",
    summary="Record a letter of correction to the ministry",
    status_code=201,
    responses=declared("MINISTRY_CLOSED", "DATE_IN_FUTURE"),
    openapi_extra=about("登记更正函", "ministry:report"),
)
def send_letter(
    ctx: Write,
    response: Response,
    recommendation_id: Recommendation,
    body: CorrectionLetterIn,
    version: IfMatch,
) -> RecommendationOut:
    """What was reported is corrected by a letter, on record here."""
    ministry_material.send_letter(ctx, recommendation_id, body, version)
    return _shown(ctx, response, recommendation_id, made=True)
