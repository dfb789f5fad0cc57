"""What is filled into a form against the fields of its template: what is wrong, and what is still missing (R-034)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.text import forbidden_characters
from app.packs.materials import FieldType, FormField

MOST_HONOURS = 50
_HONOUR = {"level": 60, "title": 200, "year": 4, "issuer": 100}
_EXPLANATION, _SIGNER = 1000, 60
_MOST = 10_000_000

Values = Mapping[str, object]


def faults(fields: Collection[FormField], data: Values) -> list[Reason]:
    """One reason for each value that does not fit its field, with a pointer to it; an empty value fits any field."""
    known = {field.key: field for field in fields}
    found = []
    for key, value in data.items():
        field = known.get(key)
        if field is None:
            found.append(Reason("FIELD_UNKNOWN", f"/data/{key}"))
        elif not empty(value):
            found += _CHECKS[field.type](field, value, f"/data/{key}")
    return found


def missing(fields: Collection[FormField], data: Values, levels: Collection[Level]) -> list[FormField]:
    """The fields still owed: required, and of a level that this nomination passes (or of none)."""
    return [
        field
        for field in fields
        if field.required
        and (field.level is None or field.level in levels)
        and not _filled(field, data.get(field.key))
    ]


def empty(value: object) -> bool:
    """Nothing was filled in."""
    return value in (None, "", [], {})


def _filled(field: FormField, value: object) -> bool:
    if field.type is FieldType.OPINION:
        return isinstance(value, Mapping) and all(
            not empty(value.get(name)) for name in ("text", "signed_on")
        )
    return not empty(value)


def _text(field: FormField, value: object, at: str) -> Iterator[Reason]:
    yield from _line(value, field.max_length or _EXPLANATION, at)


def _integer(_: FormField, value: object, at: str) -> Iterator[Reason]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield Reason("FIELD_FORMAT", at)
    elif not 0 <= value <= _MOST:
        yield Reason("NUMBER_RANGE", at, {"expected": f"0–{_MOST}"})


def _day(_: FormField, value: object, at: str) -> Iterator[Reason]:
    if not _is_day(value):
        yield Reason("FIELD_FORMAT", at)


def _choice(field: FormField, value: object, at: str) -> Iterator[Reason]:
    codes = tuple(choice.code for choice in field.choices)
    if value not in codes:
        yield Reason("FIELD_CHOICE", at, {"expected": codes})


def _honours(_: FormField, value: object, at: str) -> Iterator[Reason]:
    if not isinstance(value, list):
        yield Reason("FIELD_FORMAT", at)
    elif len(value) > MOST_HONOURS:
        yield Reason("LIST_TOO_LONG", at, {"max_length": MOST_HONOURS})
    else:
        for index, honour in enumerate(value):
            yield from _parts(honour, _HONOUR, f"{at}/{index}", owed=("title",))


def _declaration(_: FormField, value: object, at: str) -> Iterator[Reason]:
    """None or some; some is explained."""
    if not isinstance(value, Mapping) or not isinstance(value.get("has_occurred"), bool):
        yield Reason("FIELD_FORMAT", at)
        return
    said = {name: part for name, part in value.items() if name != "has_occurred"}
    owed = ("explanation",) if value["has_occurred"] else ()
    yield from _parts(said, {"explanation": _EXPLANATION}, at, owed)


def _opinion(field: FormField, value: object, at: str) -> Iterator[Reason]:
    """A text, who signed it and when; the seal is a record of its own."""
    sizes = {"text": field.max_length or _EXPLANATION, "signer": _SIGNER, "signed_on": 10}
    wrong = list(_parts(value, sizes, at, owed=()))
    yield from wrong
    signed_on = value.get("signed_on") if isinstance(value, Mapping) else None
    if not wrong and not empty(signed_on) and not _is_day(signed_on):
        yield Reason("FIELD_FORMAT", f"{at}/signed_on")


def _parts(value: object, sizes: Mapping[str, int], at: str, owed: Collection[str]) -> Iterator[Reason]:
    """The named lines of a value that has several."""
    if not isinstance(value, Mapping):
        yield Reason("FIELD_FORMAT", at)
        return
    for name in value:
        if name not in sizes:
            yield Reason("FIELD_UNKNOWN", f"{at}/{name}")
    for name, size in sizes.items():
        part = value.get(name, "")
        if name in owed and empty(part):
            yield Reason("FIELD_MISSING", f"{at}/{name}")
        yield from _line(part, size, f"{at}/{name}")


def _line(value: object, size: int, at: str) -> Iterator[Reason]:
    if not isinstance(value, str):
        yield Reason("FIELD_FORMAT", at)
    elif len(value) > size:
        yield Reason("TEXT_TOO_LONG", at, {"max_length": size, "expected": size})
    elif forbidden_characters(value):
        yield Reason("TEXT_CONTROL_CHARS", at)


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or len(value) != len("2026-09-30"):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


_CHECKS: Mapping[FieldType, Callable[[FormField, object, str], Iterator[Reason]]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.INTEGER: _integer,
    FieldType.DATE: _day,
    FieldType.CHOICE: _choice,
    FieldType.HONOURS: _honours,
    FieldType.DECLARATION: _declaration,
    FieldType.OPINION: _opinion,
}
