"""Meetings of the two bodies: drafted from the agenda, read by the host's officers (R-029, R-030, D10)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import meetings as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.nominations import Nomination
from app.db.tables.places import Organization
from app.domain.errors import Refusal
from app.domain.meeting import MACHINE, MeetingAction, MeetingPurpose, MeetingStage, available
from app.domain.steps import ActionState
from app.domain.voting import Turn
from app.services import agendas, audit, campaigns, meeting_facts, meeting_items
from app.services.agendas import AgendaGroup
from app.services.context import Ctx, check_version
from app.services.inputs.meetings import (
    AnnulmentMeeting,
    CaseMeeting,
    ReallocationMeeting,
    RevocationMeeting,
    SuccessionMeeting,
)

MeetingDraft = CaseMeeting | ReallocationMeeting | AnnulmentMeeting | RevocationMeeting | SuccessionMeeting

_BODY = {Turn.FIRST: "meeting:first_body", Turn.SECOND: "meeting:second_body"}
_SAID = ("held_on", "minutes_no", "should_attend", "attended", "attendees")


@dataclass(frozen=True)
class MeetingView:
    """A record with its items and what may be done now."""

    meeting: Meeting
    items: list[DecisionItem]
    actions: list[ActionState[MeetingAction]]
    names: dict[str, str]  # of those who share places, by code


@dataclass(frozen=True)
class Signers:
    """The two persons of a record by their names; empty where nobody has signed yet."""

    recorded: str
    confirmed: str


def listed(
    ctx: Ctx, campaign_id: UUID, *, stage: MeetingStage | None = None, after: str = "", limit: int = 50
) -> list[Meeting]:
    """The records of a campaign, newest first. Needs `meeting:read` at the host."""
    campaign = readable(ctx, campaign_id)
    return rows.listed(ctx.session, campaign.id, stage, UUID(after) if after else None, limit)


def campaigns_of(ctx: Ctx, *, after: str = "", limit: int = 50) -> list[Campaign]:
    """The campaigns whose records the caller reads, newest first. Needs `meeting:read`."""
    ctx.actor.require_anywhere("meeting:read")
    return rows.campaigns(ctx.session, ctx.actor.areas("meeting:read"), UUID(after) if after else None, limit)


def agenda(ctx: Ctx, campaign_id: UUID, purpose: MeetingPurpose) -> list[AgendaGroup]:
    """What a body called for this may take up now, in the order of the ranking. Needs `meeting:read` at the host."""
    return agendas.groups(ctx, readable(ctx, campaign_id), purpose)


def shown(ctx: Ctx, meeting_id: UUID) -> MeetingView:
    """One record. Refuses `NOT_FOUND` to who does not read at the host."""
    meeting = ctx.session.get(Meeting, meeting_id)
    if meeting is None:
        raise Refusal("NOT_FOUND")
    readable(ctx, meeting.campaign_id)
    return view(ctx, meeting)


def view(ctx: Ctx, meeting: Meeting) -> MeetingView:
    """The view of a record the caller already may see."""
    campaign = campaigns.campaign_of(ctx, meeting.campaign_id)
    items = rows.items(ctx.session, meeting.id)
    facts = meeting_facts.facts_of(ctx, campaign, meeting, items)
    held = permissions(ctx, campaign, meeting.turn)
    return MeetingView(meeting, items, available(facts, held, ctx.now), agendas.names(ctx, campaign))


def recordable(ctx: Ctx, campaign: Campaign) -> list[MeetingPurpose]:
    """What the caller may record, in the order in which the bodies come to it."""
    mine = [turn for turn in Turn if "meeting:record" in permissions(ctx, campaign, turn)]
    return [purpose for purpose in MeetingPurpose if any(turn in mine for turn in purpose.turns)]


def signers(ctx: Ctx, meeting: Meeting) -> Signers:
    """Who answers for the record, and who compared it with the minutes."""
    names = rows.names(ctx.session, (meeting.recorded_person_id, meeting.confirmed_person_id))
    return Signers(names.get(meeting.recorded_person_id, ""), names.get(meeting.confirmed_person_id, ""))


def permissions(ctx: Ctx, campaign: Campaign, turn: Turn) -> frozenset[str]:
    """What the caller may do with records of this body, at the host itself; the party group's recorder keeps to his."""
    host = campaign.host_organization_id
    if not ctx.actor.may_as(_BODY[turn], host, campaign.id):
        return frozenset()
    return frozenset(p for p in MACHINE.permissions if ctx.actor.may_as(p, host, campaign.id))


def of_case(ctx: Ctx, nomination: Nomination) -> list[tuple[DecisionItem, Meeting]]:
    """What the bodies decided on a case, for whoever reads their records; nothing for the others."""
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    may = ctx.actor.may("meeting:read", host.path, campaign.id)
    return rows.of_case(ctx.session, nomination.id) if may else []


def draft(ctx: Ctx, campaign_id: UUID, body: MeetingDraft) -> Meeting:
    """Write down an agenda or a record. The body's voting rule is kept with it (I-16).

    Needs `meeting:record` for the body at the host. Refuses `MEETING_TURN`, `MEETING_ITEM_FOREIGN`,
    `MEETING_ITEM_TWICE`, `MEETING_ITEM_NOT_READY`.
    """
    campaign = readable(ctx, campaign_id)
    meeting = made(ctx, campaign, body)
    may_record(ctx, campaign, meeting.turn)
    ctx.session.add(meeting)
    ctx.session.flush()
    meeting_items.write(ctx, campaign, meeting, body.items)
    noted(ctx, campaign, meeting, "meeting.drafted")
    return meeting


def made(ctx: Ctx, campaign: Campaign, body: MeetingDraft) -> Meeting:
    """The record as a row that nobody has kept yet, with the body's rule of today (I-16)."""
    purpose = MeetingPurpose(body.purpose)
    turn = body.turn if isinstance(body, AnnulmentMeeting) else purpose.turns[0]
    deciding = campaigns.rules_of(ctx, campaign).voting.of(turn)
    return Meeting(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        turn=turn,
        purpose=purpose,
        body_code=deciding.code,
        body_name_zh=deciding.name_zh,
        body_name_en=deciding.name_en,
        rule=meeting_facts.stored_rule(deciding.rule),
        secret=deciding.secret,
        recorded_by=ctx.actor.key,
        recorded_person_id=ctx.person,
        **{name: getattr(body, name) for name in _SAID},
    )


def edit(ctx: Ctx, meeting_id: UUID, body: MeetingDraft, version: int | None) -> Meeting:
    """Replace a draft. Whoever wrote it last does not confirm it.

    Refuses `MEETING_NOT_EDITABLE`, `MEETING_PURPOSE_FIXED`, and what drafting refuses.
    """
    campaign, meeting = loaded(ctx, meeting_id)
    may_record(ctx, campaign, meeting.turn)
    check_version(meeting.row_version, version)
    if meeting.stage is not MeetingStage.DRAFT:
        raise Refusal("MEETING_NOT_EDITABLE")
    same_turn = body.turn is meeting.turn if isinstance(body, AnnulmentMeeting) else True
    if body.purpose != meeting.purpose or not same_turn:
        raise Refusal("MEETING_PURPOSE_FIXED", "/purpose")
    before = meeting.model_dump(mode="json")
    for name in _SAID:
        setattr(meeting, name, getattr(body, name))
    meeting.recorded_by, meeting.recorded_person_id = ctx.actor.key, ctx.person
    for item in rows.items(ctx.session, meeting.id):
        ctx.session.delete(item)
    ctx.session.flush()
    meeting_items.write(ctx, campaign, meeting, body.items)
    audit.touch(ctx, meeting)
    noted(ctx, campaign, meeting, "meeting.edited", before)
    return meeting


def loaded(ctx: Ctx, meeting_id: UUID) -> tuple[Campaign, Meeting]:
    """The record for changing it. Refuses `NOT_FOUND` to who does not read at the host."""
    meeting = rows.locked(ctx.session, meeting_id)
    if meeting is None:
        raise Refusal("NOT_FOUND")
    return readable(ctx, meeting.campaign_id), meeting


def noted(
    ctx: Ctx, campaign: Campaign, meeting: Meeting, act: str, before: dict[str, Any] | None = None
) -> None:
    """The entry of an act on the record: body, purpose and numbers, no names of members."""
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    items = rows.items(ctx.session, meeting.id)
    summary = {
        "turn": meeting.turn.value,
        "purpose": meeting.purpose.value,
        "stage": meeting.stage.value,
        "minutes_no": meeting.minutes_no,
        "items": len(items),
    }
    audit.note(ctx, act, meeting, before=before, campaign_id=campaign.id, path=host.path, summary=summary)


def readable(ctx: Ctx, campaign_id: UUID) -> Campaign:
    """The campaign for whoever reads its records. Needs `meeting:read` at the host; refuses `NOT_FOUND` to the others."""
    campaign = campaigns.campaign_of(ctx, campaign_id)
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    ctx.actor.require("meeting:read", host.path, campaign.id)
    return campaign


def may_record(ctx: Ctx, campaign: Campaign, *turns: Turn) -> None:
    """Refuses `PERMISSION_MISSING` unless the caller records for one of these bodies."""
    if not any("meeting:record" in permissions(ctx, campaign, turn) for turn in turns):
        raise Refusal("PERMISSION_MISSING", permission="meeting:record")
