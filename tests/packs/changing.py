"""A pack with one thing changed, and what the check says of it."""

import copy
from collections.abc import Callable
from typing import Any

from app.domain.errors import CATALOGUE
from app.packs import loading
from app.packs.checking import check

Raw = dict[str, Any]
PROVINCIAL: Raw = loading.as_json(loading.load("provincial-windows"))
MUNICIPAL: Raw = loading.as_json(loading.load("municipal-windows"))


def faults(change: Callable[[Raw], object], pack: Raw = PROVINCIAL) -> list[tuple[str, str]]:
    """Code and place of every fault of a pack that was changed; the first reason names the whole."""
    raw = copy.deepcopy(pack)
    change(raw)
    rules, reasons = check(raw)
    assert rules is None
    assert (reasons[0].code, reasons[0].pointer) == ("PACK_INVALID", "")
    for reason in reasons:
        assert reason.code in CATALOGUE
        assert "—" not in reason.sentence("zh") + reason.sentence("en")
    return [(reason.code, reason.pointer) for reason in reasons[1:]]


def put(pointer: str, value: object) -> Callable[[Raw], None]:
    """Set what is at a JSON pointer."""
    *way, last = pointer.strip("/").split("/")

    def change(raw: Raw) -> None:
        at: Any = raw
        for step in way:
            at = at[int(step) if isinstance(at, list) else step]
        at[int(last) if isinstance(at, list) else last] = value

    return change


def drop(pointer: str) -> Callable[[Raw], None]:
    """Remove what is at a JSON pointer."""
    *way, last = pointer.strip("/").split("/")

    def change(raw: Raw) -> None:
        at: Any = raw
        for step in way:
            at = at[int(step) if isinstance(at, list) else step]
        del at[int(last) if isinstance(at, list) else last]

    return change
