"""The steps of a recommendation to the ministry: the table's verdict, the place it holds, the entry it leaves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.db import ministry as rows
from app.db.tables.ministry import MinistryRecommendation
from app.db.tables.nominations import Nomination
from app.domain.errors import Refusal, refuse
from app.domain.ministry import MACHINE, MinistryAction, MinistryFacts, MinistryStage, verdict
from app.domain.quota import SeatKind
from app.packs.quota import FreedPlace
from app.services import audit, campaigns, ministry_facts, seats
from app.services.context import Ctx

_PAST = {
    MinistryAction.ASSESS: "assessed",
    MinistryAction.PUBLISH_NOTICE: "put_at_notice",
    MinistryAction.RECORD_DECISION: "decision_recorded",
    MinistryAction.REPORT: "reported",
    MinistryAction.RECORD_RESULT: "result_recorded",
    MinistryAction.REJECT: "rejected",
    MinistryAction.WITHDRAW: "withdrawn",
    MinistryAction.UNDO: "undone",
}


def take(
    ctx: Ctx,
    nomination: Nomination,
    action: MinistryAction,
    **handed_in: Any,  # noqa: ANN401  (fields of MinistryFacts)
) -> MinistryRecommendation:
    """Take a step that another act brings about: a notice, a meeting, an objection. The caller has asked who may."""
    recommendation = rows.live(ctx.session, nomination.id)
    if recommendation is None:
        raise Refusal("NOT_FOUND")
    facts = ministry_facts.facts_of(ctx, recommendation, nomination, **handed_in)
    refuse(verdict(facts, action, ctx.now))
    return moved(ctx, recommendation, nomination, action, facts)


def moved(
    ctx: Ctx,
    recommendation: MinistryRecommendation,
    nomination: Nomination,
    action: MinistryAction,
    facts: MinistryFacts,
) -> MinistryRecommendation:
    """Carry out a step whose verdict is clean."""
    before = recommendation.model_dump(mode="json")
    step = MACHINE.find(recommendation.stage, action)
    if step is None:
        raise LookupError(f"{recommendation.stage} does not know {action}")
    _stand(ctx, recommendation, nomination, step.target(facts), facts.reason)
    audit.touch(ctx, recommendation)
    noted(ctx, recommendation, nomination, f"ministry.{_PAST[action]}", before)
    return recommendation


def end_with_the_case(ctx: Ctx, nomination: Nomination, reason: str) -> None:
    """The case is no award any more: before the report its recommendation ends with it; after it a letter is owed (E-07)."""
    recommendation = rows.live(ctx.session, nomination.id)
    if recommendation is None:
        return
    if recommendation.document_no:  # what was reported stays reported; its place is not filled again
        seats.release(ctx, nomination, SeatKind.MINISTRY_FIXED, forfeit=True)
        return
    before = recommendation.model_dump(mode="json")
    _stand(ctx, recommendation, nomination, MinistryStage.WITHDRAWN, reason)
    audit.touch(ctx, recommendation)
    noted(ctx, recommendation, nomination, "ministry.withdrawn", before)


def noted(
    ctx: Ctx,
    recommendation: MinistryRecommendation,
    nomination: Nomination,
    act: str,
    before: Mapping[str, Any] | None = None,
) -> None:
    """The entry of an act on a recommendation."""
    summary = {
        "nomination_id": f"nom_{UUID(str(nomination.id)).hex}",
        "stage": recommendation.stage.value,
        "slot": recommendation.slot.value,
    }
    audit.note(
        ctx,
        act,
        recommendation,
        before=before,
        campaign_id=recommendation.campaign_id,
        path=nomination.sponsor_path,
        summary=summary,
    )


def _stand(
    ctx: Ctx,
    recommendation: MinistryRecommendation,
    nomination: Nomination,
    stage: MinistryStage,
    reason: str,
) -> None:
    """Where it is now; one that ended before the report gives its place back, or forfeits it by the rules (E-04, G-09)."""
    reported = bool(recommendation.document_no)
    recommendation.stage, recommendation.stage_since = stage, ctx.now
    if not stage.ended_before_report:
        return
    recommendation.end_reason = reason
    recommendation.live_nomination_id = None
    if not reported:
        seats.release(ctx, nomination, SeatKind.MINISTRY_FIXED, forfeit=_forfeited(ctx, nomination))


def _forfeited(ctx: Ctx, nomination: Nomination) -> bool:
    rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, nomination.campaign_id))
    return rules.quota.freed_after_deadline is FreedPlace.FORFEITED
