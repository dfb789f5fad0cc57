"""The list of nominations people work from: filtered, counted by stage, with what the filters offer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.db import nomination_lines as rows
from app.db import nominations as nomination_rows
from app.db.nomination_lines import NominationLine, Place, Unit
from app.db.nominations import Filter
from app.db.tables.campaigns import Campaign
from app.domain.campaign import CampaignStage
from app.domain.nomination import Stage
from app.services import campaigns, nominations, recusals
from app.services.context import Ctx

__all__ = ["NominationList", "Place", "open_campaigns", "overview", "standing"]


@dataclass(frozen=True)
class NominationList:
    """One page of the list; `counts` are of the whole filter, whatever stage was chosen."""

    rows: Sequence[NominationLine]
    more: bool
    counts: Mapping[Stage, int]
    campaigns: Sequence[Campaign]
    holders: Sequence[Unit]
    regions: Sequence[Place]


def overview(ctx: Ctx, wanted: Filter, *, after: str = "", limit: int = 50) -> NominationList:
    """The nominations in the caller's area, newest first. Needs `nomination:read`."""
    found = nominations.listed(ctx, wanted, after=after, limit=limit)
    paths = ctx.actor.paths("nomination:read", wanted.campaign_id)
    return NominationList(
        found[:limit],
        len(found) > limit,
        rows.counts(ctx.session, paths, replace(wanted, stage=None, without=recusals.hidden_everywhere(ctx))),
        campaigns.listed(ctx, limit=100)[:100],
        rows.holders(ctx.session, paths),
        rows.regions(ctx.session, paths),
    )


def standing(ctx: Ctx, campaign_id: UUID, window_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Which of these windows are put forward in the campaign, with the case, as far as the caller may see it."""
    ctx.actor.require_anywhere("nomination:read", campaign_id)
    found = nomination_rows.standing(ctx.session, campaign_id, window_ids)
    hidden = recusals.hidden(ctx, found)
    seen = [one for one in found if ctx.actor.may("nomination:read", one.sponsor_path, campaign_id)]
    return {one.window_id: one.id for one in seen if one.id not in hidden}


def open_campaigns(ctx: Ctx) -> list[Campaign]:
    """The campaigns in which a window may be put forward, newest first. Needs `nomination:create` somewhere."""
    ctx.actor.require_anywhere("nomination:create")
    return campaigns.listed(ctx, stage=CampaignStage.OPEN, limit=100)
