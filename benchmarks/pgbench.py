"""Recorded statements as a script of pgbench, which comes with the PostgreSQL that tests use: what C can do with them.

Two recordings of the same work say what differs from one time to the next: keys, which pgbench then makes anew for
every transaction. All else is sent as it was recorded, values as parameters of prepared statements.
"""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import sql
from psycopg.types.json import Json

from benchmarks.bare import Statement
from benchmarks.clients import CLIENTS
from tests.servers.postgres import binaries

# A number of its own for each transaction, rising in each client.
_HEAD = ["\\set n :n + 1", "\\set key (:client_id + 1) * 100000000 + :n", "BEGIN;"]
_starts = count(1, 1_000_000)
_TPS = re.compile(r"tps = ([\d.]+) \(without")


@dataclass
class Script:
    """Two recordings of one piece of work, each known by the number that its names carry."""

    first: Sequence[Statement]
    second: Sequence[Statement]
    numbers: tuple[int, int]
    variables: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _keys: dict[UUID | int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = [[statement for statement, _, _ in sent] for sent in (self.first, self.second)]
        if told[0] != told[1]:
            raise ValueError("the two recordings are not the same work")

    def text(self) -> str:
        """The script: one transaction."""
        lines = list(_HEAD)
        for (statement, given, many), (_, other, _) in zip(self.first, self.second, strict=True):
            pairs = zip(given, other, strict=True) if many else [(given, other)]
            sent = [self._one(statement, *pair) for pair in pairs]
            lines += ["\\startpipeline", *sent, "\\endpipeline"] if many else sent
        return "\n".join([*lines, "COMMIT;", ""])

    def _one(self, statement: str, given: Mapping[str, Any], other: Mapping[str, Any]) -> str:
        written = {name: self._value(value, other[name]) for name, value in given.items()}
        return (statement % written if given else statement).replace("\n", " ") + ";"

    def _value(self, one: Any, other: Any) -> str:  # noqa: ANN401  (whatever the driver was given)
        if one != other and not isinstance(one, Json):
            if isinstance(one, UUID):
                return f"(:uuid{self._numbered(one)} || lpad(to_hex(:key::bigint), 12, '0'))"
            if isinstance(one, int):
                return f"(:key::bigint * 16 + {self._numbered(one)})"
            if isinstance(one, str) and str(self.numbers[0]) in one:
                before, after = one.split(str(self.numbers[0]), 1)
                return f"({self._variable(before)}::text || :key::text || {self._variable(after)}::text)"
        if one is None or isinstance(one, bool | int | bytes):
            return sql.Literal(one).as_string(None)
        return self._variable(_as_text(one))

    def _numbered(self, key: UUID | int) -> int:
        """Which of the transaction's own keys this is; the same wherever it stands."""
        number = self._keys.setdefault(key, len(self._keys))
        if isinstance(key, UUID):
            self.variables[f"uuid{number}"] = f"{str(key)[:14]}7{number:03x}-8000-"  # of our time, sorted
        return number

    def _variable(self, value: str) -> str:
        if not value:
            return "''"  # pgbench knows no empty variable
        name = self._names.setdefault(value, f"v{len(self._names)}")
        self.variables[name] = value
        return f":{name}"


def rate(url: str, script: Script, seconds: float, clients: int = CLIENTS) -> float:
    """Transactions a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.sql"
        path.write_text(script.text())
        known = [f"-D{name}={value}" for name, value in {"n": str(next(_starts)), **script.variables}.items()]
        options = ["-n", "-Mprepared", f"-c{clients}", "-j1", f"-T{seconds:.0f}", f"-f{path}"]
        done = subprocess.run(
            [binaries() / "pgbench", *options, *known, url],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PGOPTIONS": "-c timezone=UTC"},
        )
    found = _TPS.search(done.stdout)
    if done.returncode or not found:
        raise RuntimeError(f"pgbench: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return float(found[1])


def _as_text(value: Any) -> str:  # noqa: ANN401  (whatever the driver was given)
    return json.dumps(value.obj, ensure_ascii=False) if isinstance(value, Json) else str(value)
