"""Two languages: Chinese texts are the keys, English comes from a catalogue; dates and names for both."""

import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from app.domain.errors import Reason
from app.domain.folders import merged
from app.domain.words import WORDS, Words

Language = Literal["zh", "en"]
ENGLISH = Path(__file__).parent / "locale" / "en" / "messages.po"
DAY = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?: (\d\d:\d\d))?")
WEEKDAYS = "一二三四五六日"


def _labels() -> Words:
    raw = merged(Path(__file__).parent / "labels")
    own = {kind: {code: (zh, en) for code, (zh, en) in rows.items()} for kind, rows in raw.items()}
    return {**own, **WORDS}


LABELS: Words = _labels()


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
    """The name of an enum value as people read it; `kind` is a section of `words/` or `labels/`."""
    if member is None or member == "":
        return "—"
    pair = LABELS.get(kind, {}).get(str(member))
    return pair[language == "en"] if pair else str(member)


def day(value: date | None, language: Language) -> str:
    """`2026年9月29日（周二）` or `Tue 29 Sep 2026`."""
    if value is None:
        return "—"
    if language == "en":
        return f"{value:%a} {value.day} {value:%b %Y}"
    return f"{value.year}年{value.month}月{value.day}日（周{WEEKDAYS[value.weekday()]}）"


def moment(value: datetime | None, zone: tzinfo, language: Language) -> str:
    """An instant in the campaign's zone, to the minute: `2026年9月29日 10:30` or `29 Sep 2026, 10:30`."""
    if value is None:
        return "—"
    local = value.astimezone(zone)
    return _dated(local, f"{local:%H:%M}", language)


def last_moment(value: datetime | None, zone: tzinfo, language: Language) -> str:
    """An exclusive end as people say it: midnight belongs to the day before, as 24:00 (decisions 4)."""
    if value is None:
        return "—"
    local = value.astimezone(zone)
    if (local.hour, local.minute) != (0, 0):
        return moment(value, zone, language)
    return _dated(local.date() - timedelta(days=1), "24:00", language)


def sentence(reason: Reason, language: Language) -> str:
    """A reason as people read it, its days and instants too."""
    params = {name: _read(value, language) for name, value in reason.params.items()}
    return replace(reason, params=params).sentence(language)


def number(value: Decimal | int | None, places: int | None = None) -> str:
    """A number with its thousands apart; `places` rounds half up, for display only (decisions 33)."""
    if value is None:
        return "—"
    exact = Decimal(value)
    shown = exact if places is None else exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{shown:,f}"


def size(count: int) -> str:
    """The size of a file: `482 kB`, `1.2 MB`."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB"


def since(value: datetime | None, now: datetime, language: Language) -> str:
    """How long something has been waiting, in whole days (hours on the first day)."""
    if value is None:
        return "—"
    gone = max(now - value, timedelta(0))
    if gone.days:
        return f"{gone.days} 天" if language == "zh" else f"{gone.days} day{'s' if gone.days > 1 else ''}"
    hours = gone.seconds // 3600
    return f"{hours} 小时" if language == "zh" else f"{hours} h"


def _read(value: object, language: Language) -> object:
    """`2026-10-21` and `2026-10-21 24:00` as the pages say days; anything else as it is."""
    found = DAY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    on = date.fromisoformat(found[1])
    return _dated(on, found[2], language) if found[2] else day(on, language)


def _dated(value: date, time: str, language: Language) -> str:
    if language == "en":
        return f"{value.day} {value:%b %Y}, {time}"
    return f"{value.year}年{value.month}月{value.day}日 {time}"
