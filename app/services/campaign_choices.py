"""What a form about campaigns offers: who may be the host, which campaign stands above, who may take part."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import campaigns as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.places import Organization
from app.services import campaigns, participants
from app.services.context import Ctx

_MOST_PARENTS = 100


@dataclass(frozen=True)
class NewCampaign:
    """The hosts for whom the caller may make a campaign, and the campaigns it may be held beside."""

    hosts: list[Organization]
    parents: list[Campaign]


@dataclass(frozen=True)
class Candidate:
    """A unit that the routes of the rules address: by which route, against which bucket, and whether it takes part."""

    organization: Organization
    route: str
    bucket_code: str
    chosen: bool


def for_a_new_one(ctx: Ctx) -> NewCampaign:
    """The choices of someone who may make a campaign somewhere. Needs `campaign:create`."""
    ctx.actor.require_anywhere("campaign:create")
    hosts = rows.organizations_at(ctx.session, ctx.actor.paths("campaign:create"))
    return NewCampaign(hosts, campaigns.listed(ctx, limit=_MOST_PARENTS)[:_MOST_PARENTS])


def hosts_of(ctx: Ctx, found: Sequence[Campaign]) -> dict[UUID, Organization]:
    """The hosts of some campaigns; one statement."""
    return rows.organizations(ctx.session, [one.host_organization_id for one in found])


def candidates(ctx: Ctx, campaign_id: UUID) -> list[Candidate]:
    """Everybody who may take part, by code: whom the routes address, and who is on the list already.

    Needs `campaign:read`.
    """
    campaign = campaigns.readable(ctx, campaign_id)
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    listed = rows.participants(ctx.session, campaign.id)
    units = {unit.id: unit for unit in (host, *rows.units_below(ctx.session, host.id))}
    known = {row.organization_id: Candidate(unit, row.route, row.bucket_code, True) for row, unit in listed}
    for row in participants.addressed(ctx, campaign, host, campaigns.rules_of(ctx, campaign)):
        unit = units[row.organization_id]
        known.setdefault(unit.id, Candidate(unit, row.route, row.bucket_code, False))
    return sorted(known.values(), key=lambda one: one.organization.code)
