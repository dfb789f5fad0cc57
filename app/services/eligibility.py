"""Whether the window of a nomination is in the campaign's scope: the rows behind the clauses (R-001, R-006 to R-010, E-29)."""

from app.db import nominations as rows
from app.db import regions
from app.db.tables.campaigns import Campaign
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization
from app.domain import eligibility
from app.domain.eligibility import Candidate, EligibilityCheck
from app.domain.levels import Level
from app.packs.schema import CampaignRules
from app.services import campaigns, nomination_routes
from app.services.context import Ctx

_DIGITS = {Level.PROVINCIAL: 2, Level.MUNICIPAL: 4}  # of a region code that say to which host it belongs


def checks(ctx: Ctx, nomination: Nomination) -> list[EligibilityCheck]:
    """Each clause of the scope, met or not, with its reason."""
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    return eligibility.checks(candidate(ctx, nomination, campaign, campaigns.rules_of(ctx, campaign)))


def candidate(ctx: Ctx, nomination: Nomination, campaign: Campaign, rules: CampaignRules) -> Candidate:
    """The window on the day it was nominated; codes of regions are abolished and reused (E-26)."""
    window = ctx.session.get_one(ServiceWindow, nomination.window_id)
    sponsor = ctx.session.get_one(Organization, nomination.sponsor_org_id)
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    digits = _DIGITS.get(host.level, 6)
    day = nomination.created_at.astimezone(ctx.zone).date()
    ground = nomination_routes.ground(ctx, campaign, nomination.sponsor_path)
    kinds = {kind.code: frozenset(kind.affiliation_levels) for kind in rules.scope.types}
    return Candidate(
        organization_participates=nomination_routes.entry_of(ground) is not None,
        in_system=window.in_labor_system,
        in_host_region=window.region_code[:digits] == host.region_code[:digits],
        region_code=window.region_code,
        region_valid=regions.on_day(ctx.session, window.region_code, day) is not None,
        serves_public_directly=window.serves_public_directly,
        window_type=window.window_type,
        other_types=tuple(window.other_types),
        known_types=frozenset(kinds),
        fitting_levels=kinds.get(window.window_type),
        justification=window.other_justification,
        accepted_by_office=bool(window.other_accepted_by),
        affiliation_level=window.affiliation_level,
        edition_no=campaign.edition_no,
        prior_editions=rows.editions_awarded(ctx.session, window.id, campaign),
        prior_award_rule=rules.prior_awards.rule,
        new_merits=nomination.new_merits,
        barred_until_edition=sponsor.barred_until_edition,
    )
