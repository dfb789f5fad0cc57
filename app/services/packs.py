"""The packs of rules that ship with the platform; a campaign is made from one and keeps its own copy."""

from app.packs import loading
from app.packs.schema import CampaignRules
from app.services.context import Ctx


def listed(ctx: Ctx) -> list[CampaignRules]:
    """Every pack by code. Needs `campaign:read`."""
    ctx.actor.require_anywhere("campaign:read")
    return [loading.load(name) for name in loading.names()]


def shown(ctx: Ctx, code: str) -> CampaignRules:
    """One pack. Needs `campaign:read`; refuses `NOT_FOUND`."""
    ctx.actor.require_anywhere("campaign:read")
    return loading.load(code)
