"""What a step leaves on the case besides its stage: seats taken and freed, what a return opens, what filing fixes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.db import nominations as rows
from app.db.nominations import NominationRow
from app.db.tables.nominations import Nomination
from app.domain.nomination import Action, DecisionResult, Facts, Place, Stage
from app.domain.nomination_parts import NominationPart
from app.domain.quota import SeatKind
from app.packs.quota import FreedPlace
from app.services import campaigns, case_history, evaluation_facts, ministry_steps, seats, veto_records
from app.services.context import Ctx

_ENDING = (Action.REJECT, Action.WITHDRAW, Action.VETO)
_TRACKS = (SeatKind.NOMINATION, SeatKind.PROVINCIAL)  # the ministry's goes with its recommendation


def seat(ctx: Ctx, nomination: Nomination, action: Action, known: Facts) -> None:
    """CLEAR takes a claim, the second body's approval a place; a return or the end of the case frees what it holds.

    Taking a step back does the opposite.
    """
    undone = known.last_action if action is Action.UNDO else None
    if action is Action.RECORD_SECOND_DECISION and known.decision_result is DecisionResult.APPROVED:
        seats.claim(ctx, nomination, SeatKind.PROVINCIAL)
    elif undone is Action.RECORD_SECOND_DECISION:
        seats.release(ctx, nomination, SeatKind.PROVINCIAL)
    if action is Action.CLEAR or (undone is Action.RETURN and known.previous_stage is Stage.CLEARED):
        seats.claim(ctx, nomination, SeatKind.NOMINATION)
    elif action is Action.RETURN or undone is Action.CLEAR:
        seats.release(ctx, nomination, SeatKind.NOMINATION)
        nomination.rank_in_bucket = None
    elif action in _ENDING:
        for kind in _TRACKS:
            seats.release(ctx, nomination, kind, forfeit=_forfeited(ctx, nomination, known))
    if action in (*_ENDING, Action.REVOKE) or undone is Action.RECORD_SECOND_DECISION:
        ministry_steps.end_with_the_case(ctx, nomination, known.reason)


def leave(ctx: Ctx, nomination: Nomination, action: Action, known: Facts, detail: Mapping[str, Any]) -> None:
    """The marks of the step on the nomination, asked before its stage changes."""
    if action in case_history.RETURNS:
        _open(nomination, nomination.stage, known, detail)
    elif action is Action.FILE:
        _file(ctx, nomination, known)
    elif action is Action.RESUBMIT and NominationPart.WINDOW in nomination.returned_fields:
        _retake(ctx, nomination)
    elif action is Action.LOCK_SCORES:
        evaluation_facts.lock(ctx, nomination)
    elif action is Action.UNDO:
        _take_back(ctx, nomination, known)
    if action in (Action.SUBMIT, Action.RESUBMIT):
        nomination.prepared_by = ctx.actor.key
        veto_records.take_up_declared(ctx, nomination)


def stand(ctx: Ctx, nomination: Nomination, place: Place) -> None:
    """Where the case is now, since when, and who has it: the unit itself, or the department of the level."""
    nomination.stage, nomination.level = place.stage, place.level
    nomination.stage_since = ctx.now
    with_the_unit = place.stage is Stage.DRAFT or (
        place.stage is Stage.RETURNED and place.level is nomination.own_level
    )
    department = nomination.departments.get(place.level.value)
    if with_the_unit:
        nomination.holder_org_id = nomination.sponsor_org_id
    else:
        nomination.holder_org_id = UUID(department) if department else nomination.organizing_org_id
    nomination.live_window_id = None if place.stage.final else nomination.window_id
    if place.stage.final:
        nomination.rank_in_bucket = None


def _forfeited(ctx: Ctx, nomination: Nomination, known: Facts) -> bool:
    """After the deadline a freed place is not filled again, unless the rules say otherwise (E-04)."""
    rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, nomination.campaign_id))
    over = known.deadline_ends_at is not None and ctx.now >= known.deadline_ends_at
    return over and rules.quota.freed_after_deadline is FreedPlace.FORFEITED


def _open(nomination: Nomination, stage: Stage, known: Facts, detail: Mapping[str, Any]) -> None:
    """A return opens the parts its points name, and nothing else."""
    nomination.returned_from, nomination.returned_level = stage, known.level
    nomination.returned_fields = sorted({point["part"] for point in detail.get("points", [])})
    nomination.correction_ends_at = known.correction_due if stage is Stage.FILED else None


def _file(ctx: Ctx, nomination: Nomination, known: Facts) -> None:
    """Filing gives the case its code and keeps the window as it is now (I-17); late is late by the moment of arrival."""
    due = known.deadline_ends_at
    local = ctx.received_at.astimezone(ctx.zone)
    nomination.code = nomination.code or f"TJ-{local.year}-{nomination.id.hex[-8:].upper()}"
    nomination.filed_at = ctx.received_at
    nomination.filed_late = due is not None and ctx.received_at >= due
    nomination.window_snapshot = _snapshot(ctx, nomination)


def _retake(ctx: Ctx, nomination: Nomination) -> None:
    """A correction of the window itself is what counts from now on, where there is a snapshot already."""
    if nomination.window_snapshot is not None:
        nomination.window_snapshot = _snapshot(ctx, nomination)


def _take_back(ctx: Ctx, nomination: Nomination, known: Facts) -> None:
    if known.last_action is Action.FILE:
        nomination.filed_at, nomination.filed_late, nomination.window_snapshot = None, False, None
    if known.last_action is Action.RESUBMIT:
        _reopen(ctx, nomination)


def _reopen(ctx: Ctx, nomination: Nomination) -> None:
    """What the return asked for is asked again."""
    asked = case_history.returned_by(case_history.standing(ctx, nomination))
    if asked is None:
        return
    nomination.returned_from, nomination.returned_level = asked.from_stage, asked.from_level
    nomination.returned_fields = sorted({point["part"] for point in case_history.points(asked)})


def _snapshot(ctx: Ctx, nomination: Nomination) -> dict[str, Any]:
    """The window and its sponsor by the names they bear now; a later renaming does not change it."""
    row = rows.one(ctx.session, nomination.id)
    return _said(row) if row else {}


def _said(row: NominationRow) -> dict[str, Any]:
    same = (
        "name",
        "region_code",
        "address",
        "window_type",
        "other_types",
        "affiliation_level",
        "co_sponsors",
    )
    return {name: getattr(row.window, name) for name in same} | {"sponsor": row.sponsor.name}
