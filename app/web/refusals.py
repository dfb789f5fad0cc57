"""What a refused page request gets: the form again with what was typed and the reasons, or a plain error page.

Every POST page has a GET twin at the same address. After the rollback the twin is asked again, in process,
with the refusal and the typed values beside it, so that no route has to answer a refusal itself (trap 8).
"""

from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.types import Message, Scope

from app.domain.errors import Refusal
from app.http import status_of
from app.web.fields import without_empty_rows
from app.web.pages import render

Typed = dict[str, list[str]]

_ROUTING = ("endpoint", "route", "path_params", "router")
_DROPPED = (b"content-type", b"content-length", b"if-none-match")
# Not drawn again: what another site typed into our form, and what no form could have done anything about.
_FINAL = frozenset({"CROSS_SITE", "UNAUTHENTICATED", "METHOD_NOT_ALLOWED", "PASSWORD_CHANGE_NEEDED"})


async def refused(request: Request, refusal: Refusal) -> Response:
    """The page for a refusal; nobody signed in is sent to the sign-in page and back."""
    state = request.state
    if refusal.code == "UNAUTHENTICATED" and request.method == "GET":
        return _to(request, _sign_in_address(request))
    if refusal.code == "PASSWORD_CHANGE_NEEDED" and request.method == "GET":
        return _to(request, "/account/password")
    typed = {} if refusal.code == "CROSS_SITE" else _typed(request)
    if request.method == "POST" and refusal.code not in _FINAL and status_of(refusal) < 500:
        again = await _twin(request, refusal, typed)
        if again is not None:
            return again
    state.refusal, state.typed = refusal, typed
    return render(request, "error.html", status_of(refusal), sign_in=_sign_in_address(request))


def _to(request: Request, address: str) -> Response:
    if request.headers.get("hx-request") == "true":  # the whole page, so that the frame knows the reader
        return Response(status_code=200, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def _sign_in_address(request: Request) -> str:
    """With the way back; after a form that is the form's own page, unless it has none."""
    url = request.url
    if url.path == "/sign-out":
        return "/sign-in"
    back = f"{url.path}?{url.query}" if url.query else url.path
    return f"/sign-in?next={quote(back[:300])}"


def _typed(request: Request) -> Typed:
    typed: Typed = {}
    for name, value in without_empty_rows(getattr(request.state, "form_fields", [])):
        typed.setdefault(name, []).append(value)
    return typed


async def _twin(request: Request, refusal: Refusal, typed: Typed) -> Response | None:
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

    await request.app(_as_get(request.scope, {"refusal": refusal, "typed": typed}), receive, send)
    if started.get("status") != status_of(refusal):
        return None
    answer = Response(bytes(body), started["status"])
    answer.raw_headers = list(started["headers"])
    return answer


def _as_get(scope: Scope, more: dict[str, Any]) -> Scope:
    """The same request as a GET, without what the first routing left in it."""
    kept = {k: v for k, v in scope.items() if k not in _ROUTING and not k.startswith("fastapi")}
    headers = [(k, v) for k, v in scope["headers"] if k not in _DROPPED]
    return {**kept, "method": "GET", "headers": headers, "state": {**scope.get("state", {}), **more}}
