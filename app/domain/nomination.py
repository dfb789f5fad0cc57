"""What may be done with a nomination now, why not, and where a step leads (decisions 1).

The level is a column: stages carry none in their names, and the guards ask for the applicable levels.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.nomination_facts import Facts
from app.domain.nomination_stage import Action, DecisionResult, Stage
from app.domain.nomination_steps import STEPS, Step
from app.domain.steps import ActionState, Machine

__all__ = [
    "MACHINE",
    "PERMISSIONS",
    "STEPS",
    "Action",
    "DecisionResult",
    "Facts",
    "Place",
    "Stage",
    "Step",
    "available",
    "find",
    "landing",
    "steps_from",
    "verdict",
]

MACHINE: Machine[Stage, Action, Facts] = Machine("nomination", Stage, Action, STEPS)
PERMISSIONS = MACHINE.permissions

# The level after a step; steps not named here leave the case where it stands.
_LEVEL_AFTER: Mapping[Action, Callable[[Facts], Level]] = {
    Action.SUBMIT: lambda facts: facts.own_level,
    Action.ENDORSE: lambda facts: facts.next_level or facts.level,
    Action.RETURN: lambda facts: facts.asked_level,
    Action.RETURN_FOR_CORRECTION: lambda facts: facts.organising_level,
    Action.RESUBMIT: lambda facts: facts.returned_level or facts.level,
    Action.FILE: lambda facts: facts.host_level,
    Action.UNDO: lambda facts: facts.previous_level or facts.level,
}


@dataclass(frozen=True)
class Place:
    """Where a nomination stands: its stage, and the level that has it."""

    stage: Stage
    level: Level


def steps_from(stage: Stage) -> list[Step]:
    """The steps a stage knows."""
    return MACHINE.steps_from(stage)


def find(stage: Stage, action: Action) -> Step | None:
    """The step for this stage and action, or nothing."""
    return MACHINE.find(stage, action)


def verdict(facts: Facts, action: Action, now: datetime) -> list[Reason]:
    """Every reason against taking this step with what was handed in; empty means it goes."""
    return MACHINE.verdict(facts, action, now)


def available(facts: Facts, permissions: Set[str], now: datetime) -> list[ActionState[Action]]:
    """What may be done with the case now by someone with these permissions, and why not."""
    return MACHINE.available(facts, permissions, now)


def landing(facts: Facts, action: Action) -> Place:
    """Where the case stands after the step; ask only when the verdict is clean."""
    step = find(facts.stage, action)
    if step is None:
        raise LookupError(f"{facts.stage} does not know {action}")
    after = _LEVEL_AFTER.get(action)
    return Place(step.target(facts), after(facts) if after else facts.level)
