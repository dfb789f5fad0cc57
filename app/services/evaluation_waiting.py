"""What waits for the caller around the evaluation: sheets and a word of their own, cases and corrections of their office."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.db import evaluation_waiting as rows
from app.db import flow
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import Reviewer, ReviewerStatus, ScoreCorrection
from app.services import assignments, recusals
from app.services.context import Ctx
from app.services.own_seats import OwnSeat


@dataclass(frozen=True)
class Waiting:
    """A reviewer's sheets and declarations, an office's cases and corrections."""

    declarations: list[tuple[Reviewer, Campaign]] = field(default_factory=list)
    to_score: int = 0
    to_confirm: int = 0
    next_id: UUID | None = None
    to_open: list[tuple[Campaign, int]] = field(default_factory=list)
    to_lock: list[tuple[Campaign, int]] = field(default_factory=list)
    corrections: list[tuple[ScoreCorrection, str, Campaign]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many lines the inbox has of it."""
        own = len(self.declarations) + bool(self.to_score) + bool(self.to_confirm)
        return own + len(self.to_open) + len(self.to_lock) + len(self.corrections)


def of(ctx: Ctx) -> Waiting:
    """What waits; the number of statements does not grow with it, and cases in conflict are not counted (I-12)."""
    hidden = recusals.hidden_everywhere(ctx)
    scoring = ctx.actor.holds("assignment:score")
    queue = assignments.queue(ctx, limit=1) if scoring else None
    opening, locking = _hosts(ctx, "nomination:open_evaluation"), _hosts(ctx, "nomination:lock_scores")
    deciding = _hosts(ctx, "score:approve_correction")
    mine = flow.same_person(ctx.session, ctx.person) if deciding else []
    return Waiting(
        _undeclared(queue.seats if queue else ()),
        queue.total - queue.submitted if queue else 0,
        len(queue.outdated) if queue else 0,
        queue.next_id if queue else None,
        rows.accepted(ctx.session, opening, hidden) if opening else [],
        rows.all_in(ctx.session, locking, hidden) if locking else [],
        rows.corrections(ctx.session, deciding, hidden, mine) if deciding else [],
    )


def _undeclared(seats: Sequence[OwnSeat]) -> list[tuple[Reviewer, Campaign]]:
    """Where the reviewer's word on recusal is still owed."""
    owed = (one for one in seats if one.reviewer.status is ReviewerStatus.ACTIVE and not one.declaration)
    return [(one.reviewer, one.campaign) for one in owed]


def _hosts(ctx: Ctx, permission: str) -> list[UUID]:
    held = {grant.organization_id for grant in ctx.actor.grants}
    return sorted(one for one in held if ctx.actor.may_as(permission, one))
