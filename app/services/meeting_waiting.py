"""What waits for the caller around the two bodies: records for a second person, cases for a meeting or a notice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from app.db import meeting_waiting as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import Meeting
from app.db.tables.nominations import Nomination
from app.domain.meeting import MeetingPurpose, MeetingStage
from app.domain.nomination import Stage
from app.domain.voting import Turn
from app.services import campaigns, meetings
from app.services.context import Ctx

_BODY = {Stage.EVALUATED: Turn.FIRST, Stage.REVIEWED: Turn.SECOND, Stage.AT_HOST_NOTICE: Turn.SECOND}
_REGULAR = {Turn.FIRST: MeetingPurpose.REVIEW, Turn.SECOND: MeetingPurpose.DETERMINATION}


@dataclass(frozen=True)
class WaitingCases:
    """Cases of one campaign that wait for a body, or at the host for a notice first."""

    campaign: Campaign
    turn: Turn
    count: int
    unlisted: int = 0  # owed a notice that nobody has published
    at_notice: int = 0

    @property
    def purpose(self) -> MeetingPurpose:
        return _REGULAR[self.turn]


@dataclass(frozen=True)
class Waiting:
    """Everything around meetings that waits for the caller."""

    to_confirm: list[tuple[Meeting, Campaign]] = field(default_factory=list)
    drafts: list[tuple[Meeting, Campaign]] = field(default_factory=list)
    cases: list[WaitingCases] = field(default_factory=list)
    to_review: list[tuple[Nomination, str, Campaign]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(len(one) for one in (self.to_confirm, self.drafts, self.cases, self.to_review))


def of(ctx: Ctx) -> Waiting:
    """What waits; the number of statements does not grow with it."""
    hosts = _hosts(ctx)
    if not hosts:
        return Waiting()
    records = rows.records(ctx.session, hosts)
    mine = [row for row in records if "meeting:record" in meetings.permissions(ctx, row[1], row[0].turn)]
    return Waiting(
        [row for row in records if row[0].stage is MeetingStage.RECORDED and _may_confirm(ctx, *row)],
        [row for row in mine if row[0].stage is MeetingStage.DRAFT],
        list(_cases(ctx, hosts)),
        rows.to_be_reviewed(ctx.session, hosts),
    )


def _hosts(ctx: Ctx) -> list[UUID]:
    held = {grant.organization_id for grant in ctx.actor.grants}
    wanted = ("meeting:record", "meeting:confirm")
    return sorted(one for one in held if any(ctx.actor.may_as(needed, one) for needed in wanted))


def _may_confirm(ctx: Ctx, meeting: Meeting, campaign: Campaign) -> bool:
    """Nobody confirms what they recorded themselves (I-13)."""
    may = "meeting:confirm" in meetings.permissions(ctx, campaign, meeting.turn)
    return may and meeting.recorded_by != ctx.actor.key


def _cases(ctx: Ctx, hosts: list[UUID]) -> Iterator[WaitingCases]:
    counted: dict[UUID, tuple[Campaign, dict[Stage, int]]] = {}
    for campaign, stage, count in rows.cases(ctx.session, hosts):
        counted.setdefault(campaign.id, (campaign, {}))[1][stage] = count
    for campaign, stages in counted.values():
        asked = campaigns.rules_of(ctx, campaign).notice.host_notice_for_all
        for turn in Turn:
            count = sum(n for stage, n in stages.items() if _BODY[stage] is turn)
            if count and "meeting:record" in meetings.permissions(ctx, campaign, turn):
                second = turn is Turn.SECOND
                unlisted = stages.get(Stage.REVIEWED, 0) if asked and second else 0
                at_notice = stages.get(Stage.AT_HOST_NOTICE, 0) if second else 0
                yield WaitingCases(campaign, turn, count, unlisted, at_notice)
