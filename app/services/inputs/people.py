"""Inputs about accounts and appointments; one set of limits for the pages and the API."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.domain.access import Role
from app.services.inputs.base import Input, Line, OptionalDay, clean
from app.services.inputs.ids import CampaignRef, OrganizationRef, PersonRef

Username = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z][a-z0-9._-]{2,59}$", min_length=3, max_length=60, strip_whitespace=True
    ),
]
PersonName = Annotated[
    str, StringConstraints(min_length=2, max_length=60, strip_whitespace=True), AfterValidator(clean)
]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9+() -]*$", max_length=30, strip_whitespace=True)]


class PersonFacts(Input):
    """Who a person is and where."""

    name: PersonName = Field(description="Name.", examples=["李娜"])
    organization_id: OrganizationRef = Field(description="The organisation they work at.")
    phone: Phone = Field(default="", description="Office telephone.", examples=["0571-85110000"])
    expires_on: OptionalDay = Field(
        default="", description="Last day of the account; empty for no end.", examples=["2027-06-30"]
    )


class PersonCreate(PersonFacts):
    """A new account. Its name is never given to anybody else."""

    username: Username = Field(description="What they sign in with.", examples=["li.na"])


class PersonEdit(PersonFacts):
    """What a person is now."""


class GrantRole(Input):
    """An appointment."""

    role: Role = Field(description="The office.", examples=["REVIEWING_OFFICER"])
    organization_id: OrganizationRef = Field(description="Where; it reaches everything below.")
    campaign_id: CampaignRef | SkipJsonSchema[None] = Field(
        default=None, description="For this campaign only; for all unless said."
    )


class Disablement(Input):
    """Why an account is closed."""

    reason: Line = Field(description="Why, without personal circumstances.", examples=["调离"])


class IdentityLink(Input):
    """Another account of the same person."""

    other_id: PersonRef = Field(description="The other account.")
