"""Inputs about API clients, their secrets and their tokens."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.domain.access import SCOPES
from app.services.inputs.base import Input, Name, OptionalDay
from app.services.inputs.ids import OrganizationRef

EVERYDAY_SCOPES = ("nominations:read", "nominations:write")


def _known(value: str) -> str:
    if value not in SCOPES:
        raise PydanticCustomError("FIELD_CHOICE", "a scope", {"expected": ", ".join(SCOPES)})
    return value


ScopeName = Annotated[
    str,
    AfterValidator(_known),
    WithJsonSchema({"type": "string", "enum": list(SCOPES), "examples": ["nominations:read"]}),
]
Source = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$", min_length=3, max_length=40, strip_whitespace=True
    ),
]


class ClientFacts(Input):
    """What a client may do, and until when."""

    name: Name = Field(description="Name of the system.", examples=["杭州市人社一体化平台"])
    scopes: list[ScopeName] = Field(
        default_factory=lambda: list(EVERYDAY_SCOPES),
        min_length=1,
        max_length=len(SCOPES),
        description="The least it needs. `nominations:file` is given by naming it only.",
    )
    expires_on: OptionalDay = Field(
        default="", description="Last day of the client; empty for no end.", examples=["2027-12-31"]
    )


class ClientCreate(ClientFacts):
    """A system of an organisation. It acts for that organisation alone, under one source."""

    organization_id: OrganizationRef = Field(description="The organisation it acts for.")
    source: Source = Field(description="Names the system in addresses of pushes.", examples=["hangzhou-hrss"])


class ClientEdit(ClientFacts):
    """What a client is now; organisation and source stay."""


Credential = Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]*$", max_length=200)]


class ClientProof(Input):
    """The client's own name and secret, unless they stand in `Authorization: Basic`. Unknown members are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    client_id: Credential = Field(
        default="", description="The client.", examples=["cli_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"]
    )
    client_secret: Credential = Field(
        default="", description="One of its secrets.", examples=["pyl_example-secret"]
    )


class TokenRequest(ClientProof):
    """Asks for a token (RFC 6749, 4.4)."""

    grant_type: Credential = Field(
        description="Always `client_credentials`.", examples=["client_credentials"]
    )
    scope: Credential = Field(
        default="",
        description="Fewer scopes than the client has, apart by spaces.",
        examples=["nominations:read"],
    )


class TokenRevocation(ClientProof):
    """Gives a token back (RFC 7009)."""

    token: Credential = Field(min_length=1, description="The token.", examples=["pyl_example-token"])
    token_type_hint: Credential = Field(default="", description="Of no use here.", examples=["access_token"])
