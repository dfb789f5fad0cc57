"""For which levels of a case the caller may speak: as a level's department, or as the unit itself (R-024, R-025)."""

from uuid import UUID

from app.db.tables.nominations import Nomination
from app.db.tables.places import Organization
from app.domain.levels import Level
from app.domain.nomination import Action, Facts, Stage, Step, find
from app.services.context import Ctx

_WITH_THE_UNIT = (Stage.DRAFT, Stage.RETURNED)
_STEPS_OF_THE_UNIT = (Action.SUBMIT, Action.RESUBMIT)


def voices(ctx: Ctx, nomination: Nomination, permission: str, *, as_unit: bool = False) -> frozenset[Level]:
    """The levels as whose department the caller holds the permission.

    `as_unit` lets the unit itself, below its department, speak for its own level: with its own draft, or with
    what was returned to it. A grant above the department lets one see, not speak; but a client transmits for the
    departments of its own area what they have written (decisions 16).
    """
    departments = {Level(name): UUID(held) for name, held in nomination.departments.items()}
    campaign_id = nomination.campaign_id
    spoken = {level for level, held in departments.items() if ctx.actor.may_as(permission, held, campaign_id)}
    if as_unit and _is_the_unit(ctx, nomination, permission, departments.get(nomination.own_level)):
        spoken.add(nomination.own_level)
    if as_unit and ctx.actor.client_id:
        units = {level: ctx.session.get(Organization, held) for level, held in departments.items()}
        spoken |= {one for one, unit in units.items() if unit and ctx.actor.may(permission, unit.path)}
    return frozenset(spoken)


def voice(ctx: Ctx, nomination: Nomination, permission: str) -> Level | None:
    """The level the caller speaks for in the case as it stands; the one that has it, when he may."""
    spoken = voices(ctx, nomination, permission, as_unit=nomination.stage in _WITH_THE_UNIT)
    return _best(spoken, nomination.level)


def voice_for(
    ctx: Ctx, nomination: Nomination, action: Action, permission: str, known: Facts
) -> Level | None:
    """The level the caller takes this step for: the one whose step it is, when he may speak for that one."""
    by_unit = action is Action.UNDO and known.last_action in _STEPS_OF_THE_UNIT
    spoken = voices(ctx, nomination, permission, as_unit=by_unit or nomination.stage in _WITH_THE_UNIT)
    return _best(spoken, known.level_of(action))


def permissions_of(step: Step, known: Facts) -> tuple[str, ...]:
    """What the step asks for; a step is taken back by who might have taken it, so its own permission comes last."""
    taken = (
        find(known.previous_stage, known.last_action) if known.previous_stage and known.last_action else None
    )
    if step.action is not Action.UNDO or taken is None:
        return (step.permission,)
    return (step.permission, taken.permission)


def _best(spoken: frozenset[Level], wanted: Level) -> Level | None:
    return wanted if wanted in spoken else max(spoken, default=None)


def _is_the_unit(ctx: Ctx, nomination: Nomination, permission: str, department_id: UUID | None) -> bool:
    """Whether the permission is held below the own level's department, on the way to the sponsor."""
    department = ctx.session.get(Organization, department_id) if department_id else None
    return department is not None and any(
        nomination.sponsor_path.startswith(path) and path.startswith(department.path)
        for path in ctx.actor.paths(permission, nomination.campaign_id)
    )
