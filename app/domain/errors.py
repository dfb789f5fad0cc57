"""Why something was refused: six kinds, one stable code each, texts in Chinese and English.

The catalogue itself is data (`refusals/`, a file a feature), so that the API's problem documents, the greyed
button's explanation and the generated `openapi/problems.md` are read off one table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.domain.folders import merged


class Kind(StrEnum):
    """What sort of refusal it is; `app.http` alone turns a kind into an HTTP status."""

    INVALID = "INVALID"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    STALE = "STALE"
    GONE = "GONE"
    EDGE = "EDGE"  # refused before any business rule was asked; the entry names its own status


@dataclass(frozen=True)
class Entry:
    """One row of the catalogue: the short title and the sentence that says what to do."""

    code: str
    kind: Kind
    title_zh: str
    title_en: str
    detail_zh: str
    detail_en: str
    status: int = 0  # only for EDGE
    retryable: bool = False


def _load() -> dict[str, Entry]:
    raw = merged(Path(__file__).parent / "refusals")
    return {code: Entry(code=code, **{**row, "kind": Kind(row["kind"])}) for code, row in raw.items()}


CATALOGUE: Mapping[str, Entry] = _load()


@dataclass(frozen=True)
class Reason:
    """One reason why not: a blocker beside a button, or a fault of one field (`pointer`, RFC 6901)."""

    code: str
    pointer: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, self.pointer))

    def sentence(self, language: str) -> str:
        """The sentence for people, in `zh` or `en`, with the parameters filled in."""
        entry = CATALOGUE[self.code]
        template = entry.detail_en if language == "en" else entry.detail_zh
        return template.format_map(_Shown(self.params, language))


class Refusal(Exception):  # noqa: N818  (the field's word; it is an answer, not a fault)
    """The act was refused and changed nothing. `reasons[0]` names the code."""

    def __init__(self, code: str, /, pointer: str = "", **params: object) -> None:
        super().__init__(code)
        self.reasons: tuple[Reason, ...] = (Reason(code, pointer, params),)

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> "Refusal":
        """One refusal out of several reasons; the first one names it."""
        listed = tuple(reasons)
        refusal = cls(listed[0].code)
        refusal.reasons = listed
        return refusal

    @property
    def reason(self) -> Reason:
        return self.reasons[0]

    @property
    def code(self) -> str:
        return self.reason.code

    @property
    def entry(self) -> Entry:
        return CATALOGUE[self.code]


def refuse(reasons: Iterable[Reason]) -> None:
    """Raise when there is any reason against; return when there is none."""
    listed = tuple(reasons)
    if listed:
        raise Refusal.of(listed)


class _Shown(dict[str, object]):
    """Parameters as people read them: lists are joined, a `{name_zh}`/`{name_en}` pair is picked by language."""

    def __init__(self, params: Mapping[str, object], language: str) -> None:
        super().__init__(params)
        self._language = language

    def __getitem__(self, key: str) -> object:
        both = f"{key}_{self._language}"
        shown = dict.get(self, both) if both in self else dict.get(self, key, "—")
        if isinstance(shown, (tuple, list)):
            return (", " if self._language == "en" else "、").join(map(str, shown))
        return shown

    def __missing__(self, key: str) -> object:
        return "—"
