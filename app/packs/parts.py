"""What every section of a pack is made of: a frozen strict model, its clause, and which fields are our defaults."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from app.domain.errors import Reason

_DECIMAL = re.compile(r"(0|[1-9]\d{0,3})(\.\d{1,2})?")


def _from_decimal_string(value: object) -> Decimal:
    """Points travel as decimal strings: a JSON or TOML number would have been a binary fraction on the way."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    raise PydanticCustomError("FIELD_FORMAT", "a decimal string such as 2.5 is expected")


Points = Annotated[Decimal, BeforeValidator(_from_decimal_string)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$")]
Chinese = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"[\u4e00-\u9fff]")]
English = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\u4e00-\u9fff]+$")]
# The ids under which the notice's clauses, its gaps and the decisions about them are kept (R-028, G-06, D-06).
Clause = Annotated[str, StringConstraints(pattern=r"^[RGDEI]-\d{2,3}(, [RGDEI]-\d{2,3})*$")]


class Part(BaseModel):
    """A piece of the rules: nothing unknown, nothing converted silently, never changed after reading."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Section(Part):
    """A named section. `platform_defaults` lists its fields that the notice does not settle.

    An entry is `min_days`, or goes deeper: `types.affiliation_levels` (of every type), `routes.CITY` (one
    element, by its code), `*` (the whole section).
    """

    clause: Clause
    platform_defaults: tuple[str, ...] = ()

    def faults(self) -> Iterator[Reason]:
        """What speaks against this section by itself; pointers are relative to it."""
        yield from ()


def default_pointers(section: Section, at: str) -> tuple[list[str], list[Reason]]:
    """The JSON pointers of the section's platform defaults, and a reason for each entry that names nothing."""
    pointers: list[str] = []
    unknown: list[Reason] = []
    for index, entry in enumerate(section.platform_defaults):
        found = [at] if entry == "*" else list(_places(section, entry.split("."), at))
        pointers += found
        if not found:
            unknown.append(
                Reason("PACK_DEFAULTS_UNKNOWN", f"{at}/platform_defaults/{index}", {"name": entry})
            )
    return pointers, unknown


def repeated(codes: Iterable[str], at: str) -> Iterator[Reason]:
    """A reason for every code that was there before; `at` holds `{}` for the position."""
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code in seen:
            yield Reason("PACK_CODE_DUPLICATE", at.format(index), {"duplicate": code})
        seen.add(code)


def _places(value: object, steps: list[str], at: str) -> Iterator[str]:
    """Where a dotted entry leads; a list is entered by an element's code, or by a field of all its elements."""
    if not steps:
        yield at
    elif isinstance(value, tuple):
        named = [n for n, element in enumerate(value) if _code_of(element) == steps[0]]
        for n in named or range(len(value)):
            yield from _places(value[n], steps[1:] if named else steps, f"{at}/{n}")
    elif isinstance(value, Part) and steps[0] in type(value).model_fields and steps[0] not in _NOT_RULES:
        yield from _places(getattr(value, steps[0]), steps[1:], f"{at}/{steps[0]}")


_NOT_RULES = {"clause", "platform_defaults"}


def _code_of(element: object) -> str:
    return str(getattr(element, "code", getattr(element, "kind", "")))
