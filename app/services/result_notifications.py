"""What each nominating unit is told of a meeting's results on its own cases, and that it took note."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import awards as rows
from app.db import campaigns as campaign_rows
from app.db.tables.awards import ResultNotification
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.places import Organization
from app.domain import ids
from app.domain.errors import Refusal
from app.domain.meeting import MeetingPurpose
from app.services import audit, campaigns
from app.services.context import Ctx, check_version

TOLD = (
    MeetingPurpose.DETERMINATION,
    MeetingPurpose.MINISTRY_RECOMMENDATION,
    MeetingPurpose.REVOCATION,
)
"""Final results; what the first body thought is not told before the second has decided."""


def send(ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[DecisionItem]) -> None:
    """Announced: one record for each organising unit, with the results on its cases by the names of that day."""
    if meeting.purpose not in TOLD:
        return
    organising = rows.organizing(ctx.session, [item.nomination_id for item in items if item.nomination_id])
    told: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    for item in items:
        if item.nomination_id and item.result:
            told[organising[item.nomination_id]].append(
                {
                    "nomination_id": ids.shown("nom", item.nomination_id),
                    "window_name": str(item.snapshot.get("window_name", "")),
                    "result": item.result.value,
                }
            )
    units = campaign_rows.organizations(ctx.session, list(told))
    for unit_id, results in told.items():
        row = ResultNotification(
            **audit.stamp(ctx),
            campaign_id=campaign.id,
            meeting_id=meeting.id,
            organization_id=unit_id,
            organization_path=units[unit_id].path,
            purpose=meeting.purpose,
            results=results,
            notified_at=ctx.now,
        )
        ctx.session.add(row)
        _note(ctx, row, "result_notification.sent")


def listed(ctx: Ctx, campaign_id: UUID, *, after: str = "", limit: int = 50) -> list[ResultNotification]:
    """What the units in the caller's area were told, newest first. Needs `nomination:read`."""
    ctx.actor.require_anywhere("nomination:read", campaign_id)
    campaigns.campaign_of(ctx, campaign_id)
    paths = ctx.actor.paths("nomination:read", campaign_id)
    return rows.notifications(ctx.session, campaign_id, paths, UUID(after) if after else None, limit)


@dataclass(frozen=True)
class Told:
    """A notification with its unit, and whether it is the caller's to take note of."""

    row: ResultNotification
    unit: Organization
    mine: bool


def told(ctx: Ctx, campaign_id: UUID, *, after: str = "", limit: int = 50) -> list[Told]:
    """The same list with the units' names, for a page."""
    found = listed(ctx, campaign_id, after=after, limit=limit)
    units = campaign_rows.organizations(ctx.session, [row.organization_id for row in found])
    return [_told(ctx, row, units[row.organization_id]) for row in found]


def shown(ctx: Ctx, notification_id: UUID) -> Told:
    """One notification. Refuses `NOT_FOUND` outside the caller's area."""
    row = ctx.session.get(ResultNotification, notification_id)
    if row is None or not ctx.actor.may("nomination:read", row.organization_path, row.campaign_id):
        raise Refusal("NOT_FOUND")
    return _told(ctx, row, ctx.session.get_one(Organization, row.organization_id))


def _told(ctx: Ctx, row: ResultNotification, unit: Organization) -> Told:
    return Told(row, unit, mine=ctx.actor.may_as("nomination:file", row.organization_id, row.campaign_id))


def acknowledge(ctx: Ctx, notification_id: UUID, version: int | None) -> ResultNotification:
    """The unit has taken note; once is enough. Needs `nomination:file` at the unit."""
    row = ctx.session.get(ResultNotification, notification_id)
    if row is None or not ctx.actor.may("nomination:read", row.organization_path, row.campaign_id):
        raise Refusal("NOT_FOUND")
    if not ctx.actor.may_as("nomination:file", row.organization_id, row.campaign_id):
        raise Refusal("PERMISSION_MISSING", permission="nomination:file")
    check_version(row.row_version, version)
    if row.acknowledged_at is None:
        before = row.model_dump(mode="json")
        row.acknowledged_at, row.acknowledged_by = ctx.now, ctx.actor.key
        audit.touch(ctx, row)
        _note(ctx, row, "result_notification.acknowledged", before)
    return row


def _note(ctx: Ctx, row: ResultNotification, act: str, before: dict[str, object] | None = None) -> None:
    summary = {"purpose": row.purpose.value, "cases": len(row.results)}
    path = row.organization_path
    audit.note(ctx, act, row, before=before, campaign_id=row.campaign_id, path=path, summary=summary)
