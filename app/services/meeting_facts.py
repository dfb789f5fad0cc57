"""What the steps of a meeting's record need to know, gathered from its rows, the cases and the places."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from app.db import flow
from app.db import meetings as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem, Meeting
from app.domain import selection, voting
from app.domain.errors import Reason
from app.domain.meeting import MeetingFacts, MeetingPurpose, MeetingStage
from app.domain.nomination import DecisionResult
from app.domain.voting import Ballot, Verdict, VoteBase, VotingRule
from app.services import agendas
from app.services.context import Ctx
from app.services.inputs.meetings import MeetingAnnounce

_CLAIMED = {DecisionResult.APPROVED: Verdict.PASSED, DecisionResult.REJECTED: Verdict.NOT_PASSED}
OPEN = (MeetingStage.DRAFT, MeetingStage.RECORDED)
_OF_THE_MEETING = ("/attended", "/should_attend")


class MeetingBody(Protocol):
    @property
    def action(self) -> str: ...


@dataclass(frozen=True)
class Choice:
    """Where those approved are not the first of the ranking, where a tie stays open, where places are short."""

    groups: Mapping[UUID, str]
    names: Mapping[UUID, str]
    passed_over: list[UUID]
    open_ties: list[UUID]
    short: list[str]

    def group_of(self, key: UUID | None) -> str:
        return self.groups.get(key, "") if key else ""


def facts_of(
    ctx: Ctx,
    campaign: Campaign,
    meeting: Meeting,
    items: Sequence[DecisionItem],
    body: MeetingBody | None = None,
) -> MeetingFacts:
    """The facts at this moment; what was decided is gone through only while it can still be changed."""
    today = ctx.now.astimezone(ctx.zone).date()
    facts = MeetingFacts(
        stage=meeting.stage,
        as_of=today,
        held_on=meeting.held_on,
        minutes_no=meeting.minutes_no,
        items=len(items),
        actor=_one_person(ctx, meeting),
        recorders=frozenset({meeting.recorded_by}),
        reason=str(getattr(body, "reason", "")),
        announced_on=(body.announced_on or today) if isinstance(body, MeetingAnnounce) else None,
    )
    return replace(facts, **_decided(ctx, campaign, meeting, items)) if meeting.stage in OPEN else facts


def choice_of(ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[DecisionItem]) -> Choice:
    """The approvals of a record beside the ranking and the places; only for a purpose that is `ranked`."""
    found = agendas.cases(ctx, campaign, meeting.purpose)
    placed = agendas.candidates(ctx, campaign, meeting.purpose, found)
    left = agendas.places(ctx, campaign, meeting.purpose)
    approved = {item.nomination_id for item in items if item.result is DecisionResult.APPROVED}
    chosen: set[UUID] = {key for key in approved if key}
    wanted = Counter(one.group for one in placed if one.key in chosen)
    proposes = (
        meeting.purpose is MeetingPurpose.REVIEW
    )  # it may propose more than there are places (differential)
    return Choice(
        {one.key: one.group for one in placed},
        {row.nomination.id: row.window.name for row in found},
        selection.passed_over(placed, chosen),
        selection.open_ties(placed, chosen, left),
        [] if proposes else [group for group, count in wanted.items() if count > left.get(group, 0)],
    )


def rule_of(meeting: Meeting) -> VotingRule:
    """The body's rule as it was kept with the record (I-16)."""
    kept = meeting.rule
    bases = {name: VoteBase(kept[name]) for name in ("quorum_base", "base")}
    return VotingRule(**{**kept, **bases})


def stored_rule(rule: VotingRule) -> dict[str, Any]:
    return asdict(rule)


def ballot_of(meeting: Meeting, item: DecisionItem) -> Ballot:
    """Members who left for the item did not attend it; whoever should attend still counts (a platform default)."""
    attended = max(0, meeting.attended - len(item.excluded))
    return Ballot(meeting.should_attend, attended, item.votes_for, item.votes_against, item.abstained)


def ballot_reasons(meeting: Meeting, item: DecisionItem) -> list[Reason]:
    """Why the vote on one item cannot be; a deferred one claims no result."""
    claimed = _CLAIMED.get(item.result) if item.result else None
    found = voting.ballot_reasons(rule_of(meeting), ballot_of(meeting, item), claimed)
    return [Reason(one.code, _at(item, one.pointer), one.params) for one in found]


def name_of(item: DecisionItem) -> str:
    """What people call the item: the window, or the place that moves."""
    return str(item.snapshot.get("window_name", "")) or f"{item.from_bucket} → {item.to_bucket}"


def _one_person(ctx: Ctx, meeting: Meeting) -> str:
    """The caller under the key that wrote the record, when one person stands behind both accounts."""
    own = flow.same_person(ctx.session, ctx.actor.person_id) if ctx.actor.person_id else []
    return meeting.recorded_by if meeting.recorded_person_id in own else ctx.actor.key


def _decided(ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[DecisionItem]) -> dict[str, Any]:
    return {
        "undecided": tuple(name_of(item) for item in items if item.result is None),
        "ballot_reasons": tuple(_vote_reasons(meeting, items)),
        "not_ready": tuple(name_of(item) for item in _not_ready(ctx, campaign, meeting, items)),
        **(_choice(ctx, campaign, meeting, items) if meeting.purpose.ranked else {}),
    }


def _vote_reasons(meeting: Meeting, items: Sequence[DecisionItem]) -> Iterator[Reason]:
    if meeting.attendees and len(meeting.attendees) != meeting.attended:
        named = (len(meeting.attendees), meeting.attended)
        zh, en = "列名 {} 人，实到 {} 人", "{} are named, {} attended"
        yield Reason(
            "VOTE_ARITHMETIC", "/attended", {"why_zh": zh.format(*named), "why_en": en.format(*named)}
        )
    for item in items:
        yield from ballot_reasons(meeting, item) if item.result else ()


def _not_ready(
    ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[DecisionItem]
) -> list[DecisionItem]:
    if meeting.purpose is MeetingPurpose.ANNULMENT:
        earlier = rows.decided(ctx.session, [item.annuls_id for item in items if item.annuls_id])
        standing = {key for key, (item, _) in earlier.items() if item.annulled_at is None}
        return [item for item in items if item.annuls_id not in standing]
    if meeting.purpose is MeetingPurpose.PLACE_REALLOCATION:
        return []
    ready = {row.nomination.id for row in agendas.cases(ctx, campaign, meeting.purpose)}
    return [item for item in items if item.nomination_id not in ready]


def _choice(ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[DecisionItem]) -> dict[str, Any]:
    choice = choice_of(ctx, campaign, meeting, items)
    explained = {item.nomination_id for item in items if item.reason.strip()}
    buckets = agendas.names(ctx, campaign)
    return {
        "passed_over": tuple(choice.names[key] for key in choice.passed_over if key not in explained),
        "open_ties": tuple(choice.names[key] for key in choice.open_ties),
        "places_short": tuple(buckets.get(group, group) for group in choice.short),
    }


def _at(item: DecisionItem, pointer: str) -> str:
    return pointer if pointer in _OF_THE_MEETING else f"/items/{item.position}{pointer}"
