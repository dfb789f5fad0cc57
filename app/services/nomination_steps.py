"""The steps people take on a nomination: handed in, passed on, sent back, recommended, filed, ended, undone (decisions 1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.db.tables.nominations import Nomination, NominationStep
from app.db.tables.places import Organization
from app.domain import nomination as machine
from app.domain.calendar import ends_at
from app.domain.errors import refuse
from app.domain.formal_check import FormalPoint
from app.domain.nomination import STEPS, Action
from app.services import case_history, facts, nomination_voices, nominations, transitions
from app.services.context import Ctx, check_version
from app.services.dossiers import Dossier
from app.services.inputs.nomination_steps import (
    AcceptStep,
    ChecklistPoint,
    CorrectionStep,
    NominationAct,
    RejectStep,
    ResubmitStep,
    ReturnStep,
    UndoStep,
    WithdrawStep,
)


@dataclass(frozen=True)
class HistoryLine:
    """One step with the unit it was taken for."""

    step: NominationStep
    unit: Organization | None


def history(ctx: Ctx, nomination_id: UUID) -> list[HistoryLine]:
    """Every step in the order taken, those taken back included. Needs `nomination:read`."""
    return history_of(Dossier(ctx, nominations.readable(ctx, nomination_id)))


def history_of(dossier: Dossier) -> list[HistoryLine]:
    """The same of a case that is open."""
    return [
        HistoryLine(step, dossier.units[step.acting_org_id] if step.acting_org_id else None)
        for step in dossier.steps
    ]


def act(ctx: Ctx, nomination_id: UUID, body: NominationAct, version: int | None) -> Nomination:
    """Take one step for the level the caller speaks for. Refuses everything the stage table refuses.

    Needs the step's own permission (to take a step back, also that of the step); `NOT_YOUR_LEVEL` to other levels.
    The moment of arrival counts, not the moment it was its turn.
    """
    action = Action(body.action)
    nomination = nominations.for_change(ctx, nomination_id, "nomination:read")
    known = facts.facts_of(ctx, nomination)
    step = machine.find(nomination.stage, action) or next(one for one in STEPS if one.action is action)
    needed = nomination_voices.permissions_of(step, known)
    for permission in needed:
        ctx.actor.require(permission, nomination.sponsor_path, nomination.campaign_id)
    check_version(nomination.row_version, version)
    spoken = nomination_voices.voice_for(ctx, nomination, action, needed[-1], known)
    handed = _handed_in(ctx, nomination, body)
    known = replace(known, actor_level=spoken, **handed.facts)
    refuse(machine.verdict(known, action, ctx.received_at))
    return transitions.moved(ctx, nomination, action, known, handed.detail)


@dataclass(frozen=True)
class _HandedIn:
    """What comes with the act: for the guards, and to be kept with the step."""

    facts: Mapping[str, Any]
    detail: Mapping[str, Any]


_NOTHING = _HandedIn({}, {})


def _handed_in(ctx: Ctx, nomination: Nomination, body: NominationAct) -> _HandedIn:
    read = _READ.get(type(body))
    return read(ctx, nomination, body) if read else _NOTHING


def _reason(ctx: Ctx, nomination: Nomination, body: RejectStep | UndoStep) -> _HandedIn:  # noqa: ARG001  (one shape for all)
    return _HandedIn({"reason": body.reason}, {})


def _return(ctx: Ctx, nomination: Nomination, body: ReturnStep) -> _HandedIn:  # noqa: ARG001  (one shape for all)
    return _asked(body.reason, body.checklist)


def _correction(ctx: Ctx, nomination: Nomination, body: CorrectionStep) -> _HandedIn:  # noqa: ARG001  (one shape for all)
    asked = _asked(body.reason, body.checklist)
    due = {"correction_due": ends_at(body.due_on, ctx.zone)}
    return _HandedIn({**asked.facts, **due}, {**asked.detail, "due_on": body.due_on.isoformat()})


def _asked(reason: str, checklist: list[ChecklistPoint]) -> _HandedIn:
    points = [{"text": point.text, "part": point.part.value} for point in checklist]
    return _HandedIn(
        {"reason": reason, "checklist": tuple(point.text for point in checklist)}, {"points": points}
    )


def _resubmit(ctx: Ctx, nomination: Nomination, body: ResubmitStep) -> _HandedIn:
    """The points that have no answer yet; answers are kept beside the points they answer."""
    points = case_history.points(case_history.returned_by(case_history.standing(ctx, nomination)))
    given = {one.point: one.answer for one in body.answers}
    open_ = tuple(point["text"] for number, point in enumerate(points, 1) if number not in given)
    answered = [point | {"answer": given.get(number, "")} for number, point in enumerate(points, 1)]
    return _HandedIn({"unanswered": open_}, {"answers": answered})


def _accept(ctx: Ctx, nomination: Nomination, body: AcceptStep) -> _HandedIn:  # noqa: ARG001  (one shape for all)
    open_ = tuple(point.value for point in FormalPoint if point not in body.checked)
    told = {"formal_check_done": True, "formal_check_failed": open_}
    return _HandedIn(told, {"checked": sorted({point.value for point in body.checked})})


def _withdraw(ctx: Ctx, nomination: Nomination, body: WithdrawStep) -> _HandedIn:  # noqa: ARG001  (one shape for all)
    told = {"reason": body.reason, "written_request": bool(body.request_document)}
    return _HandedIn(told, {"request_document": body.request_document} if body.request_document else {})


_READ: Mapping[type, Callable[[Ctx, Nomination, Any], _HandedIn]] = {
    ReturnStep: _return,
    ResubmitStep: _resubmit,
    RejectStep: _reason,
    AcceptStep: _accept,
    CorrectionStep: _correction,
    WithdrawStep: _withdraw,
    UndoStep: _reason,
}
