"""The turn of a thread in which a request works with its database, and the endpoint within it.

An endpoint is a plain function; the framework would give it a turn of its own, and one each to whatever comes before and
after. A turn costs more than a query, so the route puts all of it into one.
"""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from app.services import idempotency
from app.services.context import Ctx


class Turn:
    """Finds out who calls, does the endpoint's work and, for one that only reads, ends the transaction."""

    def __init__(
        self, ctx: Ctx, begin: Callable[[], idempotency.Claim | Response | None], *, reads: bool
    ) -> None:
        self._ctx, self._begin, self._reads = ctx, begin, reads
        self.begun = self.replayed = False
        self.claim: idempotency.Claim | None = None

    async def only_begun(self) -> None:
        """For a call that went wrong before its endpoint: who may not call at all hears that, not what is wrong with the call."""
        if not self.begun:
            await run_in_threadpool(self.take, lambda: None, {})

    def take(self, endpoint: Callable[..., Any], given: dict[str, Any]) -> Any:  # noqa: ANN401  (what the endpoint answers)
        """Who calls, then the endpoint unless this very call has its answer already."""
        self.begun = True
        try:
            begun = self._begin()
            if isinstance(begun, Response):
                self.replayed = True
                return begun
            self.claim = begun
            return endpoint(**given)
        finally:
            if self._reads:
                self._ctx.session.close()


CURRENT: ContextVar[Turn] = ContextVar("turn")
"""Of the request that is being served."""


def in_a_turn(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint as the framework is to call it: within the turn of the request at hand."""

    @functools.wraps(endpoint)
    async def taken(**given: Any) -> Any:  # noqa: ANN401  (as above)
        return await run_in_threadpool(CURRENT.get().take, endpoint, given)

    return taken
