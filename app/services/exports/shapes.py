"""What a table of the registry is: its columns and how each is read, which filters it takes, where its rows come from.

A table asks the very service its list on page and API asks, page after page: so scope, permission and recusal are those
of the list, and nothing is held but the rows of one page (`BATCH`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from app.documents.data import Cell
from app.domain.errors import Refusal
from app.domain.ids import shown
from app.services.context import Ctx

BATCH = 1000
"""Rows asked for at a time: a number of statements for each thousand that does not depend on what the rows are."""

R = TypeVar("R")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to, by the names the API gives the filters; empty means not at all."""

    campaign_id: UUID | None = None
    nomination_id: UUID | None = None
    holder: UUID | None = None
    stage: str = ""
    bucket: str = ""
    region: str = ""
    q: str = ""
    entity: str = ""
    subject: str = ""
    action: str = ""
    actor: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def named(self) -> dict[str, str]:
        """The filters that were given, as text."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: _said(name, value) for name, value in given.items() if value}

    @property
    def campaign(self) -> UUID:
        """The campaign, where a list is always of one. Refuses `FIELD_MISSING`."""
        if self.campaign_id is None:
            raise Refusal("FIELD_MISSING", "/campaign_id")
        return self.campaign_id

    def stage_of(self, kind: type[E]) -> E | None:
        """The stage as a member of this list's stages. Refuses `FIELD_CHOICE`."""
        if not self.stage:
            return None
        try:
            return kind(self.stage)
        except ValueError:
            raise Refusal("FIELD_CHOICE", "/stage", expected=tuple(kind)) from None


@dataclass(frozen=True)
class Col:
    """A column: its key as in the API, what it is called, how it is read; `words` are those of a stage or an action."""

    key: str
    zh: str
    en: str
    read: Callable[[Any], Any]
    width: int = 14
    words: str = ""

    def title(self, language: str) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class ListTable:
    """One list of the faces as a table. `held_back` says in both languages what the list never gives."""

    name: str
    zh: str
    en: str
    permission: str
    rows: Callable[[Ctx, Narrowed], Iterator[Any]]
    columns: Sequence[Col]
    filters: frozenset[str] = frozenset()
    by_case: bool = False
    held_back: Sequence[tuple[str, str]] = ()

    @property
    def of_campaign(self) -> bool:
        """Always of one campaign: without it the list is refused."""
        return "campaign_id!" in self.filters

    @property
    def takes(self) -> frozenset[str]:
        """The names of its filters."""
        return frozenset(one.rstrip("!") for one in self.filters)

    def title(self, language: str) -> str:
        return self.en if language == "en" else self.zh


def col(
    key: str, zh: str, en: str, read: str | Callable[[Any], Any] = "", width: int = 14, words: str = ""
) -> Col:
    """A column that is read along a path of attributes (the key's own unless said), or by a function."""
    return Col(key, zh, en, read if callable(read) else attrgetter(read or key), width, words)


def ref(prefix: str, key: str, zh: str, en: str, path: str = "") -> Col:
    """A column with the public identifier of a thing; lists that are read in the public form have it already."""
    at = attrgetter(path or key)

    def read(row: object) -> str:
        found = at(row)
        return shown(prefix, found) if isinstance(found, UUID) else found or ""

    return Col(key, zh, en, read, 38)


def takes(*names: str) -> frozenset[str]:
    """The filters of a table; `campaign_id!` is one that has to be given."""
    return frozenset(names)


def paged(listed: Callable[[str, int], Sequence[R]], key: Callable[[R], str]) -> Iterator[R]:
    """All rows of a list that is read page after page; `listed` gives one row more than asked for where there are more."""
    after = ""
    while True:
        found = listed(after, BATCH)
        yield from found[:BATCH]
        if len(found) <= BATCH:
            return
        after = key(found[BATCH - 1])


def last(key: str) -> UUID | None:
    """The row after which the next page begins, for lists that go by identifiers."""
    return UUID(key) if key else None


def plain(value: Any) -> Cell:  # noqa: ANN401  (whatever a row holds)
    """A value as a cell: identifiers as their digits, several values as a list, everything else as it is."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, tuple | set | frozenset):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    return value  # type: ignore[no-any-return]  # text, numbers, days, lists and objects


def _said(name: str, value: object) -> str:
    prefixes = {"campaign_id": "cmp", "nomination_id": "nom", "holder": "org"}
    if isinstance(value, UUID):
        return shown(prefixes[name], value)
    return value.isoformat() if isinstance(value, datetime) else str(value)
