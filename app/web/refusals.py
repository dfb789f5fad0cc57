"""What a refused page request gets: the form again with what was typed and the reasons, or a plain error page.

Every POST page has a GET twin at the same address. After the rollback the twin is asked again, in process,
with the refusal and the typed values beside it, so that no route has to answer a refusal itself (trap 8).
"""

from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.types import Message

from app.domain.errors import Refusal
from app.http import status_of
from app.web.pages import render

_ROUTING = ("endpoint", "route", "path_params", "router")


async def refused(request: Request, refusal: Refusal) -> Response:
    """The page for a refusal; nobody signed in is sent to the sign-in page and back."""
    if refusal.code == "UNAUTHENTICATED":
        return _to_sign_in(request)
    if request.method == "POST" and not getattr(request.state, "twin", False):
        again = await _twin(request, refusal)
        if again is not None:
            return again
    request.state.refusal = refusal
    return render(request, "error.html", status_of(refusal))


def _to_sign_in(request: Request) -> Response:
    back = request.url.path if request.method == "GET" else "/"
    url = f"/sign-in?next={quote(back)}"
    if request.headers.get("hx-request") == "true":
        return Response(status_code=200, headers={"HX-Redirect": url})
    return RedirectResponse(url, 303)


async def _twin(request: Request, refusal: Refusal) -> Response | None:
    """The GET page of the same address with the refusal; nothing when there is none or it refuses too."""
    started: dict[str, Any] = {}
    body = bytearray()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        else:
            body.extend(message.get("body", b""))

    typed: dict[str, list[str]] = {}
    for name, value in getattr(request.state, "form_fields", []):
        typed.setdefault(name, []).append(value)
    kept = {k: v for k, v in request.scope.items() if k not in _ROUTING and not k.startswith("fastapi")}
    dropped = (b"content-type", b"content-length", b"if-none-match")
    headers = [(k, v) for k, v in request.scope["headers"] if k not in dropped]
    state = {**request.scope.get("state", {}), "refusal": refusal, "typed": typed, "twin": True}
    await request.app({**kept, "method": "GET", "headers": headers, "state": state}, receive, send)
    if started.get("status") != status_of(refusal):
        return None
    answer = Response(bytes(body), started["status"])
    answer.raw_headers = list(started["headers"])
    return answer
