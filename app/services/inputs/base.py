"""Inputs belong to the operation: one set of limits and messages for both doors.

Unknown fields are refused, text is normalised (NFC, trimmed) and free of control characters.
"""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from app.domain.text import forbidden_characters, normalise


class Input(BaseModel):
    """An operation's input: strict about names, lenient about nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def clean(value: str) -> str:
    if forbidden_characters(value):
        raise PydanticCustomError("TEXT_CONTROL_CHARS", "control characters")
    return normalise(value)


def line(minimum: int, maximum: int) -> object:
    """One line of text of `minimum` to `maximum` characters after trimming."""
    return Annotated[
        str,
        StringConstraints(min_length=minimum, max_length=maximum, strip_whitespace=True),
        AfterValidator(clean),
    ]


Name = Annotated[
    str, StringConstraints(min_length=2, max_length=100, strip_whitespace=True), AfterValidator(clean)
]
Short = Annotated[
    str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True), AfterValidator(clean)
]
Line = Annotated[
    str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), AfterValidator(clean)
]
OptionalLine = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True), AfterValidator(clean)]
Paragraph = Annotated[
    str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True), AfterValidator(clean)
]
OptionalParagraph = Annotated[
    str, StringConstraints(max_length=2000, strip_whitespace=True), AfterValidator(clean)
]
Long = Annotated[
    str, StringConstraints(min_length=1, max_length=5000, strip_whitespace=True), AfterValidator(clean)
]
OptionalLong = Annotated[
    str, StringConstraints(max_length=5000, strip_whitespace=True), AfterValidator(clean)
]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$", max_length=6)]


def _real(value: str) -> str:
    """A date of the calendar, or nothing."""
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise PydanticCustomError("FIELD_FORMAT", "a date") from None


OptionalDay = Annotated[
    str, StringConstraints(pattern=r"^(\d{4}-\d{2}-\d{2})?$", max_length=10), AfterValidator(_real)
]
