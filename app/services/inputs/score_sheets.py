"""Inputs about score sheets and their corrections. Points travel as decimal strings (decisions 12)."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from app.services.inputs.base import Input, Paragraph, clean

ItemCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{1,2}\.\d{1,2}$", max_length=10)]
Points = Annotated[str, StringConstraints(pattern=r"^\d{1,4}(\.\d{1,2})?$", max_length=7)]
Comment = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True), AfterValidator(clean)]

Remark = Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True), AfterValidator(clean)]


class ScoreIn(Input):
    """Points for one item, and why, where they are low."""

    points: Points = Field(description="Decimal string in the rules' steps.", examples=["3.5"])
    comment: Comment = Field(default="", description="Owed for low points.", examples=[""])


Entries = Annotated[dict[ItemCode, ScoreIn], Field(max_length=200)]


class SheetDraft(Input):
    """The whole sheet as it stands; an item left out has no points yet."""

    entries: Entries = Field(
        description="Points by item.",
        examples=[
            {"C1.1": {"points": "3.5", "comment": ""}, "C1.2": {"points": "1", "comment": "制度未上墙"}}
        ],
    )


class SheetConfirmation(Input):
    """Material was replaced after the sheet was submitted: does it stand, or is the case scored again (E-19)?"""

    stands: bool = Field(description="False opens a new version of the sheet with the old points in it.")


class CorrectionRequest(Input):
    """An error in a submitted sheet, and what it should say (E-20)."""

    reason: Paragraph = Field(description="What the error is and how it came about.", examples=["录入时串行"])
    entries: Entries = Field(
        min_length=1,
        description="Only the items that change.",
        examples=[{"C1.1": {"points": "4", "comment": ""}}],
    )


class CorrectionApprove(Input):
    """A second person agrees: the sheet gets a new version."""

    action: Literal["APPROVE"]
    note: Remark = Field(default="", description="A remark.", examples=[""])


class CorrectionDecline(Input):
    """A second person does not agree: the sheet stays."""

    action: Literal["DECLINE"]
    note: Paragraph = Field(description="Why not.", examples=["理由不充分"])


CorrectionAct = Annotated[CorrectionApprove | CorrectionDecline, Field(discriminator="action")]
