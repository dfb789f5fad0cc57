"""Inputs about working days; the shape is that of the public holiday-cn files."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.services.inputs.base import Input, Line, clean

Label = Annotated[
    str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True), AfterValidator(clean)
]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=300)]


class SpecialDayIn(Input):
    """A holiday, or a weekend day that is worked."""

    name: Label = Field(description="Name.", examples=["国庆节"])
    day: date = Field(alias="date", description="The day.")
    is_off_day: bool = Field(alias="isOffDay", description="Free, or worked.")


class YearImport(Input):
    """A year's arrangement of rest days; members are named as holiday-cn names them."""

    schema_: Annotated[str, StringConstraints(max_length=300)] | SkipJsonSchema[None] = Field(
        None, alias="$schema", description="Ignored.", examples=["https://example.org/schema.json"]
    )
    id_: Annotated[str, StringConstraints(max_length=300)] | SkipJsonSchema[None] = Field(
        None, alias="$id", description="Ignored.", examples=["https://example.org/2027.json"]
    )
    year: Annotated[int, Field(ge=2004, le=2199)] | SkipJsonSchema[None] = Field(
        None, description="The year; that of the address unless said.", examples=[2027]
    )
    papers: list[Address] = Field(
        default_factory=list, max_length=10, examples=[["https://www.gov.cn/x.htm"]]
    )
    source_title: Line = Field(
        "国务院办公厅关于部分节假日安排的通知",
        description="The paper that says so.",
        examples=["国务院办公厅关于2027年部分节假日安排的通知"],
    )
    days: list[SpecialDayIn] = Field(min_length=1, max_length=120)
