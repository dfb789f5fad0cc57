"""How the places of each bucket stand: free, used, forfeited (R-011 to R-015, E-13)."""

from dataclasses import dataclass
from uuid import UUID

from app.db import campaigns as campaign_rows
from app.db import quota as rows
from app.db.tables.campaigns import Campaign, QuotaPlan
from app.db.tables.places import Organization
from app.domain.quota import MINISTRY_POOL, SeatKind
from app.services import campaigns, seats
from app.services.context import Ctx
from app.services.seats import Usage

POOL = "报部竞争名额"
"""What the ministry's pool is called, which is a bucket in no plan."""


@dataclass(frozen=True)
class BucketUsage:
    """One bucket of the confirmed plan, or the ministry's pool, and its seats by kind."""

    code: str
    name: str
    kinds: dict[SeatKind, Usage]


def listed(ctx: Ctx, campaign_id: UUID) -> list[BucketUsage]:
    """The buckets of the confirmed plan by code, the pool last; none before a plan is confirmed.

    Needs `quota:read`; who does not read at the host sees the buckets of its own units only.
    """
    campaign = campaigns.readable(ctx, campaign_id, "quota:read")
    plan = rows.confirmed(ctx.session, campaign.id)
    if plan is None:
        return []
    used = seats.usage(ctx, campaign.id)
    named = names(ctx, plan)
    if plan.ministry_pool:
        named[MINISTRY_POOL] = POOL
    mine = _own(ctx, campaign)
    return [
        BucketUsage(code, name, used.get(code, {}))
        for code, name in named.items()
        if mine is None or code in mine
    ]


def names(ctx: Ctx, plan: QuotaPlan) -> dict[str, str]:
    """What the buckets of the plan are called, by code."""
    return {one.code: one.name for one in rows.buckets(ctx.session, plan.id)}


def _own(ctx: Ctx, campaign: Campaign) -> set[str] | None:
    """The buckets of the caller's units; nothing when all are open to them."""
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    if ctx.actor.may("quota:read", host.path, campaign.id):
        return None
    taking_part = campaign_rows.participants(ctx.session, campaign.id)
    return {
        row.bucket_code for row, unit in taking_part if ctx.actor.may("quota:read", unit.path, campaign.id)
    }
