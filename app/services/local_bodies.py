"""Local leading bodies and working offices, with whom to call (R-047 to R-049); the phone is for few eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import campaigns as rows
from app.db.tables.campaigns import BodyKind, Campaign, LocalBody
from app.db.tables.places import Organization
from app.domain.errors import Refusal
from app.services import audit, campaigns
from app.services.context import Ctx, check_version
from app.services.inputs.campaigns import LocalBodyEdit, LocalBodyRecord


@dataclass(frozen=True)
class LocalBodyView:
    """A registered body; `phone` is empty for those who may not see it."""

    body: LocalBody
    organization: Organization
    phone: str


@dataclass(frozen=True)
class Unreported:
    """Units and the bodies they still have to report; `overdue` once the day for it has passed (R-049)."""

    rows: list[tuple[Organization, tuple[BodyKind, ...]]]
    overdue: bool


def listed(ctx: Ctx, campaign_id: UUID) -> list[LocalBodyView]:
    """The registered bodies. Needs `local_body:read`; who may not record for a unit does not see its phone."""
    campaigns.readable(ctx, campaign_id, "local_body:read")
    return [view(ctx, body, unit) for body, unit in rows.local_bodies(ctx.session, campaign_id)]


def shown(ctx: Ctx, body_id: UUID) -> LocalBodyView:
    """One registered body. Needs `local_body:read`."""
    row = ctx.session.get(LocalBody, body_id)
    if row is None:
        raise Refusal("NOT_FOUND")
    campaigns.readable(ctx, row.campaign_id, "local_body:read")
    return view(ctx, row, ctx.session.get_one(Organization, row.organization_id))


def missing(ctx: Ctx, campaign: Campaign, units: Sequence[Organization]) -> dict[UUID, tuple[BodyKind, ...]]:
    """What each of these units still has to report: localities below the host owe both bodies (R-047)."""
    rules = campaigns.rules_of(ctx, campaign)
    found = rows.local_bodies(ctx.session, campaign.id)
    registered = {(unit.id, body.kind) for body, unit in found}
    owed = rules.routing.local_bodies_required
    return {
        unit.id: tuple(
            kind
            for kind in BodyKind
            if owed and unit.level < rules.host_level and (unit.id, kind) not in registered
        )
        for unit in units
    }


def unreported(ctx: Ctx, campaign_id: UUID) -> Unreported:
    """The units with a body still to report, as far as the caller sees them. Needs `local_body:read`."""
    campaign = campaigns.readable(ctx, campaign_id, "local_body:read")
    units = [
        unit
        for _, unit in rows.participants(ctx.session, campaign.id)
        if ctx.actor.may("local_body:read", unit.path, campaign.id)
    ]
    owed = missing(ctx, campaign, units)
    over = campaign.contacts_end_at is not None and ctx.now >= campaign.contacts_end_at
    return Unreported([(unit, owed[unit.id]) for unit in units if owed[unit.id]], over)


def view(ctx: Ctx, body: LocalBody, unit: Organization) -> LocalBodyView:
    """The body as this caller may see it."""
    open_to = ctx.actor.may("local_body:record", unit.path, body.campaign_id)
    return LocalBodyView(body, unit, body.phone if open_to else "")


def record(ctx: Ctx, campaign_id: UUID, body: LocalBodyRecord) -> LocalBodyView:
    """Register a body; after the deadline it is taken, and flagged late (R-049).

    Needs `local_body:record` over the unit; refuses `NOT_PARTICIPANT`, `LOCAL_BODY_EXISTS`.
    """
    campaign = campaigns.readable(ctx, campaign_id, "local_body:read")
    unit = ctx.session.get(Organization, body.organization_id)
    if unit is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require("local_body:record", unit.path, campaign.id)
    if not rows.participates(ctx.session, campaign.id, unit.id):
        raise Refusal("NOT_PARTICIPANT", "/organization_id")
    registered = {(one.organization_id, one.kind) for one, _ in rows.local_bodies(ctx.session, campaign.id)}
    if (unit.id, body.kind) in registered:
        raise Refusal("LOCAL_BODY_EXISTS", "/kind")
    # The moment of arrival counts, not the moment it was its turn.
    late = campaign.contacts_end_at is not None and ctx.received_at >= campaign.contacts_end_at
    row = LocalBody(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        reported_at=ctx.received_at,
        late=late,
        **body.model_dump(),
    )
    ctx.session.add(row)
    _note(ctx, row, unit, "local_body.recorded")
    return view(ctx, row, unit)


def edit(ctx: Ctx, body_id: UUID, body: LocalBodyEdit, version: int | None) -> LocalBodyView:
    """Keep a registered body up to date; whether it was late does not change. Needs `local_body:record` over the unit."""
    row = ctx.session.get(LocalBody, body_id)
    if row is None:
        raise Refusal("NOT_FOUND")
    unit = ctx.session.get_one(Organization, row.organization_id)
    ctx.actor.require("local_body:record", unit.path, row.campaign_id)
    check_version(row.row_version, version)
    before = row.model_dump(mode="json")
    for name, value in body:
        setattr(row, name, value)
    audit.touch(ctx, row)
    _note(ctx, row, unit, "local_body.edited", before)
    return view(ctx, row, unit)


def _note(
    ctx: Ctx, row: LocalBody, unit: Organization, act: str, before: dict[str, Any] | None = None
) -> None:
    summary = {"kind": row.kind.value, "late": row.late}  # no name, no phone
    audit.note(ctx, act, row, before=before, campaign_id=row.campaign_id, path=unit.path, summary=summary)
