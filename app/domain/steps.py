"""State machines as tables: rows of sources, action, targets, permission and guards.

Buttons, API `actions`, permission checks and the diagrams in `openapi/states.md` are read off these rows.
A guard never raises: it returns every reason why it does not hold, so that the greyed button, the API's
`blockers` and the refusal give the same answer.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from app.domain.errors import Reason
from app.domain.words import both

CHINA = ZoneInfo("Asia/Shanghai")


class Staged(Protocol):
    """Facts know at which stage their subject stands."""

    @property
    def stage(self) -> Any: ...  # noqa: ANN401  (each machine has a stage enum of its own)


S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)
F = TypeVar("F", bound=Staged)


@dataclass(frozen=True)
class Guard(Generic[F]):
    """One condition, named as a sentence; calling it gives all reasons why it does not hold."""

    rule: Callable[[F, datetime], list[Reason]]
    name: str
    sentence: str
    codes: tuple[str, ...]

    def __call__(self, facts: F, now: datetime) -> list[Reason]:
        return self.rule(facts, now)


def guard(*codes: str) -> Callable[[Callable[[F], list[Reason]]], Guard[F]]:
    """Makes a function over the facts a guard; `codes` are all it may answer with."""

    def made(rule: Callable[[F], list[Reason]]) -> Guard[F]:
        return Guard(lambda facts, _: rule(facts), _name(rule), _sentence(rule), codes)

    return made


def timed(*codes: str) -> Callable[[Callable[[F, datetime], list[Reason]]], Guard[F]]:
    """The same for a rule that compares with the time (decisions 3: time decides by comparison)."""

    def made(rule: Callable[[F, datetime], list[Reason]]) -> Guard[F]:
        return Guard(rule, _name(rule), _sentence(rule), codes)

    return made


def unless(holds: bool, code: str, /, **params: object) -> list[Reason]:
    """No reason when it holds, one when it does not."""
    return [] if holds else [Reason(code, params=params)]


@dataclass(frozen=True)
class Step(Generic[S, A, F]):
    """One row of a table. `guards` look at the case; `asks` look at what is handed in with the act.

    A button asks the guards only, since nothing has been handed in yet; the act itself must pass both.
    """

    sources: tuple[S, ...]
    action: A
    targets: tuple[S, ...]
    permission: str
    guards: tuple[Guard[F], ...] = ()
    asks: tuple[Guard[F], ...] = ()
    choose: Callable[[F], S] | None = None  # which of several targets; the facts decide

    def target(self, facts: F) -> S:
        """The stage this step leads to for this case; ask only after the verdict is clean."""
        return self.choose(facts) if self.choose else self.targets[0]


@dataclass(frozen=True)
class ActionState(Generic[A]):
    """One action of the stage: may this caller take it now, and if not, why."""

    action: A
    permitted: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Machine(Generic[S, A, F]):
    """All steps of one kind of thing. `name` is its section in `words/`."""

    name: str
    stages: type[S]
    actions: type[A]
    steps: tuple[Step[S, A, F], ...]

    @property
    def initial(self) -> S:
        """Where everything starts."""
        return next(iter(self.stages))

    @property
    def permissions(self) -> tuple[str, ...]:
        """Every permission the table asks for, sorted."""
        return tuple(sorted({step.permission for step in self.steps}))

    def steps_from(self, stage: S) -> list[Step[S, A, F]]:
        """The rows that start at this stage, in the table's order."""
        return [step for step in self.steps if stage in step.sources]

    def find(self, stage: S, action: A) -> Step[S, A, F] | None:
        """The one row for this pair, or nothing: the stage does not know the action."""
        return next((step for step in self.steps_from(stage) if step.action == action), None)

    def verdict(self, facts: F, action: A, now: datetime) -> list[Reason]:
        """Every reason against taking this action now; empty means it goes."""
        step = self.find(facts.stage, action)
        if step is None:
            return [self._unknown(facts.stage, action)]
        return _reasons((*step.guards, *step.asks), facts, now)

    def available(self, facts: F, permissions: Set[str], now: datetime) -> list[ActionState[A]]:
        """The stage's actions for this caller. Without the permission nothing else is told about the case."""
        return [self.state(step, facts, permissions, now) for step in self.steps_from(facts.stage)]

    def state(self, step: Step[S, A, F], facts: F, permissions: Set[str], now: datetime) -> ActionState[A]:
        """One row as a button: whether this caller may take it now, and if not, why."""
        if step.permission not in permissions:
            missing = Reason("PERMISSION_MISSING", params={"permission": step.permission})
            return ActionState(step.action, permitted=False, reasons=(missing,))
        reasons = tuple(_reasons(step.guards, facts, now))
        return ActionState(step.action, permitted=not reasons, reasons=reasons)

    def _unknown(self, stage: S, action: A) -> Reason:
        allowed = tuple(step.action for step in self.steps_from(stage))
        return Reason(
            "TRANSITION_NOT_ALLOWED",
            params={
                "allowed": tuple(a.value for a in allowed),
                **both("allowed", f"{self.name}_action", *allowed),
                **both("action", f"{self.name}_action", action),
                **both("stage", f"{self.name}_stage", stage),
            },
        )


def until(ends_at: datetime | None, zone: tzinfo = CHINA) -> str:
    """An exclusive instant as people say it: midnight belongs to the day before, as 24:00 (decisions 4)."""
    if ends_at is None:
        return "—"
    local = ends_at.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return f"{local - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def _reasons(guards: tuple[Guard[F], ...], facts: F, now: datetime) -> list[Reason]:
    """All reasons in the table's order, each once."""
    if now.tzinfo is None:
        raise ValueError(f"now must be aware, e.g. {datetime(2026, 1, 1, tzinfo=UTC)!r}")
    found = [reason for guard in guards for reason in guard(facts, now)]
    return list(dict.fromkeys(found))


def _name(rule: Callable[..., object]) -> str:
    return rule.__name__.replace("_", " ").strip()


def _sentence(rule: Callable[..., object]) -> str:
    return (rule.__doc__ or "").strip().split("\n", maxsplit=1)[0]
