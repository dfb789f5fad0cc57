"""A campaign's archive as a page: read only, in the order in which things came about."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed
from app.http import Read
from app.services import campaign_archive
from app.web.face import router
from app.web.pages import render

routes = router()


@routes.get("/campaigns/{campaign_id}/dossier")
def show_archive(ctx: Read, request: Request, campaign_id: str) -> Response:
    archive = campaign_archive.shown(ctx, parsed("cmp", campaign_id))
    return render(request, "campaigns/archive.html", archive=archive)
