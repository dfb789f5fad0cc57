"""Inputs about publicity notices."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.packs.supervision import NoticeChannel
from app.services.inputs.base import (
    Input,
    Line,
    Name,
    OptionalLine,
    OptionalLong,
    OptionalParagraph,
    Paragraph,
)
from app.services.inputs.ids import NominationRef, NoticeItemRef

Postcode = Annotated[str, StringConstraints(pattern=r"^([0-9]{6})?$", max_length=6)]
Office = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]


class NoticeChannelIn(Input):
    """One place where the notice appears (R-032: the form is free, but recorded)."""

    channel: NoticeChannel = Field(description="Kind of place.", examples=["WEBSITE"])
    detail: OptionalLine = Field("", description="Which newspaper, site or board.", examples=["市局门户网站"])


class NoticeItemIn(Input):
    """One nominee of the notice."""

    nomination_id: NominationRef = Field(description="A nomination cleared for notice.")
    merits: OptionalParagraph = Field(
        "", description="Brief merits; its statement unless said.", examples=["一窗受理，群众满意率高。"]
    )


class NoticeDraft(Input):
    """A notice as its unit drafts it; the office receives objections by landline, letter or visit."""

    title: Line = Field(description="Title.", examples=["优质服务窗口推荐对象公示"])
    basis: Paragraph = Field(
        description="Document or decision and procedure.", examples=["浙劳社〔2026〕1号"]
    )
    body: OptionalLong = Field("", description="What is proposed, in words.", examples=["拟推荐下列窗口。"])
    channels: list[NoticeChannelIn] = Field(default_factory=list, max_length=10)
    contact_office: Name = Field(description="Who receives objections.", examples=["市局监察室"])
    contact_phone: Office = Field("", description="Office landline.", examples=["0571-85110000"])
    contact_email: Office = Field("", description="Office mailbox.", examples=["jiancha@example.gov.cn"])
    contact_address: OptionalLine = Field(
        "", description="Where to write or come.", examples=["杭州市中河中路1号"]
    )
    contact_postcode: Postcode = Field("", description="Postcode.", examples=["310001"])
    reception_hours: Office = Field("", description="Reception hours.", examples=["工作日 8:30—17:30"])
    items: list[NoticeItemIn] = Field(min_length=1, max_length=200)


class NoticeReview(Input):
    """A second person has read it and found it fit to print."""

    action: Literal["REVIEW"]


class NoticeRevise(Input):
    """Back to the draft."""

    action: Literal["REVISE"]
    reason: Paragraph = Field(description="Why.", examples=["名单有误。"])


class NoticePublish(Input):
    """Publish now, or on a later day; the end is computed."""

    action: Literal["PUBLISH"]
    publish_on: date | SkipJsonSchema[None] = Field(None, description="First day; today unless said.")
    last_day: date | SkipJsonSchema[None] = Field(
        None, description="Last day; the computed minimum unless said."
    )


class NoticeExtend(Input):
    """Let it run longer, never shorter (E-05)."""

    action: Literal["EXTEND"]
    last_day: date = Field(description="The new last day.")
    reason: Paragraph = Field(description="Why.", examples=["网站故障。"])


class NoticeErratum(Input):
    """A slip without effect is put right; the period runs on (E-06)."""

    action: Literal["ERRATUM"]
    text: Paragraph = Field(description="What it should read; public.", examples=["“窗囗”应为“窗口”。"])
    without_effect: bool = Field(description="Confirms that the slip changes nothing.")
    reason: Paragraph = Field(description="Why.", examples=["录入笔误。"])


class NoticeCorrect(Input):
    """An error of content: this text stays readable, a new round starts with the full period (E-06)."""

    action: Literal["CORRECT"]
    reason: Paragraph = Field(description="Why.", examples=["主办单位名称有误。"])


class NoticeRemoveItem(Input):
    """Take one nominee out; the others are not affected (E-09)."""

    action: Literal["REMOVE_ITEM"]
    item_id: NoticeItemRef = Field(description="The item.")
    reason: Paragraph = Field(description="Why.", examples=["单位申请撤回。"])


class NoticeWithdraw(Input):
    """Take the whole notice back; every nominee is cleared again, as before."""

    action: Literal["WITHDRAW"]
    reason: Paragraph = Field(description="Why.", examples=["程序需补正。"])


class NoticeCancel(Input):
    """Give up a notice nobody has seen."""

    action: Literal["CANCEL"]
    reason: Paragraph = Field(description="Why.", examples=["重复拟稿。"])


class NoticeConclude(Input):
    """Record what came of it, for the form."""

    action: Literal["CONCLUDE"]
    result: Paragraph = Field(description="Result.", examples=["公示无异议。"])


NoticeAct = Annotated[
    NoticeReview
    | NoticeRevise
    | NoticePublish
    | NoticeExtend
    | NoticeErratum
    | NoticeCorrect
    | NoticeRemoveItem
    | NoticeWithdraw
    | NoticeCancel
    | NoticeConclude,
    Field(discriminator="action"),
]


class OutageRecord(Input):
    """The public page was down; more than four hours of working time make the notice longer (E-35)."""

    began_at: datetime = Field(description="When it went down.", examples=["2026-09-15T01:00:00Z"])
    ended_at: datetime = Field(description="When it was back.", examples=["2026-09-15T09:00:00Z"])
    reason: Paragraph = Field(description="What happened.", examples=["机房停电。"])
