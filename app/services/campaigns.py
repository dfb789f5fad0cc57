"""A campaign and the version of its rules that holds now."""

from uuid import UUID

from sqlmodel import col, select

from app.db.tables.campaigns import Campaign, CampaignRules
from app.domain.errors import Refusal
from app.packs import loading
from app.packs import schema as packs
from app.services.context import Ctx


def campaign_of(ctx: Ctx, campaign_id: UUID) -> Campaign:
    """The campaign. Refuses `NOT_FOUND`."""
    found = ctx.session.get(Campaign, campaign_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def rules_of(ctx: Ctx, campaign: Campaign) -> packs.CampaignRules:
    """The rules in force. A version, once used, never changes, so each is read and checked once per process."""
    row = ctx.session.exec(
        select(CampaignRules).where(
            col(CampaignRules.campaign_id) == campaign.id,
            col(CampaignRules.version) == campaign.rules_version,
        )
    ).one()
    return loading.from_row(row.rules)
