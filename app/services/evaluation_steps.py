"""The office opens the evaluation of cases and locks their scores, one or all at once; each case by the stage table."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import assignments as rows
from app.db import nominations as nomination_rows
from app.db.tables.campaigns import Campaign
from app.db.tables.nominations import Nomination
from app.domain import nomination as machine
from app.domain.errors import Reason
from app.domain.nomination import Action, Stage
from app.services import assignments, campaigns, facts, recusals, transitions
from app.services.context import Ctx
from app.services.inputs.assignments import CaseList


@dataclass(frozen=True)
class CaseOutcome:
    """What became of one case: moved, or every reason why not."""

    nomination: Nomination
    reasons: Sequence[Reason]


def open_evaluation(ctx: Ctx, campaign_id: UUID, body: CaseList) -> list[CaseOutcome]:
    """Let accepted cases be scored, where enough reviewers are free of conflict (E-22). The others stay and say why.

    Needs `nomination:open_evaluation` at the host.
    """
    campaign = campaigns.for_host(ctx, campaign_id, "nomination:open_evaluation")
    return _each(ctx, campaign, Stage.ACCEPTED, Action.OPEN_EVALUATION, body)


def lock_scores(ctx: Ctx, campaign_id: UUID, body: CaseList) -> list[CaseOutcome]:
    """Lock the scores of cases whose sheets are all in (I-11). Needs `nomination:lock_scores` at the host."""
    campaign = campaigns.for_host(ctx, campaign_id, "nomination:lock_scores")
    assignments.sweep(ctx, campaign)
    ctx.session.flush()
    return _each(ctx, campaign, Stage.UNDER_EVALUATION, Action.LOCK_SCORES, body)


def _each(ctx: Ctx, campaign: Campaign, stage: Stage, action: Action, body: CaseList) -> list[CaseOutcome]:
    found = rows.cases(ctx.session, campaign.id, list(Stage), body.nomination_ids)
    hidden = recusals.hidden(ctx, found)  # an office member in conflict leaves the case to a colleague
    wanted = [case for case in found if case.stage is stage or body.nomination_ids is not None]
    return [_one(ctx, campaign, case, action) for case in wanted if case.id not in hidden]


def _one(ctx: Ctx, campaign: Campaign, nomination: Nomination, action: Action) -> CaseOutcome:
    nomination_rows.locked(ctx.session, nomination.id)
    host_level = campaigns.rules_of(ctx, campaign).host_level
    known = facts.facts_of(ctx, nomination, actor_level=host_level)
    reasons = machine.verdict(known, action, ctx.now)
    if not reasons:
        transitions.moved(ctx, nomination, action, known)
    return CaseOutcome(nomination, reasons)
