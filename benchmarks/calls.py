"""Calls of a service without a client library between: the ASGI app itself, in the event loop at hand.

All calls of a run come from one task, as they do in a server: threads of the pool end with the task that began them, and
a thread made anew for each call would cost more than the call.
"""

import asyncio
import json
import secrets
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message


class FailedError(RuntimeError):
    """A call that a benchmark counts on was refused."""


@dataclass
class Caller:
    """Somebody who calls: with a token the API, with a cookie the pages."""

    app: ASGIApp
    token: str = ""
    cookie: str = ""

    async def __call__(self, method: str, url: str, body: Any = None) -> bytes:  # noqa: ANN401  (whatever is JSON)
        """The body of a good answer."""
        sent = json.dumps(body).encode() if body is not None else b""
        status, answer = await self._answered(method, url, sent)
        if status >= 400:
            raise FailedError(f"{method} {url}: {status} {answer.decode()[:500]}")
        return answer

    async def _answered(self, method: str, url: str, sent: bytes) -> tuple[int, bytes]:
        messages: list[Message] = []
        asked = False

        async def receive() -> Message:
            nonlocal asked
            if asked:
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": sent, "more_body": False}

        async def send(message: Message) -> None:
            messages.append(message)

        await self.app(self._scope(method, url), receive, send)
        return messages[0]["status"], b"".join(one.get("body", b"") for one in messages[1:])

    def _scope(self, method: str, url: str) -> dict[str, Any]:
        path, _, query = url.partition("?")
        headers = {"host": "benchmark", "accept-language": "zh"}
        headers |= {"authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"cookie": f"pingyou={self.cookie}"} if self.cookie else {}
        if method != "GET":
            headers |= {"content-type": "application/json", "idempotency-key": secrets.token_hex(8)}
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("benchmark", 80),
        }
