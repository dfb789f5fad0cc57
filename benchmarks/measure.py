"""Whole and bare in turn, so that a machine that is busy is busy for both; medians, and their ratio."""

import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Template
from sqlalchemy import Engine, event

from benchmarks.bare import Bare, Statement
from benchmarks.calls import Caller

Call = Callable[[], Awaitable[bytes]]
LINE = "{:<44}{:>10}{:>10}{:>12}{:>12}\n"


@dataclass
class Bench:
    """One run. The clock is the process's own time on SQLite, where all of it is spent here; else the wall's."""

    engine: Engine
    runs: int
    clock: Callable[[], float] = time.perf_counter
    bare: Bare = field(init=False)

    def __post_init__(self) -> None:
        self.bare = Bare(self.engine)

    def head(self) -> None:
        """The columns."""
        sys.stdout.write(LINE.format("operation", "whole ms", "bare ms", "bare/whole", "statements"))

    async def against_its_statements(self, name: str, call: Call, *, writes: bool = False) -> None:
        """The smallest route that sends the same statements to the driver and puts the same answer into JSON."""

        def told(sent: list[Statement], answer: bytes) -> None:
            self.bare.answers(sent, answer, writes=writes)

        await self._row(name, call, told)

    async def against_its_template(self, name: str, call: Call) -> None:
        """The smallest route that sends the same statements and renders the same template with the same values."""
        with _rendered() as drawn:
            await call()
        template, values = drawn[-1]
        await self._row(name, call, lambda sent, _: self.bare.draws(sent, lambda: template.render(values)))

    async def against(self, name: str, call: Call, bare: Callable[[], object]) -> None:
        """Anything that does the bare part of the work, without a service around it."""
        await call()
        wholes, bares, sent = [], [], list[Statement]()
        for _ in range(self.runs):
            sent, _answer, spent = await self._recorded(call)
            wholes.append(spent)
            began = self.clock()
            bare()
            bares.append(self.clock() - began)
        self._print(name, wholes, bares, sent)

    async def _row(self, name: str, call: Call, told: Callable[[list[Statement], bytes], None]) -> None:
        await call()
        wholes, bares, sent = [], [], list[Statement]()
        smallest = Caller(self.bare.app)
        for _ in range(self.runs):
            sent, answer, spent = await self._recorded(call)
            wholes.append(spent)
            told(sent, answer)
            began = self.clock()
            await smallest("GET", "/")
            bares.append(self.clock() - began)
        self._print(name, wholes, bares, sent)

    async def _recorded(self, call: Call) -> tuple[list[Statement], bytes, float]:
        with recorded(self.engine) as sent:
            began = self.clock()
            answer = await call()
            spent = self.clock() - began
        return [one for one in sent if not one[0].startswith("BEGIN")], answer, spent

    def _print(self, name: str, wholes: list[float], bares: list[float], sent: list[Statement]) -> None:
        w, b = statistics.median(wholes), statistics.median(bares)
        sys.stdout.write(LINE.format(name, f"{w * 1000:.2f}", f"{b * 1000:.2f}", f"{b / w:.2f}", len(sent)))
        sys.stdout.flush()


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Statement]]:
    """What goes to the driver while the block runs."""
    sent: list[Statement] = []

    def remember(_: object, __: object, statement: str, given: Any, ___: object, many: bool) -> None:  # noqa: ANN401  (SQLAlchemy's hook)
        sent.append((statement, given, many))

    event.listen(engine, "before_cursor_execute", remember)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", remember)


@contextmanager
def _rendered() -> Iterator[list[tuple[Template, dict[str, Any]]]]:
    """The templates drawn while the block runs, with their values."""
    drawn: list[tuple[Template, dict[str, Any]]] = []
    real = Template.render

    def render(template: Template, *given: Any, **more: Any) -> str:  # noqa: ANN401  (Jinja's)
        drawn.append((template, dict(*given, **more)))
        return real(template, *given, **more)

    Template.render = render  # type: ignore[method-assign, assignment]  # for one call
    try:
        yield drawn
    finally:
        Template.render = real  # type: ignore[method-assign]  # put back
