"""The JSON face: bearer tokens only (cookies are ignored), If-Match, idempotency keys, ETags.

A route names what it needs, calls one service, returns one declared shape:

    @routes.post("/things/{thing_id}/transitions", operation_id="transitionThing", summary="Take a thing's next step",
                 responses=declared("LEVEL_ORDER"), openapi_extra=about("办理下一步", "thing:transition"))
    def transition_thing(ctx: Write, response: Response, thing_id: ThingId, body: ThingTransition, version: IfMatch) -> ThingOut:
        return tagged(response, ThingOut.of(things.transition(ctx, thing_id, body, version)))
"""

import hashlib
import re
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Annotated, Any, Literal, Protocol, TypeVar

from fastapi import APIRouter, Depends, Header, Query, Request, Response, params
from fastapi.routing import APIRoute
from pydantic.json_schema import SkipJsonSchema

from app.domain.access import Actor
from app.domain.errors import Refusal
from app.http import TransactionalRoute, is_multipart
from app.services import identity
from app.services.context import Ctx

KEY = re.compile(r"[A-Za-z0-9_-]{8,128}")
TAG = re.compile(r'(?:W/)?"?([0-9]{1,9})(?:-[0-9a-f]{16})?"?')


class ApiRoute(TransactionalRoute):
    """A transactional route of the JSON face."""

    def identify(self, ctx: Ctx, request: Request) -> Actor:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and token:
            return identity.actor_of_token(ctx, token.strip())
        if "public" in self.tags or "oauth" in self.tags:
            return identity.anonymous()
        raise Refusal("UNAUTHENTICATED")

    def admit(self, ctx: Ctx, request: Request) -> None:  # noqa: ARG002  (the pages ask who it is)
        """Files are taken only by the doors that are made for them; refuses `MEDIA_TYPE_NOT_SUPPORTED`."""
        takes_files = any(isinstance(one.field_info, params.Form) for one in self.dependant.body_params)
        if is_multipart(request) and not takes_files:
            raise Refusal("MEDIA_TYPE_NOT_SUPPORTED", expected="application/json")

    def idempotency_key(self, request: Request, form: dict[str, str]) -> str:  # noqa: ARG002  (the pages' source)
        if "oauth" in self.tags:  # a token is told once: nothing of it is kept to be told again
            return ""
        key = request.headers.get("idempotency-key", "")
        if key and not KEY.fullmatch(key):
            raise Refusal("IDEMPOTENCY_KEY_MISSING")
        if not key and request.method == "POST":
            raise Refusal("IDEMPOTENCY_KEY_MISSING")
        return key


class WaitingRoute(ApiRoute):
    """A route that may wait long: nothing is held while it does, each `Look` is a transaction of its own (decisions 28)."""

    def framed(self, endpoint: Callable[..., Any]) -> Callable[..., Any]:
        """As it is: it looks at the database when and as long as it likes."""
        return endpoint

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner = APIRoute.get_route_handler(self)

        async def handle(request: Request) -> Response:
            request.state.look = partial(self.look, request)
            return await inner(request)

        return handle


def router(tag: str, *, waiting: bool = False) -> APIRouter:
    """A router of the JSON face; `tag` groups its operations in the reference."""
    kind = WaitingRoute if waiting else ApiRoute
    return APIRouter(route_class=kind, tags=[tag], prefix="/api/v1", dependencies=[Depends(_dry_run)])


async def _dry_run(
    dry_run: Annotated[Literal["true", "false"], Query(include_in_schema=False)] = "false",
) -> None:
    """Only `true` is a dry run, so `1` or `yes` are refused: they would have been taken for a real call."""


class Versioned(Protocol):
    @property
    def etag(self) -> str: ...

    def model_dump_json(self) -> str: ...


V = TypeVar("V", bound=Versioned)


def tagged(response: Response, shape: V, location: str = "") -> V:
    """Put the answer's ETag (and Location) on it.

    The shape's `etag` is the row's version, which If-Match asks for. What the answer says besides, such as `actions`,
    changes with time and with other rows; so its own tag adds a digest of all it says, and 304 never keeps that back.
    """
    said = hashlib.sha256(shape.model_dump_json().encode()).hexdigest()[:16]
    response.headers["ETag"] = f'"{shape.etag.strip(chr(34))}-{said}"'
    if location:
        response.headers["Location"] = location
    return shape


def etag(version: int) -> str:
    """The tag of a row version."""
    return f'"{version}"'


async def _version_or_new(
    if_match: Annotated[
        str | SkipJsonSchema[None],
        Header(
            description='The `etag` that was read, e.g. `"3"`, or the ETag header, of which only the version before the dash counts. '
            "Required for what exists: without it 428, when it is stale 412.",
            max_length=200,
            examples=['"3"'],
        ),
    ] = None,
) -> int | None:
    if if_match is None:
        return None
    tag = TAG.fullmatch(if_match.strip())
    if tag is None:
        raise Refusal("VERSION_CONFLICT", given=if_match)
    return int(tag[1])


async def _version(version: Annotated[int | None, Depends(_version_or_new)]) -> int:
    if version is None:
        raise Refusal("PRECONDITION_REQUIRED")
    return version


IfMatch = Annotated[int, Depends(_version)]
IfMatchUnlessNew = Annotated[int | None, Depends(_version_or_new)]
"""For a PUT that also creates: the service refuses `PRECONDITION_REQUIRED` when the thing exists."""
