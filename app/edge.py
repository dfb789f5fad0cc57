"""The outermost layer, pure ASGI: request ids, arrival time, body limits before any work, response headers.

`BaseHTTPMiddleware` costs more than a whole route (1,750 → 390 requests/s, measured), hence by hand.
"""

import json
import secrets
import time
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.errors import CATALOGUE
from app.http import Plant
from app.throughput import Throughput

REVISION = "2026-11-24"
API_HEADERS = {
    "Pingyou-Api-Revision": REVISION,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class TooLargeError(Exception):
    """The body passed the limit while it was read."""


class Edge:
    """Wraps the app; also counts open requests so that a stop can wait for them."""

    def __init__(self, app: ASGIApp, plant: Plant) -> None:
        self.app = app
        self.plant = plant
        self.open = 0
        self.throughput = Throughput(plant.settings.calls_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self.open += 1
        try:
            await self._serve(scope, receive, send)
        finally:
            self.open -= 1

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        request_id = _request_id(headers)
        scope.setdefault("state", {}).update(request_id=request_id, arrived=time.monotonic())
        sender = _Sender(send, request_id, scope["path"].startswith(("/api/", "/healthz")))
        limit = self._limit(headers)
        if wait := self._counted(scope, headers, sender):
            await sender.refuse("RATE_LIMITED", scope["path"], retry_after=wait)
            return
        if int(headers.get("content-length") or 0) > limit:
            await sender.refuse("BODY_TOO_LARGE", scope["path"], limit=limit)
            return
        try:
            await self.app(scope, _limited(receive, limit), sender)
        except TooLargeError:
            await sender.refuse("BODY_TOO_LARGE", scope["path"], limit=limit)

    def _counted(self, scope: Scope, headers: Headers, sender: "_Sender") -> int:
        """Count a call of the API; the seconds to wait when the caller has none left."""
        if not scope["path"].startswith("/api/"):
            return 0
        token, address = headers.get("authorization", ""), str((scope.get("client") or ("", 0))[0])
        allowance = self.throughput.take(token, address, time.monotonic())
        if allowance is None:
            return 0
        sender.added = allowance.headers()
        sender.free = lambda: self.throughput.give_back(token, address)
        return allowance.wait

    def _limit(self, headers: Headers) -> int:
        """Only a signed-in caller may send a file; everybody else is held to the JSON limit (M6)."""
        multipart = headers.get("content-type", "").startswith("multipart/form-data")
        known = "authorization" in headers or "cookie" in headers
        settings = self.plant.settings
        return settings.max_upload_bytes + 65_536 if multipart and known else settings.max_json_bytes


class _Sender:
    """Adds the headers every answer carries; remembers whether an answer has begun."""

    def __init__(self, send: Send, request_id: str, api: bool) -> None:
        self._send, self._request_id, self._api, self.started = send, request_id, api, False
        self.added: dict[str, str] = {}
        self.free: Callable[[], None] | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = self._request_id
            if self._api:
                for name, value in (API_HEADERS | self.added).items():
                    headers.setdefault(name, value)
            if self.free and (message["status"] == 304 or "idempotency-replayed" in headers):
                self.free()
        await self._send(message)

    async def refuse(self, code: str, path: str, **params: int) -> None:
        if self.started:
            return
        entry = CATALOGUE[code]
        detail = entry.detail_zh.format(**params)
        body = {
            "type": f"/problems/{code.lower().replace('_', '-')}",
            "title": entry.title_zh,
            "title_zh": entry.title_zh,
            "title_en": entry.title_en,
            "status": entry.status,
            "detail": detail,
            "instance": path,
            "code": code,
            "request_id": self._request_id,
            "retryable": entry.retryable,
            "errors": [
                {
                    "pointer": "",
                    "code": code,
                    "message_zh": detail,
                    "message_en": entry.detail_en.format(**params),
                }
            ],
        }
        raw = json.dumps(body, ensure_ascii=False).encode()
        headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
        headers.append((b"content-length", str(len(raw)).encode()))
        if wait := params.get("retry_after"):
            headers.append((b"retry-after", str(wait).encode()))
        await self({"type": "http.response.start", "status": entry.status, "headers": headers})
        await self({"type": "http.response.body", "body": raw})


def _limited(receive: Receive, limit: int) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise TooLargeError
        return message

    return counted


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    plain = given.isascii() and given.replace("-", "").isalnum() and len(given) <= 64
    return given if plain else secrets.token_hex(8)
