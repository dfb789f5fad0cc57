"""Inputs about veto findings."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.services.inputs.base import Input, Line, OptionalLong, Paragraph
from app.services.inputs.ids import ObjectionRef

VetoCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$", max_length=40)]


class FindingRecord(Input):
    """An alleged fact that would end the case; from now on it holds it."""

    veto_code: VetoCode = Field(description="Which veto item.", examples=["VIOLATION"])
    source: Line = Field(description="Where it comes from; no names.", examples=["纪检监察部门通报"])
    fact_on: date = Field(description="When it happened.")
    evidence: OptionalLong = Field("", description="What proves it.", examples=["通报第 3 号。"])
    objection_id: ObjectionRef | SkipJsonSchema[None] = Field(None, description="The objection it came from.")


class FindingVerify(Input):
    """Begin to verify it; evidence may be added."""

    action: Literal["VERIFY"]
    evidence: OptionalLong = Field("", description="What proves it.", examples=["通报第 3 号。"])


class FindingConfirm(Input):
    """It is so: the case ends."""

    action: Literal["CONFIRM"]
    evidence: OptionalLong = Field(
        "", description="What proves it; kept if left out.", examples=["通报第 3 号。"]
    )
    conclusion: Paragraph = Field(description="The written conclusion.", examples=["情况属实。"])


class FindingDismiss(Input):
    """It is not so: the case goes on."""

    action: Literal["DISMISS"]
    conclusion: Paragraph = Field(description="The written conclusion.", examples=["查无实据。"])


FindingStep = Annotated[FindingVerify | FindingConfirm | FindingDismiss, Field(discriminator="action")]
