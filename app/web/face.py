"""The HTML face: a session cookie, the form's own key, and the list of doors.

A page route is written like an API route and calls the same services; see `app.web.pages` for rendering and
`app.web.refusals` for what a refused form gets.
"""

from fastapi import APIRouter, Request, Response

from app.domain.access import Actor
from app.domain.errors import Refusal
from app.http import TransactionalRoute, plant
from app.services import identity, sessions
from app.services.context import Ctx
from app.settings import Settings
from app.web import csrf

PUBLIC = ("/public", "/sign-in", "/static", "/language", "/openapi", "/problems", "/reference")

BEFORE_CHANGE = ("/account/password", "/sign-out", "/public", "/language")


class PageRoute(TransactionalRoute):
    """A transactional route of the HTML face."""

    def identify(self, ctx: Ctx, request: Request) -> Actor:
        """The signed-in person, or nobody."""
        actor, last_seen_at = identity.actor_of_cookie(ctx, session_cookie(request))
        if actor.session_id:
            sessions.seen(ctx, actor.session_id, last_seen_at)
        return actor

    def admit(self, ctx: Ctx, request: Request) -> None:
        """Our own forms only; pages that are not public send whoever is not signed in to the sign-in page."""
        csrf.check(request)
        path = request.url.path
        if ctx.actor.anonymous and not path.startswith(PUBLIC) and path != "/":
            raise Refusal("UNAUTHENTICATED")
        if ctx.actor.must_change_password and not path.startswith(BEFORE_CHANGE):
            raise Refusal("PASSWORD_CHANGE_NEEDED")

    def idempotency_key(self, request: Request, form: dict[str, str]) -> str:  # noqa: ARG002  (the API's source)
        """The hidden field that every form carries, so that a double click acts once."""
        return form.get("_key", "")[:128]


def session_cookie(request: Request) -> str:
    """What the browser holds of a session; empty without one."""
    return request.cookies.get(cookie_name(plant(request).settings), "")


def remember(request: Request, answer: Response, token: str) -> None:
    """Give the browser its session; the cookie goes when the browser is closed."""
    settings = plant(request).settings
    answer.set_cookie(cookie_name(settings), token, httponly=True, samesite="lax", secure=settings.secure)


def cookie_name(settings: Settings) -> str:
    """`__Host-` needs https; the embedded http mode uses the plain name."""
    return "__Host-pingyou" if settings.secure else "pingyou"


def router() -> APIRouter:
    """A router of the HTML face."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)
