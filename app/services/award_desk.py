"""The office's view of a campaign's awards: the event, who waits to be conferred, what was given and taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import awards as rows
from app.db import meetings
from app.db.awards import AwardRow
from app.db.meetings import CaseRow
from app.db.tables.awards import AwardEvent, AwardStatus
from app.db.tables.campaigns import Campaign
from app.domain.quota import SeatKind
from app.services import campaigns, seats
from app.services.context import Ctx
from app.services.seats import Usage

_MOST = 1000


@dataclass(frozen=True)
class AwardDesk:
    """The awards of one campaign."""

    campaign: Campaign
    event: AwardEvent | None
    waiting: Sequence[CaseRow]  # determined and not conferred; told to whom confers
    awards: Sequence[AwardRow]
    places: Usage
    confers: bool

    @property
    def revoked(self) -> int:
        return sum(row.award.status is AwardStatus.REVOKED for row in self.awards)


def shown(ctx: Ctx, campaign_id: UUID) -> AwardDesk:
    """Event, awards by certificate number, and how the places stand. Needs `campaign:read`: awards are public."""
    campaign = campaigns.readable(ctx, campaign_id)
    confers = ctx.actor.may_as("nomination:confer", campaign.host_organization_id, campaign.id)
    return AwardDesk(
        campaign,
        rows.event(ctx.session, campaign.id),
        _waiting(ctx, campaign) if confers else [],
        rows.listed(ctx.session, campaign.id, "", _MOST),
        _places(ctx, campaign),
        confers,
    )


def _waiting(ctx: Ctx, campaign: Campaign) -> list[CaseRow]:
    """In the order in which certificate numbers are given."""
    wanted = rows.determined(ctx.session, campaign.id)
    found = meetings.cases(ctx.session, wanted)
    return [found[key] for key in wanted if key in found]


def _places(ctx: Ctx, campaign: Campaign) -> Usage:
    """All award places together; one that was freed stays free or forfeited, never silently filled again (E-42)."""
    usages = [kinds.get(SeatKind.PROVINCIAL, Usage()) for kinds in seats.usage(ctx, campaign.id).values()]
    return Usage(
        sum(one.free for one in usages), sum(one.used for one in usages), sum(one.forfeited for one in usages)
    )
