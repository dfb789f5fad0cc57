"""Inputs about what is written for a nomination: declarations, write-up, form, the order of a bucket."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from app.services.inputs.base import Input, OptionalParagraph, Short, clean
from app.services.inputs.ids import NominationRef
from app.services.inputs.vetoes import VetoCode

MOST_CHARACTERS = (
    20_000  # far above any hard limit of a pack: what is too long is counted and told, not cut off
)

_LINE = {"type": "string", "maxLength": MOST_CHARACTERS}
_PARTS = {"type": "object", "maxProperties": 10}
FORM_VALUE: dict[str, Any] = {
    "description": "By the type of the field: text, a whole number, a day, a code; honours as a list; "
    "a declaration as `has_occurred` and `explanation`; an opinion as `text`, `signer`, `signed_on`.",
    "anyOf": [
        _LINE,
        {"type": "integer", "minimum": 0, "maximum": 10_000_000},
        {"type": "array", "maxItems": 50, "items": _PARTS | {"additionalProperties": _LINE}},
        _PARTS | {"additionalProperties": {"anyOf": [_LINE, {"type": "boolean"}]}},
    ],
    "examples": ["杭州市西湖区社会保险服务大厅"],
}
FormValue = Annotated[Any, WithJsonSchema(FORM_VALUE)]
FieldKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$", max_length=40)]


class DeclarationIn(Input):
    """The unit's own word on one veto item."""

    veto_code: VetoCode = Field(description="Which veto item.", examples=["VIOLATION"])
    has_occurred: bool = Field(description="Whether it has occurred.")
    explanation: OptionalParagraph = Field("", description="Owed when it has occurred.", examples=[""])
    signed_by: Short = Field(description="Who signed for the unit.", examples=["王敏"])
    signed_on: date = Field(description="When; not after today.", examples=["2026-07-01"])


class DeclarationSet(Input):
    """All that the unit declares; what is left out is not declared."""

    declarations: list[DeclarationIn] = Field(max_length=50)


class WriteUpText(Input):
    """The merit write-up as text; how characters are counted is said in the answer (E-38)."""

    text: Annotated[
        str, StringConstraints(max_length=MOST_CHARACTERS, strip_whitespace=True), AfterValidator(clean)
    ] = Field(description="The text.", examples=["该窗口成立于2010年，现有工作人员12名……"])


class FormData(Input):
    """The values of the form by the keys of its fields; what is left out is empty."""

    data: dict[FieldKey, FormValue] = Field(
        max_length=100,
        description="Values by field.",
        examples=[{"unit_name": "杭州市西湖区社会保险服务大厅"}],
    )


class BucketRanking(Input):
    """The candidates of the bucket, best first."""

    nominations: list[NominationRef] = Field(
        min_length=1, max_length=500, description="All of them, once each."
    )
