"""The way to the ministry over a whole campaign: whose places, who is on them, what is next and what is in its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db import ministry as rows
from app.db.ministry import MinistryRow
from app.db.ministry_folders import folders
from app.db.tables.campaigns import Campaign
from app.domain.meeting import MeetingPurpose
from app.domain.ministry import MACHINE, PERMISSIONS, MinistryAction, MinistryStage, available
from app.domain.quota import MINISTRY_POOL, SeatKind
from app.domain.steps import ActionState
from app.services import agendas, campaigns, ministry_facts, quota_usage
from app.services.agendas import AgendaGroup
from app.services.context import Ctx
from app.services.seats import Usage

NEXT: Mapping[MinistryStage, MinistryAction] = {
    MinistryStage.PROPOSED: MinistryAction.ASSESS,
    MinistryStage.ASSESSED: MinistryAction.PUBLISH_NOTICE,
    MinistryStage.AT_NOTICE: MinistryAction.RECORD_DECISION,
    MinistryStage.MATERIALS: MinistryAction.REPORT,
    MinistryStage.REPORTED: MinistryAction.RECORD_RESULT,
}
"""The straight way."""

STAGES = (*NEXT, MinistryStage.COMMENDED)
_MOST = 1000


@dataclass(frozen=True)
class Line:
    """One recommendation, the step it waits for, and what is in the way of it."""

    row: MinistryRow
    next: ActionState[MinistryAction] | None


@dataclass(frozen=True)
class Places:
    """A city's own places, or the pool; who is on them, and who was."""

    code: str
    name: str
    usage: Usage
    lines: list[Line]

    @property
    def pool(self) -> bool:
        return self.code == MINISTRY_POOL


@dataclass(frozen=True)
class Track:
    """The campaign's way to the ministry as the caller may see it."""

    campaign: Campaign
    enabled: bool
    places: list[Places]
    candidates: list[AgendaGroup]  # who may be put forward still; told to the host's office
    due_on: date | None
    days_left: int

    @property
    def lines(self) -> list[Line]:
        return [line for one in self.places for line in one.lines]

    @property
    def counts(self) -> dict[MinistryStage, int]:
        """How many recommendations stand at each stage of the straight way."""
        stages = [line.row.recommendation.stage for line in self.lines]
        return {stage: stages.count(stage) for stage in STAGES}


def shown(ctx: Ctx, campaign_id: UUID) -> Track:
    """The track. Needs `ministry:read`; each unit sees its own. The number of statements does not grow with it."""
    ctx.actor.require_anywhere("ministry:read", campaign_id)
    campaign = campaigns.campaign_of(ctx, campaign_id)
    rules = campaigns.rules_of(ctx, campaign)
    today = ctx.now.astimezone(ctx.zone).date()
    due = campaign.ministry_due_on
    return Track(
        campaign,
        rules.ministry_track.enabled,
        _places(ctx, campaign),
        candidates(ctx, campaign) if rules.ministry_track.enabled else [],
        due,
        (due - today).days if due else 0,
    )


def candidates(ctx: Ctx, campaign: Campaign) -> list[AgendaGroup]:
    """Who may be proposed still, by whose places and in the order of the ranking; for the host's office alone."""
    if not ctx.actor.may_as("ministry:propose", campaign.host_organization_id, campaign.id):
        return []
    return agendas.groups(ctx, campaign, MeetingPurpose.MINISTRY_CANDIDATES)


def lines(ctx: Ctx, campaign: Campaign) -> list[Line]:
    """Every recommendation in the caller's area with its next step, oldest first."""
    paths = ctx.actor.paths("ministry:read", campaign.id)
    found = rows.listed(ctx.session, campaign.id, paths, None, None, _MOST)
    kept = folders(ctx.session, [row.recommendation for row in found])
    made = []
    for row in found:
        one = row.recommendation
        facts = ministry_facts.from_folder(ctx, campaign, one, row.nomination, kept[one.id])
        states = available(facts, frozenset(PERMISSIONS), ctx.now)
        made.append(Line(row, next((x for x in states if x.action is NEXT.get(one.stage)), None)))
    return made


def _places(ctx: Ctx, campaign: Campaign) -> list[Places]:
    """The places of the confirmed plan, the pool last; a recommendation is listed with the place it took."""
    found = lines(ctx, campaign)
    taken: dict[str, list[Line]] = {}
    for line in found:
        pooled = line.row.recommendation.slot is SeatKind.MINISTRY_POOL
        taken.setdefault(MINISTRY_POOL if pooled else line.row.nomination.bucket_code, []).append(line)
    usage = {one.code: one for one in quota_usage.listed(ctx, campaign.id)}
    listed = []
    for code, one in usage.items():
        kind = SeatKind.MINISTRY_POOL if code == MINISTRY_POOL else SeatKind.MINISTRY_FIXED
        if one.kinds.get(kind, Usage()).places or code in taken:
            listed.append(Places(code, one.name, one.kinds.get(kind, Usage()), taken.pop(code, [])))
    return listed + [Places(code, code, Usage(), rest) for code, rest in taken.items()]


__all__ = ["MACHINE", "NEXT", "STAGES", "Line", "Places", "Track", "candidates", "lines", "shown"]
