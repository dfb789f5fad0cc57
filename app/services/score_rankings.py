"""Rankings: taken when every score is locked, frozen with their inputs, recomputed by whoever doubts (R-021, G-08, E-23)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import assignments as assignment_rows
from app.db import score_rankings as rows
from app.db import score_sheets as sheet_rows
from app.db.score_rankings import EntryRow
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import RankingEntry, RankingSnapshot, TieResolution
from app.domain import scoring
from app.domain.campaign import CampaignStage
from app.domain.errors import Refusal
from app.domain.quota import MINISTRY_POOL
from app.domain.ranking import Cut
from app.domain.ranking import shown as rounded
from app.domain.standings import Line, ReviewerSpread, Spread, reviewer_spreads, standings
from app.domain.words import both
from app.services import (
    assignments,
    audit,
    campaigns,
    evaluation,
    ranking_inputs,
    recusals,
    score_sheets,
)
from app.services.context import Ctx

__all__ = ["EntryRow", "RankingView", "Tie", "Verification"]

_PHASES = (CampaignStage.EVALUATING, CampaignStage.DETERMINING)


@dataclass(frozen=True)
class Tie:
    """Candidates that tie at the cut of a bucket or of the pool, and the order a recorded decision gave them, if any."""

    scope: str
    places: int
    cases: Sequence[UUID]
    resolution: TieResolution | None


@dataclass(frozen=True)
class RankingView:
    """A ranking with its lines. `current` is false once a score, a place or a case has changed since (E-20)."""

    snapshot: RankingSnapshot
    entries: Sequence[EntryRow]
    ties: Sequence[Tie]
    names: Mapping[str, str]  # of reviewers, by the hex of their ids
    same_sponsor: Mapping[UUID, int]  # cases of one sponsor in this ranking (E-30)
    current: bool

    @property
    def sheets(self) -> dict[str, list[dict[str, Any]]]:
        """The sheets each value comes from, by the hex of the case."""
        return {one["case"]: one["sheets"] for one in self.snapshot.inputs["cases"]}


@dataclass(frozen=True)
class Verification:
    """A ranking recomputed: from its own inputs, from the points of every sheet, and against what is there now."""

    inputs_unchanged: bool
    result_reproduced: bool
    totals_add_up: bool
    current: bool


def listed(ctx: Ctx, campaign_id: UUID, *, after: str = "", limit: int = 50) -> list[RankingSnapshot]:
    """The rankings of a campaign, newest first. Needs `ranking:read` at the host."""
    evaluation.readable(ctx, campaign_id, "ranking:read")
    return rows.listed(ctx.session, campaign_id, UUID(after) if after else None, limit)


def latest(ctx: Ctx, campaign_id: UUID) -> RankingView | None:
    """The newest ranking with all its lines, or nothing. Needs `ranking:read` at the host."""
    evaluation.readable(ctx, campaign_id, "ranking:read")
    snapshot = rows.latest(ctx.session, campaign_id)
    return _view(ctx, snapshot) if snapshot else None


def shown(ctx: Ctx, ranking_id: UUID) -> RankingView:
    """One ranking. Needs `ranking:read` at the host; cases the caller stands in conflict with are left out (C15)."""
    return _view(ctx, _readable(ctx, ranking_id))


def entries(ctx: Ctx, ranking_id: UUID, *, after: str = "", limit: int = 50) -> RankingView:
    """One page of its lines, one more than `limit`."""
    return _view(ctx, _readable(ctx, ranking_id), int(after or 0), limit)


def take(ctx: Ctx, campaign_id: UUID) -> RankingSnapshot:
    """Freeze the ranking as the locked scores give it. Needs `ranking:take` at the host.

    Refuses `CAMPAIGN_PHASE`, `SCORES_NOT_LOCKED`, `SCORES_MISSING` (after a recusal, E-22), `QUOTA_NOT_CONFIRMED`.
    """
    campaign = campaigns.for_host(ctx, campaign_id, "ranking:take")
    _is_time(campaign)
    _all_locked(ctx, campaign)
    assignments.sweep(ctx, campaign)
    ctx.session.flush()
    rules = campaigns.rules_of(ctx, campaign)
    inputs = ranking_inputs.gather(ctx, campaign, rules)
    _enough_sheets(inputs)
    lines, spreads = _computed(inputs)
    last = rows.latest(ctx.session, campaign.id)
    snapshot = RankingSnapshot(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        number=last.number + 1 if last else 1,
        method=rules.reviewers.method,
        min_reviewers=rules.reviewers.min_reviewers,
        rules_version=campaign.rules_version,
        taken_at=ctx.now,
        inputs=inputs,
        input_hash=audit.digest(inputs),
        result_hash=_result_hash(lines),
        reviewer_spread=[_reviewer(one) for one in spreads],
    )
    ctx.session.add(snapshot)
    ctx.session.flush()
    ctx.session.add_all(_entry(ctx, snapshot, number, line) for number, line in enumerate(lines, 1))
    summary = {"number": snapshot.number, "cases": len(lines), "input_hash": snapshot.input_hash}
    evaluation.noted(ctx, "ranking.taken", snapshot, campaign.id, None, **summary)
    return snapshot


def verified(ctx: Ctx, ranking_id: UUID) -> Verification:
    """Recompute a ranking. Needs `ranking:read` at the host."""
    return recomputed(ctx, _readable(ctx, ranking_id))


def recomputed(ctx: Ctx, snapshot: RankingSnapshot) -> Verification:
    """The same for the checks of a live database."""
    campaign = campaigns.campaign_of(ctx, snapshot.campaign_id)
    stored = [row.entry for row in rows.entries(ctx.session, snapshot.id)]
    again = [_values(line) for line in _computed(snapshot.inputs)[0]]
    kept = [{name: getattr(one, name) for name in _SAME} for one in stored]
    return Verification(
        audit.digest(snapshot.inputs) == snapshot.input_hash,
        [{name: one[name] for name in _SAME} for one in again] == kept,
        _totals_add_up(ctx, campaign, snapshot),
        ranking_inputs.is_current(ctx, campaign, campaigns.rules_of(ctx, campaign), snapshot.input_hash),
    )


_SAME = (
    *("nomination_id", "bucket_code", "value", "bucket_rank", "bucket_tied", "bucket_cut"),
    *("pool_rank", "pool_tied", "pool_cut"),
)


def _is_time(campaign: Campaign) -> None:
    if campaign.stage not in _PHASES:
        raise Refusal(
            "CAMPAIGN_PHASE",
            **both("stage", "campaign_stage", campaign.stage),
            **both("needed", "campaign_stage", *_PHASES),
        )


def _all_locked(ctx: Ctx, campaign: Campaign) -> None:
    waiting = assignment_rows.cases(ctx.session, campaign.id, assignments.ASSIGNABLE)
    if waiting:
        raise Refusal("SCORES_NOT_LOCKED", count=len(waiting))


def _enough_sheets(inputs: Mapping[str, Any]) -> None:
    """A recusal after the lock may have left a case short; the minimum is not lowered (E-21, E-22)."""
    needed = inputs["min_reviewers"]
    given = min((len(one["sheets"]) for one in inputs["cases"]), default=needed)
    if given < needed:
        raise Refusal("SCORES_MISSING", needed=needed, given=given)


def _computed(inputs: Mapping[str, Any]) -> tuple[list[Line], list[ReviewerSpread]]:
    cases, rules = ranking_inputs.cases_in(inputs), ranking_inputs.rules_in(inputs)
    return standings(cases, rules), reviewer_spreads(cases, rules)


def _result_hash(lines: Sequence[Line]) -> str:
    return audit.digest({"lines": [_values(line) for line in lines]})


def _values(line: Line) -> dict[str, Any]:
    pool = line.in_pool
    return {
        "nomination_id": UUID(line.case),
        "bucket_code": line.bucket,
        "value": str(line.value),
        "shown": str(rounded(line.value)),
        "bucket_rank": line.in_bucket.rank,
        "bucket_tied": line.in_bucket.tied,
        "bucket_cut": line.in_bucket.cut,
        "pool_rank": pool.rank if pool else 0,
        "pool_tied": bool(pool and pool.tied),
        "pool_cut": pool.cut if pool else None,
        "spread": _spread(line.spread),
    }


def _entry(ctx: Ctx, snapshot: RankingSnapshot, position: int, line: Line) -> RankingEntry:
    return RankingEntry(**audit.stamp(ctx), ranking_id=snapshot.id, position=position, **_values(line))


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "lowest": str(rounded(spread.lowest)),
        "highest": str(rounded(spread.highest)),
        "range": str(rounded(spread.range)),
        "all_maximum": spread.all_maximum,
        "outliers": list(spread.outliers),
    }


def _reviewer(one: ReviewerSpread) -> dict[str, Any]:
    return {
        "reviewer": one.reviewer,
        "sheets": one.sheets,
        "mean": str(rounded(one.mean)),
        "above": str(rounded(one.above)),
        **_spread(one.spread),
    }


def _readable(ctx: Ctx, ranking_id: UUID) -> RankingSnapshot:
    found = ctx.session.get(RankingSnapshot, ranking_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    evaluation.readable(ctx, found.campaign_id, "ranking:read")
    return found


def _view(ctx: Ctx, snapshot: RankingSnapshot, after: int = 0, limit: int | None = None) -> RankingView:
    campaign = campaigns.campaign_of(ctx, snapshot.campaign_id)
    hidden = recusals.hidden_everywhere(ctx)
    found = rows.entries(ctx.session, snapshot.id, after, limit, hidden)
    reviewers = {UUID(one["reviewer"]) for one in snapshot.reviewer_spread}
    rules = campaigns.rules_of(ctx, campaign)
    return RankingView(
        snapshot,
        found,
        list(_ties(ctx, snapshot, found)),
        rows.names(ctx.session, reviewers),
        rows.sponsors(ctx.session, snapshot.id),
        ranking_inputs.is_current(ctx, campaign, rules, snapshot.input_hash),
    )


def _ties(ctx: Ctx, snapshot: RankingSnapshot, found: Sequence[EntryRow]) -> Iterator[Tie]:
    """Every tie across a cut, by bucket and over the pool, in the lines given."""
    resolved = {one.scope: one for one in rows.ties(ctx.session, snapshot.id)}
    places = {one["code"]: one["places"] for one in snapshot.inputs["buckets"]}
    tied: dict[str, list[UUID]] = {}
    for row in found:
        if row.entry.bucket_cut is Cut.TIED_AT_CUT:
            tied.setdefault(row.entry.bucket_code, []).append(row.nomination.id)
        if row.entry.pool_cut is Cut.TIED_AT_CUT:
            tied.setdefault(MINISTRY_POOL, []).append(row.nomination.id)
    for scope, cases in tied.items():
        at_stake = snapshot.inputs["pool_places"] if scope == MINISTRY_POOL else places.get(scope, 0)
        yield Tie(scope, at_stake, cases, resolved.get(scope))


def _totals_add_up(ctx: Ctx, campaign: Campaign, snapshot: RankingSnapshot) -> bool:
    """Every total in the inputs again from the points themselves, by the rubric the sheet was given under."""
    frozen = {one["sheet"]: one for case in snapshot.inputs["cases"] for one in case["sheets"]}
    points = sheet_rows.entries(ctx.session, [UUID(one) for one in frozen])
    rubrics = {
        version: campaigns.rules_of(ctx, campaign, version).rubric
        for version in {one["rules_version"] for one in frozen.values()}
    }
    return all(
        str(scoring.sheet_total(rubrics[one["rules_version"]], score_sheets.read(points.get(UUID(key), []))))
        == one["total"]
        for key, one in frozen.items()
    )
