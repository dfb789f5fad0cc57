"""What a nomination still lacks for each step up to its filing, without changing anything (api.md A.3 validations)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import windows
from app.domain import nomination as machine
from app.domain import nomination_guards as g
from app.domain.errors import Reason
from app.domain.nomination import Action, Facts, Stage
from app.domain.text import BandVerdict
from app.services import facts, nominations, write_ups
from app.services.context import Ctx
from app.services.write_ups import WriteUpView

_AHEAD = (
    (Stage.DRAFT, Action.SUBMIT),
    (Stage.SUBMITTED, Action.ENDORSE),
    (Stage.SUBMITTED, Action.CLEAR),
    (Stage.AT_NOTICE, Action.RECOMMEND),
    (Stage.RECOMMENDED, Action.FILE),
)
# Who acts is not the report's question, and a level that endorses is not the one that clears.
_OF_THE_ACTOR = (g.the_actor_speaks_for_its_level, g.someone_else_prepared_it, g.a_higher_level_follows)


@dataclass(frozen=True)
class StepReport:
    """One step ahead, and what stands in its way as the case is now."""

    action: Action
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Report:
    """All steps ahead; `warnings` refuse nothing."""

    steps: Sequence[StepReport]
    warnings: Sequence[Reason]


def report(ctx: Ctx, nomination_id: UUID) -> Report:
    """What is missing, step by step. Needs `nomination:read`."""
    nomination = nominations.readable(ctx, nomination_id)
    known = facts.facts_of(ctx, nomination)
    passed = {Action.ENDORSE} if len(known.applicable_levels) == 1 else set()
    steps = [
        StepReport(action, _reasons(ctx, stage, action, known))
        for stage, action in _AHEAD
        if action not in passed
    ]
    row = windows.one(ctx.session, nomination.window_id)
    twins = windows.similar(ctx.session, row.window) if row else []
    named = [Reason("WINDOW_NAME_ALIKE", params={"count": len(twins)})] if twins else []
    return Report(steps, [*_length(write_ups.view(ctx, nomination)), *named])


def _reasons(ctx: Ctx, stage: Stage, action: Action, known: Facts) -> list[Reason]:
    step = machine.find(stage, action)
    guards = [guard for guard in (step.guards if step else ()) if guard not in _OF_THE_ACTOR]
    found = [reason for guard in guards for reason in guard(known, ctx.received_at)]
    return list(dict.fromkeys(found))


def _length(view: WriteUpView) -> list[Reason]:
    """A length that is accepted, yet far from about 4000."""
    if view.verdict is not BandVerdict.WARN:
        return []
    told = {"chars": view.characters, "target": view.band.target}
    return [Reason("WRITEUP_FAR_FROM_TARGET", params=told)]
