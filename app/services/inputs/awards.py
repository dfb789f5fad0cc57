"""Inputs about conferring and revoking awards."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.services.inputs.base import Input, Line, OptionalLine, clean
from app.services.inputs.ids import NominationRef

OptionalNo = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True), AfterValidator(clean)]
OptionalName = Annotated[str, StringConstraints(max_length=100, strip_whitespace=True), AfterValidator(clean)]
Day = date | SkipJsonSchema[None]


class AwardEventIn(Input):
    """The award meeting; merged with another one, it says with which (R-016)."""

    title: Line = Field(description="What it is called.", examples=["优质服务窗口表彰会"])
    merged_with: OptionalLine = Field(
        default="", description="The conference it is part of.", examples=["2026年全省劳动保障工作会议"]
    )
    held_on: date = Field(description="Day.", examples=["2026-12-20"])
    place: OptionalLine = Field(default="", description="Where.", examples=["杭州"])


class Conferral(Input):
    """Confer the determined awards, all or some; by the event, or by a numbered document."""

    nomination_ids: list[NominationRef] = Field(
        default_factory=list, max_length=1000, description="Only these; all determined ones when empty."
    )
    document_no: OptionalNo = Field(default="", description="The document.", examples=["浙劳社〔2026〕99号"])
    conferred_on: Day = Field(default=None, description="Its day; the event's, or today, unless said.")


class RevocationDetails(Input):
    """What followed from a revocation; a day that is left out stays as it was."""

    proposed_by: OptionalName = Field(
        default="", description="Who proposed it.", examples=["杭州市劳动和社会保障局"]
    )
    announced_on: Day = Field(default=None, description="When it was announced.")
    certificate_withdrawn_on: Day = Field(default=None, description="When the certificate came back.")
    plaque_withdrawn_on: Day = Field(default=None, description="When the plaque came back.")
