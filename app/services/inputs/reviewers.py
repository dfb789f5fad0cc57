"""Inputs about reviewers and what they declare."""

from typing import Annotated

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.db.tables.evaluation import ReviewerStatus
from app.services.inputs.base import Input, OptionalLine, RegionCode, Short
from app.services.inputs.ids import OrganizationRef, PersonRef

Limit = Annotated[int, Field(ge=1, le=500)]


class ReviewerHome(Input):
    """Where a reviewer comes from and how much they may be asked; a transfer is an edit of this (E-21)."""

    home_organization_id: OrganizationRef = Field(description="The organisation they work for.")
    home_region_code: RegionCode | SkipJsonSchema[None] = Field(
        default=None,
        description="Where they work; the organisation's place unless said.",
        examples=["330200"],
    )
    case_limit: Limit = Field(default=20, description="The most cases they may hold.", examples=[20])
    note: OptionalLine = Field(default="", description="For the office.", examples=["劳动关系专家"])


class ReviewerRegister(ReviewerHome):
    """Somebody who may be asked to score in this campaign."""

    person_id: PersonRef = Field(description="A person appointed as reviewer at the host.")


class ReviewerEdit(ReviewerHome):
    """What holds of the reviewer now."""

    status: ReviewerStatus = Field(
        default=ReviewerStatus.ACTIVE, description="RELEASED gives back what they have not submitted."
    )


class RelativeIn(Input):
    """A near relative who works somewhere; no name is asked."""

    relation: Short = Field(description="How they are related.", examples=["配偶"])
    organization_id: OrganizationRef = Field(description="Where the relative works.")


class RecusalDeclare(Input):
    """A reviewer's signed word on what binds them, before they see their first case (I-12)."""

    nothing_to_declare: bool = Field(description="Said outright, never by leaving the lists empty.")
    organization_ids: list[OrganizationRef] = Field(
        default_factory=list, max_length=50, description="Organisations they have an interest in."
    )
    region_codes: list[RegionCode] = Field(
        default_factory=list,
        max_length=50,
        description="Divisions they stand aside from.",
        examples=[["330100"]],
    )
    relatives: list[RelativeIn] = Field(
        default_factory=list, max_length=50, description="Near relatives and where they work."
    )
    signed_by: Short = Field(description="The reviewer's name, as signature.", examples=["沈括"])
