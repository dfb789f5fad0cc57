"""Rankings: taken when every score is locked, frozen with their inputs, recomputed by whoever doubts (R-021, G-08, E-23)."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from app.db import assignments as assignment_rows
from app.db import score_rankings as rows
from app.db.score_rankings import EntryRow, KeptLine
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import RankingSnapshot, TieResolution
from app.domain.campaign import CampaignStage
from app.domain.errors import Refusal
from app.domain.ids import new_id
from app.domain.quota import MINISTRY_POOL
from app.domain.ranking import Cut
from app.domain.ranking import shown as rounded
from app.domain.standings import (
    Line,
    ReviewerSpread,
    Rules,
    ScoredCase,
    Spread,
    reviewer_spreads,
    spread,
    standings,
)
from app.domain.words import both
from app.services import (
    assignments,
    audit,
    campaigns,
    evaluation,
    ranking_inputs,
    ranking_methods,
    recusals,
    score_totals,
)
from app.services.context import Ctx
from app.services.ranking_inputs import Inputs

__all__ = ["EntryRow", "Lines", "RankingView", "Tie", "Verification"]

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
    """A ranking as a whole. `current` is false once a score, a place or a case has changed since (E-20)."""

    snapshot: RankingSnapshot
    ties: Sequence[Tie]
    names: Mapping[str, str]  # of reviewers, by the hex of their ids
    current: bool


@dataclass(frozen=True)
class Lines:
    """Some lines of a ranking, best first, one more than a page when there are more."""

    snapshot: RankingSnapshot
    entries: Sequence[EntryRow]

    def sheets(self, row: EntryRow) -> list[dict[str, Any]]:
        """The sheets that a line's value comes from."""
        sheets: list[dict[str, Any]] = json.loads(row.entry.source)["sheets"]
        return sheets


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
    """The newest ranking, or nothing. Needs `ranking:read` at the host."""
    evaluation.readable(ctx, campaign_id, "ranking:read")
    snapshot = rows.latest(ctx.session, campaign_id)
    return _view(ctx, snapshot) if snapshot else None


def latest_lines(ctx: Ctx, campaign_id: UUID) -> Sequence[EntryRow]:
    """All lines of the newest ranking. Needs `ranking:read` at the host."""
    evaluation.readable(ctx, campaign_id, "ranking:read")
    snapshot = rows.latest(ctx.session, campaign_id)
    hidden = recusals.hidden_everywhere(ctx)
    return rows.entries(ctx.session, snapshot.id, without=hidden) if snapshot else ()


def shown(ctx: Ctx, ranking_id: UUID) -> RankingView:
    """One ranking. Needs `ranking:read` at the host; cases the caller stands in conflict with are left out (C15)."""
    return _view(ctx, _readable(ctx, ranking_id))


def head(ctx: Ctx, ranking_id: UUID) -> RankingSnapshot:
    """What was kept of it besides its lines. Needs `ranking:read` at the host."""
    return _readable(ctx, ranking_id)


def entries(ctx: Ctx, ranking_id: UUID, *, after: str = "", limit: int = 50, bucket: str = "") -> Lines:
    """A page of its lines, or of a bucket's; `after` is a position. Needs `ranking:read` at the host."""
    snapshot = _readable(ctx, ranking_id)
    hidden = recusals.hidden_everywhere(ctx)
    return Lines(snapshot, rows.entries(ctx.session, snapshot.id, int(after or 0), limit, hidden, bucket))


def pool_entries(ctx: Ctx, ranking_id: UUID, *, after: str = "", limit: int = 50) -> Lines:
    """A page of the lines that compete for the pool; `after` is the rank in the pool and the position, `7.31`."""
    snapshot = _readable(ctx, ranking_id)
    rank, _, position = (after or "0.0").partition(".")
    seen = (int(rank), int(position or 0))
    hidden = recusals.hidden_everywhere(ctx)
    return Lines(snapshot, rows.pool_entries(ctx.session, snapshot.id, seen, limit, hidden))


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
    scored, sources = inputs.scored, inputs.sources
    lines = standings(scored, inputs.rules)
    values = _values(lines, scored, inputs.rules)
    last = rows.latest(ctx.session, campaign.id)
    snapshot = RankingSnapshot(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        number=last.number + 1 if last else 1,
        method=rules.reviewers.method,
        min_reviewers=rules.reviewers.min_reviewers,
        rules_version=campaign.rules_version,
        taken_at=ctx.now,
        case_count=len(lines),
        inputs=inputs.head,
        input_hash=audit.digest_of(ranking_inputs.document(inputs.head, sources)),
        sources_hash=inputs.sources_hash,
        result_hash=audit.digest({"lines": values}),
        scopes=list(_scopes(values, inputs.rules)),
        reviewer_spread=[_reviewer(one) for one in reviewer_spreads(scored, inputs.rules)],
    )
    ctx.session.add(snapshot)
    ctx.session.flush()
    _keep(ctx, snapshot, values, sources, ranking_methods.compared(scored, inputs.rules))
    summary = {"number": snapshot.number, "cases": len(lines), "input_hash": snapshot.input_hash}
    evaluation.noted(ctx, "ranking.taken", snapshot, campaign.id, None, **summary)
    return snapshot


def verified(ctx: Ctx, ranking_id: UUID) -> Verification:
    """Recompute a ranking. Needs `ranking:read` at the host."""
    return recomputed(ctx, _readable(ctx, ranking_id))


def recomputed(ctx: Ctx, snapshot: RankingSnapshot) -> Verification:
    """The same for the checks of a live database."""
    campaign = campaigns.campaign_of(ctx, snapshot.campaign_id)
    kept = rows.kept(ctx.session, snapshot.id)
    said = ranking_inputs.document(snapshot.inputs, {one.nomination_id: one.source for one in kept})
    inputs = ranking_inputs.read(said)
    return Verification(
        audit.digest_of(said) == snapshot.input_hash,
        *recounted(ctx, campaign, inputs, kept),
        ranking_inputs.is_current(ctx, campaign, campaigns.rules_of(ctx, campaign), snapshot),
    )


def recounted(ctx: Ctx, campaign: Campaign, inputs: Inputs, kept: Sequence[KeptLine]) -> tuple[bool, bool]:
    """The recomputation proper: whether the inputs give these lines again, and the points of all sheets their totals."""
    return _comes_out_again(kept, inputs), _totals_add_up(ctx, campaign, inputs)


def _comes_out_again(kept: Sequence[KeptLine], inputs: Inputs) -> bool:
    outside = (0, False, None)
    again = (
        (one.case, one.bucket, *_written(one.value), *one.in_bucket, *(one.in_pool or outside))
        for one in standings(inputs.scored, inputs.rules)
    )
    return [line[:-1] for line in kept] == list(again)


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


def _enough_sheets(inputs: Inputs) -> None:
    """A recusal after the lock may have left a case short; the minimum is not lowered (E-21, E-22)."""
    needed = inputs.head["min_reviewers"]
    given = min((len(one["sheets"]) for one in inputs.cases), default=needed)
    if given < needed:
        raise Refusal("SCORES_MISSING", needed=needed, given=given)


def _values(lines: Sequence[Line], scored: Sequence[ScoredCase], rules: Rules) -> list[dict[str, Any]]:
    """The lines as they are kept and hashed."""
    spreads = {one.case: spread(one.sheets, rules.total_points) for one in scored}
    return [
        {
            "nomination_id": UUID(line.case),
            "bucket_code": line.bucket,
            "value": _written(line.value)[0],
            "shown": _written(line.value)[1],
            "bucket_rank": line.in_bucket.rank,
            "bucket_tied": line.in_bucket.tied,
            "bucket_cut": line.in_bucket.cut,
            "pool_rank": line.in_pool.rank if line.in_pool else 0,
            "pool_tied": bool(line.in_pool and line.in_pool.tied),
            "pool_cut": line.in_pool.cut if line.in_pool else None,
            "spread": _spread(spreads[line.case]),
        }
        for line in lines
    ]


def _scopes(values: Sequence[Mapping[str, Any]], rules: Rules) -> Iterator[dict[str, Any]]:
    """Where the cut of each bucket, and of the pool, lies: the last line within and the first beyond."""
    lines = [{**one, "position": position} for position, one in enumerate(values, 1)]
    places = {bucket.code: bucket.places for bucket in rules.buckets}
    for code, mine in groupby(lines, key=itemgetter("bucket_code")):
        yield _scope(code, places.get(code, 0), list(mine), "bucket")
    pool = sorted((one for one in lines if one["pool_rank"]), key=itemgetter("pool_rank", "position"))
    if pool:
        yield _scope(MINISTRY_POOL, rules.pool_places, pool, "pool")


def _scope(code: str, places: int, lines: Sequence[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    stands = {cut: [one for one in lines if one[f"{kind}_cut"] is cut] for cut in Cut}
    within, beyond = stands[Cut.WITHIN], stands[Cut.BEYOND]
    return {
        "scope": code,
        "cases": len(lines),
        "places": places,
        "tied": len(stands[Cut.TIED_AT_CUT]),
        "within": _edge(within[-1], kind) if within else None,
        "beyond": _edge(beyond[0], kind) if beyond else None,
    }


def _edge(line: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {"position": line["position"], "rank": line[f"{kind}_rank"], "shown": line["shown"]}


def _keep(
    ctx: Ctx,
    snapshot: RankingSnapshot,
    values: Sequence[Mapping[str, Any]],
    sources: Mapping[str, str],
    alternatives: Mapping[str, Any],
) -> None:
    stamp = {"row_version": 1, "updated_by": "", **audit.stamp(ctx), "ranking_id": snapshot.id}
    sponsors = rows.sponsors(ctx.session, snapshot.campaign_id)
    counted = Counter(sponsors[key] for key in sources)
    rows.keep(
        ctx.session,
        [
            {
                "id": new_id(),
                **stamp,
                **one,
                "position": position,
                "alternatives": alternatives[one["nomination_id"].hex],
                "same_sponsor": counted[sponsors[one["nomination_id"].hex]],
                "source": sources[one["nomination_id"].hex],
            }
            for position, one in enumerate(values, 1)
        ],
    )


def _written(value: Fraction) -> tuple[str, str]:
    """A value exactly and as people read it."""
    return _text(*value.as_integer_ratio())


@lru_cache(maxsize=10_000)
def _text(numerator: int, denominator: int) -> tuple[str, str]:
    """Thousands of cases share some hundreds of values; two numbers are found again faster than a fraction."""
    value = Fraction(numerator, denominator)
    return str(value), str(rounded(value))


def _spread(found: Spread) -> dict[str, Any]:
    return {
        "lowest": _written(found.lowest)[1],
        "highest": _written(found.highest)[1],
        "range": _written(found.range)[1],
        "all_maximum": found.all_maximum,
        "outliers": list(found.outliers),
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


def _view(ctx: Ctx, snapshot: RankingSnapshot) -> RankingView:
    campaign = campaigns.campaign_of(ctx, snapshot.campaign_id)
    reviewers = {UUID(one["reviewer"]) for one in snapshot.reviewer_spread}
    return RankingView(
        snapshot,
        list(_ties(ctx, snapshot)),
        rows.names(ctx.session, reviewers),
        ranking_inputs.is_current(ctx, campaign, campaigns.rules_of(ctx, campaign), snapshot),
    )


def _ties(ctx: Ctx, snapshot: RankingSnapshot) -> Iterator[Tie]:
    """Every tie across a cut, by bucket and over the pool; a case the caller must not see is left out."""
    places = {one["scope"]: one["places"] for one in snapshot.scopes if one["tied"]}
    if not places:
        return
    resolved = {one.scope: one for one in rows.ties(ctx.session, snapshot.id)}
    hidden = recusals.hidden_everywhere(ctx)
    tied: dict[str, list[UUID]] = {}
    for one in rows.tied(ctx.session, snapshot.id):
        if one.nomination_id in hidden:
            continue
        if one.bucket_cut is Cut.TIED_AT_CUT:
            tied.setdefault(one.bucket_code, []).append(one.nomination_id)
        if one.pool_cut is Cut.TIED_AT_CUT:
            tied.setdefault(MINISTRY_POOL, []).append(one.nomination_id)
    for scope, cases in tied.items():
        yield Tie(scope, places[scope], cases, resolved.get(scope))


def _totals_add_up(ctx: Ctx, campaign: Campaign, inputs: Inputs) -> bool:
    """Every total in the inputs again from the points themselves, by the rubric the sheet was given under."""
    added = score_totals.added_up(ctx, campaign)
    return all(
        added.get(sheet["sheet"]) == (sheet["rules_version"], sheet["total"])
        for one in inputs.cases
        for sheet in one["sheets"]
    )
