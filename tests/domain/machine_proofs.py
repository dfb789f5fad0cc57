"""How a machine is proved: ready cases, one change for each refusal, and refusals that a source cannot meet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.steps import Machine
from tests.domain.cases import NOW

Change = Callable[[Any], Any]


def change(**changes: Any) -> Change:
    return lambda facts: replace(facts, **changes)


@dataclass(frozen=True)
class Proof:
    """A machine, its ready cases, the change for each refusal, and refusals that one source cannot meet."""

    machine: Machine[Any, Any, Any]
    ready: Callable[[Any, Any], Any]
    broken: Mapping[str, Change]
    cannot: frozenset[tuple[str, str, str]] = frozenset()
    clock: Callable[[Any], datetime] = lambda _: NOW
