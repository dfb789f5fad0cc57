"""Exceptions to a deadline: for what, who allowed it, for whom, why, on which paper (E-18)."""

from typing import Any
from uuid import UUID

from app.db import campaigns as rows
from app.db import flow
from app.db.tables.nominations import LateAcceptance
from app.db.tables.places import Organization
from app.domain.calendar import ends_at
from app.domain.errors import Refusal
from app.domain.lateness import DueMatter
from app.services import audit, campaigns
from app.services.context import Ctx
from app.services.inputs.campaigns import LateGrant


def listed(ctx: Ctx, campaign_id: UUID) -> list[tuple[LateAcceptance, Organization]]:
    """All exceptions of a campaign. Needs `campaign:read`."""
    campaigns.readable(ctx, campaign_id)
    return rows.late_acceptances(ctx.session, campaign_id)


def grant(ctx: Ctx, campaign_id: UUID, body: LateGrant) -> tuple[LateAcceptance, Organization]:
    """Allow one unit to hand in after the deadline; a later grant for the same takes the place of the former.

    Needs `late_acceptance:grant` at the host; refuses `NOT_PARTICIPANT`, `LATE_UNTIL_INVALID`.
    """
    campaign = campaigns.for_host(ctx, campaign_id, "late_acceptance:grant")
    unit = ctx.session.get(Organization, body.organization_id)
    if unit is None or not rows.participates(ctx.session, campaign.id, unit.id):
        raise Refusal("NOT_PARTICIPANT", "/organization_id")
    today = ctx.now.astimezone(ctx.zone).date()
    due_on = campaign.materials_due_on if body.matter is DueMatter.FILING else campaign.ministry_due_on
    if due_on is None or body.until_on <= due_on or body.until_on < today:
        raise Refusal("LATE_UNTIL_INVALID", "/until_on")
    said: dict[str, Any] = {
        "until_on": body.until_on,
        "ends_at": ends_at(body.until_on, ctx.zone),
        "reason": body.reason,
        "document_no": body.document_no,
        "granted_by": ctx.actor.key,
    }
    held = flow.late_acceptance(ctx.session, campaign.id, unit.id, body.matter)
    before = held.model_dump(mode="json") if held else None
    of: dict[str, Any] = {"campaign_id": campaign.id, "organization_id": unit.id, "matter": body.matter}
    row = held or LateAcceptance(**audit.stamp(ctx), **of, **said)
    if held:
        audit.touch(ctx, row)
        for name, value in said.items():
            setattr(row, name, value)
    ctx.session.add(row)
    summary = {
        "matter": body.matter.value,
        "until_on": body.until_on.isoformat(),
        "document_no": body.document_no,
    }
    audit.note(
        ctx,
        "late_acceptance.granted",
        row,
        before=before,
        campaign_id=campaign.id,
        path=unit.path,
        summary=summary,
    )
    return row, unit
