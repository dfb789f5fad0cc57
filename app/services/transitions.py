"""The steps of a nomination: the table's verdict, what a step takes and frees, the history (decisions 1)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from app.db import flow
from app.db.tables.nominations import Nomination, NominationStep
from app.domain import nomination as machine
from app.domain.errors import refuse
from app.domain.nomination import Action, Facts
from app.domain.quota import SeatKind
from app.services import audit, facts, seats
from app.services.context import Ctx


def take(ctx: Ctx, nomination: Nomination, action: Action, **handed_in: Any) -> Nomination:  # noqa: ANN401  (fields of Facts)
    """Take a step that another act brings about (a notice, an objection, a finding): it speaks for the level.

    Refuses every reason of the step's guards; the caller has already asked who may.
    """
    known = facts.facts_of(ctx, nomination, **handed_in)
    known = replace(known, actor_level=known.level_of(action))
    refuse(machine.verdict(known, action, ctx.now))
    return moved(ctx, nomination, action, known)


def moved(ctx: Ctx, nomination: Nomination, action: Action, known: Facts) -> Nomination:
    """Carry out a step whose verdict is clean: seats, stage, level, holder, history, audit."""
    before = nomination.model_dump(mode="json")
    place = machine.landing(known, action)
    _seats(ctx, nomination, action, known)
    step = _step(ctx, nomination, action, known, place)
    if action is Action.UNDO:
        _mark_undone(ctx, nomination)
    ctx.session.add(step)
    nomination.stage, nomination.level = place.stage, place.level
    nomination.stage_since = ctx.now
    nomination.holder_org_id = UUID(
        nomination.departments.get(place.level.value, str(nomination.organizing_org_id))
    )
    if place.stage.final:
        nomination.live_window_id = None
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


def history(ctx: Ctx, nomination: Nomination) -> list[NominationStep]:
    """Every step, in the order taken."""
    return flow.steps(ctx.session, nomination.id)


def _seats(ctx: Ctx, nomination: Nomination, action: Action, known: Facts) -> None:
    """CLEAR takes a claim; taking CLEAR back, or ending the case, frees it."""
    if action is Action.CLEAR:
        seats.claim(ctx, nomination, SeatKind.NOMINATION)
    elif action is Action.UNDO and known.last_action is Action.CLEAR:
        seats.release(ctx, nomination, SeatKind.NOMINATION)
    elif action in (Action.RETURN, Action.REJECT, Action.WITHDRAW, Action.VETO):
        over = known.deadline_ends_at is not None and ctx.now >= known.deadline_ends_at
        seats.release(ctx, nomination, SeatKind.NOMINATION, forfeit=over)


def _step(
    ctx: Ctx, nomination: Nomination, action: Action, known: Facts, place: machine.Place
) -> NominationStep:
    level = known.actor_level
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
        reason=known.reason,
        detail={"actor_level": level.value} if level else {},
    )


def _mark_undone(ctx: Ctx, nomination: Nomination) -> None:
    standing = [
        s
        for s in flow.steps(ctx.session, nomination.id)
        if s.undone_at is None and s.action is not Action.UNDO
    ]
    standing[-1].undone_at = ctx.now


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
