"""Rendering: a whole page, or only what htmx swaps; two languages, no inline code.

    return render(request, "regions/list.html", rows=rows)

Every template extends `layout.html`, names its `title` and fills `body`; what it may read besides its own
context is in `app.web.shown`.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.domain import ids
from app.domain.errors import Refusal
from app.http import plant, status_of
from app.web import assets, shown, wording
from app.web.wording import Language

PAUSE: dict[Language, str] = {"zh": "：", "en": ": "}
TEMPLATES = Path(__file__).parent / "templates"
VARY = "HX-Request, HX-Target, Cookie, Accept-Language"


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401  (template values)
    """The page, with the refusal of the form it shows (if any), its status and what was typed."""
    language = language_of(request)
    refusal: Refusal | None = getattr(request.state, "refusal", None)
    shared = shown.shared(request, language, refusal) | {"whole": not _swaps_main(request)}
    body = environment(language).get_template(template).render({**shared, **context})
    # A page of somebody signed in, or a form with what was typed, stays in no cache (C43).
    kept = shared["me"].anonymous and not refusal
    headers = {"Vary": VARY, "Cache-Control": "private, no-cache" if kept else "no-store"}
    answer = HTMLResponse(body, status_of(refusal) if refusal else status, headers)
    if shared["flash"]:
        answer.delete_cookie(shown.FLASH, httponly=True, samesite="lax")
    return answer


def go(request: Request, url: str, flash: str = "", *, act: tuple[str, StrEnum] | None = None) -> Response:
    """Where to go after a form was taken (303); `flash` is said once, on the next page, in the reader's language.

    `act` names what was done, as a section of the words and its member: `("notice_action", action)`.
    """
    answer = RedirectResponse(url, 303)
    if flash:
        language = language_of(request)
        text = wording.translations(language).gettext(flash)
        text = f"{wording.label(*act, language)}{PAUSE[language]}{text}" if act else text
        kept = text.encode("unicode_escape").decode()
        secure = plant(request).settings.secure
        answer.set_cookie(shown.FLASH, kept, max_age=30, httponly=True, samesite="lax", secure=secure)
    return answer


def language_of(request: Request) -> Language:
    """The language this request is answered in."""
    return wording.language_of(
        request.query_params.get("lang", ""),
        request.cookies.get("lang", ""),
        request.headers.get("accept-language", "zh"),
    )


@cache
def environment(language: Language) -> Environment:
    """One environment for each language: what a template says about a constant is worked out once."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    env.install_gettext_translations(wording.translations(language), newstyle=True)  # type: ignore[attr-defined]  # added by the i18n extension
    env.globals.update(icon=assets.icon, asset=assets.asset, ref=ids.shown)
    return env


def _swaps_main(request: Request) -> bool:
    """htmx will swap the main block; a history restore or another target gets the whole page (trap 9)."""
    headers = request.headers
    boosted = headers.get("hx-request") == "true" and headers.get("hx-target") == "main"
    return boosted and headers.get("hx-history-restore-request") != "true"
