"""What a meeting may take up, in the order of the ranking, with the places there are (R-021, R-029, E-15)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.db import agendas as rankings
from app.db import meetings as rows
from app.db import ministry as ministry_rows
from app.db import quota
from app.db.agendas import Ranked
from app.db.meetings import CaseRow
from app.db.tables.campaigns import Campaign, SeatStatus
from app.domain import selection
from app.domain.errors import Reason
from app.domain.meeting import MeetingPurpose
from app.domain.ministry import MinistryStage
from app.domain.ministry_guards import DETERMINED
from app.domain.nomination import Stage
from app.domain.quota import MINISTRY_POOL, SeatKind
from app.domain.ranking import Cut
from app.domain.selection import Candidate
from app.services import agenda_holds, quota_usage, seats
from app.services.context import Ctx
from app.services.seats import Usage

STAGES: Mapping[MeetingPurpose, tuple[Stage, ...]] = {
    MeetingPurpose.REVIEW: (Stage.EVALUATED,),
    MeetingPurpose.DETERMINATION: (Stage.REVIEWED, Stage.AT_HOST_NOTICE),
    MeetingPurpose.MINISTRY_CANDIDATES: DETERMINED,
    MeetingPurpose.MINISTRY_RECOMMENDATION: DETERMINED,
    MeetingPurpose.TIE: (Stage.EVALUATED, Stage.REVIEWED, Stage.AT_HOST_NOTICE, *DETERMINED),
    MeetingPurpose.REVOCATION: (Stage.AWARDED,),
    MeetingPurpose.SUCCESSION: (Stage.DETERMINED,),
}
"""Where a case has to stand for each purpose."""

_OF_THE_MINISTRY: Mapping[MeetingPurpose, Callable[[set[MinistryStage]], bool]] = {
    MeetingPurpose.MINISTRY_CANDIDATES: lambda stages: stages <= {MinistryStage.WITHDRAWN},
    MeetingPurpose.MINISTRY_RECOMMENDATION: lambda stages: MinistryStage.AT_NOTICE in stages,
}
_POOLED = (MeetingPurpose.MINISTRY_CANDIDATES, MeetingPurpose.MINISTRY_RECOMMENDATION, MeetingPurpose.TIE)
_PLACED = (MeetingPurpose.MINISTRY_RECOMMENDATION, MeetingPurpose.REVOCATION, MeetingPurpose.SUCCESSION)
_PASSED = (Stage.REVIEWED, Stage.AT_HOST_NOTICE)


@dataclass(frozen=True)
class AgendaItem:
    """One case that may be decided on now, where the ranking puts it."""

    row: CaseRow
    rank: int | None
    score: str  # as people read it; empty without a ranking
    tied: bool
    cut: Cut
    blockers: tuple[Reason, ...] = ()  # a hold, a notice that has not run its time

    @property
    def proposed(self) -> bool:
        """Within the places by the ranking alone; the body decides, never the system (D10)."""
        return self.cut is Cut.WITHIN


@dataclass(frozen=True)
class AgendaGroup:
    """Those who share places: a bucket, or the ministry's pool."""

    group: str
    name: str
    places: int
    usage: Usage
    items: list[AgendaItem]


def groups(ctx: Ctx, campaign: Campaign, purpose: MeetingPurpose) -> list[AgendaGroup]:
    """The cases by group, best ranked first; those without a rank come last. Of ties only the tied ones."""
    found = cases(ctx, campaign, purpose)
    placed = candidates(ctx, campaign, purpose, found)
    left = places(ctx, campaign, purpose)
    ranked = rankings.latest(ctx.session, campaign.id)
    scores = ranked.shown if ranked else {}
    holds = agenda_holds.of(ctx, campaign, purpose, found)
    known = _Known({row.nomination.id: row for row in found}, scores, holds)
    called, used = names(ctx, campaign), seats.usage(ctx, campaign.id)
    made = [
        AgendaGroup(
            group,
            called.get(group, group),
            left.get(group, 0),
            used.get(group, {}).get(_kind(purpose, group), Usage()),
            _ordered([one for one in placed if one.group == group], known, left.get(group, 0)),
        )
        for group in dict.fromkeys(one.group for one in placed)
    ]
    made = [_placed_already(one) for one in made] if purpose in _PLACED else made
    return _tied(made) if purpose is MeetingPurpose.TIE else made


def cases(ctx: Ctx, campaign: Campaign, purpose: MeetingPurpose) -> list[CaseRow]:
    """All cases that stand where this purpose takes them up."""
    found = rows.standing_at(ctx.session, campaign.id, STAGES.get(purpose, ()))
    if purpose in _OF_THE_MINISTRY:
        stages = ministry_rows.stages(ctx.session, campaign.id)
        return [row for row in found if _OF_THE_MINISTRY[purpose](stages.get(row.nomination.id, set()))]
    return found


def candidates(
    ctx: Ctx, campaign: Campaign, purpose: MeetingPurpose, found: Sequence[CaseRow]
) -> list[Candidate[UUID]]:
    """The cases with their group and their rank in it: by the last ranking, ties in the order a decision gave them."""
    ranked = rankings.latest(ctx.session, campaign.id)
    groups = _groups(ctx, campaign, purpose, found)
    placed = [_placed(row, groups[row.nomination.id], ranked) for row in found]
    return selection.resolved(placed, ranked.orders) if ranked else placed


def places(ctx: Ctx, campaign: Campaign, purpose: MeetingPurpose) -> dict[str, int]:
    """The places each group still has: free ones, less those the first body has already filled with its proposals."""
    if purpose is MeetingPurpose.MINISTRY_CANDIDATES:
        return ministry_places(ctx, campaign)
    if (
        purpose is MeetingPurpose.MINISTRY_RECOMMENDATION
    ):  # its cases hold their places since they were chosen
        return ministry_places(ctx, campaign)
    free = _free(ctx, campaign, SeatKind.PROVINCIAL)
    if purpose is MeetingPurpose.TIE:
        return free | _free(ctx, campaign, SeatKind.MINISTRY_POOL)
    if purpose is MeetingPurpose.REVIEW:
        for row in rows.standing_at(ctx.session, campaign.id, _PASSED):
            bucket = row.nomination.bucket_code
            free[bucket] = max(0, free.get(bucket, 0) - 1)
    return free


def ministry_places(ctx: Ctx, campaign: Campaign) -> dict[str, int]:
    """The free places for the ministry: a city's own, and the pool's."""
    return _free(ctx, campaign, SeatKind.MINISTRY_FIXED) | _free(ctx, campaign, SeatKind.MINISTRY_POOL)


def scopes(ctx: Ctx, campaign: Campaign, found: Sequence[CaseRow]) -> dict[UUID, str]:
    """Whose places each case competes for now: its bucket's, or once determined those for the ministry (G-08)."""
    return _groups(ctx, campaign, MeetingPurpose.TIE, found)


def _placed_already(group: AgendaGroup) -> AgendaGroup:
    """Nobody competes any more: each case has its place."""
    return replace(group, items=[replace(one, cut=Cut.WITHIN) for one in group.items])


def _tied(groups: Sequence[AgendaGroup]) -> list[AgendaGroup]:
    tied = [replace(one, items=[item for item in one.items if item.tied]) for one in groups]
    return [one for one in tied if one.items]


def names(ctx: Ctx, campaign: Campaign) -> dict[str, str]:
    """What those who share places are called: the buckets of the allocation, and the pool."""
    plan = quota.confirmed(ctx.session, campaign.id)
    return (quota_usage.names(ctx, plan) if plan else {}) | {MINISTRY_POOL: quota_usage.POOL}


def _kind(purpose: MeetingPurpose, group: str) -> SeatKind:
    """Which places are at stake."""
    if group == MINISTRY_POOL:
        return SeatKind.MINISTRY_POOL
    fixed = purpose in (MeetingPurpose.MINISTRY_CANDIDATES, MeetingPurpose.MINISTRY_RECOMMENDATION)
    return SeatKind.MINISTRY_FIXED if fixed else SeatKind.PROVINCIAL


def _free(ctx: Ctx, campaign: Campaign, kind: SeatKind) -> dict[str, int]:
    return {
        one.bucket_code: one.count
        for one in quota.seat_counts(ctx.session, campaign.id)
        if one.kind is kind and one.status is SeatStatus.FREE
    }


def _groups(
    ctx: Ctx, campaign: Campaign, purpose: MeetingPurpose, found: Sequence[CaseRow]
) -> dict[UUID, str]:
    """The bucket of each case; for the ministry the pool, where its bucket has part in it (R-015)."""
    plan = quota.confirmed(ctx.session, campaign.id) if purpose in _POOLED else None
    buckets = quota.buckets(ctx.session, plan.id) if plan else []
    pooled = {bucket.code for bucket in buckets if bucket.pool_eligible}
    return {
        case.id: MINISTRY_POOL
        if case.bucket_code in pooled and case.stage in DETERMINED
        else case.bucket_code
        for case in (row.nomination for row in found)
    }


def _placed(row: CaseRow, group: str, ranked: Ranked | None) -> Candidate[UUID]:
    key = row.nomination.id
    if ranked is None:  # the cities' own order says nothing of windows of other cities
        return Candidate(key, group, None if group == MINISTRY_POOL else row.nomination.rank_in_bucket)
    ranks = ranked.pool_ranks if group == MINISTRY_POOL else ranked.bucket_ranks
    return Candidate(key, group, ranks.get(key))


@dataclass(frozen=True)
class _Known:
    """What an agenda says of each case besides its rank."""

    rows: Mapping[UUID, CaseRow]
    scores: Mapping[UUID, str]
    holds: Mapping[UUID, tuple[Reason, ...]]


def _ordered(placed: Sequence[Candidate[UUID]], known: _Known, left: int) -> list[AgendaItem]:
    ranks = [one.rank for one in placed if one.rank is not None]
    return [
        AgendaItem(
            row=known.rows[one.key],
            rank=one.rank,
            score=known.scores.get(one.key, ""),
            tied=one.rank is not None and ranks.count(one.rank) > 1,
            cut=_cut(one.rank, ranks, left),
            blockers=known.holds.get(one.key, ()),
        )
        for one in sorted(placed, key=lambda one: (one.rank is None, one.rank or 0))
    ]


def _cut(rank: int | None, ranks: Sequence[int], left: int) -> Cut:
    """Where a rank stands to the places; without one nobody is proposed."""
    if rank is None:
        return Cut.BEYOND
    better, equal = sum(other < rank for other in ranks), ranks.count(rank)
    if better + equal <= left:
        return Cut.WITHIN
    return Cut.TIED_AT_CUT if better < left else Cut.BEYOND
