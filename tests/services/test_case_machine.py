"""Every row of the stage table is taken many times at random, as a model says, and every invariant holds after it.

And the walk is seen to fail: when a guard or an effect is taken out of the product, it finds that out.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app.domain import nomination_guards as g
from app.domain.nomination import Action, Stage
from app.domain.quota import SeatKind
from app.domain.steps import Guard
from app.services import audit, seats
from tests.services.walk import IMPOSSIBLE, DifferenceError, Walk
from tests.services.walk_model import ROWS
from tests.services.walk_refusals import CODES, NEVER

MANY = 3
"""How often each action is taken at least; each of its sources at least once."""
ROUNDS = 5
"""Of ten walks each; one or two are enough, the rest are for what the dice leave out."""
Planted = Callable[[pytest.MonkeyPatch], AbstractContextManager[None]]


def walks(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture
def walk(whole_folder: Path, monkeypatch: pytest.MonkeyPatch) -> type[Walk]:
    """The machine with counters of its own."""
    for name, value in {"folder": whole_folder, "taken": Counter(), "said": Counter()}.items():
        monkeypatch.setattr(Walk, name, value, raising=False)
    return Walk


@pytest.mark.rule("I-01", "I-03", "I-06", "I-07", "I-09", "I-10", "I-13", "I-14", "I-18")
def test_every_row_is_taken_as_the_model_says_and_every_invariant_holds(walk: type[Walk]) -> None:
    for _ in range(ROUNDS):  # each draws what the rounds before it took least
        run_state_machine_as_test(walk, settings=walks(10, 40))
        if not (_untaken(walk) or _rare(walk)):
            break

    _print(walk)
    assert (_untaken(walk), _rare(walk)) == (set(), set())


def _untaken(walk: type[Walk]) -> set[tuple[Stage, Action]]:
    """The rows of the table that no walk has taken, of those that can be taken."""
    return ROWS.keys() - {(source, action) for source, action, _ in walk.taken} - IMPOSSIBLE


def _rare(walk: type[Walk]) -> set[Action]:
    taken = Counter(action for _, action, _ in walk.taken.elements())
    return {action for action in Action if taken[action] < MANY}


def test_the_model_knows_every_code_of_the_table() -> None:
    codes = {code for row in ROWS.values() for code in row.codes}

    assert codes - CODES.keys() == NEVER
    assert CODES.keys() <= codes


@contextmanager
def without(guard: Guard[Any]) -> Iterator[None]:
    """The product with this guard taken out: it finds nothing against anything."""
    rule = guard.rule
    object.__setattr__(guard, "rule", lambda _, __: [])
    try:
        yield
    finally:
        object.__setattr__(guard, "rule", rule)


@contextmanager
def without_the_entry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A step that leaves no audit entry."""
    silent = SimpleNamespace(touch=audit.touch, stamp=audit.stamp, note=lambda *_, **__: None)
    with monkeypatch.context() as patched:
        patched.setattr("app.services.transitions.audit", silent)
        yield


@contextmanager
def without_the_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The second body's approval claims no award place."""
    claim = seats.claim

    def only_claims(ctx: Any, nomination: Any, kind: SeatKind, *more: Any) -> Any:
        return claim(ctx, nomination, kind, *more) if kind is SeatKind.NOMINATION else None

    with monkeypatch.context() as patched:
        patched.setattr(seats, "claim", only_claims)
        yield


BUGS: Mapping[str, tuple[frozenset[Action], Planted]] = {
    "the limit of claims": (frozenset({Action.CLEAR}), lambda _: without(g.a_nomination_claim_is_free)),
    "the end of the notice": (
        frozenset({Action.RECOMMEND}),
        lambda _: without(g.the_notice_ran_its_full_time),
    ),
    "the second person": (
        frozenset({Action.SUBMIT, Action.ENDORSE}),
        lambda _: without(g.someone_else_prepared_it),
    ),
    "the hold": (frozenset({Action.FILE, Action.ACCEPT}), lambda _: without(g.nothing_holds_it)),
    "the level": (frozenset({Action.RETURN}), lambda _: without(g.the_actor_speaks_for_its_level)),
    "the place of an award": (frozenset({Action.RECORD_SECOND_DECISION}), without_the_place),
    "the entry of a step": (
        frozenset({Action.FILE, Action.ACCEPT}),
        without_the_entry,
    ),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_that_is_planted_is_found(walk: type[Walk], bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    focus, planted = BUGS[bug]
    monkeypatch.setattr(walk, "focus", focus)

    with planted(monkeypatch), pytest.raises(DifferenceError):
        run_state_machine_as_test(walk, settings=walks(40, 20))  # the first that finds it ends the test


def _print(walk: type[Walk]) -> None:
    lines = [
        f"  {source:<16} {action:<24} {target:<16} {count:>4}"
        for (source, action, target), count in sorted(walk.taken.items())
    ]
    said = ", ".join(f"{code} {count}" for code, count in walk.said.most_common())
    sys.stdout.write("\n".join(["", "steps taken:", *lines, f"refused: {said}", ""]))
