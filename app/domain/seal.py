"""Seals go on a form level by level, from the lowest up; the product records them and draws none (R-040, decisions 24)."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from app.domain.errors import Reason
from app.domain.levels import Level


class SealKind(StrEnum):
    """A seal on paper (and its scan), or an official electronic seal named by its provider's number."""

    PHYSICAL_SCAN = "PHYSICAL_SCAN"
    E_SEAL = "E_SEAL"


def order_reasons(
    level: Level, sealed_on: date, today: date, levels: Collection[Level], seals: Mapping[Level, date]
) -> list[Reason]:
    """Not ahead of time, not before a level below, not after a level above; no level below is left out."""
    found = [Reason("DATE_IN_FUTURE", "/sealed_on")] if sealed_on > today else []
    missing = [lower for lower in levels if lower < level and lower not in seals]
    if missing:
        names = {"level_zh": tuple(x.name_zh for x in missing), "level_en": tuple(x.name_en for x in missing)}
        found.append(Reason("SEAL_MISSING", "", names))
    turned = any(
        (other < level and day > sealed_on) or (other > level and day < sealed_on)
        for other, day in seals.items()
    )
    return [*found, *([Reason("SEAL_ORDER", "/sealed_on")] if turned else [])]


def name_reasons(name_on_seal: str, statutory: str) -> list[Reason]:
    """The seal bears the name the organisation had by statute on that day (E-02)."""
    fits = name_on_seal == statutory
    return [] if fits else [Reason("SEAL_NAME_MISMATCH", "/name_on_seal", {"name": statutory})]


def proof_reasons(kind: SealKind, e_seal_id: str) -> list[Reason]:
    """An electronic seal is named by its number; one on paper has none."""
    fits = bool(e_seal_id) == (kind is SealKind.E_SEAL)
    return [] if fits else [Reason("SEAL_NUMBER", "/e_seal_id")]
