"""Who takes part in a campaign, by which route, and against which bucket their nominations count (R-001, R-024)."""

from app.db import campaigns as rows
from app.db.tables.campaigns import Campaign, Participant
from app.db.tables.places import Organization
from app.packs.identity import Route
from app.packs.schema import CampaignRules
from app.services import audit
from app.services.context import Ctx


def addressed(ctx: Ctx, campaign: Campaign, host: Organization, rules: CampaignRules) -> list[Participant]:
    """Everybody the routes of the rules lead through: the units below the host, and the host itself for its own."""
    found = []
    for unit in (host, *rows.units_below(ctx.session, host.id)):
        route = next((r for r in rules.routing.routes if r.organising_level == unit.level), None)
        if route:
            found.append(
                Participant(
                    **audit.stamp(ctx),
                    campaign_id=campaign.id,
                    organization_id=unit.id,
                    route=route.code,
                    bucket_code=bucket(route, unit),
                )
            )
    return found


def bucket(route: Route, unit: Organization) -> str:
    """The bucket all units of the route share, or the unit's own region."""
    return route.bucket_code or unit.region_code
