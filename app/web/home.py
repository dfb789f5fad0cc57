"""The start page: what waits for whoever is signed in, the public's front for everybody else."""

from fastapi import Request
from fastapi.responses import Response

from app.http import Read
from app.services import inbox, vetoes
from app.web import public
from app.web.face import router
from app.web.pages import render

routes = router()


@routes.get("/")
def home(ctx: Read, request: Request) -> Response:
    """One's own work, each line a link to the very screen."""
    if ctx.actor.anonymous:
        return public.front(ctx, request)
    return render(request, "home.html", inbox=inbox.shown(ctx), veto_names=vetoes.names())
