"""What stages and actions are called, in Chinese and English; the codes themselves never change."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from app.domain.folders import merged

Words = Mapping[str, Mapping[str, tuple[str, str]]]


def _load() -> Words:
    raw = merged(Path(__file__).parent / "words")
    return {kind: {code: (zh, en) for code, (zh, en) in rows.items()} for kind, rows in raw.items()}


WORDS: Words = _load()


def name_of(kind: str, member: StrEnum, language: str) -> str:
    """The name of one stage or action in `zh` or `en`; `kind` is such as `nomination_stage`."""
    return WORDS[kind][member][language == "en"]


def both(key: str, kind: str, *members: StrEnum) -> dict[str, str]:
    """A pair of parameters `key_zh`, `key_en` for a sentence; several names are listed."""
    return {
        f"{key}_zh": "、".join(name_of(kind, m, "zh") for m in members) or "—",
        f"{key}_en": ", ".join(name_of(kind, m, "en") for m in members) or "—",
    }
