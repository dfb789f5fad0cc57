"""Inputs about hearing the public and asking other departments."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.domain.consultation import HearingMethod
from app.domain.department_reply import ReplyResult
from app.services.inputs.base import Input, OptionalParagraph, Paragraph, Short, clean

Summary = Annotated[
    str, StringConstraints(min_length=50, max_length=5000, strip_whitespace=True), AfterValidator(clean)
]
Signer = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True), AfterValidator(clean)]
Remarks = Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True), AfterValidator(clean)]
_SUMMARY = (
    "召开服务对象座谈会并发放问卷，群众普遍反映窗口人员态度热情、一次性告知清楚、办事时限明显缩短，"
    "建议增加午间值班窗口，已予采纳。"
)


class AdversePoint(Input):
    """Something people said against it, and what was done about that."""

    point: Paragraph = Field(description="What was said.", examples=["午间无人值班。"])
    handling: OptionalParagraph = Field(
        default="",
        description="How it was handled; owed before the hearing is concluded.",
        examples=["已增设午间值班。"],
    )


class ConsultationRecord(Input):
    """How the own-level department heard the public (R-026)."""

    methods: list[HearingMethod] = Field(
        min_length=1, max_length=8, description="In which ways.", examples=[["FORUM", "QUESTIONNAIRE"]]
    )
    held_from: date = Field(description="First day.", examples=["2026-06-20"])
    held_to: date = Field(description="Last day; not after today.", examples=["2026-06-28"])
    participants: int = Field(ge=0, le=1_000_000, description="Persons heard.", examples=[126])
    summary: Summary = Field(description="What was heard, in 50 characters or more.", examples=[_SUMMARY])
    adverse_points: list[AdversePoint] = Field(
        default_factory=list, max_length=50, description="What was said against it; empty when nothing was."
    )
    signer: Short = Field(description="Who answers for the record.", examples=["王敏"])


class DepartmentReply(Input):
    """A department that was asked about the case, and its reply (G-13)."""

    sent_on: date = Field(description="When it was asked.", examples=["2026-06-20"])
    result: ReplyResult = Field(description="No reply is not consent.", examples=["NO_OBJECTION"])
    replied_on: date | SkipJsonSchema[None] = Field(
        default=None, description="When it replied; absent without a reply.", examples=["2026-06-28"]
    )
    signer: Signer = Field(default="", description="Who signed the reply.", examples=["赵刚"])
    remarks: Remarks = Field(
        default="", description="What it said; owed with an objection.", examples=["无不同意见。"]
    )
