"""Awards: the event, what is conferred with its certificate, what is revoked and stays visible (R-016, G-15, E-42)."""

from datetime import date
from typing import Any
from uuid import UUID

from app.db import awards as rows
from app.db import campaigns as campaign_rows
from app.db import meetings
from app.db.awards import AwardRow
from app.db.meetings import CaseRow
from app.db.tables.awards import Award, AwardEvent, AwardRevocation, AwardStatus
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.nominations import ServiceWindow
from app.db.tables.places import Organization
from app.domain.certificates import certificate_number
from app.domain.errors import Reason, Refusal
from app.domain.meeting import MeetingPurpose, RevocationGround
from app.domain.nomination import Action
from app.packs.schema import CampaignRules
from app.services import audit, campaigns, notice_text, transitions
from app.services.context import Ctx, check_version
from app.services.inputs.awards import AwardEventIn, Conferral, RevocationDetails

Row = AwardRow
"""What lists hand out; doors import no query."""

_NAMES = ("window_name", "sponsor", "city", "window_type", "window_type_en")
PUBLIC = (*_NAMES, "formerly")
"""The fields of an award's snapshot; every one of them is public (I-19)."""


def event(ctx: Ctx, campaign_id: UUID) -> AwardEvent:
    """The award event. Needs `campaign:read`; refuses `NOT_FOUND` while none is set."""
    campaigns.readable(ctx, campaign_id)
    found = rows.event(ctx.session, campaign_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def set_event(ctx: Ctx, campaign_id: UUID, body: AwardEventIn, version: int | None) -> AwardEvent:
    """Say when and where awards are given; one event for a campaign (R-016). `version` is 0 where none is set.

    Needs `nomination:confer` at the host; refuses `AWARD_DATE_TOO_EARLY` (R-004), `VERSION_CONFLICT`.
    """
    campaign = campaigns.for_host(ctx, campaign_id, "nomination:confer")
    found = rows.event(ctx.session, campaign.id)
    check_version(found.row_version if found else 0, version)
    _after_the_decisions(ctx, campaign, body.held_on, "/held_on")
    before = found.model_dump(mode="json") if found else None
    row = found or AwardEvent(**audit.stamp(ctx), campaign_id=campaign.id, **body.model_dump())
    if found:
        for name, value in body:
            setattr(row, name, value)
        audit.touch(ctx, row)
    ctx.session.add(row)
    _note(ctx, campaign, "award_event.set", row, {"held_on": row.held_on.isoformat()}, before)
    return row


def confer(ctx: Ctx, campaign_id: UUID, body: Conferral) -> list[AwardRow]:
    """Confer what is determined, each with the next certificate number; all of it or nothing.

    Needs `nomination:confer` at the host. Refuses `AWARD_REFERENCE_MISSING` without event or document (R-016),
    `AWARD_DATE_TOO_EARLY`, `DATE_IN_FUTURE`, `SUCCESSOR_UNDECIDED` (E-03), and what the stage table refuses.
    """
    campaign = campaigns.for_host(ctx, campaign_id, "nomination:confer")
    held = rows.event(ctx.session, campaign.id)
    today = ctx.now.astimezone(ctx.zone).date()
    day = body.conferred_on or (held.held_on if held and not body.document_no else today)
    if day > today:
        raise Refusal("DATE_IN_FUTURE", "/conferred_on")
    _after_the_decisions(ctx, campaign, day, "/conferred_on")
    wanted = body.nomination_ids or rows.determined(ctx.session, campaign.id)
    meetings.lock_cases(ctx.session, wanted)
    cases = meetings.cases(ctx.session, wanted)
    given = []
    for index, nomination_id in enumerate(wanted):
        case = cases.get(nomination_id)
        if case is None or case.nomination.campaign_id != campaign.id:
            raise Refusal("NOT_FOUND")
        try:
            given.append(AwardRow(_confer(ctx, campaign, case, held, body.document_no, day), None))
        except Refusal as refusal:
            at = f"/nomination_ids/{index}"
            raise Refusal.of([Reason(one.code, at, one.params) for one in refusal.reasons]) from refusal
    if not given:
        raise Refusal("NOTHING_TO_CONFER")
    return given


def listed(ctx: Ctx, campaign_id: UUID, *, after: str = "", limit: int = 50) -> list[AwardRow]:
    """The awards of a campaign by certificate number. Needs `campaign:read`: awards are public."""
    campaigns.readable(ctx, campaign_id)
    return rows.listed(ctx.session, campaign_id, after, limit)


def shown(ctx: Ctx, award_id: UUID) -> AwardRow:
    """One award with its revocation. Needs `campaign:read`."""
    found = rows.one(ctx.session, award_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    campaigns.readable(ctx, found.award.campaign_id)
    return found


def revoke(ctx: Ctx, meeting: Meeting, item: DecisionItem) -> None:
    """Carry out a decision to take the award away: it stays visible as revoked, its place is not filled again (E-42)."""
    award = rows.of_nomination(ctx.session, item.nomination_id or UUID(int=0))
    [case] = meetings.cases(ctx.session, [item.nomination_id] if item.nomination_id else []).values()
    ground = item.ground or RevocationGround.BY_LAW
    reason = item.reason or meeting.minutes_no
    transitions.take(ctx, case.nomination, Action.REVOKE, revocation_ground=ground.value, reason=reason)
    if award is None:
        raise Refusal("NOT_FOUND")
    award.status = AwardStatus.REVOKED
    audit.touch(ctx, award)
    row = AwardRevocation(
        **audit.stamp(ctx),
        award_id=award.id,
        decision_item_id=item.id,
        ground=ground,
        decided_on=meeting.held_on,
        reason=item.reason,
    )
    ctx.session.add(row)
    summary = {"certificate_no": award.certificate_no, "ground": ground.value}
    _note(ctx, campaigns.campaign_of(ctx, award.campaign_id), "award.revoked", award, summary)


def follow_up(ctx: Ctx, award_id: UUID, body: RevocationDetails, version: int | None) -> AwardRow:
    """Record that a revocation was announced, and certificate and plaque came back (domain.md 3.10).

    Needs `nomination:confer` at the host. Refuses `AWARD_NOT_REVOKED`, `REVOCATION_DATE_INVALID`.
    """
    found = rows.one(ctx.session, award_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    campaign = campaigns.for_host(ctx, found.award.campaign_id, "nomination:confer")
    check_version(found.award.row_version, version)
    if found.revocation is None:
        raise Refusal("AWARD_NOT_REVOKED")
    before = found.revocation.model_dump(mode="json")
    for name, value in body:
        _check_day(ctx, found.revocation, name, value)
        if value:
            setattr(found.revocation, name, value)
    audit.touch(ctx, found.revocation)
    audit.touch(ctx, found.award)
    summary = {"certificate_no": found.award.certificate_no}
    _note(ctx, campaign, "award_revocation.followed_up", found.revocation, summary, before)
    return found


def _confer(
    ctx: Ctx, campaign: Campaign, case: CaseRow, held: AwardEvent | None, document_no: str, day: date
) -> Award:
    decided = rows.approval(ctx.session, case.nomination.id, MeetingPurpose.DETERMINATION)
    seat_id = rows.seat(ctx.session, case.nomination.id)
    reference = document_no or (held.title if held else "")
    window = _awarded(ctx, case)
    transitions.take(ctx, case.nomination, Action.CONFER, award_reference=reference, reason=reference)
    if decided is None or seat_id is None:
        missing = {"decision_zh": "审定会议的决定", "decision_en": "the second body's decision"}
        raise Refusal("DECISION_MISSING", **missing)
    rules = campaigns.rules_of(ctx, campaign)
    award = Award(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        nomination_id=case.nomination.id,
        window_id=window.id,
        seat_id=seat_id,
        decision_item_id=decided.id,
        title_zh=rules.identity.award_title_zh,
        title_en=rules.identity.award_title_en,
        certificate_no=certificate_number(campaign.code, rows.count(ctx.session, campaign.id) + 1),
        conferred_on=day,
        event_id=held.id if held else None,
        document_no=document_no,
        snapshot=_snapshot(ctx, rules, case, window),
    )
    ctx.session.add(award)
    _note(ctx, campaign, "award.conferred", award, {"certificate_no": award.certificate_no})
    return award


def _awarded(ctx: Ctx, case: CaseRow) -> ServiceWindow:
    """The window itself, or the one it went into, where the second body decided so (E-03)."""
    if case.window.merged_into_id is None:
        return case.window
    succeeds = rows.approval(ctx.session, case.nomination.id, MeetingPurpose.SUCCESSION)
    if succeeds is None or succeeds.successor_window_id != case.window.merged_into_id:
        raise Refusal("SUCCESSOR_UNDECIDED", window=case.window.name)
    return ctx.session.get_one(ServiceWindow, case.window.merged_into_id)


def _snapshot(ctx: Ctx, rules: CampaignRules, case: CaseRow, window: ServiceWindow) -> dict[str, str]:
    """The names of the day of the award; of a successor also what it was called when it was chosen."""
    sponsor = ctx.session.get_one(Organization, window.sponsor_org_id)
    said = notice_text.snapshot(ctx, rules, case.nomination, window, sponsor, "")
    formerly = case.window.name if window.id != case.window.id else ""
    return {name: said[name] for name in _NAMES} | {"formerly": formerly}


def _after_the_decisions(ctx: Ctx, campaign: Campaign, day: date, pointer: str) -> None:
    """Nobody is commended before the last decision was taken (R-004)."""
    decided = campaign_rows.last_decision(ctx.session, campaign.id)
    if decided is not None and day < decided:
        raise Refusal("AWARD_DATE_TOO_EARLY", pointer, decided_on=decided.isoformat())


def _check_day(ctx: Ctx, revocation: AwardRevocation, name: str, value: object) -> None:
    if not isinstance(value, date):
        return
    if not revocation.decided_on <= value <= ctx.now.astimezone(ctx.zone).date():
        raise Refusal("REVOCATION_DATE_INVALID", f"/{name}", decided_on=revocation.decided_on)


def _note(
    ctx: Ctx,
    campaign: Campaign,
    act: str,
    row: AwardEvent | Award | AwardRevocation,
    summary: dict[str, Any],
    before: dict[str, Any] | None = None,
) -> None:
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    audit.note(ctx, act, row, before=before, campaign_id=campaign.id, path=host.path, summary=summary)
