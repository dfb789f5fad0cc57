"""An allocation as plain values for the verdict of the domain: from an input, from its rows, with what has come of it."""

from collections.abc import Mapping

from app.db import campaigns as campaign_rows
from app.db import flow
from app.db import quota as rows
from app.db.tables.campaigns import Campaign, PlanStatus, QuotaBucket, QuotaPlan
from app.domain.quota import RESERVE, Bucket, Plan
from app.domain.quota_plan import PlanFacts
from app.services import campaigns, quota_seats
from app.services.context import Ctx
from app.services.inputs.quotas import BucketIn, PlanDraft

OPEN = (PlanStatus.DRAFT, PlanStatus.IMPORTED)


def allocation(body: PlanDraft) -> Plan:
    """The numbers of an input; what is left unsaid of a bucket follows from the rest (G-12, R-015)."""
    buckets = tuple(_bucket(one, pool=body.ministry_pool > 0) for one in body.buckets)
    return Plan(body.provincial_total, body.ministry_total, body.ministry_pool, buckets)


def plan_of(plan: QuotaPlan, buckets: list[QuotaBucket]) -> Plan:
    """A version as plain numbers."""
    same = ("code", "provincial_places", "nomination_limit", "ministry_fixed", "pool_eligible")
    listed = tuple(Bucket(**{name: getattr(one, name) for name in same}) for one in buckets)
    return Plan(plan.provincial_total, plan.ministry_total, plan.ministry_pool, listed)


def facts_of(ctx: Ctx, campaign: Campaign, plan: QuotaPlan, allocation: Plan) -> PlanFacts:
    """What confirming this version asks."""
    former = rows.confirmed(ctx.session, campaign.id)
    taking_part = campaign_rows.participants(ctx.session, campaign.id)
    mine = flow.same_person(ctx.session, ctx.actor.person_id) if ctx.actor.person_id else ()
    return PlanFacts(
        plan=allocation,
        open_to_change=plan.status in OPEN,
        version=plan.version,
        confirmed_version=former.version if former else 0,
        prepared_by_caller=plan.prepared_by in mine,
        decision_ref=plan.decision_ref,
        ministry_track=campaigns.rules_of(ctx, campaign).ministry_track.enabled,
        taking_part=frozenset(row.bucket_code for row, _ in taking_part),
        used=quota_seats.used(ctx, campaign.id),
    )


def bucket_names(ctx: Ctx, campaign: Campaign) -> Mapping[str, str]:
    """What the buckets are called: a city by its region, a shared one by its route."""
    rules = campaigns.rules_of(ctx, campaign)
    shared = {route.bucket_code: route.name_zh for route in rules.routing.routes if route.bucket_code}
    found = campaign_rows.participants(ctx.session, campaign.id)
    regions = rows.region_names(ctx.session, [unit.region_code for _, unit in found])
    return {RESERVE: "机动名额", **regions, **shared}


def _bucket(one: BucketIn, *, pool: bool) -> Bucket:
    limit = one.provincial_places if one.nomination_limit is None else one.nomination_limit
    competes = pool and not one.ministry_fixed and one.code != RESERVE
    eligible = competes if one.pool_eligible is None else one.pool_eligible
    return Bucket(one.code, one.provincial_places, limit, one.ministry_fixed, eligible)
