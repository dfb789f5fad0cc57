"""Whole and bare in turn, so that a machine that is busy is busy for both; medians, and their ratio."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

Statement = tuple[str, Any, bool]
Bare = Callable[[], object]
LINE = "{:<44}{:>10}{:>10}{:>12}{:>12}\n"


@dataclass
class Bench:
    """One run. The clock is the process's own time on SQLite, where all of it is spent here; else the wall's."""

    engine: Engine
    runs: int
    clock: Callable[[], float] = time.perf_counter

    def head(self) -> None:
        """The columns."""
        sys.stdout.write(LINE.format("operation", "whole ms", "bare ms", "bare/whole", "statements"))

    def against_its_statements(self, name: str, call: Callable[[], bytes], *, writes: bool = False) -> None:
        """The same statements sent straight to the driver, rows fetched, the same answer put into JSON.

        What a write inserted is there already: a bare round trip stands for it, and the commit for its commit.
        """

        def bare(sent: list[Statement], answer: bytes) -> float:
            said = json.loads(answer)
            connection = self.engine.raw_connection()
            cursor = connection.cursor()
            began = self.clock()
            for statement, parameters, many in sent:
                _send(cursor, statement, parameters, many=many, writes=writes)
            json.dumps(said, ensure_ascii=False).encode()
            if writes:
                connection.commit()
            spent = self.clock() - began
            connection.rollback()
            connection.close()
            return spent

        self._row(name, call, bare)

    def against(self, name: str, call: Callable[[], bytes], bare: Bare) -> None:
        """Anything that does the bare part of the work."""

        def timed(_: list[Statement], __: bytes) -> float:
            began = self.clock()
            bare()
            return self.clock() - began

        self._row(name, call, timed)

    def _row(
        self, name: str, call: Callable[[], bytes], bare: Callable[[list[Statement], bytes], float]
    ) -> None:
        call()
        wholes, bares, sent = [], [], list[Statement]()
        for _ in range(self.runs):
            sent, answer, spent = self._recorded(call)
            wholes.append(spent)
            bares.append(bare(sent, answer))
        w, b = statistics.median(wholes), statistics.median(bares)
        counted = len([one for one in sent if not one[0].startswith("BEGIN")])
        sys.stdout.write(LINE.format(name, f"{w * 1000:.2f}", f"{b * 1000:.2f}", f"{b / w:.2f}", counted))
        sys.stdout.flush()

    def _recorded(self, call: Callable[[], bytes]) -> tuple[list[Statement], bytes, float]:
        with recorded(self.engine) as sent:
            began = self.clock()
            answer = call()
            spent = self.clock() - began
        return sent, answer, spent


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


def _send(cursor: Any, statement: str, parameters: Any, *, many: bool, writes: bool) -> None:  # noqa: ANN401  (a driver's)
    if writes and statement.lstrip().upper().startswith("INSERT"):
        cursor.execute("SELECT 1")
    elif many:
        cursor.executemany(statement, parameters)
    else:
        cursor.execute(statement, parameters)
    if cursor.description:
        cursor.fetchall()
