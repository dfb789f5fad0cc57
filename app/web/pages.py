"""Rendering: a whole page, or only its `main` block when htmx asks for that; two languages, no inline code.

    return render(request, "regions/list.html", title_of=…, rows=rows)

Every template extends `layout.html`, names its `title` block and fills `main`. Trap: a macro imported at the
top of a template is missing in a block rendered alone, so imports stand inside the block.
"""

import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.domain.access import ANONYMOUS, Actor
from app.domain.errors import Reason, Refusal
from app.http import plant, status_of
from app.services.context import Ctx
from app.web import wording
from app.web.wording import Language

TEMPLATES = Path(__file__).parent / "templates"
ICONS = Path(__file__).parent / "static" / "vendor" / "icons"


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401  (template values)
    """The page, with the refusal of the form it shows (if any), its status and what was typed."""
    language = language_of(request)
    refusal: Refusal | None = getattr(request.state, "refusal", None)
    shared = _shared(request, language, refusal)
    page = _environment(language).get_template(template)
    values = {**shared, **context}
    if _wants_block(request):
        title = "".join(page.blocks["title"](page.new_context(values)))
        body = f"<title>{title}</title>" + "".join(page.blocks["main"](page.new_context(values)))
    else:
        body = page.render(values)
    headers = {"Vary": "HX-Request, HX-Target, Cookie, Accept-Language"}
    signed_in = not shared["me"].anonymous
    headers["Cache-Control"] = "no-store" if signed_in or refusal else "private, max-age=0"
    return HTMLResponse(body, status_of(refusal) if refusal else status, headers)


def go(request: Request, url: str, flash: str = "") -> Response:
    """Where to go after a form was taken (303); `flash` is said on the next page, in the reader's language."""
    answer = RedirectResponse(url, 303)
    if flash:
        text = wording.translations(language_of(request)).gettext(flash)
        answer.set_cookie("flash", text.encode("unicode_escape").decode(), max_age=30, httponly=True, samesite="lax")
    return answer


def language_of(request: Request) -> Language:
    """The language this request is answered in."""
    return wording.language_of(
        request.query_params.get("lang", ""),
        request.cookies.get("lang", ""),
        request.headers.get("accept-language", "zh"),
    )


def _wants_block(request: Request) -> bool:
    """htmx asked for the main block; a history restore or another target gets the whole page."""
    headers = request.headers
    boosted = headers.get("hx-request") == "true" and headers.get("hx-target") == "main"
    return boosted and headers.get("hx-history-restore-request") != "true"


def _shared(request: Request, language: Language, refusal: Refusal | None) -> dict[str, Any]:
    """What the layout and the form macros read in every page."""
    p = plant(request)
    ctx: Ctx | None = getattr(request.state, "ctx", None)
    me: Actor = ctx.actor if ctx else ANONYMOUS
    now = ctx.now if ctx else None
    zone = ZoneInfo(p.settings.zone)
    return {
        "request": request,
        "lang": language,
        "me": me,
        "now": now,
        "sample": p.settings.sample,
        "clock": wording.moment(now, zone),
        "refusal": refusal,
        "typed": getattr(request.state, "typed", {}),
        "errors": _by_field(refusal.reasons[1:], language) if refusal else {},
        "reasons": [r.sentence(language) for r in _unplaced(refusal)] if refusal else [],
        "request_id": getattr(request.state, "request_id", ""),
        "flash": _flash(request),
        "new_key": lambda: secrets.token_urlsafe(18),
        "zone": zone,
        "label": lambda kind, member: wording.label(kind, member, language),
        "day": lambda value: wording.day(value, language),
        "moment": lambda value: wording.moment(value, zone),
        "until": lambda value: wording.last_moment(value, zone),
        "since": lambda value: wording.since(value, now, language) if now else "—",
        "sentence": lambda reason: reason.sentence(language),
        "pick": lambda zh, en: en if language == "en" else zh,
    }


def _by_field(reasons: tuple[Reason, ...], language: Language) -> Mapping[str, str]:
    placed = (r for r in reasons if r.pointer)
    return {r.pointer.lstrip("/").replace("/", "."): r.sentence(language) for r in placed}


def _unplaced(refusal: Refusal | None) -> list[Reason]:
    return [r for r in refusal.reasons if not r.pointer] if refusal else []


def _flash(request: Request) -> str:
    try:
        return request.cookies.get("flash", "").encode().decode("unicode_escape")[:200]
    except UnicodeDecodeError:
        return ""


@cache
def _environment(language: Language) -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    env.install_gettext_translations(wording.translations(language), newstyle=True)  # type: ignore[attr-defined]  # added by the i18n extension
    env.globals["icon"] = _icon
    return env


@cache
def _icon(name: str) -> Any:  # noqa: ANN401  (Markup)
    from markupsafe import Markup  # noqa: PLC0415  (only templates need it)

    found = ICONS / f"{name}.svg"
    svg = found.read_text(encoding="utf-8")
    return Markup(svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))  # noqa: S704  (our own vendored file)
