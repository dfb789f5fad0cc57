"""Inputs about the recommendation of awarded windows to the ministry."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.domain.ministry import AssessmentResult, MinistryResult
from app.services.inputs.base import Input, Line, Long, OptionalLine, Paragraph, Short, clean
from app.services.inputs.ids import MaterialRef, NominationRef, OrganizationRef, PersonRef

DocumentNo = Annotated[
    str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True), AfterValidator(clean)
]
CheckCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$", max_length=40)]
CriterionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,39}$", max_length=40)]
Seconds = Annotated[int, Field(ge=0, le=36_000)]
Essay = Annotated[str, StringConstraints(max_length=20_000, strip_whitespace=True), AfterValidator(clean)]


class MinistryProposal(Input):
    """An awarded window of a city with fixed places; pool places are given by a decision (R-014, R-015)."""

    nomination_id: NominationRef = Field(description="A determined or awarded nomination.")
    reason: Annotated[
        str, StringConstraints(max_length=1000, strip_whitespace=True), AfterValidator(clean)
    ] = Field(default="", description="Needed where it departs from the order.", examples=[""])


class TeamMemberIn(Input):
    """One of the team that went there."""

    name: Short = Field(description="Name.", examples=["王文"])
    organization_id: OrganizationRef = Field(description="Where he or she works.")
    person_id: PersonRef | SkipJsonSchema[None] = Field(
        default=None, description="The account, if there is one."
    )


class MinistryAssess(Input):
    """The assessment organised by the first body (R-031)."""

    action: Literal["ASSESS"]
    team: list[TeamMemberIn] = Field(min_length=1, max_length=20)
    assessed_on: date = Field(description="Day of the visit.", examples=["2026-11-10"])
    method: Line = Field(description="How.", examples=["实地考核、查阅台账、随机访谈"])
    findings: Long = Field(description="What was found.", examples=["服务规范，群众满意率高。"])
    result: AssessmentResult = Field(description="Conclusion.", examples=["PASSED"])


class MinistryReport(Input):
    """It was reported to the ministry (R-033)."""

    action: Literal["REPORT"]
    document_no: DocumentNo = Field(description="Outgoing document.", examples=["浙劳社〔2026〕88号"])
    reported_on: date | SkipJsonSchema[None] = Field(
        default=None, description="On which day; today unless said."
    )


class MinistryResultRecord(Input):
    """What the ministry decided; the host's own award stands (G-16)."""

    action: Literal["RECORD_RESULT"]
    result: MinistryResult = Field(description="Commended or not.", examples=["COMMENDED"])
    document_no: DocumentNo = Field(description="The ministry's document.", examples=["劳社部发〔2027〕3号"])
    result_on: date = Field(description="Its day.", examples=["2027-02-01"])


class MinistryReject(Input):
    """Not strong enough: not recommended, and nothing more (E-17)."""

    action: Literal["REJECT"]
    reason: Paragraph = Field(description="Why.", examples=["考核后认为典型性不足。"])


class MinistryWithdraw(Input):
    """Taken back; once reported, only with a letter of correction (E-07)."""

    action: Literal["WITHDRAW"]
    reason: Paragraph = Field(description="Why.", examples=["单位申请撤回。"])


class MinistryUndo(Input):
    """The assessment was entered wrongly and is taken back."""

    action: Literal["UNDO"]
    reason: Paragraph = Field(description="Why.", examples=["考核记录录入有误。"])


MinistryAct = Annotated[
    MinistryAssess | MinistryReport | MinistryResultRecord | MinistryReject | MinistryWithdraw | MinistryUndo,
    Field(discriminator="action"),
]


class MinistryWriteUpIn(Input):
    """The write-up for the ministry; a changed one has to be checked again."""

    body: Essay = Field(description="The text.", examples=["该窗口坚持便民利民。"])


class QualityCheckIn(Input):
    """A named person answers for the quality of the write-up (R-039)."""

    checks: list[CheckCode] = Field(
        max_length=10, description="What is confirmed.", examples=[["TRUTHFUL", "ACCURATE", "CONCISE"]]
    )


class SegmentIn(Input):
    """A stretch of the video that shows one criterion."""

    criterion: CriterionCode = Field(description="Which criterion.", examples=["C1"])
    start_s: Seconds = Field(description="From which second.", examples=[0])
    end_s: Seconds = Field(description="To which second.", examples=[120])


class MinistryVideoIn(Input):
    """The video as its unit declares it (R-041, R-042)."""

    duration_s: Annotated[int, Field(ge=1, le=36_000)] = Field(
        description="Length in seconds.", examples=[600]
    )
    segments: list[SegmentIn] = Field(max_length=50, description="What it shows when.")
    material_id: MaterialRef | SkipJsonSchema[None] = Field(
        default=None, description="The file, if uploaded."
    )
    carrier: OptionalLine = Field(default="", description="Disc or file as delivered.", examples=["DVD 两张"])


class CorrectionLetterIn(Input):
    """A letter to the ministry that takes back or corrects what was reported (E-07)."""

    document_no: DocumentNo = Field(description="Outgoing document.", examples=["浙劳社函〔2027〕5号"])
    sent_on: date = Field(description="Day it was sent.", examples=["2027-03-01"])
    reason: Paragraph = Field(description="What it corrects.", examples=["该窗口表彰已撤销。"])
