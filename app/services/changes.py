"""The change feed: what happened in the caller's area, in one order, each at least once, none left out (decisions 19).

Positions are given after the commit by the sequencer alone, so a reader who has seen up to one has seen all before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.db import changes as rows
from app.db.changes import Area, Wanted
from app.db.tables.system import Event
from app.domain import feed
from app.domain.errors import Refusal
from app.services.context import Ctx

__all__ = ["Found", "Wanted", "begin", "look"]


@dataclass(frozen=True)
class Found:
    """What was found, and from where to go on; `more` waits behind it already."""

    events: list[Event]
    position: int
    more: bool


def begin(ctx: Ctx, wanted: Wanted, cursor: str, limit: int, *, latest: bool) -> Found:
    """The first look: from the reader's cursor, or without one from the beginning or the end of the feed."""
    if cursor or not latest:
        return look(ctx, wanted, int(cursor or 0), limit)
    return look(ctx, wanted, rows.head(ctx.session), limit)


def look(ctx: Ctx, wanted: Wanted, after: int, limit: int) -> Found:
    """Events after this position, oldest first. Needs `changes:read`.

    Each is told to whoever may read the thing it is about, in one's own units; campaigns to everybody who takes part.
    Refuses `CURSOR_EXPIRED` when events after the position are not kept any more, or it was never given.
    """
    ctx.actor.require_anywhere("changes:read")
    last = rows.head(ctx.session)  # first: what is committed later has a higher position
    if after > last:
        raise Refusal("CURSOR_EXPIRED")
    if after == last:
        return Found([], last, more=False)
    if 0 < after < rows.earliest(ctx.session) - 1:
        raise Refusal("CURSOR_EXPIRED")
    found = rows.between(ctx.session, list(_areas(ctx)), wanted, after, last, limit)
    kept, more = found[:limit], len(found) > limit
    return Found(kept, (kept[-1].position or last) if more else last, more)


def _areas(ctx: Ctx) -> Iterator[Area]:
    """Where the caller may read which kinds of things, and hear of changes there."""
    for path, campaign_id in ctx.actor.areas("changes:read"):
        for permission, kinds in feed.kinds_by_permission().items():
            if ctx.actor.may(permission, path, campaign_id):
                yield Area(kinds, path, campaign_id)
                yield Area(kinds & feed.EVERYWHERE, "", campaign_id)
        if ctx.actor.may(feed.GUARDED, path, campaign_id):
            yield Area(feed.named(), path, campaign_id, but=True)
