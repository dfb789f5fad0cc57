"""A campaign's rules as people read them: section by section, each value in words, the platform's proposals marked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.packs.parts import Part, Section
from app.packs.schema import CampaignRules
from app.web import wording
from app.web.wording import Language

OWN_PLACE = ("rubric", "vetoes")
"""Sections that the page shows in a table of their own."""
_CODED = {"affiliation_levels": "affiliation"}
"""Members that hold codes of a standard, and the words for them."""
_NOT_SAID = frozenset({"clause", "platform_defaults"})


@dataclass(frozen=True)
class Said:
    """A value in words; `ours` marks what is the platform's proposal and not the notice's word."""

    name: str
    text: str
    ours: bool


@dataclass(frozen=True)
class Rows:
    """A list of the rules as a table: one column a member."""

    name: str
    columns: list[str]
    rows: list[list[Said]]


@dataclass(frozen=True)
class Shown:
    """One section with its clause."""

    name: str
    clause: str
    facts: list[Said]
    tables: list[Rows]


class Reader:
    """Reads rules out in one language."""

    def __init__(self, rules: CampaignRules, language: Language) -> None:
        self.rules = rules
        self.language = language
        self.defaults = rules.platform_defaults()

    def sections(self) -> list[Shown]:
        """Every section, in the rules' own order."""
        return [self._section(name, section) for name, section in self.rules.sections()]

    def ours(self, pointer: str) -> bool:
        """Whether this place, or what it lies in, is the platform's proposal."""
        return any(pointer == one or pointer.startswith(f"{one}/") for one in self.defaults)

    def _section(self, name: str, section: Section) -> Shown:
        at = f"/{name}"
        if name in OWN_PLACE:
            return Shown(name, section.clause, [], [])
        tables = [
            self._rows(f"{at}/{key}", key, value) for key, value in _members(section) if _is_list(value)
        ]
        return Shown(name, section.clause, list(self._facts(section, at)), tables)

    def _facts(self, part: Part, at: str) -> Iterator[Said]:
        for key, value in self._read(part):
            if isinstance(value, Part):
                yield from self._facts(value, f"{at}/{key}")
            elif not _is_list(value):
                yield Said(_base(key), self._said(key, value), self.ours(f"{at}/{key}"))

    def _rows(self, at: str, name: str, parts: tuple[Part, ...]) -> Rows:
        read = [dict(self._read(part)) for part in parts]
        keys = list(
            dict.fromkeys(key for one in read for key, value in one.items() if value not in (None, ()))
        )
        rows = [
            [Said(key, self._said(key, one.get(key)), self.ours(f"{at}/{n}/{key}")) for key in keys]
            for n, one in enumerate(read)
        ]
        return Rows(name, [_base(key) for key in keys], rows)

    def _read(self, part: Part) -> Iterator[tuple[str, Any]]:
        """The members in the reader's language: of a pair `…_zh`, `…_en` only one."""
        other = "en" if self.language == "zh" else "zh"
        for key, value in _members(part):
            if key != other and not key.endswith(f"_{other}"):
                yield key, value

    def _said(self, key: str, value: Any) -> str:  # noqa: ANN401  (any value of the rules)
        if key in _CODED and value:
            return self._joined(tuple(wording.label(_CODED[key], one, self.language) for one in value))
        return self._text(value)

    def _text(self, value: Any) -> str:  # noqa: ANN401  (any value of the rules)
        if value is None or value == ():
            return "—"
        if isinstance(value, bool):
            return wording.label("yes_no", "YES" if value else "NO", self.language)
        if isinstance(value, StrEnum):
            return wording.label(_kind(value), value, self.language)
        if isinstance(value, Decimal | int):
            return wording.number(value)
        return self._joined(value)

    def _joined(self, value: Any) -> str:  # noqa: ANN401  (any value of the rules)
        comma = "、" if self.language == "zh" else ", "
        if isinstance(value, Mapping):
            return comma.join(f"{key}: {self._text(one)}" for key, one in value.items())
        if isinstance(value, Part):
            return str(getattr(value, self.language, getattr(value, "code", "")))
        if isinstance(value, tuple):
            return comma.join(self._text(one) for one in value)
        return str(value)


def _members(part: Part) -> Iterator[tuple[str, Any]]:
    return ((key, getattr(part, key)) for key in type(part).model_fields if key not in _NOT_SAID)


def _is_list(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Part)


def _base(key: str) -> str:
    return re.sub(r"_(zh|en)$", "", key)


def _kind(value: StrEnum) -> str:
    """The section of `words/` or `labels/` that names this enum."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(value).__name__).lower()
