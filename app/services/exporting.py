"""What leaves the system leaves an entry: who took which paper or list away, narrowed to what, and the digest of the file."""

from typing import Any
from uuid import UUID

from app.db.tables.base import Row
from app.db.tables.people import ApiClient, Person
from app.db.tables.places import Organization
from app.domain.errors import Refusal
from app.services import audit
from app.services.context import Ctx, recording
from app.services.documents import Finished


def noted(ctx: Ctx, action: str, row: Row, made: Finished, path: str) -> None:
    """A paper about one thing was taken away."""
    summary = {"media_type": made.media_type, "sha256": made.sha256}
    _keep(ctx, action, row, getattr(row, "campaign_id", None), path, summary)


def keep(ctx: Ctx, action: str, campaign_id: UUID | None, summary: dict[str, Any]) -> None:
    """A list or a whole campaign was taken away; the entry stands under whoever took it."""
    row = _taker(ctx)
    home = ctx.session.get(Organization, getattr(row, "organization_id", None) or UUID(int=0))
    _keep(ctx, action, row, campaign_id, home.path if home else "", summary)


def _keep(
    ctx: Ctx, action: str, row: Row, campaign_id: UUID | None, path: str, summary: dict[str, Any]
) -> None:
    with recording(ctx) as later:
        audit.keep(later, action, row, campaign_id=campaign_id, path=path, summary=summary)


def _taker(ctx: Ctx) -> Row:
    """The person or the client that acts. Refuses `UNAUTHENTICATED` to nobody."""
    found: Row | None = None
    if ctx.actor.client_id:
        found = ctx.session.get(ApiClient, ctx.actor.client_id)
    elif ctx.actor.person_id:
        found = ctx.session.get(Person, ctx.actor.person_id)
    if found is None:
        raise Refusal("UNAUTHENTICATED")
    return found
