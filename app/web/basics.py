"""The language switch and our static files."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import FastAPI, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.http import plant
from app.web.assets import STATIC, Static
from app.web.face import router

routes = router()


@routes.get("/language")
def switch_language(
    request: Request, to: Literal["zh", "en"], back: Annotated[str, Query(alias="next", max_length=300)] = ""
) -> Response:
    """Remember the language and go back to where the reader was; only to an address of our own.

    The browser says where that was (htmx moves on without drawing the switch again), or `next` does.
    """
    answer = RedirectResponse(own_address(back or _came_from(request)), 303)
    answer.set_cookie(
        "lang", to, max_age=31_536_000, httponly=True, samesite="lax", secure=plant(request).settings.secure
    )
    return answer


def _came_from(request: Request) -> str:
    parts = urlsplit(request.headers.get("referer", ""))
    address = parts._replace(scheme="", netloc="", fragment="").geturl()
    return address if parts.netloc == request.headers.get("host") else "/"


def own_address(url: str) -> str:
    """The address if it is a plain path of this service, else the start page."""
    parts = urlsplit(url)
    plain = (
        url.startswith("/")
        and not url.startswith("//")
        and "\\" not in url
        and not parts.netloc
        and not parts.scheme
    )
    return url if plain else "/"


def mount_static(app: FastAPI) -> None:
    """Style, script, htmx; served by the app itself, nothing comes from another host."""
    app.mount("/static", Static(directory=STATIC), name="static")
