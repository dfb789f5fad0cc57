"""What waits for the caller on the way to the ministry and to the awards: steps, material, results, certificates."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.db import award_waiting as rows
from app.db.ministry import MinistryRow
from app.db.ministry_folders import folders
from app.db.tables.awards import ResultNotification
from app.db.tables.campaigns import Campaign
from app.domain.ministry import MinistryAction, MinistryFacts, MinistryStage
from app.services import ministry_facts
from app.services.context import Ctx

_OFFICE = {
    MinistryStage.PROPOSED: MinistryAction.ASSESS,
    MinistryStage.ASSESSED: MinistryAction.PUBLISH_NOTICE,
    MinistryStage.MATERIALS: MinistryAction.REPORT,
}
_NEEDED = {
    MinistryAction.ASSESS: "ministry:assess",
    MinistryAction.PUBLISH_NOTICE: "notice:publish",
    MinistryAction.REPORT: "ministry:report",
}


@dataclass(frozen=True)
class Owed:
    """Material of one recommendation that the caller's unit still owes, and until when."""

    row: MinistryRow
    campaign: Campaign
    count: int
    due_on: date | None


@dataclass(frozen=True)
class Waiting:
    """Everything of it that waits for the caller."""

    steps: list[tuple[MinistryRow, Campaign, MinistryAction]] = field(default_factory=list)
    material: list[Owed] = field(default_factory=list)
    results: list[tuple[ResultNotification, Campaign]] = field(default_factory=list)
    to_confer: list[tuple[Campaign, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.steps) + len(self.material) + len(self.results) + len(self.to_confer)


def of(ctx: Ctx) -> Waiting:
    """What waits; the number of statements does not grow with it."""
    hosts = _units(ctx, *_NEEDED.values())
    units = _units(ctx, "ministry:write", "ministry:check")
    filing, conferring = _units(ctx, "nomination:file"), _units(ctx, "nomination:confer")
    known = list(_known(ctx, hosts, units)) if hosts or units else []
    return Waiting(
        list(_steps(ctx, known)),
        list(_material(ctx, known, units)),
        rows.results(ctx.session, filing) if filing else [],
        [
            (campaign, count)
            for campaign, count in (rows.to_confer(ctx.session, conferring) if conferring else [])
            if ctx.actor.may_as("nomination:confer", campaign.host_organization_id, campaign.id)
        ],
    )


Known = tuple[MinistryRow, Campaign, MinistryFacts]


def _known(ctx: Ctx, hosts: list[UUID], units: list[UUID]) -> Iterator[Known]:
    found = rows.recommendations(ctx.session, hosts, units)
    kept = folders(ctx.session, [row.recommendation for row, _ in found])
    for row, campaign in found:
        one = row.recommendation
        yield row, campaign, ministry_facts.from_folder(ctx, campaign, one, row.nomination, kept[one.id])


def _steps(ctx: Ctx, known: list[Known]) -> Iterator[tuple[MinistryRow, Campaign, MinistryAction]]:
    """The office's own steps; a report waits only once everything is there."""
    for row, campaign, facts in known:
        action = _OFFICE.get(facts.stage)
        mine = action and ctx.actor.may_as(_NEEDED[action], campaign.host_organization_id, campaign.id)
        early = action is MinistryAction.REPORT and ministry_facts.owed(facts, ctx.now)
        if action and mine and not early:
            yield row, campaign, action


def _material(ctx: Ctx, known: list[Known], units: list[UUID]) -> Iterator[Owed]:
    """What the units that brought it still owe; the host is not reminded of what others owe."""
    for row, campaign, facts in known:
        own = {row.nomination.organizing_org_id, row.nomination.sponsor_org_id} & set(units)
        left = ministry_facts.owed(facts, ctx.now)
        if own and left:
            yield Owed(row, campaign, len(left), campaign.ministry_due_on)


def _units(ctx: Ctx, *permissions: str) -> list[UUID]:
    """Where the caller holds one of the permissions."""
    held = {grant.organization_id for grant in ctx.actor.grants}
    return sorted(one for one in held if any(ctx.actor.may_as(p, one) for p in permissions))
