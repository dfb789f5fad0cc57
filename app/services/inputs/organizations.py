"""Inputs about organisations: registered below another one, renamed, moved, closed, barred."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.db.tables.places import OrganizationKind
from app.services.inputs.base import Input, Name, OptionalLine, RegionCode
from app.services.inputs.ids import OrganizationRef
from app.services.inputs.windows import Affiliation, Uscc

OrganizationCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{1,39}$", max_length=40)]


class OrganizationRegister(Input):
    """A body below another one: a bureau, an affiliated unit, a division, or the sponsor of a station."""

    parent_id: OrganizationRef = Field(description="The body above it.")
    name: Name = Field(description="Full statutory name.", examples=["杭州市西湖区翠苑街道办事处"])
    org_kind: OrganizationKind = Field(description="What it is; a station's sponsor stands below a county.")
    region_code: RegionCode = Field(description="GB/T 2260 code of its place.", examples=["330106"])
    affiliation_level: Affiliation = Field(description="GB/T 12404 code.", examples=["61"])
    code: OrganizationCode | SkipJsonSchema[None] = Field(
        None, description="Unique short code; made up unless said.", examples=["330106-CY"]
    )
    uscc: Uscc = Field("", description="Unified social credit code, if it has one.", examples=[""])


class OrganizationEdit(Input):
    """What changes; fields left out stay. A new name keeps the old one with its period and paper (E-02)."""

    name: Name | SkipJsonSchema[None] = Field(
        None, description="New name.", examples=["杭州市西湖区人力资源和社会保障局"]
    )
    renamed_on: date | SkipJsonSchema[None] = Field(
        None, description="First day of the new name; today unless said."
    )
    document_no: OptionalLine = Field(
        "", description="Paper that renames it.", examples=["西人社〔2026〕8号"]
    )
    uscc: Uscc | SkipJsonSchema[None] = Field(
        None, description="Unified social credit code; empty takes it away.", examples=["11330800MB0R57773W"]
    )
    parent_id: OrganizationRef | SkipJsonSchema[None] = Field(None, description="Moved below this body.")
    closed_on: date | SkipJsonSchema[None] = Field(None, description="Last day of its existence.")
    barred_until_edition: Annotated[int, Field(ge=0, le=99)] | SkipJsonSchema[None] = Field(
        None, description="May recommend nothing up to this edition; 0 lifts it.", examples=[2]
    )
