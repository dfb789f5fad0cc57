"""Which passwords are taken: long ones that nobody guesses first (ASVS 6.2, decisions 23).

No composition rules, any character of any script, nothing trimmed or folded before it is stored. Refused are the
common ones, also with digits and signs around them, and whatever names the product, the organisation or the person.
"""

import string
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from app.domain.errors import Reason

PRODUCT = ("pingyou", "youzhi", "chuangkou", "评优", "优质窗口", "服务窗口")
"""The product's name and 优质服务窗口, as people type them."""

_LOOKALIKES = tuple(str.maketrans("01345@$!|", f"o{one}easasii") for one in "li")
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_KINDS = (str.islower, str.isupper, str.isdigit)


@dataclass(frozen=True)
class Policy:
    """Lengths in characters; `kinds` of the four (small, capital, digit, other) that must occur, 0 to ask for none."""

    shortest: int
    longest: int
    kinds: int = 0


def faults(password: str, context: Iterable[str], policy: Policy, pointer: str = "") -> list[Reason]:
    """Every reason against a new password; `context` are names that whoever guesses knows."""
    found = list(_by_length(password, policy, pointer))
    if _kinds(password) < policy.kinds:
        found.append(Reason("PASSWORD_KINDS", pointer, {"kinds": policy.kinds}))
    if _is_common(password):
        found.append(Reason("PASSWORD_COMMON", pointer))
    if word := _word_in(password, (*PRODUCT, *context)):
        found.append(Reason("PASSWORD_NAMES", pointer, {"word": word}))
    return found


def _by_length(password: str, policy: Policy, pointer: str) -> Iterator[Reason]:
    if len(password) < policy.shortest:
        yield Reason("TEXT_TOO_SHORT", pointer, {"min_length": policy.shortest})
    if len(password) > policy.longest:
        yield Reason("TEXT_TOO_LONG", pointer, {"max_length": policy.longest})


def _kinds(password: str) -> int:
    known = sum(any(kind(c) for c in password) for kind in _KINDS)
    return known + any(not any(kind(c) for kind in _KINDS) for c in password)


def _is_common(password: str) -> bool:
    """On the list, as it is or without what is put around a word; or a short piece again and again; or a walk."""
    plain = _folded(password)
    ways = set(_ways(plain))
    ways |= {way.strip(string.digits + string.punctuation + string.whitespace) for way in ways}
    return not _common().isdisjoint(ways) or _period(plain) < 8 or _walks(plain) <= 3


def _word_in(password: str, words: Iterable[str]) -> str:
    """The first of the words that occurs; Latin words of fewer than four letters occur in anything."""
    plain = _folded(password)
    ways = _ways(plain)
    for word in words:
        folded = _folded(word)
        long_enough = len(folded) >= (4 if folded.isascii() else 2)
        if long_enough and any(folded in way for way in ways):
            return word
    return ""


def _ways(plain: str) -> list[str]:
    """The text as it is, and with signs read as the letters they stand for (`p@ssw0rd`)."""
    return [plain, *(plain.translate(lookalike) for lookalike in _LOOKALIKES)]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _period(text: str) -> int:
    """The length of the piece that the text repeats; its own length when it repeats nothing."""
    return next((n for n in range(1, len(text)) if text[n:] == text[:-n]), max(len(text), 8))


def _walks(text: str) -> int:
    """How many runs of neighbours (abc, 321, qwe, aaa) the text is made of."""
    return 1 + sum(not _neighbours(a, b) for a, b in pairwise(text))


def _neighbours(a: str, b: str) -> bool:
    return abs(ord(a) - ord(b)) <= 1 or any(
        abs(row.find(a) - row.find(b)) == 1 for row in _ROWS if a in row and b in row
    )


@cache
def _common() -> frozenset[str]:
    lines = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
