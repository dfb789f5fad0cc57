"""What people write: one normal form, no invisible control characters, a stated way of counting (R-035, E-38)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Reason

# Not str.strip(): that would also take off control characters at the ends, which are to be refused, not hidden.
_BLANKS = (
    " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)

_FORBIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # C0 but tab and line ends, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls: they let a text read otherwise than it is
    "\ud800-\udfff]"  # lone surrogates: they cannot be stored as UTF-8
)

_HAN = re.compile("[\u4e00-\u9fff]+")  # nearly all of a write-up

# Marks whose width Unicode leaves open; in a Chinese text they are full-width punctuation.
_CHINESE_MARKS = frozenset("“”‘’—…·")


@dataclass(frozen=True)
class Forbidden:
    """A character that may not be stored, and where it stands."""

    position: int
    code_point: str


def normalise(text: str) -> str:
    """The stored form: NFC, without blanks (full-width ones included) at either end."""
    return unicodedata.normalize("NFC", text).strip(_BLANKS)


def forbidden_characters(text: str) -> list[Forbidden]:
    """Every control character, bidi control and lone surrogate; tab and line ends are allowed."""
    return [Forbidden(hit.start(), f"U+{ord(hit.group()):04X}") for hit in _FORBIDDEN.finditer(text)]


def text_reasons(text: str, pointer: str = "") -> list[Reason]:
    """One `TEXT_CONTROL_CHARS` when the text holds any, with the places."""
    found = forbidden_characters(text)
    if not found:
        return []
    places = ", ".join(f"{one.code_point}@{one.position}" for one in found[:10])
    return [Reason("TEXT_CONTROL_CHARS", pointer, {"found": places})]


def count_characters(text: str) -> int:
    """The number of characters of a write-up, as the page states the rule.

    Each Han character and each full-width punctuation mark counts 1, each run of letters or digits of
    another script counts 1, white space and half-width punctuation count nothing and end a run.
    """
    composed = unicodedata.normalize("NFC", text)
    others, han_runs = _HAN.subn(_Kind.NOTHING, composed)
    kinds = others.translate(_KINDS)
    han = len(composed) - len(others) + han_runs
    return han + kinds.count(_Kind.WHOLE) + len(kinds.replace(_Kind.WHOLE, _Kind.NOTHING).split())


class BandVerdict(StrEnum):
    OK = "OK"
    WARN = "WARN"
    REFUSE = "REFUSE"


@dataclass(frozen=True)
class Band:
    """What "about 4000" means: comfortable inside the soft limits, refused outside the hard ones (inclusive)."""

    target: int
    soft_min: int
    soft_max: int
    hard_min: int
    hard_max: int

    def verdict(self, value: int) -> BandVerdict:
        if not self.hard_min <= value <= self.hard_max:
            return BandVerdict.REFUSE
        return BandVerdict.OK if self.soft_min <= value <= self.soft_max else BandVerdict.WARN

    def reasons(self, pointer: str = "") -> list[Reason]:
        """Why these limits are none: hard limits enclose the soft ones, which enclose the target."""
        rising = [self.hard_min, self.soft_min, self.target, self.soft_max, self.hard_max]
        return [] if rising == sorted(rising) and rising[0] >= 0 else [Reason("LIMITS_ORDER", pointer)]


class _Kind(StrEnum):
    """What a character is to the count, each as one letter."""

    WHOLE = "W"  # counts by itself
    RUN = "R"  # counts once for all its neighbours of the kind
    PART = ""  # belongs to the character before it: accents, joiners, variation selectors
    NOTHING = " "


class _Kinds(dict[int, _Kind]):
    """The kinds of the characters that were met: a text of thousands holds a few hundred different ones."""

    MOST = 20_000

    def __missing__(self, point: int) -> _Kind:
        if len(self) >= self.MOST:
            self.clear()
        self[point] = _kind(chr(point))
        return self[point]


def _kind(character: str) -> _Kind:
    category, width = unicodedata.category(character), unicodedata.east_asian_width(character)
    if category[0] == "M" or category == "Cf":
        return _Kind.PART
    if character.isspace():
        return _Kind.NOTHING
    if category[0] in "LN" and width != "W":  # full-width Latin letters and digits (width F) are a run too
        return _Kind.RUN
    return _Kind.WHOLE if width in "WF" or character in _CHINESE_MARKS else _Kind.NOTHING


_KINDS = _Kinds()
