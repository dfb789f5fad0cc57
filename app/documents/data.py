"""What a document is made from: plain values, already in words and in order. Nothing here is looked up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | date | datetime | bool | list[Any] | dict[str, Any] | None
"""What a row holds; lists and objects stay what they are in JSON and become one line of text elsewhere."""


@dataclass(frozen=True)
class Labelled:
    """One field of a form: what it is called and what was filled in. A `wide` one takes the whole line."""

    label: str
    text: str
    wide: bool = False


@dataclass(frozen=True)
class Opinion:
    """A level's opinion with room for its seal: who signed and when; the seal itself is put on paper (R-040)."""

    label: str
    text: str
    organization: str
    signer: str
    on: str


@dataclass(frozen=True)
class ApprovalForm:
    """The submission-and-approval form of one window (R-034, R-037)."""

    title: str
    code: str
    unit: str
    recommended_by: str
    filled_on: str
    template: str
    fields: Sequence[Labelled]
    opinions: Sequence[Opinion]
    sample: bool = False
    mark: str = ""  # what it is not yet, or no longer: a draft, withdrawn


@dataclass(frozen=True)
class NoticeLine:
    """One nominee as the notice names it."""

    window: str
    sponsor: str
    place: str
    kind: str
    merits: str


@dataclass(frozen=True)
class Notice:
    """A publicity notice as it is posted on paper (domain.md 3.3)."""

    title: str
    code: str
    paragraphs: Sequence[str]
    lines: Sequence[NoticeLine]
    period: str
    contact: Sequence[Labelled]
    issuer: str
    on: str
    sample: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Certificate:
    """An award's certificate with room for the seal; a revoked one says so and is no certificate any more (E-42)."""

    award: str
    window: str
    sponsor: str
    number: str
    sentence: str
    host: str
    on: str
    revoked: str = ""
    sample: bool = False


@dataclass(frozen=True)
class Candidates:
    """A unit's candidates, or the campaign's, in the order of their rank, with room for who answers for the table."""

    title: str
    unit: str
    on: str
    columns: Sequence["Column"]
    rows: Sequence[Sequence["Cell"]]
    signing: Sequence[str]
    notes: Sequence[str] = ()
    sample: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table; `width` in characters. Numbers stay numbers; everything else is written as text."""

    key: str
    title: str
    width: int = 14


@dataclass(frozen=True)
class Table:
    """A list to be taken away, its rows read once and never held. `about` says who took what, when and narrowed to what;
    `withheld` says what the reader does not see, so that nobody takes it for the whole."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    about: Sequence[Labelled] = field(default_factory=tuple)
    withheld: Sequence[str] = field(default_factory=tuple)
