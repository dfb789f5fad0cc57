"""The smallest service that does the same work: one route, one turn of a thread, the driver, the answer.

No authentication, permission, validation, shape or audit. What it sends to the driver is what the whole call sent.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Statement = tuple[str, Any, bool]
METHODS = ["GET", "POST", "PUT"]


class Bare:
    """Serves one call at a time, the one it was told last."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sent: Sequence[Statement] = ()
        self._said: Callable[[], str] = str
        self._media, self._writes = "", False
        self.app = Starlette(routes=[Route("/{path:path}", self._serve, methods=METHODS)])

    def answers(self, sent: Sequence[Statement], answer: bytes, *, writes: bool) -> None:
        """The next calls send these statements and put the same answer into JSON."""
        value = json.loads(answer)
        self._sent, self._media, self._writes = sent, "application/json", writes
        self._said = lambda: json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def draws(self, sent: Sequence[Statement], render: Callable[[], str]) -> None:
        """The next calls send these statements and render the page's own template with the same values."""
        self._sent, self._media, self._writes, self._said = sent, "text/html", False, render

    def _serve(self, _: Request) -> Response:
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            for statement, parameters, many in self._sent:
                self._send(cursor, statement, parameters, many=many)
            said = self._said()
            if self._writes:
                connection.commit()
        finally:
            connection.rollback()
            connection.close()
        return Response(said, media_type=self._media)

    def _send(self, cursor: Any, statement: str, parameters: Any, *, many: bool) -> None:  # noqa: ANN401  (a driver's)
        """What a write inserted is there already: a bare round trip stands for it, and the commit for its commit."""
        if self._writes and statement.lstrip().upper().startswith("INSERT"):
            cursor.execute("SELECT 1")
        elif many:
            cursor.executemany(statement, parameters)
        else:
            cursor.execute(statement, parameters)
        if cursor.description:
            cursor.fetchall()
