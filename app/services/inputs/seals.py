"""Inputs about seals."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.domain.seal import SealKind
from app.services.inputs.base import Input, Name, Short, clean
from app.services.inputs.ids import MaterialRef

SealNumber = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True), AfterValidator(clean)]


class SealRecording(Input):
    """A seal put on the form (R-040): under which name, when, with whose leave, by whose hand (E-40)."""

    kind: SealKind = Field(
        description="On paper, or an official electronic seal.", examples=["PHYSICAL_SCAN"]
    )
    name_on_seal: Name = Field(
        description="The unit's statutory name on that day.", examples=["西湖区劳动和社会保障局"]
    )
    sealed_on: date = Field(description="When; not after today.", examples=["2026-07-01"])
    approved_by: Short = Field(description="The leader who approved its use.", examples=["陈立"])
    signer: Short = Field(description="Who signed beside it.", examples=["李强"])
    material_id: MaterialRef | SkipJsonSchema[None] = Field(
        default=None, description="The scan among the case's files, if there is one."
    )
    e_seal_id: SealNumber = Field(
        default="", description="Number of an electronic seal; empty for one on paper.", examples=[""]
    )
