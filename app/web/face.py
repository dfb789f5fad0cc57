"""The HTML face: a session cookie, the form's own key, and the list of doors.

A page route is written like an API route and calls the same services; see `app.web.pages` for rendering and
`app.web.refusals` for what a refused form gets.
"""

from fastapi import APIRouter, FastAPI, Request

from app.domain.access import Actor
from app.domain.errors import Refusal
from app.http import TransactionalRoute
from app.services import identity
from app.services.context import Ctx
from app.settings import Settings
from app.web import csrf

PUBLIC = ("/public", "/sign-in", "/static", "/language", "/openapi", "/problems", "/reference")


class PageRoute(TransactionalRoute):
    """A transactional route of the HTML face."""

    def identify(self, ctx: Ctx, request: Request) -> Actor:
        """The signed-in person; pages that are not public send everybody else to the sign-in page."""
        csrf.check(request)
        actor = identity.actor_of_cookie(ctx, request.cookies.get(cookie_name(ctx.settings), ""))
        if actor.anonymous and not request.url.path.startswith(PUBLIC) and request.url.path != "/":
            raise Refusal("UNAUTHENTICATED")
        return actor

    def idempotency_key(self, request: Request, form: dict[str, str]) -> str:  # noqa: ARG002  (the API's source)
        """The hidden field that every form carries, so that a double click acts once."""
        return form.get("_key", "")[:128]


def cookie_name(settings: Settings) -> str:
    """`__Host-` needs https; the embedded http mode uses the plain name."""
    return "__Host-pingyou" if settings.secure else "pingyou"


def router() -> APIRouter:
    """A router of the HTML face."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def install(app: FastAPI) -> None:
    """Put the pages into the app."""
    from app.web import basics, face_routes  # noqa: PLC0415  (both import this module)

    for routes in face_routes.ALL:
        app.include_router(routes)
    basics.mount_static(app)
