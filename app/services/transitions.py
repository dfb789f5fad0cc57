"""The steps of a nomination: the table's verdict, what a step takes and frees, the history (decisions 1)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.db import flow
from app.db.tables.nominations import Nomination, NominationStep
from app.domain import nomination as machine
from app.domain.errors import refuse
from app.domain.nomination import Action, Facts, Place
from app.services import audit, case_history, facts, step_effects
from app.services.context import Ctx


def take(ctx: Ctx, nomination: Nomination, action: Action, **handed_in: Any) -> Nomination:  # noqa: ANN401  (fields of Facts)
    """Take a step that another act brings about (a notice, an objection, a finding): it speaks for the level.

    Refuses every reason of the step's guards; the caller has already asked who may.
    """
    known = facts.facts_of(ctx, nomination, **handed_in)
    known = replace(known, actor_level=known.level_of(action))
    refuse(machine.verdict(known, action, ctx.now))
    return moved(ctx, nomination, action, known)


def moved(
    ctx: Ctx, nomination: Nomination, action: Action, known: Facts, detail: Mapping[str, Any] | None = None
) -> Nomination:
    """Carry out a step whose verdict is clean: seats, stage, level, holder, history, audit.

    `detail` is kept with the step: the points of a return, the answers to them, what was ticked.
    """
    before = nomination.model_dump(mode="json")
    place = machine.landing(known, action)
    kept = dict(detail or {})
    step_effects.seat(ctx, nomination, action, known)
    step_effects.leave(ctx, nomination, action, known, kept)
    step = _step(ctx, nomination, action, known, place, kept)
    if action is Action.UNDO:
        case_history.standing(ctx, nomination)[-1].undone_at = ctx.now
    ctx.session.add(step)
    step_effects.stand(ctx, nomination, place)
    audit.touch(ctx, nomination)
    audit.note(
        ctx,
        f"nomination.{_PAST[action]}",
        nomination,
        before=before,
        campaign_id=nomination.campaign_id,
        path=nomination.sponsor_path,
        summary={"action": action.value, "stage": place.stage.value, "level": place.level.value},
    )
    return nomination


def _step(
    ctx: Ctx, nomination: Nomination, action: Action, known: Facts, place: Place, detail: dict[str, Any]
) -> NominationStep:
    level = known.actor_level
    acting = nomination.departments.get(level.value) if level else None
    return NominationStep(
        **audit.stamp(ctx),
        nomination_id=nomination.id,
        seq=len(flow.steps(ctx.session, nomination.id)) + 1,
        action=action,
        from_stage=nomination.stage,
        to_stage=place.stage,
        from_level=nomination.level,
        to_level=place.level,
        at=ctx.now,
        actor=ctx.actor.key,
        actor_name=ctx.actor.name[:60],
        on_behalf_of=ctx.actor.on_behalf_of,
        acting_org_id=UUID(acting) if acting else None,
        reason=known.reason,
        detail=({"actor_level": level.value} if level else {}) | detail,
    )


_PAST = {
    Action.SUBMIT: "submitted",
    Action.ENDORSE: "endorsed",
    Action.CLEAR: "cleared",
    Action.RETURN: "returned",
    Action.RESUBMIT: "resubmitted",
    Action.REJECT: "rejected",
    Action.PUBLISH_NOTICE: "put_at_notice",
    Action.RECOMMEND: "recommended",
    Action.FILE: "filed",
    Action.ACCEPT: "accepted",
    Action.RETURN_FOR_CORRECTION: "returned_for_correction",
    Action.OPEN_EVALUATION: "evaluation_opened",
    Action.LOCK_SCORES: "scores_locked",
    Action.RECORD_FIRST_DECISION: "first_decision_recorded",
    Action.PUBLISH_HOST_NOTICE: "put_at_host_notice",
    Action.RECORD_SECOND_DECISION: "second_decision_recorded",
    Action.CONFER: "conferred",
    Action.REVOKE: "revoked",
    Action.WITHDRAW: "withdrawn",
    Action.VETO: "vetoed",
    Action.UNDO: "undone",
}
