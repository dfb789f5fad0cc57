"""Inputs about the meetings of the two bodies: recorded here, held elsewhere (D10)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.domain.meeting import RevocationGround
from app.domain.nomination import DecisionResult
from app.domain.quota import SeatKind
from app.domain.voting import Turn
from app.services.inputs.base import Input, Paragraph, Short, clean
from app.services.inputs.ids import DecisionItemRef, NominationRef, WindowRef

Count = Annotated[int, Field(ge=0, le=500)]
MinutesNo = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True), AfterValidator(clean)]
BucketRef = Annotated[
    str, StringConstraints(pattern=r"^(\d{6}|[A-Z][A-Z0-9_]{1,39})$", max_length=40), AfterValidator(clean)
]
Reasons = Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True), AfterValidator(clean)]


class VoteIn(Input):
    """The vote on one item. In a draft that is still an agenda the result may be left out."""

    votes_for: Count = Field(default=0, description="In favour.", examples=[7])
    votes_against: Count = Field(default=0, description="Against.", examples=[1])
    abstained: Count = Field(default=0, description="Abstained.", examples=[0])
    excluded: list[Short] = Field(
        default_factory=list, max_length=50, description="Members who left for this item.", examples=[[]]
    )
    result: DecisionResult | SkipJsonSchema[None] = Field(
        default=None, description="As the minutes say; recomputed from the votes.", examples=["APPROVED"]
    )
    reason: Reasons = Field(default="", description="Needed where it departs from the order.", examples=[""])


class CaseItemIn(VoteIn):
    """A nomination to be decided on."""

    nomination_id: NominationRef = Field(description="The nomination.")


class PlaceItemIn(VoteIn):
    """One place moved to another bucket, or reopened where it was forfeited (R-021, E-04, G-09)."""

    from_bucket: BucketRef = Field(description="Whose place it is.", examples=["RESERVE"])
    from_kind: SeatKind = Field(description="Which kind of place.", examples=["PROVINCIAL"])
    to_bucket: BucketRef = Field(description="Who may use it; the same one reopens it.", examples=["330300"])
    to_kind: SeatKind = Field(description="Which kind it becomes.", examples=["PROVINCIAL"])


class AnnulmentItemIn(VoteIn):
    """An earlier decision that no longer stands (domain.md 4.3, E-07)."""

    item_id: DecisionItemRef = Field(description="The item of the earlier meeting.")


class RevocationItemIn(CaseItemIn):
    """An award taken away (domain.md 3.10)."""

    ground: RevocationGround = Field(description="On which ground.", examples=["FRAUD"])


class SuccessionItemIn(CaseItemIn):
    """The award of a merged window goes to the window it went into (E-03)."""

    successor_id: WindowRef = Field(description="The window it was merged into.")


class MeetingIn(Input):
    """When and in what number a body met."""

    held_on: date = Field(description="Day of the meeting.", examples=["2026-11-06"])
    minutes_no: MinutesNo = Field(
        default="", description="Number of the minutes.", examples=["厅党组纪要〔2026〕21号"]
    )
    should_attend: Annotated[int, Field(ge=1, le=500)] = Field(
        description="Members who should attend.", examples=[9]
    )
    attended: Count = Field(default=0, description="Members who did.", examples=[8])
    attendees: list[Short] = Field(
        default_factory=list, max_length=500, description="Who attended; internal.", examples=[[]]
    )


class CaseMeeting(MeetingIn):
    """Nominations reviewed, determined, chosen for the ministry or recommended to it, or put in order in a tie."""

    purpose: Literal["REVIEW", "DETERMINATION", "MINISTRY_CANDIDATES", "MINISTRY_RECOMMENDATION", "TIE"] = (
        Field(description="What was decided.", examples=["DETERMINATION"])
    )
    items: list[CaseItemIn] = Field(max_length=500)


class ReallocationMeeting(MeetingIn):
    """Places moved or reopened; never silently."""

    purpose: Literal["PLACE_REALLOCATION"]
    items: list[PlaceItemIn] = Field(max_length=100)


class AnnulmentMeeting(MeetingIn):
    """Earlier decisions annulled by the body that took them or a higher one."""

    purpose: Literal["ANNULMENT"]
    turn: Turn = Field(description="Which body annuls.", examples=["SECOND"])
    items: list[AnnulmentItemIn] = Field(max_length=100)


class RevocationMeeting(MeetingIn):
    """Awards taken away."""

    purpose: Literal["REVOCATION"]
    items: list[RevocationItemIn] = Field(max_length=100)


class SuccessionMeeting(MeetingIn):
    """Who receives the award of a merged window."""

    purpose: Literal["SUCCESSION"]
    items: list[SuccessionItemIn] = Field(max_length=100)


MeetingDraft = Annotated[
    CaseMeeting | ReallocationMeeting | AnnulmentMeeting | RevocationMeeting | SuccessionMeeting,
    Field(discriminator="purpose"),
]


class MeetingRecord(Input):
    """The results are complete, as the minutes have them."""

    action: Literal["RECORD"]


class MeetingRevise(Input):
    """Back to the draft, to put it right."""

    action: Literal["REVISE"]
    reason: Paragraph = Field(description="Why.", examples=["票数录入有误。"])


class MeetingConfirm(Input):
    """A second person has compared it with the minutes; everything decided is carried out."""

    action: Literal["CONFIRM"]


class MeetingAnnounce(Input):
    """The result was made known."""

    action: Literal["ANNOUNCE"]
    announced_on: date | SkipJsonSchema[None] = Field(None, description="On which day; today unless said.")


class MeetingCancel(Input):
    """Give the record up."""

    action: Literal["CANCEL"]
    reason: Paragraph = Field(description="Why.", examples=["会议改期。"])


MeetingAct = Annotated[
    MeetingRecord | MeetingRevise | MeetingConfirm | MeetingAnnounce | MeetingCancel,
    Field(discriminator="action"),
]
