"""Inputs about the allocation of places."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.services.inputs.base import Input, Name, clean
from app.services.inputs.campaigns import Code

Places = Annotated[int, Field(ge=0, le=9999)]
Note = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True), AfterValidator(clean)]
DecisionRef = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True), AfterValidator(clean)]


class BucketIn(Input):
    """What one city, the provincial-level units or the reserve may hold."""

    code: Code = Field(description="Region code, or a code of the rules.", examples=["330100"])
    name: Name = Field(description="Name.", examples=["杭州市"])
    provincial_places: Places = Field(description="Award places.", examples=[5])
    nomination_limit: Places | SkipJsonSchema[None] = Field(
        None, description="How many may be put forward; as many as places unless said.", examples=[6]
    )
    ministry_fixed: Places = Field(0, description="Of these, fixed places at the ministry.", examples=[2])
    pool_eligible: bool | SkipJsonSchema[None] = Field(
        None, description="May compete for the ministry's pool; unless said, who has no fixed place may."
    )


class PlanDraft(Input):
    """An allocation as one person prepares it; a second person confirms it."""

    provincial_total: Places = Field(description="Award places in all.", examples=[34])
    ministry_total: Places = Field(0, description="Of these, recommended to the ministry.", examples=[10])
    ministry_pool: Places = Field(0, description="Of the ministry's, given by competition.", examples=[6])
    buckets: list[BucketIn] = Field(min_length=1, max_length=100)
    source_note: Note = Field("", description="Where the numbers come from.", examples=["通知附件2"])
    decision_ref: DecisionRef = Field(
        "", description="The decision that amends a confirmed plan.", examples=["厅党组纪要〔2026〕7号"]
    )


class PlanFile(Input):
    """What is said beside a file with the buckets; totals left out are those of the campaign's rules."""

    provincial_total: Places | SkipJsonSchema[None] = Field(None, description="Award places.", examples=[34])
    ministry_total: Places | SkipJsonSchema[None] = Field(
        None, description="Of these, recommended to the ministry.", examples=[10]
    )
    ministry_pool: Places | SkipJsonSchema[None] = Field(
        None, description="Of the ministry's, given by competition.", examples=[6]
    )
    source_note: Note = Field("", description="Where the numbers come from.", examples=["通知附件2"])
    decision_ref: DecisionRef = Field(
        "", description="The decision that amends a confirmed plan.", examples=["厅党组纪要〔2026〕7号"]
    )


class PlanSample(Input):
    """The pack's invented allocation, to try the system with."""

    decision_ref: DecisionRef = Field(
        "", description="The decision that amends a confirmed plan.", examples=["厅党组纪要〔2026〕7号"]
    )


class PlanAct(Input):
    """Confirm the plan: its places come into being."""

    action: Literal["CONFIRM"] = Field(description="The step.")
