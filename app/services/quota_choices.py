"""What the editor of an allocation starts from, and what its numbers add up to while they are typed."""

from dataclasses import dataclass
from uuid import UUID

from app.db import campaigns as campaign_rows
from app.db import quota as rows
from app.db.tables.campaigns import Campaign, QuotaPlan
from app.domain.errors import Reason
from app.domain.quota import RESERVE, Bucket, Plan, plan_reasons
from app.packs.quota import Quota
from app.services import campaigns, quotas
from app.services.context import Ctx
from app.services.inputs.quotas import PlanDraft
from app.services.quota_facts import allocation, bucket_names


@dataclass(frozen=True)
class Line:
    """One bucket of the editor; `None` is a number nobody has typed yet."""

    code: str
    name: str
    provincial_places: int | None = None
    nomination_limit: int | None = None
    ministry_fixed: int | None = None
    pool_eligible: bool | None = None


@dataclass(frozen=True)
class Start:
    """What the editor is filled with; `version` is that of the row it changes, if there is one already."""

    campaign: Campaign
    provincial_total: int
    ministry_total: int
    ministry_pool: int
    lines: list[Line]
    amends: bool
    source_note: str = ""
    decision_ref: str = ""
    version: int | None = None
    sample: bool = False

    @property
    def tally(self) -> "Tally | None":
        """What the lines add up to; nothing while one is blank."""
        buckets = [
            Bucket(
                one.code,
                one.provincial_places,
                one.nomination_limit or 0,
                one.ministry_fixed or 0,
                bool(one.pool_eligible),
            )
            for one in self.lines
            if one.provincial_places is not None
        ]
        plan = Plan(self.provincial_total, self.ministry_total, self.ministry_pool, tuple(buckets))
        return Tally(plan, plan_reasons(plan)) if len(buckets) == len(self.lines) else None


@dataclass(frozen=True)
class Tally:
    """What the typed numbers add up to, and what would speak against confirming them."""

    plan: Plan
    reasons: list[Reason]

    @property
    def places(self) -> int:
        return sum(bucket.provincial_places for bucket in self.plan.buckets)

    @property
    def limit(self) -> int:
        return sum(bucket.nomination_limit for bucket in self.plan.buckets)

    @property
    def fixed(self) -> int:
        return sum(bucket.ministry_fixed for bucket in self.plan.buckets)


def start(ctx: Ctx, campaign_id: UUID) -> Start:
    """A new version begins with the confirmed one, or with a blank line for each bucket of those who take part.

    Invented numbers are not taken over: a sample never turns into a real allocation by being opened here (D2).

    Needs `quota:edit` somewhere; saving asks for it at the host.
    """
    campaign = campaigns.readable(ctx, campaign_id, "quota:edit")
    plan = rows.confirmed(ctx.session, campaign.id)
    if plan and not plan.is_sample:
        return Start(campaign, *_totals(plan), _lines(ctx, plan.id), amends=True)
    quota = campaigns.rules_of(ctx, campaign).quota
    return Start(campaign, *_totals(quota), _blank(ctx, campaign), amends=plan is not None)


def begun(ctx: Ctx, plan_id: UUID) -> Start:
    """A version that is there already, for changing it. Needs `quota:read`; saving asks for more."""
    plan = quotas.shown(ctx, plan_id).plan
    return Start(
        campaigns.campaign_of(ctx, plan.campaign_id),
        *_totals(plan),
        _lines(ctx, plan.id),
        amends=rows.confirmed(ctx.session, plan.campaign_id) is not None,
        source_note=plan.source_note,
        decision_ref=plan.decision_ref,
        version=plan.row_version,
        sample=plan.is_sample,
    )


def tally(body: PlanDraft) -> Tally:
    """The sums of an allocation as it is typed; the verdict is the one that confirming it will ask."""
    plan = allocation(body)
    return Tally(plan, plan_reasons(plan))


def _totals(source: QuotaPlan | Quota) -> tuple[int, int, int]:
    return source.provincial_total, source.ministry_total, source.ministry_pool


def _lines(ctx: Ctx, plan_id: UUID) -> list[Line]:
    same = Line.__dataclass_fields__
    found = rows.buckets(ctx.session, plan_id)
    return [Line(**{name: getattr(one, name) for name in same}) for one in found]


def _blank(ctx: Ctx, campaign: Campaign) -> list[Line]:
    """A line for each bucket, with the fixed places the rules already say (R-014)."""
    fixed = campaigns.rules_of(ctx, campaign).quota.ministry_fixed
    names = bucket_names(ctx, campaign)
    taking_part = {row.bucket_code for row, _ in campaign_rows.participants(ctx.session, campaign.id)}
    codes = [*sorted(taking_part), RESERVE]
    return [Line(code, names.get(code, code), ministry_fixed=fixed.get(code)) for code in codes]
