"""Find personal data in free text before it is published: notices, statements, titles (D13, C40).

Resident ID numbers and bank cards are checked by their check digits, so that document and case numbers are
not taken for them; office landlines and hotlines are no hits. What is found is a span, never a stored value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PersonalData(StrEnum):
    """Kinds of personal data; where two would overlap, the earlier one here is meant."""

    RESIDENT_ID = "RESIDENT_ID"
    BANK_CARD = "BANK_CARD"
    EMAIL = "EMAIL"
    MOBILE = "MOBILE"


@dataclass(frozen=True, order=True)
class Hit:
    """Where something personal stands: `text[start:end]`."""

    start: int
    end: int
    kind: PersonalData


def scan(text: str) -> list[Hit]:
    """Every ID number, bank card, mobile number and e-mail address in a text, without overlaps, in order."""
    plain = text.translate(_PLAIN)  # one character for one, so that the spans fit the text as given
    kept: list[Hit] = []
    for hit in sorted({*_numbers(plain), *_addresses(plain)}, key=_precedence):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept)


def _precedence(hit: Hit) -> tuple[int, int, int]:
    return list(PersonalData).index(hit.kind), hit.start, -hit.end


_BLANKS = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u2060\u3000\ufeff"
)
_HYPHENS = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"
_PLAIN: dict[int, int | str] = {
    **{0xFF01 + n: 0x21 + n for n in range(94)},  # full-width letters, digits and marks
    **{ord(blank): " " for blank in _BLANKS},
    **{ord(hyphen): "-" for hyphen in _HYPHENS},
}

# Groups of digits with up to three blanks or hyphens between them; an X may end an ID number.
_CHAIN = re.compile(r"[0-9]+(?:[ -]{1,3}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_X_BEHIND = re.compile(r"[ -]{0,3}[Xx](?![A-Za-z0-9])")
_ADDRESS = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+", re.ASCII)

_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
# UnionPay 62 and 60, Visa, MasterCard, JCB, and older Chinese debit cards of 19 digits. With these beginnings
# the credit codes (51, 52, 53 and 18 characters) and case numbers (33, a date, a serial) stay outside.
_CARD = re.compile(r"6[02]\d{14,17}|4\d{15}|4\d{18}|5[1-5]\d{14}|35\d{14}|955\d{13,16}")
_ID = re.compile(r"[1-9]\d{16}[\dX]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LONGEST = 19


def _addresses(plain: str) -> Iterator[Hit]:
    for match in _ADDRESS.finditer(plain):
        yield Hit(match.start(), match.end(), PersonalData.EMAIL)


def _numbers(plain: str) -> Iterator[Hit]:
    for chain in _CHAIN.finditer(plain):
        groups = [match.span() for match in _GROUP.finditer(plain, chain.start(), chain.end())]
        for first in range(len(groups)):
            yield from _from_group(plain, groups[first : first + _LONGEST])


def _from_group(plain: str, groups: list[tuple[int, int]]) -> Iterator[Hit]:
    """The numbers that begin with the first group and end with a later one; a part of a group is never one."""
    digits, sizes, start = "", [], groups[0][0]
    for begin, end in groups:
        digits += plain[begin:end]
        sizes.append(end - begin)
        if len(digits) > _LONGEST:
            return
        if kind := _kind(digits, sizes):
            yield Hit(start, end, kind)
        x = _X_BEHIND.match(plain, end)
        if x and _is_resident_id(digits + "X"):
            yield Hit(start, x.end(), PersonalData.RESIDENT_ID)


def _kind(digits: str, sizes: list[int]) -> PersonalData | None:
    if _is_resident_id(digits):
        return PersonalData.RESIDENT_ID
    if _MOBILE.fullmatch(digits) and _grouped_like_a_mobile(digits, sizes):
        return PersonalData.MOBILE
    if _CARD.fullmatch(digits) and _grouped_like_a_card(sizes) and _luhn(digits):
        return PersonalData.BANK_CARD
    return None


def _is_resident_id(number: str) -> bool:
    """An 18-character ID number by date of birth and check character (GB 11643-1999)."""
    if not _ID.fullmatch(number) or not _is_birthday(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17]


def _is_birthday(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year in range(1880, 2100)
    except ValueError:
        return False


def _grouped_like_a_mobile(digits: str, sizes: list[int]) -> bool:
    """In one piece, in up to three groups of three digits or more, or digit by digit: not a date and a number."""
    own = sizes[1:] if len(digits) > 11 and sizes[0] in (2, 4) else sizes  # 86 or 0086 may stand before
    return len(own) == 1 or (len(own) <= 3 and min(own) >= 3) or set(own) == {1}


def _grouped_like_a_card(sizes: list[int]) -> bool:
    """In one piece, in fours, six and the rest, or digit by digit: not two landline numbers side by side."""
    fours = set(sizes[:-1]) == {4} and sizes[-1] <= 4
    return len(sizes) == 1 or fours or (len(sizes) == 2 and sizes[0] == 6) or set(sizes) == {1}


def _luhn(digits: str) -> bool:
    """The check sum of card numbers (ISO/IEC 7812-1)."""
    doubled = [sum(divmod(int(d) * 2, 10)) if n % 2 else int(d) for n, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0
