"""Inputs about assignments: by hand, by a run, given back; and the opening and locking of many cases at once."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.services.inputs.base import Input, Line
from app.services.inputs.ids import NominationRef, ReviewerRef

Seed = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$", max_length=64)]
Cases = Annotated[list[NominationRef], Field(max_length=1000)]
PerCase = Annotated[int, Field(ge=1, le=50)]


class AssignmentGive(Input):
    """One case for one reviewer, by hand."""

    nomination_id: NominationRef = Field(description="The case.")
    reviewer_id: ReviewerRef = Field(description="Who is to score it.")
    due_on: date = Field(description="Until when.")
    reason: Line = Field(description="Why this one.", examples=["熟悉社会保险经办业务"])


class AssignmentRelease(Input):
    """An assignment is given back, by the office or by the reviewer who should not judge it."""

    reason: Line = Field(description="Why.", examples=["评审员出差，改派他人"])


class RunStart(Input):
    """Distribute what is still wanted among the reviewers who are free of conflict."""

    due_on: date = Field(description="Until when.")
    per_case: PerCase | SkipJsonSchema[None] = Field(
        default=None, description="Reviewers a case; never below the rules' minimum (E-22).", examples=[3]
    )
    seed: Seed | SkipJsonSchema[None] = Field(
        default=None, description="Decides among equals; drawn unless given.", examples=["2026-10-12"]
    )
    nomination_ids: Cases | SkipJsonSchema[None] = Field(
        default=None, description="Only these cases; all that are to be scored unless said."
    )


class CaseList(Input):
    """The cases an act is for."""

    nomination_ids: Cases | SkipJsonSchema[None] = Field(
        default=None, description="Only these; every case at that stage unless said."
    )
