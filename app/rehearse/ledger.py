"""What a rehearsal did: calls, refusals that had to come and came, time per act."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class RehearsalError(AssertionError):
    """Something went otherwise than the law of this product says: a refusal that did not come, or an act that did not go."""


@dataclass(frozen=True)
class Refused:
    """One thing that had to be refused, and was: the clause, the code it was refused with, in whose words."""

    rule: str
    code: str
    what: str


@dataclass
class Ledger:
    """Filled while the acts are played; `lines` is the table that is printed at the end."""

    say: Callable[[str], None]
    acts: int = 0  # how many there will be; 0 when nobody knows
    calls: int = 0
    refusals: list[Refused] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    calls_in: Counter[str] = field(default_factory=Counter)
    refused_in: Counter[str] = field(default_factory=Counter)
    facts: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def act(self, name: str) -> Iterator[None]:
        """One act of the play, timed."""
        self.say(self._bar() + name)
        began, before, refused = time.perf_counter(), self.calls, len(self.refusals)
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began
        self.calls_in[name] += self.calls - before
        self.refused_in[name] += len(self.refusals) - refused

    def _bar(self) -> str:
        """How far it has come, as a line to be printed."""
        if not self.acts:
            return ""
        done = len(self.seconds)
        filled = done * 20 // self.acts
        return f"[{'#' * filled}{'.' * (20 - filled)}] {done + 1:>2}/{self.acts}  "

    def fact(self, name: str, value: object) -> None:
        """Something the answers said at the end of an act."""
        self.facts[name] = str(value)

    def lines(self) -> list[str]:
        """Time by act, what was refused by clause, and what the answers said."""
        total = sum(self.seconds.values())
        rows = [f"{'act':<44}{'calls':>7}{'refused':>9}{'seconds':>9}"]
        rows += [
            f"{name:<44}{self.calls_in[name]:>7}{self.refused_in[name]:>9}{spent:>9.1f}"
            for name, spent in self.seconds.items()
        ]
        rows.append(f"{'all':<44}{self.calls:>7}{len(self.refusals):>9}{total:>9.1f}")
        rows.append("")
        by_rule = Counter((one.rule, one.code) for one in self.refusals)
        rows.append(f"refused as it had to be: {len(self.refusals)} calls, {len(by_rule)} rules and codes")
        rows += [f"  {rule:<8}{code:<32}{count:>5}" for (rule, code), count in sorted(by_rule.items())]
        rows.append("")
        rows += [f"{name}: {value}" for name, value in self.facts.items()]
        return rows
