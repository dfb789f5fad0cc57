"""Which way a window's nomination goes: route, bucket, and the department of each level (R-024, R-025, E-14, E-39)."""

from dataclasses import dataclass
from uuid import UUID

from app.db import nominations as rows
from app.db.tables.campaigns import Campaign, Participant
from app.db.tables.nominations import ServiceWindow
from app.db.tables.places import Organization
from app.domain import levels
from app.domain.errors import Refusal
from app.domain.levels import Level
from app.packs.schema import CampaignRules
from app.services.context import Ctx


@dataclass(frozen=True)
class Way:
    """The levels a nomination passes, lowest first, and who is the department of each, the host included."""

    route: str
    bucket_code: str
    own_level: Level
    organising: Organization
    departments: dict[Level, Organization]

    @property
    def stored(self) -> dict[str, str]:
        """The departments as the nomination keeps them: level and identifier, lowest first."""
        return {level.value: str(self.departments[level].id) for level in sorted(self.departments)}


def way(
    ctx: Ctx, campaign: Campaign, rules: CampaignRules, window: ServiceWindow, chain: list[Organization]
) -> Way:
    """How the window gets to the host; `chain` leads from the top of the tree down to its sponsor.

    Its own level is the lowest department above its sponsor, so that none between is skipped (R-025); a level
    the tree does not have there is not applicable (E-39). Refuses `NOT_PARTICIPANT`, `OUT_OF_SCOPE_WINDOW`.
    """
    entry = entry_of(ctx, campaign, chain)
    route = rules.route(entry.route) if entry else None
    if entry is None or route is None:
        raise Refusal("NOT_PARTICIPANT", "/window_id")
    departments = _departments(chain, campaign.host_organization_id)
    passed = [level for level in route.levels if level in departments]
    levels.own_level(window.affiliation_level, passed)  # refuses what belongs to no level of the route
    if passed[-1] is not route.organising_level:
        raise Refusal("OUT_OF_SCOPE_WINDOW", "/window_id", affiliation_level=window.affiliation_level)
    named = {level: departments[level] for level in {*passed, rules.host_level} if level in departments}
    return Way(route.code, entry.bucket_code, passed[0], departments[passed[-1]], named)


def entry_of(ctx: Ctx, campaign: Campaign, chain: list[Organization]) -> Participant | None:
    """The nearest participant up the tree; the host's own entry covers the host's own windows only (R-001)."""
    own = chain[-1].id == campaign.host_organization_id
    able = [one.id for one in chain if own or one.id != campaign.host_organization_id]
    found = {one.organization_id: one for one in rows.entries(ctx.session, campaign.id, able)}
    return next((found[one.id] for one in reversed(chain) if one.id in found), None)


def _departments(chain: list[Organization], host_id: UUID) -> dict[Level, Organization]:
    """The department of a level is the highest unit there: an affiliated unit never judges its own windows."""
    found: dict[Level, Organization] = {}
    below = next((index for index, one in enumerate(chain) if one.id == host_id), 0)
    for one in chain[below:]:
        found.setdefault(one.level, one)
    return found
