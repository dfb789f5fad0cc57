"""What the steps of a case say for the next one: the last that counts, what a return asked for, whether others went on."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app.db.tables.nominations import Nomination, NominationStep
from app.domain.levels import Level
from app.domain.nomination import Action, Stage
from app.services.context import Ctx
from app.services.dossiers import Dossier

RETURNS = (Action.RETURN, Action.RETURN_FOR_CORRECTION)
_OF_THE_UNIT = (Action.SUBMIT, Action.RESUBMIT)


def standing(ctx: Ctx, nomination: Nomination) -> list[NominationStep]:
    """The steps that still count, in the order taken: none that was taken back, and no taking back itself."""
    return Dossier(ctx, nomination).standing


def facts(dossier: Dossier) -> dict[str, Any]:
    """The facts of a nomination that its standing steps tell."""
    steps = dossier.standing
    asked = returned_by(steps) if dossier.nomination.stage is Stage.RETURNED else None
    told: dict[str, Any] = {
        "endorsed_levels": frozenset(step.from_level for step in steps if step.action is Action.ENDORSE),
        "unanswered": tuple(point["text"] for point in points(asked)),
    }
    return told | (dict(_last(dossier, steps[-1])) if steps else {})


def returned_by(steps: Sequence[NominationStep]) -> NominationStep | None:
    """The return that was answered last, or still waits for its answer."""
    return next((step for step in reversed(steps) if step.action in RETURNS), None)


def points(step: NominationStep | None) -> list[dict[str, str]]:
    """The checklist of a return: what to correct (`text`) and which part it opens (`part`)."""
    return list(step.detail.get("points", [])) if step else []


def came_back_at(steps: Sequence[NominationStep], level: Level) -> datetime | None:
    """When the case last came back corrected to this level; an earlier opinion of the level is then out of date."""
    back = (step for step in reversed(steps) if step.action is Action.RESUBMIT and step.to_level is level)
    return next((step.at for step in back), None)


def preparers(nomination: Nomination, steps: Sequence[NominationStep]) -> set[str]:
    """Who drafted, last wrote or handed in the case (I-13)."""
    handed_in = {step.actor for step in steps if step.action in _OF_THE_UNIT}
    return ({nomination.created_by, nomination.prepared_by} | handed_in) - {""}


def _last(dossier: Dossier, step: NominationStep) -> Iterator[tuple[str, Any]]:
    level = step.detail.get("actor_level")
    yield "last_action", step.action
    yield "previous_stage", step.from_stage
    yield "previous_level", step.from_level
    yield "last_step_level", Level(level) if level else None
    yield "next_level_acted", _taken_up(dossier, step)


def _taken_up(dossier: Dossier, step: NominationStep) -> bool:
    """Whether the level that got the case by this step has worked on it since: an opinion, a hearing, a letter, a receipt."""
    if step.from_level is step.to_level and step.action not in _OF_THE_UNIT:
        return False
    papers = (
        *(one for one in dossier.reviews if one.current and one.level is step.to_level),
        *(one for one in dossier.consultations if one.level is step.to_level),
        *dossier.replies,
        *dossier.receipts,
    )
    return any(paper.created_at > step.at for paper in papers)
