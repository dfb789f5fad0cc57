"""What a record would say if it were kept as typed: recomputed by the rules that will judge it, nothing written.

The recorder sees quorum, votes and places while typing; the record itself is judged again when it is recorded and
when it is confirmed (E-32, E-33).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem, Meeting
from app.domain import voting
from app.domain.errors import Reason
from app.domain.meeting import MeetingAction, MeetingStage, verdict
from app.domain.nomination import DecisionResult
from app.domain.voting import Verdict
from app.services import meeting_facts, meeting_items, meetings
from app.services.context import Ctx
from app.services.inputs.meetings import MeetingDraft


@dataclass(frozen=True)
class ItemReckoning:
    """One item: the votes it needs, and what its votes say; no verdict without votes or with impossible ones."""

    needed: int
    votes: int
    verdict: Verdict | None
    reason_owed: bool  # approved before a better ranked one
    short: bool  # approved, and its group has more approvals than places

    @property
    def counted(self) -> bool:
        return self.votes > 0


@dataclass(frozen=True)
class Reckoning:
    """The whole record: its quorum, its items in their order, and everything that stands against recording it."""

    quorum: int
    should_attend: int
    attended: int
    items: list[ItemReckoning]
    against: list[Reason]

    @property
    def quorate(self) -> bool:
        return self.attended >= self.quorum

    @property
    def absent(self) -> int:
        return max(0, self.should_attend - self.attended)

    def counted(self, result: Verdict) -> int:
        """How many items the votes carry, or do not."""
        return sum(1 for one in self.items if one.verdict == result)


def of_draft(ctx: Ctx, campaign_id: UUID, body: MeetingDraft) -> Reckoning:
    """A record that is not kept yet, by the body's rule of today. Needs `meeting:read` at the host."""
    campaign = meetings.readable(ctx, campaign_id)
    return _reckoned(ctx, campaign, meetings.made(ctx, campaign, body), body)


def of_kept(ctx: Ctx, meeting_id: UUID) -> Reckoning:
    """A record as it is kept. Refuses `NOT_FOUND` to who does not read it."""
    view = meetings.shown(ctx, meeting_id)
    campaign = meetings.readable(ctx, view.meeting.campaign_id)
    return _judged(ctx, campaign, view.meeting, view.items)


def of_edit(ctx: Ctx, meeting_id: UUID, body: MeetingDraft) -> Reckoning:
    """A change of a draft, by the rule that was kept with it (I-16). Refuses `NOT_FOUND` to who does not read it."""
    kept = meetings.shown(ctx, meeting_id).meeting
    campaign = meetings.readable(ctx, kept.campaign_id)
    meeting = meetings.made(ctx, campaign, body)
    meeting.rule = kept.rule
    return _reckoned(ctx, campaign, meeting, body)


def _reckoned(ctx: Ctx, campaign: Campaign, meeting: Meeting, body: MeetingDraft) -> Reckoning:
    return _judged(ctx, campaign, meeting, meeting_items.made(ctx, campaign, meeting, body.items))


def _judged(ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[DecisionItem]) -> Reckoning:
    facts = meeting_facts.facts_of(ctx, campaign, meeting, items)
    rule = meeting_facts.rule_of(meeting)
    return Reckoning(
        voting.quorum_needed(rule, meeting.should_attend, meeting.attended),
        meeting.should_attend,
        meeting.attended,
        _items(ctx, campaign, meeting, items),
        verdict(facts, MeetingAction.RECORD, ctx.now) if meeting.stage is MeetingStage.DRAFT else [],
    )


def _items(
    ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[DecisionItem]
) -> list[ItemReckoning]:
    open_still = meeting.purpose.ranked and meeting.stage in meeting_facts.OPEN
    choice = meeting_facts.choice_of(ctx, campaign, meeting, items) if open_still else None
    rule = meeting_facts.rule_of(meeting)

    def one(item: DecisionItem) -> ItemReckoning:
        ballot = meeting_facts.ballot_of(meeting, item)
        votes = item.votes_for + item.votes_against + item.abstained
        sound = votes > 0 and not voting.ballot_reasons(rule, ballot)
        key = item.nomination_id
        approved = item.result is DecisionResult.APPROVED
        return ItemReckoning(
            voting.votes_needed(rule, ballot),
            votes,
            voting.verdict(rule, ballot) if sound else None,
            reason_owed=choice is not None and key in choice.passed_over,
            short=choice is not None and approved and choice.group_of(key) in choice.short,
        )

    return [one(item) for item in items]
