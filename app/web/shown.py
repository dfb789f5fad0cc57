"""What every template may read besides its own context: the reader, the clock, the refusal, words and dates."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from markupsafe import Markup

from app.domain.access import ANONYMOUS, Actor
from app.domain.errors import Reason, Refusal
from app.http import plant
from app.services.context import Ctx
from app.web import nav, wording
from app.web.wording import Language

FLASH = "flash"


def shared(request: Request, language: Language, refusal: Refusal | None) -> dict[str, Any]:
    """The reader and their menu, the form's refusal, and the functions that say things in their language."""
    ctx: Ctx | None = getattr(request.state, "ctx", None)
    me = ctx.actor if ctx else ANONYMOUS
    return {
        "request": request,
        "lang": language,
        "me": me,
        "known": ctx is not None,  # no route was entered, so nobody was asked who they are
        "appointments": appointments(me, language),
        "nav": nav.menu(me, request.url.path),
        "sample": plant(request).settings.sample,
        "request_id": getattr(request.state, "request_id", ""),
        "flash": "" if refusal else _flash(request),
        "new_key": lambda: secrets.token_urlsafe(18),
        **_refused(request, refusal, language),
        **_saying(language, ZoneInfo(plant(request).settings.zone), ctx.now if ctx else None),
    }


def appointments(actor: Actor, language: Language) -> list[str]:
    """What a person was appointed to, each name once."""
    return list(dict.fromkeys(wording.label("role", grant.role, language) for grant in actor.grants))


@cache
def badge(kind: str, member: StrEnum | str, language: Language) -> Markup:
    """The stage of something as a coloured name; the same one stands in every row of a list."""
    look = str(member).lower().replace("_", "-")
    return Markup('<span class="stage stage-{}">{}</span>').format(
        look, wording.label(kind, member, language)
    )


def _refused(request: Request, refusal: Refusal | None, language: Language) -> dict[str, Any]:
    """The refusal as the form shows it: sentences of the whole, one per field, and what was typed."""
    reasons = refusal.reasons if refusal else ()
    return {
        "refusal": refusal,
        "typed": getattr(request.state, "typed", {}),
        "errors": _by_field(reasons, language),
        "reasons": list(dict.fromkeys(wording.sentence(r, language) for r in reasons if not r.pointer)),
        "named": {},  # field → label; the macros fill it while the body is made, the alert above reads it
    }


def _by_field(reasons: tuple[Reason, ...], language: Language) -> Mapping[str, str]:
    """The first reason of each field, by the name that the field has in a form."""
    found: dict[str, str] = {}
    for reason in reasons:
        if reason.pointer:
            found.setdefault(reason.pointer.lstrip("/").replace("/", "."), wording.sentence(reason, language))
    return found


def _saying(language: Language, zone: ZoneInfo, now: datetime | None) -> dict[str, Any]:
    return {
        "now": now,
        "zone": zone,
        "clock": wording.moment(now, zone, language),
        "label": lambda kind, member: wording.label(kind, member, language),
        "badge": lambda kind, member: badge(kind, member, language),
        "day": lambda value: wording.day(value, language),
        "moment": lambda value: wording.moment(value, zone, language),
        "until": lambda value: wording.last_moment(value, zone, language),
        "since": lambda value: wording.since(value, now, language) if now else "—",
        "number": wording.number,
        "size": wording.size,
        "sentence": lambda reason: wording.sentence(reason, language),
        "pick": lambda zh, en: en if language == "en" else zh,
    }


def _flash(request: Request) -> str:
    try:
        return request.cookies.get(FLASH, "").encode().decode("unicode_escape")[:200]
    except UnicodeDecodeError:
        return ""
