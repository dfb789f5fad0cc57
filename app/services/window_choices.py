"""What a form about windows offers: sponsors and places of the caller's area, and the types of the packs."""

from dataclasses import dataclass
from functools import cache

from app.db import windows as rows
from app.db.tables.places import Organization, Region
from app.packs import loading
from app.packs.identity import WindowType
from app.services.context import Ctx


@dataclass(frozen=True)
class WindowChoices:
    """Where a window of the caller may belong, and what it may be."""

    sponsors: list[Organization]
    regions: list[Region]
    types: tuple[WindowType, ...]


def choices(ctx: Ctx, permission: str = "window:create") -> WindowChoices:
    """The choices of someone who holds the permission somewhere; refuses `PERMISSION_MISSING`."""
    ctx.actor.require_anywhere(permission)
    sponsors = rows.sponsors(ctx.session, ctx.actor.paths(permission))
    regions = rows.regions(ctx.session, sorted({one.region_code for one in sponsors}))
    return WindowChoices(sponsors, regions, types())


@cache
def types() -> tuple[WindowType, ...]:
    """Every type that a shipped pack knows, each once; a campaign's own rules decide what is in its scope."""
    known = {kind.code: kind for name in loading.names() for kind in loading.load(name).scope.types}
    return tuple(known.values())
