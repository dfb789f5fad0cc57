"""Rankings over JSON: taken, shown line by line, recomputed on demand."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Response
from pydantic import Field

from app.api import listing
from app.api.face import router
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    CampaignId,
    Moment,
    NominationId,
    Page,
    RankingId,
    ReviewerId,
    ScoreSheetId,
    Shape,
)
from app.db.tables.evaluation import RankingSnapshot
from app.domain.ids import shown
from app.domain.ranking import Cut, Method
from app.http import Read, Write
from app.services import score_rankings
from app.services.score_rankings import EntryRow, Lines, RankingView, Tie

routes = router("rankings")

Campaign = Annotated[CampaignId, Path(description="The campaign.")]
Ranking = Annotated[RankingId, Path(description="The ranking.")]
Score = Annotated[str, Field(max_length=10, examples=["86.50"])]


class ScoreRankingHeadOut(Shape):
    """A ranking in a list. Its hash says what it was made from; the same hash gives the same result."""

    id: RankingId
    campaign_id: CampaignId
    number: int = Field(ge=1, le=10000, examples=[1])
    method: Method = Field(description="The rules' own; nothing is trimmed unless it says so (E-24).")
    min_reviewers: int = Field(ge=1, le=50, examples=[3])
    rules_version: int = Field(ge=1, le=10000, examples=[1])
    taken_at: Moment
    case_count: int = Field(ge=0, le=100000, examples=[34])
    input_hash: str = Field(max_length=80, examples=["sha256:9f86d081884c7d65"])
    result_hash: str = Field(max_length=80, examples=["sha256:60303ae22b998861"])

    @classmethod
    def of(cls, row: RankingSnapshot) -> "ScoreRankingHeadOut":
        return cls(**_head(row))


class TieOut(Shape):
    """Candidates that tie at a cut. Only a recorded decision orders them (G-08, E-23)."""

    scope: str = Field(max_length=40, description="A bucket, or MINISTRY_POOL.", examples=["330100"])
    places: int = Field(ge=0, le=9999, examples=[2])
    nomination_ids: list[NominationId] = Field(max_length=10000)
    resolved: bool
    ordered: list[NominationId] = Field(max_length=10000, description="Empty until a decision is recorded.")
    minutes_no: str = Field(max_length=80, description="The decision's minutes.", examples=[""])

    @classmethod
    def of(cls, tie: Tie) -> "TieOut":
        decision = tie.resolution
        return cls(
            scope=tie.scope,
            places=tie.places,
            nomination_ids=list(tie.cases),
            resolved=decision is not None,
            ordered=[UUID(one) for one in decision.ordered] if decision else [],
            minutes_no=decision.minutes_no if decision else "",
        )


class ReviewerSpreadOut(Shape):
    """How one reviewer scored, beside the others; `above` is the mean distance from the cases' values."""

    reviewer_id: ReviewerId
    reviewer: str = Field(max_length=60, examples=["沈括"])
    sheets: int = Field(ge=1, le=100000, examples=[12])
    mean: Score
    above: str = Field(max_length=10, examples=["-1.25"])
    lowest: Score
    highest: Score
    all_maximum: bool = Field(description="Every sheet is at the maximum (E-24).")


class ScoreRankingOut(ScoreRankingHeadOut):
    """A ranking with its ties and its reviewers; the lines are at `/entries`."""

    current: bool = Field(description="False once a score, a place or a case has changed since (E-20).")
    ties: list[TieOut] = Field(max_length=200)
    reviewers: list[ReviewerSpreadOut] = Field(max_length=1000)

    @classmethod
    def whole(cls, view: RankingView) -> "ScoreRankingOut":
        return cls(
            **_head(view.snapshot),
            current=view.current,
            ties=[TieOut.of(tie) for tie in view.ties],
            reviewers=[_reviewer(one, view) for one in view.snapshot.reviewer_spread],
        )


class EntrySheetOut(Shape):
    """One sheet a value comes from."""

    sheet_id: ScoreSheetId
    reviewer_id: ReviewerId
    version: int = Field(ge=1, le=10000, examples=[1])
    exact_total: str = Field(max_length=60, examples=["173/2"])
    outlier: bool = Field(description="Far from the others; pointed out, never left out (E-24).")


class RankingEntryOut(Shape):
    """One line. `exact_value` decides, `value` is for people; the order within a tie means nothing."""

    position: int = Field(ge=1, le=100000, examples=[1])
    nomination_id: NominationId
    code: str = Field(max_length=40, examples=["TJ-2026-4C1D2E3F"])
    window: str = Field(max_length=80, examples=["社会保险服务大厅"])
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    same_sponsor: int = Field(
        ge=1, le=100_000, description="Cases of this sponsor in the ranking (E-30).", examples=[1]
    )
    bucket: str = Field(max_length=40, examples=["330100"])
    value: Score
    exact_value: str = Field(max_length=80, examples=["266/3"])
    bucket_rank: int = Field(ge=1, le=100000, examples=[1])
    bucket_tied: bool
    bucket_cut: Cut = Field(examples=["WITHIN"])
    pool_rank: int = Field(
        ge=0, le=100000, description="0: the bucket has no part in the pool.", examples=[0]
    )
    pool_tied: bool
    pool_cut: str = Field(max_length=20, description="Empty outside the pool.", examples=[""])
    lowest: Score
    highest: Score
    range: Score
    all_maximum: bool = Field(description="Every reviewer gave the maximum (E-24).")
    sheets: list[EntrySheetOut] = Field(max_length=100)

    @classmethod
    def of(cls, row: EntryRow, lines: Lines) -> "RankingEntryOut":
        entry, spread = row.entry, row.entry.spread
        same = (
            "position",
            "nomination_id",
            "same_sponsor",
            "bucket_rank",
            "bucket_tied",
            "bucket_cut",
            "pool_rank",
            "pool_tied",
        )
        return cls(
            **{name: getattr(entry, name) for name in same},
            **{name: spread[name] for name in ("lowest", "highest", "range", "all_maximum")},
            code=row.nomination.code or "",
            window=row.window.name,
            sponsor=row.sponsor.name,
            bucket=entry.bucket_code,
            value=entry.shown,
            exact_value=entry.value,
            pool_cut=entry.pool_cut or "",
            sheets=[_sheet(one, spread["outliers"]) for one in lines.sheets(row)],
        )


class RankingVerificationOut(Shape):
    """A ranking recomputed from its frozen inputs, from the points of every sheet, and against what is there now."""

    verified: bool = Field(description="Inputs, result and totals all hold.")
    inputs_unchanged: bool
    result_reproduced: bool
    totals_add_up: bool
    current: bool = Field(
        description="Still what the locked scores give now; false after a correction (E-20)."
    )


def _head(row: RankingSnapshot) -> dict[str, Any]:
    same = ("id", "campaign_id", "number", "method", "min_reviewers", "rules_version", "taken_at")
    shown_too = {"case_count": row.case_count}
    return {name: getattr(row, name) for name in (*same, "input_hash", "result_hash")} | shown_too


def _reviewer(one: dict[str, Any], view: RankingView) -> ReviewerSpreadOut:
    same = ("sheets", "mean", "above", "lowest", "highest", "all_maximum")
    name = view.names.get(one["reviewer"], "")
    return ReviewerSpreadOut(
        reviewer_id=UUID(one["reviewer"]), reviewer=name, **{key: one[key] for key in same}
    )


def _sheet(one: dict[str, Any], outliers: list[str]) -> EntrySheetOut:
    return EntrySheetOut(
        sheet_id=UUID(one["sheet"]),
        reviewer_id=UUID(one["reviewer"]),
        version=one["version"],
        exact_total=one["total"],
        outlier=one["sheet"] in outliers,
    )


@routes.get(
    "/campaigns/{campaign_id}/rankings",
    operation_id="listRankings",
    summary="List rankings",
    openapi_extra=about("列出排名", "ranking:read"),
)
def list_rankings(ctx: Read, paging: Listing, campaign_id: Campaign) -> Page[ScoreRankingHeadOut]:
    """The rankings of a campaign, newest first; an earlier one stays as it was."""
    found = score_rankings.listed(ctx, campaign_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, ScoreRankingHeadOut.of, lambda row: row.id.hex)


@routes.post(
    "/campaigns/{campaign_id}/rankings",
    operation_id="takeRanking",
    summary="Take a ranking",
    status_code=201,
    responses=declared("CAMPAIGN_PHASE", "SCORES_NOT_LOCKED", "SCORES_MISSING", "QUOTA_NOT_CONFIRMED"),
    openapi_extra=about("生成排名", "ranking:take"),
)
def take_ranking(ctx: Write, response: Response, campaign_id: Campaign) -> ScoreRankingOut:
    """Freeze the ranking when every score is locked: by bucket and over the pool, ties at the cut shown and not decided."""
    row = score_rankings.take(ctx, campaign_id)
    response.headers["Location"] = f"/api/v1/rankings/{shown('rnk', row.id)}"
    return ScoreRankingOut.whole(score_rankings.shown(ctx, row.id))


@routes.get(
    "/rankings/{ranking_id}",
    operation_id="getRanking",
    summary="Show a ranking",
    openapi_extra=about("查看排名", "ranking:read"),
)
def get_ranking(ctx: Read, ranking_id: Ranking) -> ScoreRankingOut:
    """One ranking with its ties and how its reviewers scored."""
    return ScoreRankingOut.whole(score_rankings.shown(ctx, ranking_id))


@routes.get(
    "/rankings/{ranking_id}/entries",
    operation_id="listRankingEntries",
    summary="List the lines of a ranking",
    openapi_extra=about("列出排名明细", "ranking:read"),
)
def list_entries(ctx: Read, paging: Listing, ranking_id: Ranking) -> Page[RankingEntryOut]:
    """The lines, bucket by bucket, best first; a case the caller stands in conflict with is not among them."""
    lines = score_rankings.entries(ctx, ranking_id, after=paging.after, limit=paging.limit)
    return listing.page(
        paging,
        lines.entries,
        lambda row: RankingEntryOut.of(row, lines),
        lambda row: str(row.entry.position),
    )


@routes.get(
    "/rankings/{ranking_id}/verification",
    operation_id="verifyRanking",
    summary="Recompute a ranking",
    openapi_extra=about("复核排名", "ranking:read"),
)
def verify_ranking(ctx: Read, ranking_id: Ranking) -> RankingVerificationOut:
    """Compute the ranking again from its inputs and from the points themselves, and compare."""
    found = score_rankings.verified(ctx, ranking_id)
    holds = found.inputs_unchanged and found.result_reproduced and found.totals_add_up
    return RankingVerificationOut(verified=holds, **vars(found))
