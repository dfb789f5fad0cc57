"""Pydantic's error types as our reasons: one per field, in both languages, never echoing what was sent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.domain.errors import CATALOGUE, Reason, Refusal

M = TypeVar("M", bound=BaseModel)

_CODES = {
    "missing": "FIELD_MISSING",
    "extra_forbidden": "FIELD_UNKNOWN",
    "string_too_short": "TEXT_TOO_SHORT",
    "string_too_long": "TEXT_TOO_LONG",
    "string_pattern_mismatch": "FIELD_FORMAT",
    "enum": "FIELD_CHOICE",
    "literal_error": "FIELD_CHOICE",
    "union_tag_invalid": "FIELD_CHOICE",
    "union_tag_not_found": "FIELD_MISSING",
    "too_short": "LIST_TOO_SHORT",
    "too_long": "LIST_TOO_LONG",
    "greater_than_equal": "NUMBER_RANGE",
    "less_than_equal": "NUMBER_RANGE",
    "greater_than": "NUMBER_RANGE",
    "less_than": "NUMBER_RANGE",
    "finite_number": "NUMBER_NOT_FINITE",
}


def reasons_of(errors: Iterable[Mapping[str, Any]] | Sequence[Any]) -> list[Reason]:
    """VALIDATION_FAILED (or JSON_INVALID), then one reason per fault with its JSON pointer."""
    listed = list(errors)
    if any(e["type"] == "json_invalid" for e in listed):
        return [Reason("JSON_INVALID")]
    return [Reason("VALIDATION_FAILED"), *(_reason(e) for e in listed)]


def checked(model: type[M], data: Mapping[str, Any]) -> M:
    """Build an operation's input from a form; refuses `VALIDATION_FAILED` with one reason per field."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise Refusal.of(reasons_of(error.errors(include_url=False, include_input=False))) from None


def _reason(error: Mapping[str, Any]) -> Reason:
    kind = str(error["type"])
    code = kind if kind in CATALOGUE else _CODES.get(kind, "FIELD_FORMAT")
    where = [str(part) for part in error["loc"] if part not in ("body", "query", "path", "header")]
    context = {k: v for k, v in (error.get("ctx") or {}).items() if isinstance(v, int | str)}
    return Reason(code, "/" + "/".join(where), context | {"expected": context.get("expected", "")})
