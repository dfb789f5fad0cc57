"""Inputs about service windows; one set of limits for the pages and the API."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.services.inputs.base import Input, Line, OptionalDay, OptionalLine, RegionCode, Short, clean
from app.services.inputs.ids import OrganizationRef, WindowRef

WindowName = Annotated[
    str, StringConstraints(min_length=2, max_length=80, strip_whitespace=True), AfterValidator(clean)
]
TypeCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$", max_length=40)]
Affiliation = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$", max_length=2)]
Staff = Annotated[int, Field(ge=1, le=5000)]
Uscc = Annotated[str, StringConstraints(max_length=24, strip_whitespace=True), AfterValidator(clean)]


class WindowFacts(Input):
    """What a window is (R-006 to R-010). Sub-districts that run a station together name one sponsor of record (E-28)."""

    name: WindowName = Field(description="Full name.", examples=["社会保险服务大厅"])
    region_code: RegionCode = Field(description="GB/T 2260 code of its place.", examples=["330106"])
    address: Line = Field(description="Street address.", examples=["文三路 1 号"])
    window_type: TypeCode = Field(
        description="Primary type; a comprehensive hall names others too.", examples=["SOCIAL_INSURANCE"]
    )
    other_types: list[TypeCode] = Field(
        default_factory=list, max_length=10, description="Further types (E-27).", examples=[["PETITION"]]
    )
    other_justification: OptionalLine = Field(
        default="", description="Why it is in scope, with type OTHER_WINDOW.", examples=[""]
    )
    affiliation_level: Affiliation = Field(description="GB/T 12404 code.", examples=["50"])
    in_labor_system: bool = Field(description="Belongs to the labour and social security system.")
    serves_public_directly: bool = Field(description="Serves enterprises and the public directly.")
    staff_count: Staff | SkipJsonSchema[None] = Field(
        default=None, description="Persons working there.", examples=[12]
    )
    uscc: Uscc = Field(default="", description="Unified social credit code, if it has one.", examples=[""])
    co_sponsors: OptionalLine = Field(default="", description="Other sponsors, as text.", examples=[""])


class WindowRegister(WindowFacts):
    """A new window under its sponsor."""

    sponsor_id: OrganizationRef = Field(description="The organisation it belongs to.")


class WindowEdit(WindowFacts):
    """What a window is now; a changed name keeps the old one in its history (E-02)."""

    renamed_on: OptionalDay = Field(
        default="", description="First day of the new name; today unless said.", examples=[""]
    )
    document_no: OptionalLine = Field(default="", description="Paper that renames it.", examples=[""])


class WindowAcceptance(Input):
    """The office accepts a window of the open-ended type (R-009)."""

    reason: Short = Field(description="Why it is in scope.", examples=["直接办理群众业务"])


class WindowMerger(Input):
    """A window that goes on as another one."""

    into_id: WindowRef = Field(description="The window it is merged into.")
    reason: Line = Field(description="Why, and on which paper.", examples=["机构改革，并入政务服务中心"])
