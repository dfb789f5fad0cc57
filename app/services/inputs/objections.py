"""Inputs about objections. Who objects is in `objector_*` fields only; they go into the sealed table."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.domain.objection import Channel, IdentityKind, ObjectionAct, ObjectionResult
from app.services.inputs.base import Input, OptionalLine, Paragraph, clean
from app.services.inputs.ids import NoticeItemRef, PersonRef

Content = Annotated[
    str, StringConstraints(min_length=10, max_length=5000, strip_whitespace=True), AfterValidator(clean)
]
Told = Annotated[
    str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True), AfterValidator(clean)
]


class ObjectionSubmit(Input):
    """What a member of the public objects to, about one nominee; a name is not needed, but then clues are."""

    item_id: NoticeItemRef = Field(description="The item of the notice that is objected to.")
    identity_kind: IdentityKind = Field(
        description="By name, by a unit under its seal, or anonymous.", examples=["ANONYMOUS"]
    )
    objector_name: OptionalLine = Field("", description="Needed unless anonymous.", examples=["某某"])
    objector_contact: OptionalLine = Field(
        "", description="Needed unless anonymous.", examples=["0571-85110001"]
    )
    has_leads: bool = Field(
        False, description="Says what happened, when and where, so that it can be checked."
    )
    accuses_office: bool = Field(
        False, description="It is about the office itself that handles objections (E-34)."
    )
    content: Content = Field(description="What is wrong.", examples=["该窗口申报的群众满意率与实际不符。"])


class ObjectionRecord(ObjectionSubmit):
    """An objection taken down by staff: telephone, letter, visit."""

    channel: Channel = Field(description="How it came.", examples=["PHONE"])
    received_on: date | SkipJsonSchema[None] = Field(None, description="Today unless said.")
    sent_on: date | SkipJsonSchema[None] = Field(None, description="Postmark of sending, for letters.")
    arrived_on: date | SkipJsonSchema[None] = Field(None, description="Postmark of arrival, for letters.")


class ReceiptQuestion(Input):
    """The receipt code, in the body and never in an address."""

    receipt: Annotated[
        str, StringConstraints(min_length=32, max_length=48, pattern=r"^[0-9A-Fa-f -]{32,48}$")
    ] = Field(
        description="The code that was shown once.", examples=["1f3a 9c0d 7e2b 4455 8899 aabb ccdd eeff"]
    )


class ObjectionAssign(Input):
    """Name who handles it."""

    action: Literal["ASSIGN"]
    handler_id: PersonRef = Field(description="The officer.")


class ObjectionAccept(Input):
    """Take it up; screening may find that it has clues."""

    action: Literal["ACCEPT"]
    has_leads: bool | SkipJsonSchema[None] = Field(None, description="What screening found.")


class ObjectionDecline(Input):
    """Not taken up: late, nameless without clues, or about no nominee; kept as a lead (E-08)."""

    action: Literal["DECLINE"]
    has_leads: bool | SkipJsonSchema[None] = Field(None, description="What screening found.")
    off_topic: bool = Field(False, description="It is not about the nominee.")
    reason: Paragraph = Field(description="Why.", examples=["逾期，已作为线索移送。"])


class ObjectionInvestigate(Input):
    """Begin to look into it."""

    action: Literal["INVESTIGATE"]


class ObjectionExtend(Input):
    """More time, once; the new due date is computed in working days."""

    action: Literal["EXTEND"]
    reason: Paragraph = Field(description="Why.", examples=["需向第三方取证。"])


class ObjectionConclude(Input):
    """What was found."""

    action: Literal["CONCLUDE"]
    result: ObjectionResult = Field(description="Right, right in part, or not.", examples=["NOT_UPHELD"])
    finding: Paragraph = Field(description="What was found; internal.", examples=["经核查，反映情况不属实。"])


class ObjectionActOn(Input):
    """What the responsible level does about an upheld objection."""

    action: Literal["ACT"]
    act: ObjectionAct = Field(description="The act; it is carried out with this.", examples=["REJECT"])
    reason: Paragraph = Field(description="Why.", examples=["情况属实。"])
    veto_code: Annotated[str, StringConstraints(max_length=40)] = Field(
        "", description="For VETO.", examples=["V1"]
    )
    fact_on: date | SkipJsonSchema[None] = Field(None, description="For VETO: when it happened.")


class ObjectionReply(Input):
    """Tell the objector; the words are shown for the receipt code."""

    action: Literal["REPLY"]
    reply: Told = Field(description="What the objector is told.", examples=["经核查，反映情况不属实。"])


class ObjectionClose(Input):
    """Done."""

    action: Literal["CLOSE"]


class ObjectionReopen(Input):
    """New evidence."""

    action: Literal["REOPEN"]
    new_evidence: Paragraph = Field(description="What is new.", examples=["补充了现场照片。"])


ObjectionStepIn = Annotated[
    ObjectionAssign
    | ObjectionAccept
    | ObjectionDecline
    | ObjectionInvestigate
    | ObjectionExtend
    | ObjectionConclude
    | ObjectionActOn
    | ObjectionReply
    | ObjectionClose
    | ObjectionReopen,
    Field(discriminator="action"),
]


class DismissalApproval(Input):
    """The level above agrees that the nominee stays."""

    reason: Paragraph = Field(description="Why.", examples=["事实轻微，不影响推荐。"])


class IdentityOpening(Input):
    """Why the sealed name has to be read."""

    reason: Paragraph = Field(description="Why; recorded.", examples=["需向本人核实时间地点。"])
