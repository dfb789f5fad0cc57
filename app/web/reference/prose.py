"""The little Markdown of descriptions: paragraphs, list items, **strong**, `code`, a rule."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A paragraph, a list, an item or a rule with its runs; a run is plain, strong or code."""

    kind: str
    pieces: tuple["Piece", ...] = ()
    text: str = ""


def blocks(text: str) -> tuple[Piece, ...]:
    """A description as pieces that a template can show without trusting any markup."""
    return tuple(_block(paragraph) for paragraph in re.split(r"\n\s*\n", text.strip()))


def _block(paragraph: str) -> Piece:
    if paragraph.strip() == "---":
        return Piece("rule")
    if paragraph.startswith("- "):
        items = re.split(r"\n- ", paragraph.removeprefix("- "))
        return Piece("list", tuple(Piece("item", _runs(item)) for item in items))
    return Piece("paragraph", _runs(paragraph))


def _runs(text: str) -> tuple[Piece, ...]:
    parts = re.split(r"(\*\*[^*]+\*\*|`[^`]+`)", " ".join(text.split()))
    return tuple(_run(part) for part in parts if part)


def _run(part: str) -> Piece:
    if part.startswith("**") and part.endswith("**") and len(part) > 4:
        return Piece("strong", text=part[2:-2])
    if part.startswith("`") and part.endswith("`") and len(part) > 2:
        return Piece("code", text=part[1:-1])
    return Piece("plain", text=part)
