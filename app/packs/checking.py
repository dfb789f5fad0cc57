"""The only door by which rules come in: every fault at once, each with its place, in both languages."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from app.domain.errors import CATALOGUE, Reason, Refusal
from app.domain.fields import FIELD_CODES
from app.packs.parts import Section, default_pointers
from app.packs.schema import CampaignRules

_READERS: Mapping[str, TypeAdapter[Any]] = {
    name: TypeAdapter(field.rebuild_annotation()) for name, field in CampaignRules.model_fields.items()
}


def check(raw: Mapping[str, Any]) -> tuple[CampaignRules | None, list[Reason]]:
    """The rules, or why these are none: PACK_INVALID first, then one reason per fault.

    A section that can be read is judged by itself even when another cannot; sections are judged together
    only when all can be read.
    """
    sections: dict[str, Section] = {}
    reasons = [
        Reason("FIELD_UNKNOWN", f"/{_token(name)}") for name in raw if name not in CampaignRules.model_fields
    ]
    for name, field in CampaignRules.model_fields.items():
        if name not in raw:
            reasons += [Reason("FIELD_MISSING", f"/{name}")] if field.is_required() else []
            continue
        section, faults = _section(name, raw[name])
        reasons += faults
        if section is not None:
            sections[name] = section
    rules = None if reasons else CampaignRules.model_validate(sections)
    reasons += list(rules.faults()) if rules else []
    return (None, [Reason("PACK_INVALID"), *reasons]) if reasons else (rules, [])


def checked(raw: Mapping[str, Any]) -> CampaignRules:
    """The rules. Refuses `PACK_INVALID` with every fault."""
    rules, reasons = check(raw)
    if rules is None:
        raise Refusal.of(reasons)
    return rules


def _section(name: str, value: object) -> tuple[Section | None, list[Reason]]:
    at = f"/{name}"
    try:
        # As JSON: in strict mode this takes an enum's name and a decimal string, and still converts nothing else.
        section: Section = _READERS[name].validate_json(json.dumps(value, allow_nan=False))
    except ValidationError as error:
        return None, list(_shape_faults(error, at))
    except (TypeError, ValueError, RecursionError):
        return None, [Reason("FIELD_FORMAT", at)]
    own = [Reason(fault.code, at + fault.pointer, fault.params) for fault in section.faults()]
    return section, [*own, *default_pointers(section, at)[1]]


def _shape_faults(error: ValidationError, at: str) -> Iterator[Reason]:
    faults = error.errors(include_url=False, include_input=False)
    for fault in faults:
        if fault["type"] == "too_short" and _has_faulty_elements(fault["loc"], faults):
            continue  # pydantic does not count elements it could not read; their own faults are named
        code = fault["type"] if fault["type"] in CATALOGUE else FIELD_CODES.get(fault["type"], "FIELD_FORMAT")
        context = {k: v for k, v in fault.get("ctx", {}).items() if isinstance(v, int | str)}
        pointer = "".join(f"/{_token(str(step))}" for step in fault["loc"])
        yield Reason(code, at + pointer, {"expected": "", **context})


def _has_faulty_elements(list_at: tuple[int | str, ...], faults: list[ErrorDetails]) -> bool:
    return any(
        len(fault["loc"]) > len(list_at) and fault["loc"][: len(list_at)] == list_at for fault in faults
    )


def _token(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
