"""What both faces share: the transaction belongs to the request; refusal kinds become statuses.

Returning commits, raising rolls back. The unit of work is opened by the route class around the whole
handler, so the answer leaves only after the commit (code after `yield` in a dependency would run after
the response: a failed commit was once answered 201).

Dependencies are `async` although they await nothing: a plain one waits for a thread of its own, which costs more than
all it does.
"""

import asyncio
import contextlib
import functools
import hashlib
import json
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from app.clock import Clock
from app.db.engine import IN_FLIGHT, reading, touched
from app.db.tables.system import UNRECORDED
from app.domain.access import ANONYMOUS, Actor
from app.domain.errors import Kind, Refusal
from app.services import audit, idempotency
from app.services.context import Ctx, apart
from app.settings import Settings
from app.storage.store import MediaStore
from app.turn import CURRENT, Turn, in_a_turn

STATUS = {
    Kind.INVALID: 422,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.GONE: 410,
}
T = TypeVar("T")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass
class Plant:
    """What one process runs on; lives in `app.state.plant`."""

    settings: Settings
    engine: Engine
    clock: Clock
    store: MediaStore
    turns: dict[int, asyncio.Lock] = field(
        default_factory=dict
    )  # one writer at a time on SQLite, by event loop
    rooms: dict[int, asyncio.Semaphore] = field(default_factory=dict)  # by event loop too
    draining: bool = False

    @functools.cached_property
    def readers(self) -> Engine:
        """The engine for transactions that only read."""
        return reading(self.engine)

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        if not self.settings.sqlite:
            yield
            return
        # Fairer and faster than busy waiting. A lock belongs to one event loop; a second loop (tests) waits in SQLite.
        async with self.turns.setdefault(id(asyncio.get_running_loop()), asyncio.Lock()):
            yield

    def room(self) -> asyncio.Semaphore:
        """A place among those who work with the database now; taken before a thread or a connection is."""
        return self.rooms.setdefault(id(asyncio.get_running_loop()), asyncio.Semaphore(IN_FLIGHT))


def plant(request: Request) -> Plant:
    found: Plant = request.app.state.plant
    return found


def source(request: Request) -> str:
    """The address that a call came from, as the front tells it."""
    return request.client.host if request.client else "unknown"


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal; edge refusals name their own."""
    return refusal.entry.status or STATUS[refusal.entry.kind]


class UnauditedChangeError(RuntimeError):
    """A commit changed business rows without leaving an audit entry; a defect, never an answer to a caller."""


class TransactionalRoute(APIRoute):
    """A route whose endpoint, a plain function, runs inside one transaction; subclasses say how a caller is identified."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **told: Any) -> None:  # noqa: ANN401  (FastAPI's)
        super().__init__(path, self.framed(endpoint), **told)

    def framed(self, endpoint: Callable[..., Any]) -> Callable[..., Any]:
        """The endpoint within its transaction."""
        return in_a_turn(endpoint)

    def identify(self, ctx: Ctx, request: Request) -> Actor:  # noqa: ARG002  (subclasses use both)
        """Who calls; refuses `UNAUTHENTICATED` where the face demands it."""
        return ANONYMOUS

    def admit(self, ctx: Ctx, request: Request) -> None:
        """Refuse whoever may not come in by this door at all."""

    def idempotency_key(self, request: Request, form: dict[str, str]) -> str:  # noqa: ARG002  (subclasses use both)
        return ""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            if request.method in SAFE:
                async with plant(request).room():
                    return await self._read(request, inner)
            if is_multipart(request):
                await self.look(request, lambda _: None)  # who sends a file is asked before it is read
            try:
                fingerprint, form = await _swallow_body(request)
                async with plant(request).writing(), plant(request).room():
                    return await self._write(request, inner, fingerprint, form)
            finally:
                await (
                    request.close()
                )  # files that came with a form are let go, also when nobody looked at them

        return handle

    async def look(self, request: Request, act: Callable[[Ctx], T]) -> T:
        """A whole reading transaction in one thread: who calls, what they want to know, and away with it."""
        async with plant(request).room():
            return await run_in_threadpool(self._looked, request, act)

    def _looked(self, request: Request, act: Callable[[Ctx], T]) -> T:
        ctx = _open(request, read_only=True)
        try:
            self._begin(ctx, request)
            return act(ctx)
        finally:
            ctx.session.close()

    async def _read(
        self, request: Request, inner: Callable[[Request], Coroutine[Any, Any, Response]]
    ) -> Response:
        ctx = _open(request, read_only=True)
        turn = Turn(ctx, lambda: self._begin(ctx, request), reads=True)
        response = await self._taken(turn, request, inner)
        return afterwards(request, _unless_held(request, response))

    async def _write(
        self,
        request: Request,
        inner: Callable[[Request], Coroutine[Any, Any, Response]],
        fingerprint: str,
        form: dict[str, str],
    ) -> Response:
        ctx = _open(request, read_only=False)
        turn = Turn(ctx, lambda: self._begin_and_claim(ctx, request, fingerprint, form), reads=False)
        try:
            response = await self._taken(turn, request, inner)
            if not turn.replayed:
                await run_in_threadpool(_finish, ctx, request, response, turn.claim)
            return afterwards(request, response)
        finally:
            if ctx.session.in_transaction():  # a session closed without commit rolls back
                await run_in_threadpool(ctx.session.close)

    async def _taken(
        self, turn: Turn, request: Request, inner: Callable[[Request], Coroutine[Any, Any, Response]]
    ) -> Response:
        """The answer; whoever may not call at all hears that, and not what is wrong with the call."""
        token = CURRENT.set(turn)
        try:
            return await inner(request)
        except Exception:
            await turn.only_begun()
            raise
        finally:
            CURRENT.reset(token)

    def _begin(self, ctx: Ctx, request: Request) -> None:
        ctx.now = plant(request).clock.now(ctx.session)
        waited = time.monotonic() - getattr(request.state, "arrived", time.monotonic())
        ctx.received_at = ctx.now - timedelta(seconds=min(waited, 120.0))
        ctx.actor = self.identify(ctx, request)
        self.admit(ctx, request)

    def _begin_and_claim(
        self, ctx: Ctx, request: Request, fingerprint: str, form: dict[str, str]
    ) -> idempotency.Claim | Response | None:
        """The idempotency row of this call, an earlier answer to replay, or nothing without a key."""
        self._begin(ctx, request)
        key = self.idempotency_key(request, form)
        if not key:
            return None
        route = f"{request.method} {request.scope['path']}"
        held = idempotency.claim(ctx, route, key, fingerprint)
        if held.replay is None:
            return held
        body, status, headers = held.replay
        return Response(body, status, {**headers, "Idempotency-Replayed": "true"})


class Looker(Protocol):
    """How a route that waits looks at the database: `await look(lambda ctx: …)`."""

    def __call__(self, act: Callable[[Ctx], T]) -> Awaitable[T]: ...


async def looker(request: Request) -> Looker:
    """For routes of `waiting` routers only."""
    found: Looker = request.state.look
    return found


Look = Annotated[Looker, Depends(looker)]


def is_multipart(request: Request) -> bool:
    """Whether the body may hold files."""
    return request.headers.get("content-type", "").startswith("multipart/form-data")


async def read(request: Request) -> Ctx:
    """The context of a route that only reads."""
    ctx: Ctx = request.state.ctx
    return ctx


async def write(request: Request) -> Ctx:
    """The context of a route that changes something; asking for it on a GET is a defect."""
    if request.method in SAFE:
        raise RuntimeError("a safe method must not write (C9)")
    ctx: Ctx = request.state.ctx
    return ctx


Read = Annotated[Ctx, Depends(read)]
Write = Annotated[Ctx, Depends(write)]


def afterwards(request: Request, response: Response) -> Response:
    """Have what the request left to record written once the answer is out, in a transaction of its own."""
    ctx: Ctx | None = getattr(request.state, "ctx", None)
    if ctx is not None and ctx.afterwards:
        response.background = BackgroundTask(_record, plant(request), ctx)
    return response


def denied(request: Request, refusal: Refusal) -> None:
    """An act that somebody known was denied is for the security log; the answer does not wait for it (decisions 20)."""
    ctx: Ctx | None = getattr(request.state, "ctx", None)
    again = (
        getattr(request.state, "refusal", None) is not None
    )  # the form, drawn for the refusal that was noted
    forbidden = refusal.entry.kind is Kind.FORBIDDEN or refusal.code == "CROSS_SITE"
    if ctx is None or ctx.actor.anonymous or again or not forbidden:
        return
    door = f"{request.method} {getattr(request.scope.get('route'), 'path', '')} {refusal.code}"
    ctx.afterwards.append(lambda later: audit.security(later, "act.denied", later.actor.key, door))


async def _record(p: Plant, ctx: Ctx) -> None:
    async with p.writing():
        await run_in_threadpool(_record_now, ctx)


def _record_now(ctx: Ctx) -> None:
    with apart(ctx) as later:
        for write_down in ctx.afterwards:
            write_down(later)


def _open(request: Request, *, read_only: bool) -> Ctx:
    p = plant(request)
    session = Session(p.readers if read_only else p.engine, expire_on_commit=False, autoflush=not read_only)
    epoch = idempotency.EPOCH
    request_id = getattr(request.state, "request_id", "") or secrets.token_hex(8)
    ctx = request.state.ctx = Ctx(session, ANONYMOUS, epoch, epoch, p.settings, p.store, request_id)
    return ctx


def _finish(ctx: Ctx, request: Request, response: Response, claim: idempotency.Claim | None) -> None:
    """Insist on the audit entry, keep the answer for a retry, commit; a dry run or a refusal keeps nothing."""
    ctx.session.flush()
    changed = touched(ctx.session.connection()) - UNRECORDED
    if changed and not ctx.noted:
        raise UnauditedChangeError(
            f"{request.method} {request.url.path} changed {sorted(changed)} without an audit entry"
        )
    if response.status_code >= 400:
        return
    if request.query_params.get("dry_run") == "true":
        response.headers["Dry-Run"] = "true"
        return
    if claim is not None:
        idempotency.keep(ctx, claim, response.status_code, dict(response.headers), bytes(response.body))
    ctx.session.commit()


def _unless_held(request: Request, response: Response) -> Response:
    """304 instead of the whole answer when the caller already holds this version (If-None-Match)."""
    tag = response.headers.get("etag")
    held = {t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")}
    if response.status_code != 200 or not tag or tag not in held:
        return response
    kept = {k: response.headers[k] for k in ("etag", "cache-control", "vary") if k in response.headers}
    return Response(status_code=304, headers=kept)


async def _swallow_body(request: Request) -> tuple[str, dict[str, str]]:
    """Read the body before a writer's turn is taken (a slow client must not hold it); fingerprint it."""
    digest = hashlib.sha256()
    fields: dict[str, str] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        request.state.form_fields = []
        for name, value in (await request.form()).multi_items():
            if isinstance(value, str):
                fields.setdefault(name, value)
                request.state.form_fields.append((name, value))
                digest.update(f"{name}={value}\n".encode())
            else:
                digest.update(f"{name}={value.filename}:{value.size}:{await _file_digest(value)}\n".encode())
    else:
        digest.update(_canonical(await request.body(), kind))
    digest.update(f"|{request.headers.get('if-match', '')}|{request.url.query}".encode())
    return digest.hexdigest(), fields


async def _file_digest(upload: Any) -> str:  # noqa: ANN401  (Starlette's UploadFile)
    running = hashlib.sha256()
    while chunk := await upload.read(1 << 20):
        running.update(chunk)
    await upload.seek(0)
    return running.hexdigest()


def _canonical(body: bytes, kind: str) -> bytes:
    """JSON with sorted keys, so that a client's field order does not matter; anything else as it came."""
    if not kind.startswith("application/json"):
        return body
    try:
        return json.dumps(json.loads(body), sort_keys=True, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        return body
