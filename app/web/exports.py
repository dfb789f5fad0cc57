"""Lists to take away from where they are shown, narrowed as the page is."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from app.answers import handed_out
from app.domain.ids import parsed
from app.http import Read
from app.services import campaigns
from app.services.context import Ctx
from app.services.exports import archive, making, registry
from app.services.exports.shapes import Narrowed
from app.web import days
from app.web.face import router
from app.web.pages import language_of, render

routes = router()


@routes.get("/exports/{name}")
def take(ctx: Read, request: Request, name: str) -> Response:
    """The list as a file; filters that the page has and the list has not are left out."""
    asked = request.query_params
    form = asked.get("format", "")
    by = _narrowed(ctx, asked, registry.named(name).takes)
    known = form if form in making.MEDIA_TYPES else "xlsx"
    return handed_out(making.made(ctx, name, by, known, language_of(request)))


@routes.get("/campaigns/{campaign_id}/exports")
def of_campaign(ctx: Read, request: Request, campaign_id: str) -> Response:
    """Everything of a campaign that the reader may take away."""
    campaign = campaigns.readable(ctx, parsed("cmp", campaign_id))
    offered = {one.name for one in registry.offered(ctx)}
    tables = [one for one in registry.of_campaign() if one.name in offered]
    return render(
        request,
        "campaigns/exports.html",
        campaign=campaign,
        tables=tables,
        whole=archive.permitted(ctx, campaign),
        id=campaign_id,
    )


@routes.get("/campaigns/{campaign_id}/archive")
def whole(ctx: Read, request: Request, campaign_id: str) -> Response:
    """The whole campaign as one ZIP, with the files of its cases unless asked otherwise."""
    files = request.query_params.get("files") != "no"
    return handed_out(archive.made(ctx, parsed("cmp", campaign_id), language_of(request), files=files))


def _narrowed(ctx: Ctx, asked: Mapping[str, str], takes: frozenset[str]) -> Narrowed:
    """The page's own names of its filters, for those that this list takes."""

    def text(name: str, also: str = "") -> str:
        return (asked.get(name) or asked.get(also) or "").strip()[:80] if name in takes else ""

    def thing(prefix: str, name: str, also: str) -> UUID | None:
        said = text(name, also)
        return parsed(prefix, said) if said else None

    return Narrowed(
        thing("cmp", "campaign_id", "campaign"),
        thing("nom", "nomination_id", "nomination"),
        thing("org", "holder", ""),
        text("stage"),
        text("bucket"),
        text("region"),
        text("q", "who"),
        text("entity"),
        text("subject", "what"),
        text("action", "kind"),
        text("actor"),
        days.first(text("since"), ctx.zone),
        days.after(text("until"), ctx.zone),
    )
