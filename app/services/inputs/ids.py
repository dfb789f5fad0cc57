"""Public identifiers inside inputs: `nom_…` as both doors send it, a UUID for the service."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.domain.errors import Refusal
from app.domain.ids import parsed


def reference(prefix: str) -> Any:  # noqa: ANN401  (an Annotated type)
    """The type of a field that names another thing by its public identifier; refuses `FIELD_FORMAT`."""

    def read(value: object) -> UUID:
        if isinstance(value, UUID):
            return value
        try:
            return parsed(prefix, str(value))
        except Refusal:
            raise PydanticCustomError("FIELD_FORMAT", "an identifier") from None

    schema = {
        "type": "string",
        "pattern": f"^{prefix}_[0-9a-f]{{32}}$",
        "minLength": len(prefix) + 33,
        "maxLength": len(prefix) + 33,
        "examples": [f"{prefix}_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"],
    }
    return Annotated[UUID, BeforeValidator(read), WithJsonSchema(schema)]


NominationRef = reference("nom")
NoticeItemRef = reference("nti")
ObjectionRef = reference("obj")
PersonRef = reference("per")
CampaignRef = reference("cmp")
OrganizationRef = reference("org")
WindowRef = reference("win")
MaterialRef = reference("mat")
DecisionItemRef = reference("dit")
ReviewerRef = reference("rvw")
