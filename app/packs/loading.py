"""Packs as files: which there are, reading one, writing rules out again."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.errors import Refusal
from app.packs import toml
from app.packs.checking import checked
from app.packs.schema import CampaignRules

_FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The packs that ship with the platform."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def load(name: str) -> CampaignRules:
    """A shipped pack, read once per process. Refuses `NOT_FOUND`; a name is never a path."""
    if name not in names():
        raise Refusal("NOT_FOUND")
    return _shipped(name)


@cache
def _shipped(name: str) -> CampaignRules:
    return from_toml((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def from_toml(text: str) -> CampaignRules:
    """Rules that somebody edited. Refuses `PACK_UNREADABLE` and `PACK_INVALID`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal("PACK_UNREADABLE", why=str(error)) from None
    return checked(raw)


def from_json(raw: Mapping[str, Any]) -> CampaignRules:
    """Rules as somebody sent them. Refuses `PACK_INVALID`."""
    return checked(raw)


def from_row(rules: Mapping[str, Any]) -> CampaignRules:
    """Rules as a campaign's row holds them: judged when they were stored, only read now."""
    return CampaignRules.model_validate_json(json.dumps(rules))


def as_json(rules: CampaignRules) -> dict[str, Any]:
    """Rules as the database row and the API hold them: decimal strings, no nulls."""
    return rules.model_dump(mode="json", exclude_none=True)


def as_toml(rules: CampaignRules) -> str:
    """Rules as people edit them."""
    return toml.dumps(as_json(rules))
