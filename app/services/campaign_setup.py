"""What a campaign stands on: its papers, who takes part, its rules by version (R-001 to R-003, I-16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.db import campaigns as rows
from app.db.tables.base import Row
from app.db.tables.campaigns import Campaign, CampaignDocument, CampaignRules, Participant
from app.db.tables.places import Organization
from app.domain.calendar import roll
from app.domain.campaign import CampaignStage
from app.domain.errors import Reason, Refusal, refuse
from app.domain.ids import shown
from app.domain.words import both
from app.packs import loading
from app.packs import schema as packs
from app.packs.deadlines import Deadline, DeadlineKind
from app.services import audit, calendars, campaigns, participants
from app.services.context import Ctx, check_version
from app.services.inputs.campaigns import DocumentRecord, ParticipantIn, ParticipantList, RulesEdit

_ENDED = (CampaignStage.AWARDED, CampaignStage.ARCHIVED)
_COLUMNS = {
    DeadlineKind.CONTACTS: "contacts",
    DeadlineKind.MATERIALS: "materials",
    DeadlineKind.MINISTRY_MATERIALS: "ministry",
}


@dataclass(frozen=True)
class DeadlineView:
    """A deadline: the notice's phrase, the day the office typed, and the day that is only suggested."""

    deadline: Deadline
    due_on: date | None
    ends_at: datetime | None
    suggested_on: date | None


@dataclass(frozen=True)
class RulesView:
    """One version of a campaign's rules; the campaign's version guards their change."""

    campaign: Campaign
    row: CampaignRules
    rules: packs.CampaignRules


def documents(ctx: Ctx, campaign_id: UUID) -> list[CampaignDocument]:
    """The papers of a campaign. Needs `campaign:read`."""
    campaigns.readable(ctx, campaign_id)
    return rows.documents(ctx.session, campaign_id)


def record_document(ctx: Ctx, campaign_id: UUID, body: DocumentRecord) -> CampaignDocument:
    """Record a paper until the campaign is opened. Needs `campaign:configure` at the host; refuses `CAMPAIGN_NOT_EDITABLE`."""
    campaign = campaigns.unopened(ctx, campaign_id)
    row = CampaignDocument(**audit.stamp(ctx), campaign_id=campaign.id, **body.model_dump())
    ctx.session.add(row)
    _note(ctx, campaign, "campaign_document.recorded", row, {"kind": row.kind.value, "no": row.document_no})
    return row


def correct_document(
    ctx: Ctx, campaign_id: UUID, document_id: UUID, body: DocumentRecord, version: int | None
) -> CampaignDocument:
    """Put a recorded paper right. Needs `campaign:configure` at the host."""
    campaign = campaigns.unopened(ctx, campaign_id)
    row = ctx.session.get(CampaignDocument, document_id)
    if row is None or row.campaign_id != campaign.id:
        raise Refusal("NOT_FOUND")
    check_version(row.row_version, version)
    before = row.model_dump(mode="json")
    for name, value in body:
        setattr(row, name, value)
    audit.touch(ctx, row)
    _note(ctx, campaign, "campaign_document.corrected", row, {"kind": row.kind.value}, before)
    return row


def taking_part(ctx: Ctx, campaign_id: UUID) -> list[tuple[Participant, Organization]]:
    """Who takes part. Needs `campaign:read`."""
    campaigns.readable(ctx, campaign_id)
    return rows.participants(ctx.session, campaign_id)


def set_participants(ctx: Ctx, campaign_id: UUID, body: ParticipantList, version: int | None) -> Campaign:
    """Replace the list of who takes part, until the campaign is opened.

    Needs `campaign:configure` at the host; refuses `BUCKET_UNKNOWN`, `PARTICIPANT_TWICE`.
    """
    campaign = campaigns.unopened(ctx, campaign_id, version)
    rules = campaigns.rules_of(ctx, campaign)
    units = rows.organizations(ctx.session, [one.organization_id for one in body.participants])
    refuse(_list_reasons(body.participants, rules, units))
    _remove_all(ctx.session, [row for row, _ in rows.participants(ctx.session, campaign.id)])
    of = {**audit.stamp(ctx), "campaign_id": campaign.id}
    ctx.session.add_all(Participant(**of, **one.model_dump()) for one in body.participants)
    audit.touch(ctx, campaign)
    _note(ctx, campaign, "campaign.participants_set", campaign, {"count": len(body.participants)})
    return campaign


def rules_version(ctx: Ctx, campaign_id: UUID, number: int | None = None) -> RulesView:
    """One version of the rules; the one in force unless said. Needs `campaign:read`."""
    campaign = campaigns.readable(ctx, campaign_id)
    wanted = number or campaign.rules_version
    row = next((one for one in rows.rules_versions(ctx.session, campaign_id) if one.version == wanted), None)
    if row is None:
        raise Refusal("NOT_FOUND")
    return RulesView(campaign, row, loading.from_row(row.rules))


def rules_versions(ctx: Ctx, campaign_id: UUID) -> list[CampaignRules]:
    """Every version of the rules, newest first. Needs `campaign:read`."""
    campaigns.readable(ctx, campaign_id)
    return rows.rules_versions(ctx.session, campaign_id)


def concerned(ctx: Ctx, campaign_id: UUID) -> int:
    """How many cases a change of the rules would concern now. Needs `campaign:read`."""
    campaigns.readable(ctx, campaign_id)
    return len(rows.live_nominations(ctx.session, campaign_id))


def set_rules(ctx: Ctx, campaign_id: UUID, body: RulesEdit, version: int | None) -> Campaign:
    """Replace the rules; once frozen, as a new version with its reason and the cases it concerns (I-16).

    Needs `campaign:configure` at the host; refuses `PACK_UNREADABLE`, `PACK_INVALID`, `REASON_MISSING`,
    `HOST_LEVEL_MISMATCH`, and `BUCKET_UNKNOWN` when who takes part would be left without a route.
    """
    campaign = campaigns.for_host(ctx, campaign_id, "campaign:configure")
    check_version(campaign.row_version, version)
    if campaign.stage in _ENDED:
        raise Refusal("CAMPAIGN_NOT_EDITABLE", **both("stage", "campaign_stage", campaign.stage))
    rules = loading.from_toml(body.toml)
    if rules.host_level != campaigns.rules_of(ctx, campaign).host_level:
        level = campaigns.rules_of(ctx, campaign).host_level
        raise Refusal("HOST_LEVEL_MISMATCH", "/toml", level_zh=level.name_zh, level_en=level.name_en)
    listed = rows.participants(ctx.session, campaign.id)
    refuse(_list_reasons([row for row, _ in listed], rules, {unit.id: unit for _, unit in listed}))
    held = rows.rules_versions(ctx.session, campaign.id)[0]
    affected: list[str] = []
    if held.frozen_at is None:
        _remove_all(ctx.session, [held])
    else:
        affected = _affected(ctx, campaign, body)
        campaign.rules_version += 1
    _new_version(ctx, campaign, rules, body.reason or "", affected, frozen=held.frozen_at is not None)
    return campaign


def deadlines(ctx: Ctx, campaign: Campaign, rules: packs.CampaignRules) -> list[DeadlineView]:
    """Each deadline of the rules; a suggested day that is a rest day is moved as the rules say (decisions 4)."""
    year = campaign.award_period_end_year or ctx.now.astimezone(ctx.zone).year
    return [
        DeadlineView(
            one,
            getattr(campaign, f"{_COLUMNS[one.kind]}_due_on"),
            getattr(campaign, f"{_COLUMNS[one.kind]}_end_at"),
            _suggested(ctx, one, year, rules),
        )
        for one in rules.deadlines.kinds
    ]


def freeze(ctx: Ctx, campaign: Campaign) -> None:
    """From the first act that rests on them, rules change by a new version only (I-16)."""
    row = rows.rules_versions(ctx.session, campaign.id)[0]
    if row.frozen_at is None:
        row.frozen_at = ctx.now
        audit.touch(ctx, row)


def _suggested(ctx: Ctx, one: Deadline, year: int, rules: packs.CampaignRules) -> date | None:
    if one.month_day is None:
        return None
    day = date.fromisoformat(f"{year}-{one.month_day}")
    known = calendars.calendar(ctx)
    try:
        return roll(day, rules.deadlines.roll, known)
    except Refusal:  # a year that is not loaded: the day is shown as the notice has it, the office decides
        return day


def _affected(ctx: Ctx, campaign: Campaign, body: RulesEdit) -> list[str]:
    if not body.reason:
        raise Refusal("REASON_MISSING", "/reason")
    return [shown("nom", one) for one in rows.live_nominations(ctx.session, campaign.id)]


def _new_version(
    ctx: Ctx,
    campaign: Campaign,
    rules: packs.CampaignRules,
    reason: str,
    affected: list[str],
    *,
    frozen: bool,
) -> None:
    row = CampaignRules(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        version=campaign.rules_version,
        reason=reason,
        affected=affected,
        frozen_at=ctx.now if frozen else None,
        rules=loading.as_json(rules),
    )
    ctx.session.add(row)
    audit.touch(ctx, campaign)
    summary = {"version": row.version, "frozen": frozen, "affected": len(affected)}
    _note(ctx, campaign, "campaign.rules_set", campaign, summary)


def _list_reasons(
    listed: Sequence[ParticipantIn | Participant], rules: packs.CampaignRules, units: dict[UUID, Organization]
) -> list[Reason]:
    found: list[Reason] = []
    seen: set[UUID] = set()
    for index, one in enumerate(listed):
        at = f"/participants/{index}"
        if one.organization_id in seen:
            found.append(Reason("PARTICIPANT_TWICE", f"{at}/organization_id"))
        seen.add(one.organization_id)
        unit = units.get(one.organization_id)
        if unit is None:
            found.append(Reason("NOT_FOUND", f"{at}/organization_id"))
        else:
            found += _route_reasons(one, rules, unit, at)
    return found


def _route_reasons(
    one: ParticipantIn | Participant, rules: packs.CampaignRules, unit: Organization, at: str
) -> list[Reason]:
    route = rules.route(one.route)
    expected = participants.bucket(route, unit) if route else ""
    if route is None or route.organising_level != unit.level:
        return [Reason("BUCKET_UNKNOWN", f"{at}/route", {"expected": expected or "—"})]
    if one.bucket_code != expected:
        return [Reason("BUCKET_UNKNOWN", f"{at}/bucket_code", {"expected": expected})]
    return []


def _remove_all(session: Session, found: list[Row]) -> None:
    for row in found:
        session.delete(row)
    session.flush()


def _note(
    ctx: Ctx,
    campaign: Campaign,
    act: str,
    row: Row,
    summary: dict[str, Any],
    before: dict[str, Any] | None = None,
) -> None:
    audit.note(ctx, act, row, before=before, campaign_id=campaign.id, summary=summary)
