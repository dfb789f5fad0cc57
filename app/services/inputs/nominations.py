"""Inputs about nominations: putting a window forward, and what is written about it."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from app.services.inputs.base import Input, clean
from app.services.inputs.ids import WindowRef

STATEMENT_MIN = 50  # domain.md 4.1: shorter says nothing of what makes the window exemplary
_EXAMPLE = (
    "该窗口推行一窗受理、即时办结，群众满意率连续三年居全市首位，其首问负责、延时服务和上门代办的做法"
    "已在全市推广，具有典型性和示范作用。"
)


def _long_enough(value: str) -> str:
    if 0 < len(value) < STATEMENT_MIN:
        raise PydanticCustomError("TEXT_TOO_SHORT", "too short", {"min_length": STATEMENT_MIN})
    return value


Statement = Annotated[
    str,
    StringConstraints(max_length=1000, strip_whitespace=True),
    AfterValidator(clean),
    AfterValidator(_long_enough),
]
NewMerits = Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True), AfterValidator(clean)]


class NominationDraft(Input):
    """A window put forward in the campaign; route, bucket and levels follow from its place in the tree."""

    window_id: WindowRef = Field(description="The window.")
    statement: Statement = Field(
        "",
        description="In what it is typical and exemplary, 50 to 1000 characters; may follow later (R-023).",
        examples=[_EXAMPLE],
    )
    new_merits: NewMerits = Field(
        "",
        description="Merits since an earlier award, where the rules ask for them (E-29).",
        examples=[""],
    )


class NominationEdit(Input):
    """What is written about a window while it is open: a draft, or the parts a return has opened."""

    statement: Statement | SkipJsonSchema[None] = Field(
        None, description="In what it is typical and exemplary, 50 to 1000 characters.", examples=[_EXAMPLE]
    )
    new_merits: NewMerits | SkipJsonSchema[None] = Field(
        None, description="Merits since an earlier award.", examples=[""]
    )
