"""Inputs about files of a case; the file itself travels beside them."""

from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.db.tables.materials import MaterialKind
from app.services.inputs.base import Input, OptionalLine
from app.services.inputs.ids import MaterialRef

OptionalCriterion = Annotated[str, StringConstraints(pattern=r"^([A-Z][A-Z0-9_]{0,39})?$", max_length=40)]


class MaterialUpload(Input):
    """What a file is, as who uploads it declares (R-035, R-038)."""

    kind: MaterialKind = Field(
        description="Kind of material; says which file types are taken.", examples=["PHOTO"]
    )
    caption: OptionalLine = Field(default="", description="What it shows.", examples=["办事大厅"])
    criterion: OptionalCriterion = Field(
        default="", description="The criterion it is evidence of, if one.", examples=["C2"]
    )
    replaces_id: MaterialRef | SkipJsonSchema[None] = Field(
        default=None, description="The current version it takes the place of."
    )
