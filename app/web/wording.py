"""Two languages: Chinese texts are the keys, English comes from a catalogue; dates and names for both."""

import io
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from app.domain.steps import until
from app.domain.words import WORDS

Language = Literal["zh", "en"]
ENGLISH = Path(__file__).parent / "locale" / "en" / "messages.po"
WEEKDAYS = "一二三四五六日"


@cache
def translations(language: Language) -> NullTranslations:
    """Chinese needs no catalogue; the English one is compiled in memory at start."""
    if language == "zh" or not ENGLISH.exists():
        return NullTranslations()
    with ENGLISH.open("rb") as source:
        catalogue = read_po(source, locale="en")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def language_of(query: str, cookie: str, accept: str) -> Language:
    """`?lang=` first, then the cookie, then the browser; Chinese unless English is preferred."""
    for given in (query, cookie):
        if given in ("zh", "en"):
            return "en" if given == "en" else "zh"
    return "en" if accept.strip().lower().startswith("en") else "zh"


def label(kind: str, member: StrEnum | str | None, language: Language) -> str:
    """The name of an enum value as people read it; `kind` is a section of `words.toml`."""
    if member is None or member == "":
        return "—"
    pair = WORDS.get(kind, {}).get(str(member))
    return pair[language == "en"] if pair else str(member)


def day(value: date | None, language: Language) -> str:
    """`2026年9月29日（周二）` or `Tue 29 Sep 2026`."""
    if value is None:
        return "—"
    if language == "en":
        return f"{value:%a} {value.day} {value:%b %Y}"
    return f"{value.year}年{value.month}月{value.day}日（周{WEEKDAYS[value.weekday()]}）"


def moment(value: datetime | None, zone: tzinfo) -> str:
    """An instant in the campaign's zone, to the minute."""
    return "—" if value is None else f"{value.astimezone(zone):%Y-%m-%d %H:%M}"


def last_moment(value: datetime | None, zone: tzinfo) -> str:
    """An exclusive end as people say it: the last day, 24:00 (decisions 4)."""
    return "—" if value is None else until(value, zone)


def since(value: datetime | None, now: datetime, language: Language) -> str:
    """How long something has been waiting, in whole days (hours on the first day)."""
    if value is None:
        return "—"
    gone = max(now - value, timedelta(0))
    if gone.days:
        return f"{gone.days} 天" if language == "zh" else f"{gone.days} day{'s' if gone.days > 1 else ''}"
    hours = gone.seconds // 3600
    return f"{hours} 小时" if language == "zh" else f"{hours} h"


CHINA: tzinfo = ZoneInfo("Asia/Shanghai")
