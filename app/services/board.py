"""The campaign board: how far each unit's cases have come, what they wait for, and what is overdue."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import board as rows
from app.db import campaigns as campaign_rows
from app.db import quota
from app.db.board import StageCount
from app.db.tables.campaigns import BodyKind, Campaign
from app.db.tables.places import Organization
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.services import campaigns, local_bodies, recusals, seats
from app.services.context import Ctx
from app.services.seats import Usage

_NOBODY = Usage()


@dataclass(frozen=True)
class BoardRow:
    """One unit that takes part. `places` are awards, `claims` are cases put forward for them (decisions 9)."""

    organization: Organization
    bucket_code: str
    stages: dict[Stage, StageCount]
    places: Usage
    claims: Usage
    missing_bodies: tuple[BodyKind, ...]
    bodies_overdue: bool
    running_notices: int
    open_objections: int

    @property
    def cases(self) -> int:
        return sum(one.count for one in self.stages.values())


@dataclass(frozen=True)
class Board:
    """A campaign's rows as this caller may see them, in the order of the units' codes."""

    campaign: Campaign
    rows: list[BoardRow]
    sample_places: bool  # the places are the pack's invented ones and are marked wherever they show (D2)

    @property
    def stages(self) -> list[Stage]:
        """The stages at which a case of these rows stands, in their order."""
        there = {stage for row in self.rows for stage in row.stages}
        return [stage for stage in Stage if stage in there]

    def count(self, stage: Stage) -> int:
        """The cases of all rows at a stage."""
        return sum(row.stages[stage].count for row in self.rows if stage in row.stages)

    def shared(self, row: BoardRow) -> bool:
        """Whether other units draw on the same places."""
        return sum(one.bucket_code == row.bucket_code for one in self.rows) > 1

    @property
    def places(self) -> Usage:
        """The award places of all rows; a bucket that several units share counts once."""
        return _sum({row.bucket_code: row.places for row in self.rows}.values())

    @property
    def claims(self) -> Usage:
        """The claims of all rows, in the same way."""
        return _sum({row.bucket_code: row.claims for row in self.rows}.values())


def shown(ctx: Ctx, campaign_id: UUID) -> Board:
    """The board. Needs `board:read`; a city sees its own row, the host all of them.

    Cases from which the caller must stand aside are counted nowhere (I-12). The number of statements does not grow
    with units or cases.
    """
    campaign = campaigns.readable(ctx, campaign_id, "board:read")
    mine = [
        (row, unit)
        for row, unit in campaign_rows.participants(ctx.session, campaign.id)
        if ctx.actor.may("board:read", unit.path, campaign.id)
    ]
    units = [unit.id for _, unit in mine]
    hidden = recusals.hidden_everywhere(ctx)
    stages = _by_unit(rows.stage_counts(ctx.session, campaign.id, units, hidden))
    usage = seats.usage(ctx, campaign.id)
    missing = local_bodies.missing(ctx, campaign, [unit for _, unit in mine])
    notices = rows.running_notices(ctx.session, campaign.id, units, ctx.now)
    objections = rows.open_objections(ctx.session, campaign.id, units, hidden)
    plan = quota.confirmed(ctx.session, campaign.id)
    over = _over(campaign.contacts_end_at, ctx.now)
    return Board(
        campaign,
        [
            BoardRow(
                unit,
                row.bucket_code,
                stages[unit.id],
                usage.get(row.bucket_code, {}).get(SeatKind.PROVINCIAL, _NOBODY),
                usage.get(row.bucket_code, {}).get(SeatKind.NOMINATION, _NOBODY),
                missing[unit.id],
                over and bool(missing[unit.id]),
                notices.get(unit.id, 0),
                objections.get(unit.id, 0),
            )
            for row, unit in mine
        ],
        plan is not None and plan.is_sample,
    )


def _by_unit(counts: Iterable[StageCount]) -> defaultdict[UUID, dict[Stage, StageCount]]:
    found: defaultdict[UUID, dict[Stage, StageCount]] = defaultdict(dict)
    for one in counts:
        found[one.organization_id][one.stage] = one
    return found


def _over(end: datetime | None, now: datetime) -> bool:
    return end is not None and now >= end


def _sum(parts: Iterable[Usage]) -> Usage:
    parts = list(parts)
    return Usage(*(sum(getattr(one, name) for one in parts) for name in ("free", "used", "forfeited")))
