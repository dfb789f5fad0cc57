"""Pydantic's error types as our reasons: one per field, in both languages, never echoing what was sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.domain.errors import CATALOGUE, Reason, Refusal
from app.domain.fields import FIELD_CODES

M = TypeVar("M", bound=BaseModel)


def reasons_of(errors: Iterable[Mapping[str, Any]] | Sequence[Any]) -> list[Reason]:
    """VALIDATION_FAILED (or JSON_INVALID), then one reason per fault with its JSON pointer."""
    listed = list(errors)
    if any(e["type"] == "json_invalid" for e in listed):
        return [Reason("JSON_INVALID")]
    return [Reason("VALIDATION_FAILED"), *(_reason(e) for e in _at_their_fields(listed))]


def checked(model: type[M], data: Mapping[str, Any]) -> M:
    """Build an operation's input from a form; refuses `VALIDATION_FAILED` with one reason per field."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise Refusal.of(reasons_of(error.errors(include_url=False, include_input=False))) from None


def _at_their_fields(errors: list[Any]) -> Iterator[Mapping[str, Any]]:
    """The faults without the choice between a value and none, which the library names in the place of what may be left out."""
    choices = {tuple(e["loc"][:-1]) for e in errors if e["type"] == "none_required"}
    for error in errors:
        if error["type"] != "none_required":
            place = error["loc"]
            kept = [part for at, part in enumerate(place) if tuple(place[:at]) not in choices]
            yield {**error, "loc": kept}


def _reason(error: Mapping[str, Any]) -> Reason:
    kind = str(error["type"])
    code = kind if kind in CATALOGUE else FIELD_CODES.get(kind, "FIELD_FORMAT")
    where = [str(part) for part in error["loc"] if part not in ("body", "query", "path", "header")]
    context = {k: v for k, v in (error.get("ctx") or {}).items() if isinstance(v, int | str)}
    return Reason(code, "/" + "/".join(where), context | {"expected": context.get("expected", "")})
