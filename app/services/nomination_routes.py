"""Which way a window's nomination goes: route, bucket, and the department of each level (R-024, R-025, E-14, E-39)."""

from collections.abc import Mapping
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
class Ground:
    """Where a window would be put forward: the campaign, the organisations from the top of the tree down to its sponsor,
    and which of these take part."""

    campaign: Campaign
    chain: list[Organization]
    entries: Mapping[UUID, Participant]

    @property
    def sponsor(self) -> Organization:
        return self.chain[-1]


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


def ground(ctx: Ctx, campaign: Campaign, path: str) -> Ground:
    """The ground of a sponsor at this path of the tree."""
    chain = rows.chain(ctx.session, path)
    found = rows.entries(ctx.session, campaign.id, [one.id for one in chain])
    return Ground(campaign, chain, {one.organization_id: one for one in found})


def way(rules: CampaignRules, window: ServiceWindow, ground: Ground) -> Way:
    """How the window gets from its sponsor to the host.

    Its own level is the lowest department above its sponsor, so that none between is skipped (R-025); a level
    the tree does not have there is not applicable (E-39). Refuses `NOT_PARTICIPANT`, `OUT_OF_SCOPE_WINDOW`.
    """
    entry = entry_of(ground)
    route = rules.route(entry.route) if entry else None
    if entry is None or route is None:
        raise Refusal("NOT_PARTICIPANT", "/window_id")
    departments = _departments(ground.chain, ground.campaign.host_organization_id)
    passed = [level for level in route.levels if level in departments]
    levels.own_level(window.affiliation_level, passed)  # refuses what belongs to no level of the route
    if passed[-1] is not route.organising_level:
        raise Refusal("OUT_OF_SCOPE_WINDOW", "/window_id", affiliation_level=window.affiliation_level)
    named = {level: departments[level] for level in {*passed, rules.host_level} if level in departments}
    return Way(route.code, entry.bucket_code, passed[0], departments[passed[-1]], named)


def entry_of(ground: Ground) -> Participant | None:
    """The nearest participant up the tree."""
    covering = reversed(able(ground.campaign, ground.chain))
    return next((ground.entries[one] for one in covering if one in ground.entries), None)


def able(campaign: Campaign, chain: list[Organization]) -> list[UUID]:
    """The units of the chain whose entry covers the one at its end; the host's covers the host's own windows only (R-001)."""
    own = chain[-1].id == campaign.host_organization_id
    return [one.id for one in chain if own or one.id != campaign.host_organization_id]


def _departments(chain: list[Organization], host_id: UUID) -> dict[Level, Organization]:
    """The department of a level is the highest unit there: an affiliated unit never judges its own windows."""
    found: dict[Level, Organization] = {}
    below = next((index for index, one in enumerate(chain) if one.id == host_id), 0)
    for one in chain[below:]:
        found.setdefault(one.level, one)
    return found
