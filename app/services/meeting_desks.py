"""What the recorder's desk offers for a record: the matters a body may take up, beside what the draft says of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import meetings as rows
from app.db import quota
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem, Meeting
from app.domain.ids import shown
from app.domain.meeting import MeetingPurpose
from app.domain.quota import MINISTRY_POOL
from app.domain.voting import Turn
from app.packs.judging import VotingBody
from app.services import agendas, campaigns, meeting_facts, meetings, quota_usage
from app.services.agendas import AgendaGroup, AgendaItem
from app.services.context import Ctx


@dataclass(frozen=True)
class Line:
    """One matter that may be listed: how the form names it, how people do, and what the draft has on it."""

    key: str
    name: str
    note: str
    item: DecisionItem | None
    agenda: AgendaItem | None = None
    successor: str = ""


@dataclass(frozen=True)
class Section:
    """Matters that belong together: a group that shares places, or an earlier meeting's decisions."""

    lines: list[Line]
    group: AgendaGroup | None = None
    earlier: Meeting | None = None


@dataclass(frozen=True)
class Desk:
    """One record while it is written."""

    campaign: Campaign
    purpose: MeetingPurpose
    turn: Turn
    body: VotingBody
    sections: list[Section]
    buckets: Mapping[str, str]  # code → name, for moves of places
    meeting: Meeting | None = None
    items: Sequence[DecisionItem] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The bodies that may decide this."""
        return self.purpose.turns


def start(ctx: Ctx, campaign_id: UUID, purpose: MeetingPurpose, turn: Turn | None = None) -> Desk:
    """An empty record with everything that may be listed in it. Needs `meeting:record` for the body at the host."""
    campaign = meetings.readable(ctx, campaign_id)
    chosen = turn if turn in purpose.turns else purpose.turns[-1]
    meetings.may_record(ctx, campaign, *purpose.turns)
    return _desk(ctx, campaign, purpose, chosen)


def begun(ctx: Ctx, meeting_id: UUID) -> Desk:
    """A draft with what it says so far. Refuses `NOT_FOUND`, `PERMISSION_MISSING`."""
    view = meetings.shown(ctx, meeting_id)
    campaign = meetings.readable(ctx, view.meeting.campaign_id)
    meetings.may_record(ctx, campaign, view.meeting.turn)
    return _desk(ctx, campaign, view.meeting.purpose, view.meeting.turn, view.meeting, view.items)


def _desk(
    ctx: Ctx,
    campaign: Campaign,
    purpose: MeetingPurpose,
    turn: Turn,
    meeting: Meeting | None = None,
    items: Sequence[DecisionItem] = (),
) -> Desk:
    places = purpose is MeetingPurpose.PLACE_REALLOCATION
    return Desk(
        campaign,
        purpose,
        turn,
        campaigns.rules_of(ctx, campaign).voting.of(turn),
        [] if places else _sections(ctx, campaign, purpose, items),
        _buckets(ctx, campaign) if places else {},
        meeting,
        items,
    )


def _sections(
    ctx: Ctx, campaign: Campaign, purpose: MeetingPurpose, items: Sequence[DecisionItem]
) -> list[Section]:
    if purpose is MeetingPurpose.ANNULMENT:
        return _earlier(ctx, campaign, items)
    drafted = {item.nomination_id: item for item in items if item.nomination_id}
    groups = agendas.groups(ctx, campaign, purpose)
    found = [Section([_line(one, drafted) for one in group.items], group) for group in groups]
    if purpose is MeetingPurpose.SUCCESSION:
        found = [Section([one for one in part.lines if one.successor], part.group) for part in found]
    listed = {one.key for part in found for one in part.lines}
    gone = [item for key, item in drafted.items() if shown("nom", key) not in listed]
    return [part for part in (*found, Section([_gone(item) for item in gone])) if part.lines]


def _line(one: AgendaItem, drafted: Mapping[UUID, DecisionItem]) -> Line:
    case, window = one.row.nomination, one.row.window
    successor = shown("win", window.merged_into_id) if window.merged_into_id else ""
    return Line(
        shown("nom", case.id), window.name, one.row.sponsor.name, drafted.get(case.id), one, successor
    )


def _gone(item: DecisionItem) -> Line:
    """What the draft lists although the case does not stand there any more."""
    key = shown("nom", item.nomination_id) if item.nomination_id else ""
    return Line(key, meeting_facts.name_of(item), str(item.snapshot.get("sponsor", "")), item)


def _earlier(ctx: Ctx, campaign: Campaign, items: Sequence[DecisionItem]) -> list[Section]:
    """The decisions on cases that still stand, by meeting, the newest first."""
    drafted = {item.annuls_id: item for item in items}
    sections: dict[UUID, Section] = {}
    for item, meeting in rows.in_force(ctx.session, campaign.id):
        section = sections.setdefault(meeting.id, Section([], earlier=meeting))
        note = str(item.snapshot.get("sponsor", ""))
        line = Line(shown("dit", item.id), meeting_facts.name_of(item), note, drafted.get(item.id))
        section.lines.append(line)
    return list(sections.values())


def _buckets(ctx: Ctx, campaign: Campaign) -> dict[str, str]:
    plan = quota.confirmed(ctx.session, campaign.id)
    return quota_usage.names(ctx, plan) | {MINISTRY_POOL: quota_usage.POOL} if plan else {}
