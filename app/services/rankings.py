"""The order in which an organising unit puts its candidates: the whole bucket at once, each rank once (R-021, G-12)."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import nominations as rows
from app.db.nominations import NominationRow
from app.db.tables.nominations import Nomination
from app.domain.errors import Reason, Refusal, refuse
from app.domain.nomination_stage import LIVE, Stage
from app.domain.quota import SeatKind
from app.services import audit, campaigns, nominations, recusals, seats
from app.services.context import Ctx, check_version
from app.services.inputs.nomination_papers import BucketRanking
from app.services.seats import Usage

CANDIDATES = tuple(stage for stage in LIVE if stage not in (Stage.DRAFT, Stage.SUBMITTED))
"""Whoever was cleared, which took a claim of the bucket; of the returned ones those that were filed, see `_stands`."""
MOVABLE = (Stage.CLEARED, Stage.AT_NOTICE, Stage.RECOMMENDED)


@dataclass(frozen=True)
class RankingView:
    """The candidates of a bucket, ranked ones first, and whether a rank is owed."""

    campaign_id: UUID
    bucket_code: str
    candidates: Sequence[NominationRow]
    places: int

    @property
    def needed(self) -> bool:
        return len(self.candidates) > self.places

    @property
    def version(self) -> int:
        """A mark of the candidates as they are now, for If-Match: the list has no row of its own."""
        seen = "".join(f"{r.nomination.id.hex}{r.nomination.row_version};" for r in self.candidates)
        return zlib.crc32(seen.encode()) % 1_000_000_000


def shown(ctx: Ctx, campaign_id: UUID, bucket_code: str) -> RankingView:
    """The order as it is. Needs `nomination:read`; only the candidates in the caller's area are seen."""
    ctx.actor.require_anywhere("nomination:read", campaign_id)
    paths = ctx.actor.paths("nomination:read", campaign_id)
    return _view(ctx, campaign_id, bucket_code, paths, recusals.hidden_everywhere(ctx))


def put(
    ctx: Ctx, campaign_id: UUID, bucket_code: str, body: BucketRanking, version: int | None
) -> RankingView:
    """Set the order of all candidates of the bucket. Needs `nomination:rank` at the organising unit.

    Refuses `RANKING_INCOMPLETE` unless each candidate is named once, `RANKING_FIXED` when a filed one would move.
    """
    campaign = campaigns.readable(ctx, campaign_id, "nomination:rank")
    locked = rows.bucket_locked(ctx.session, campaign.id, bucket_code, CANDIDATES)
    found = {one.id: one for one in locked if _stands(one)}
    _may_rank(ctx, list(found.values()))
    check_version(_view(ctx, campaign.id, bucket_code, ["/"]).version, version)
    refuse(_faults(found, body.nominations))
    before = {one.id: (one.rank_in_bucket, one.model_dump(mode="json")) for one in found.values()}
    ranks = _ranks(found, body.nominations)
    moved = [one for one in found.values() if one.rank_in_bucket != ranks[one.id]]
    for one in moved:  # a rank is unique in its bucket at every moment
        one.rank_in_bucket = None
    ctx.session.flush()
    for one in moved:
        one.rank_in_bucket = ranks[one.id]
        audit.touch(ctx, one)
        nominations.noted(ctx, "nomination.ranked", one, before[one.id][1], rank=ranks[one.id])
    return _view(ctx, campaign.id, bucket_code, ["/"])


def _view(
    ctx: Ctx,
    campaign_id: UUID,
    bucket_code: str,
    paths: Sequence[str],
    without: frozenset[UUID] = frozenset(),
) -> RankingView:
    found = rows.in_bucket(ctx.session, paths, campaign_id, bucket_code, CANDIDATES)
    listed = [row for row in found if row.nomination.id not in without and _stands(row.nomination)]
    used = seats.usage(ctx, campaign_id).get(bucket_code, {}).get(SeatKind.PROVINCIAL, Usage())
    return RankingView(campaign_id, bucket_code, listed, used.places)


def _may_rank(ctx: Ctx, candidates: Sequence[Nomination]) -> None:
    """The organising unit ranks its own bucket; nobody ranks an empty one."""
    if not candidates or not ctx.actor.sees(candidates[0].sponsor_path, candidates[0].campaign_id):
        raise Refusal("NOT_FOUND")
    first = candidates[0]
    if not ctx.actor.may_as("nomination:rank", first.organizing_org_id, first.campaign_id):
        raise Refusal("PERMISSION_MISSING", permission="nomination:rank")


def _stands(nomination: Nomination) -> bool:
    """A case that is out for correction keeps its claim and its rank; any other returned one gave both back."""
    return nomination.stage is not Stage.RETURNED or nomination.returned_from is Stage.FILED


def _faults(found: dict[UUID, Nomination], order: Sequence[UUID]) -> list[Reason]:
    if len(order) != len(found) or set(order) != set(found):
        return [Reason("RANKING_INCOMPLETE", "/nominations", {"count": len(found)})]
    ranks = _ranks(found, order)
    stuck = tuple(one.code or "" for one in found.values() if _fixed(one) not in (0, ranks[one.id]))
    return [Reason("RANKING_FIXED", "/nominations", {"nominations": stuck})] if stuck else []


def _ranks(found: dict[UUID, Nomination], order: Sequence[UUID]) -> dict[UUID, int]:
    """From 1 on; what was filed keeps its rank, also where one before it has dropped out since and left a gap."""
    ranks, last = {}, 0
    for nomination_id in order:
        last = max(last + 1, _fixed(found[nomination_id]))
        ranks[nomination_id] = last
    return ranks


def _fixed(nomination: Nomination) -> int:
    """The rank that can no longer move, 0 where none is."""
    return 0 if nomination.stage in MOVABLE else nomination.rank_in_bucket or 0
