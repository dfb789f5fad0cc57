"""Until when what goes to the ministry is handed in, and who may be late on which paper (G-11, E-18)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from app.db import flow
from app.db.tables.campaigns import Campaign
from app.db.tables.nominations import LateAcceptance, Nomination
from app.domain.calendar import ends_at
from app.domain.errors import Reason
from app.domain.lateness import DueMatter, late_reasons
from app.services import campaigns
from app.services.context import Ctx


@dataclass(frozen=True)
class Due:
    """The campaign's last day for the ministry's material, and the exception of this case's organising unit."""

    due_on: date | None
    ends_at: datetime | None
    late: LateAcceptance | None

    @property
    def last(self) -> datetime | None:
        """The end that counts for this unit."""
        return max(self.ends_at, self.late.ends_at) if self.ends_at and self.late else self.ends_at


def of(ctx: Ctx, nomination: Nomination, campaign: Campaign | None = None) -> Due:
    """What this nomination's unit has to keep to."""
    campaign = campaign or campaigns.campaign_of(ctx, nomination.campaign_id)
    due_on, unit = campaign.ministry_due_on, nomination.organizing_org_id
    late = flow.late_acceptance(ctx.session, campaign.id, unit, DueMatter.MINISTRY_MATERIAL)
    return Due(due_on, ends_at(due_on, ctx.zone) if due_on else None, late)


def reasons(ctx: Ctx, nomination: Nomination) -> list[Reason]:
    """`DEADLINE_PASSED` once nothing more is taken; `DEADLINES_INCOMPLETE` where nobody has said until when."""
    due = of(ctx, nomination)
    return late_reasons(due.ends_at, due.last, ctx.now, ctx.zone)


def reasons_on(ctx: Ctx, nomination: Nomination, received_on: date, pointer: str) -> list[Reason]:
    """The same for what was handed over on a day and is put on record later."""
    due = of(ctx, nomination)
    began = datetime.combine(received_on, time(), tzinfo=ctx.zone)
    return late_reasons(due.ends_at, due.last, began, ctx.zone, pointer)
