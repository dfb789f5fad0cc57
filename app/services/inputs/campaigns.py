"""Inputs about campaigns: what they are called, by when, on which papers, who takes part."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from app.db.tables.campaigns import BodyKind, DocumentKind
from app.domain.lateness import DueMatter
from app.services.inputs.base import (
    Input,
    Line,
    Name,
    OptionalDay,
    OptionalParagraph,
    Paragraph,
    Short,
    clean,
)
from app.services.inputs.ids import CampaignRef, OrganizationRef

FIRST_YEAR = 1949


def _year(value: int) -> int:
    """A year of this republic, or none."""
    if 0 < value < FIRST_YEAR:
        raise PydanticCustomError("greater_than_equal", "a year", {"ge": FIRST_YEAR})
    return value


CampaignCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{2,39}$", max_length=40)]
Title = Annotated[
    str, StringConstraints(min_length=4, max_length=120, strip_whitespace=True), AfterValidator(clean)
]
Why = Annotated[
    str, StringConstraints(min_length=2, max_length=500, strip_whitespace=True), AfterValidator(clean)
]
DocumentNo = Annotated[
    str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True), AfterValidator(clean)
]
OptionalYear = Annotated[int, Field(ge=0, le=2199), AfterValidator(_year)]
Code = Annotated[str, StringConstraints(pattern=r"^([0-9]{6}|[A-Z][A-Z0-9_]{1,39})$", max_length=40)]
RouteCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$", max_length=40)]
Rules = Annotated[str, StringConstraints(min_length=1, max_length=400_000)]
# A landline with area code, or a mobile number; it is never on a public page.
Phone = Annotated[
    str, StringConstraints(pattern=r"^(0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?|1[3-9][0-9]{9})$", max_length=30)
]


class CampaignCreate(Input):
    """A campaign made from a pack of rules; what is left out is the pack's own word."""

    code: CampaignCode = Field(description="Short code, unique.", examples=["windows-2026"])
    pack_code: CampaignCode = Field(description="Name of the pack.", examples=["provincial-windows"])
    host_organization_id: OrganizationRef = Field(description="The host.")
    parent_campaign_id: CampaignRef | SkipJsonSchema[None] = Field(
        None, description="The higher campaign that this one is held beside."
    )
    title: Title | SkipJsonSchema[None] = Field(
        None, description="Title; the pack's unless said.", examples=["2026年度优质服务窗口评选表彰"]
    )
    edition_no: Annotated[int, Field(ge=1, le=99)] | SkipJsonSchema[None] = Field(
        None, description="Edition; the pack's unless said.", examples=[1]
    )


class CampaignImport(Input):
    """A campaign made from rules of one's own: another province's, another department's (E-45)."""

    code: CampaignCode = Field(description="Short code, unique.", examples=["windows-2026"])
    toml: Rules = Field(description="The whole rules in TOML.", examples=['[identity]\nclause = "R-006"'])
    host_organization_id: OrganizationRef = Field(description="The host.")
    parent_campaign_id: CampaignRef | SkipJsonSchema[None] = Field(
        None, description="The higher campaign that this one is held beside."
    )
    title: Title | SkipJsonSchema[None] = Field(
        None, description="Title; the rules' unless said.", examples=["2026年度优质服务窗口评选表彰"]
    )
    edition_no: Annotated[int, Field(ge=1, le=99)] | SkipJsonSchema[None] = Field(
        None, description="Edition; the rules' unless said.", examples=[1]
    )


class CampaignClone(Input):
    """The next campaign after this one: same rules, host and participants; papers, dates and places anew."""

    code: CampaignCode = Field(description="Short code, unique.", examples=["windows-2028"])
    parent_campaign_id: CampaignRef | SkipJsonSchema[None] = Field(
        None, description="The higher campaign this one is held beside; the same unless said."
    )
    title: Title | SkipJsonSchema[None] = Field(
        None, description="Title; the same unless said.", examples=["2028年度优质服务窗口评选表彰"]
    )


class CampaignEdit(Input):
    """What changes; fields left out stay. Deadlines are local days and end at 24:00."""

    title: Title | SkipJsonSchema[None] = Field(
        None, description="Title.", examples=["2026年度优质服务窗口评选表彰"]
    )
    purpose: OptionalParagraph | SkipJsonSchema[None] = Field(
        None, description="What it is for.", examples=["树立一批优质服务示范窗口。"]
    )
    award_period_start_year: OptionalYear | SkipJsonSchema[None] = Field(
        None, description="First year whose merits are judged; 0 takes it away.", examples=[2024]
    )
    award_period_end_year: OptionalYear | SkipJsonSchema[None] = Field(
        None, description="Last year whose merits are judged; 0 takes it away.", examples=[2026]
    )
    planned_award_on: OptionalDay | SkipJsonSchema[None] = Field(
        None, description="Day of commendation; empty takes it away.", examples=["2026-12-28"]
    )
    contacts_due_on: OptionalDay | SkipJsonSchema[None] = Field(
        None,
        description="Last day to report local bodies' contacts; empty takes it away.",
        examples=["2026-07-10"],
    )
    materials_due_on: OptionalDay | SkipJsonSchema[None] = Field(
        None, description="Last day to file; empty takes it away.", examples=["2026-09-30"]
    )
    ministry_due_on: OptionalDay | SkipJsonSchema[None] = Field(
        None,
        description="Last day of the ministry's materials; empty takes it away.",
        examples=["2026-11-20"],
    )


class RulesEdit(Input):
    """A campaign's rules as its pack writes them; a reason is needed once they are frozen."""

    toml: Rules = Field(
        description="The whole rules in TOML, as they were read.", examples=['[identity]\nclause = "R-006"']
    )
    reason: Why | SkipJsonSchema[None] = Field(None, description="Why.", examples=["领导小组会议决定。"])


class DocumentRecord(Input):
    """A paper the campaign stands on."""

    kind: DocumentKind = Field(description="What it is.")
    title: Line = Field(description="Title.", examples=["关于开展优质服务窗口评选表彰活动的通知"])
    document_no: DocumentNo = Field(
        description="Number, or the minutes' number.", examples=["劳社部函〔2026〕153号"]
    )
    issuer: Name = Field(description="Who issued it.", examples=["劳动和社会保障部"])
    issued_on: date = Field(description="Date of issue.")
    meeting_on: date | SkipJsonSchema[None] = Field(None, description="Day of the meeting that decided.")


class ParticipantIn(Input):
    """One organisation addressed by the campaign."""

    organization_id: OrganizationRef = Field(description="The organisation.")
    route: RouteCode = Field(description="A route of the rules.", examples=["CITY"])
    bucket_code: Code = Field(description="What its nominations count against.", examples=["330100"])


class ParticipantList(Input):
    """The whole list; it replaces the one before."""

    participants: list[ParticipantIn] = Field(max_length=500)


class LocalBodyRecord(Input):
    """A locality's leading body or working office, and whom to call."""

    organization_id: OrganizationRef = Field(description="The locality's department.")
    kind: BodyKind = Field(description="Leading body or working office.")
    name: Name = Field(description="Name of the body.", examples=["优质服务窗口创建活动指导小组"])
    head_name: Short = Field(description="Its head.", examples=["陈立"])
    head_post: Short = Field(description="The head's post.", examples=["副局长"])
    phone: Phone = Field(description="Landline or mobile; never public.", examples=["0571-85110000"])


class LocalBodyEdit(Input):
    """What changed of a local body."""

    name: Name = Field(description="Name of the body.", examples=["优质服务窗口创建活动指导小组"])
    head_name: Short = Field(description="Its head.", examples=["陈立"])
    head_post: Short = Field(description="The head's post.", examples=["副局长"])
    phone: Phone = Field(description="Landline or mobile; never public.", examples=["0571-85110000"])


class LateGrant(Input):
    """A recorded exception to a deadline for one organising unit (E-18)."""

    organization_id: OrganizationRef = Field(description="From whom it is accepted late.")
    matter: DueMatter = Field(
        default=DueMatter.FILING, description="The filing, or what goes to the ministry.", examples=["FILING"]
    )
    until_on: date = Field(description="Last day.")
    reason: Paragraph = Field(description="Why.", examples=["台风致办公系统停运。"])
    document_no: DocumentNo = Field(description="The paper that allows it.", examples=["浙劳社办〔2026〕9号"])


CampaignVerb = Literal[
    "RECORD_DECISION",
    "CONFIGURE",
    "OPEN",
    "CLOSE_FILING",
    "START_EVALUATION",
    "START_DETERMINATION",
    "FINISH",
    "ARCHIVE",
    "SUSPEND",
    "RESUME",
]


class CampaignAct(Input):
    """A step of the campaign; suspending and resuming need a reason."""

    action: CampaignVerb = Field(description="The step.")
    reason: Why | SkipJsonSchema[None] = Field(None, description="Why.", examples=["省里统一部署调整。"])
