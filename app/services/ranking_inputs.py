"""What a ranking is made from, frozen as data: locked totals, places, method; and whether it is still that (I-16, E-20)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.db import quota
from app.db import score_rankings as rows
from app.db.tables.campaigns import Campaign
from app.domain.errors import Refusal
from app.domain.nomination_stage import Stage
from app.domain.ranking import Method
from app.domain.standings import BucketPlaces, Rules, ScoredCase, SheetTotal
from app.packs.schema import CampaignRules
from app.services import audit
from app.services.context import Ctx

RANKED = (
    Stage.EVALUATED,
    Stage.REVIEWED,
    Stage.AT_HOST_NOTICE,
    Stage.DETERMINED,
    Stage.AWARDED,
    Stage.NOT_SELECTED,
)
"""A case that was scored to the end stays in the ranking; one that was vetoed or withdrawn is not in it."""


def gather(ctx: Ctx, campaign: Campaign, rules: CampaignRules) -> dict[str, Any]:
    """The inputs as they are now; four statements. Refuses `QUOTA_NOT_CONFIRMED`: without places there is no cut."""
    plan = quota.confirmed(ctx.session, campaign.id)
    if plan is None:
        raise Refusal("QUOTA_NOT_CONFIRMED")
    sheets: dict[UUID, list[dict[str, Any]]] = {}
    for sheet in rows.locked_sheets(ctx.session, campaign.id):
        sheets.setdefault(sheet.nomination_id, []).append(
            {
                "sheet": sheet.id.hex,
                "reviewer": sheet.reviewer_id.hex,
                "version": sheet.version,
                "rules_version": sheet.rules_version,
                "total": sheet.total,
            }
        )
    return {
        "method": rules.reviewers.method.value,
        "min_reviewers": rules.reviewers.min_reviewers,
        "total_points": str(Fraction(rules.rubric.total_points)),
        "pool_places": plan.ministry_pool if rules.ministry_track.enabled else 0,
        "buckets": [
            {"code": one.code, "places": one.provincial_places, "pool_eligible": one.pool_eligible}
            for one in quota.buckets(ctx.session, plan.id)
        ],
        "cases": [
            {"case": case.hex, "bucket": bucket, "sheets": sheets.get(case, [])}
            for case, bucket in rows.evaluated(ctx.session, campaign.id, RANKED)
        ],
    }


def on_record(ctx: Ctx, campaign: Campaign, rules: CampaignRules) -> bool:
    """Whether a ranking was taken from exactly what is there now; a correction since then asks for a new one (E-20)."""
    recorded = rows.latest_hash(ctx.session, campaign.id)
    return bool(recorded) and is_current(ctx, campaign, rules, recorded)


def is_current(ctx: Ctx, campaign: Campaign, rules: CampaignRules, input_hash: str) -> bool:
    """Whether these inputs are what is there now."""
    if quota.confirmed(ctx.session, campaign.id) is None:
        return False
    return audit.digest(gather(ctx, campaign, rules)) == input_hash


def rules_in(inputs: Mapping[str, Any]) -> Rules:
    """The rules of a ranking out of its frozen inputs."""
    return Rules(
        Method(inputs["method"]),
        Fraction(inputs["total_points"]),
        inputs["pool_places"],
        tuple(BucketPlaces(one["code"], one["places"], one["pool_eligible"]) for one in inputs["buckets"]),
    )


def cases_in(inputs: Mapping[str, Any]) -> list[ScoredCase]:
    """The cases of a ranking out of its frozen inputs."""
    return [
        ScoredCase(
            one["case"],
            one["bucket"],
            tuple(
                SheetTotal(sheet["sheet"], sheet["reviewer"], Fraction(sheet["total"]))
                for sheet in one["sheets"]
            ),
        )
        for one in inputs["cases"]
    ]
