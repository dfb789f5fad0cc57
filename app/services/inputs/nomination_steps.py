"""Inputs of a nomination's steps: one type for each action that a person takes on the case itself."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from app.domain.formal_check import FormalPoint
from app.domain.nomination_parts import NominationPart
from app.services.inputs.base import Input, Paragraph, clean

PointNumber = Annotated[int, Field(ge=1, le=50)]
DocumentNo = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True), AfterValidator(clean)]


class ChecklistPoint(Input):
    """One thing to correct, and the part of the case it opens for that."""

    text: Paragraph = Field(description="What to correct.", examples=["请写明 2025 年的办件量。"])
    part: NominationPart = Field(description="The part that opens.", examples=["WRITE_UP"])


Checklist = Annotated[
    list[ChecklistPoint], Field(max_length=50, description="What to correct; only its parts open.")
]


class PointAnswer(Input):
    """What was done about one point of the checklist."""

    point: PointNumber = Field(description="Its number in the list, from 1.", examples=[1])
    answer: Paragraph = Field(description="What was done.", examples=["已补充 2025 年办件量。"])


class SubmitStep(Input):
    """Hand a draft in to its own level."""

    action: Literal["SUBMIT"]


class EndorseStep(Input):
    """Agree, and pass it on to the next level."""

    action: Literal["ENDORSE"]


class ClearStep(Input):
    """The organising unit has examined it: it may go to notice, and takes a claim of the bucket."""

    action: Literal["CLEAR"]


class ReturnStep(Input):
    """Send it back one level, with what to correct."""

    action: Literal["RETURN"]
    reason: Paragraph = Field(description="Why.", examples=["材料不完整。"])
    checklist: Checklist


class ResubmitStep(Input):
    """Bring it back corrected, with an answer to every point."""

    action: Literal["RESUBMIT"]
    answers: list[PointAnswer] = Field(max_length=50, description="One for each point of the checklist.")


class RejectStep(Input):
    """End it: it is not recommended."""

    action: Literal["REJECT"]
    reason: Paragraph = Field(description="Why.", examples=["示范作用不足。"])


class RecommendStep(Input):
    """Recommend it, after its notice has run clear."""

    action: Literal["RECOMMEND"]


class FileStep(Input):
    """File it with the host's office."""

    action: Literal["FILE"]


class AcceptStep(Input):
    """The office has looked at every point of the formal check."""

    action: Literal["ACCEPT"]
    checked: list[FormalPoint] = Field(
        max_length=20, description="The points that were found in order.", examples=[list(FormalPoint)]
    )


class CorrectionStep(Input):
    """The office sends a filing back for correction, until a day of its own."""

    action: Literal["RETURN_FOR_CORRECTION"]
    reason: Paragraph = Field(description="Why.", examples=["用印不全。"])
    checklist: Checklist
    due_on: date = Field(description="Last day; it ends at 24:00.", examples=["2026-10-15"])


class WithdrawStep(Input):
    """Take it out: the organising unit before filing, the office after it on the unit's written request."""

    action: Literal["WITHDRAW"]
    reason: Paragraph = Field(description="Why.", examples=["窗口已撤销。"])
    request_document: DocumentNo = Field(
        "",
        description="The unit's written request, by number; owed after filing.",
        examples=["杭人社函〔2026〕12号"],
    )


class UndoStep(Input):
    """Take the last step back, until the next level has acted."""

    action: Literal["UNDO"]
    reason: Paragraph = Field(description="Why.", examples=["误操作。"])


NominationAct = Annotated[
    SubmitStep
    | EndorseStep
    | ClearStep
    | ReturnStep
    | ResubmitStep
    | RejectStep
    | RecommendStep
    | FileStep
    | AcceptStep
    | CorrectionStep
    | WithdrawStep
    | UndoStep,
    Field(discriminator="action"),
]
