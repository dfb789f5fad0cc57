"""What every act of the evaluation shares: who reads of it, and the entry it leaves. It belongs to the campaign's host alone."""

from typing import Any
from uuid import UUID

from app.db.tables.base import Row
from app.db.tables.campaigns import Campaign
from app.db.tables.nominations import Nomination
from app.db.tables.places import Organization
from app.domain.errors import Refusal
from app.services import audit, campaigns, recusals
from app.services.context import Ctx


def readable(ctx: Ctx, campaign_id: UUID, permission: str) -> Campaign:
    """The campaign for someone who may read of its evaluation, at the host or above it (C11: no city sees a ranking)."""
    campaign = campaigns.campaign_of(ctx, campaign_id)
    ctx.actor.require(permission, _host(ctx, campaign).path, campaign.id)
    return campaign


def readable_case(ctx: Ctx, nomination_id: UUID, permission: str) -> Nomination:
    """A case for someone who may read of its evaluation and stands in no conflict with it (C15)."""
    found = ctx.session.get(Nomination, nomination_id)
    if found is None or recusals.hides(ctx, found):
        raise Refusal("NOT_FOUND")
    readable(ctx, found.campaign_id, permission)
    return found


def noted(
    ctx: Ctx,
    act: str,
    row: Row,
    campaign_id: UUID,
    before: dict[str, Any] | None = None,
    **summary: Any,  # noqa: ANN401  (values of a summary)
) -> None:
    """The entry of an act; told to those who read of the evaluation. No points, no names."""
    host = _host(ctx, campaigns.campaign_of(ctx, campaign_id))
    audit.note(ctx, act, row, before=before, campaign_id=campaign_id, path=host.path, summary=summary)


def _host(ctx: Ctx, campaign: Campaign) -> Organization:
    return ctx.session.get_one(Organization, campaign.host_organization_id)
