"""Meetings of the two bodies over JSON: recorded here, held elsewhere."""

from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.notices import day
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    ActionOut,
    BlockerOut,
    CampaignId,
    DecisionItemId,
    MeetingId,
    NominationId,
    Page,
    Shape,
    Tagged,
    actions,
)
from app.db.tables.decisions import DecisionItem
from app.db.tables.decisions import Meeting as MeetingRow
from app.domain.ids import shown
from app.domain.meeting import AwardTrack, MeetingPurpose, MeetingStage
from app.domain.ranking import Cut
from app.domain.voting import Turn, votes_needed
from app.http import Read, Write
from app.services import meeting_acts, meeting_facts, meetings
from app.services.agendas import AgendaGroup, AgendaItem
from app.services.inputs.meetings import MeetingAct, MeetingDraft

routes = router("decisions")

Meeting = Annotated[MeetingId, Path(description="The record.")]
Member = Annotated[str, Field(max_length=60)]
Campaign = Annotated[CampaignId, Path(description="The campaign.")]

DRAFTING = (
    "MEETING_ITEM_FOREIGN",
    "MEETING_ITEM_TWICE",
    "MEETING_ITEM_NOT_READY",
    "MEETING_TURN",
    "PLACE_MOVE_INVALID",
    "SUCCESSOR_INVALID",
)
DECIDING = (
    "TRANSITION_NOT_ALLOWED",
    "SAME_PERSON",
    "MINUTES_MISSING",
    "MEETING_IN_FUTURE",
    "MEETING_EMPTY",
    "DECISION_MISSING",
    "VOTE_ARITHMETIC",
    "QUORUM_NOT_MET",
    "MEETING_ITEM_NOT_READY",
    "ORDER_REASON_MISSING",
    "TIE_UNDECIDED",
    "QUOTA_EXHAUSTED",
    "CAMPAIGN_PHASE",
    "CAMPAIGN_SUSPENDED",
    "OBJECTION_OPEN",
    "VETO_HELD",
    "VETO_CONFIRMED",
    "NOTICE_NOT_PUBLISHED",
    "NOTICE_STILL_RUNNING",
    "ANNULMENT_IMPOSSIBLE",
    "ANNOUNCEMENT_DATE_INVALID",
    "RANKING_MISSING",
)


class MeetingHeadOut(Tagged):
    """A record in a list."""

    id: MeetingId
    campaign_id: CampaignId
    turn: Turn = Field(examples=["SECOND"])
    purpose: MeetingPurpose = Field(examples=["DETERMINATION"])
    stage: MeetingStage = Field(examples=["RECORDED"])
    body_zh: str = Field(max_length=100, examples=["厅党组"])
    body_en: str = Field(max_length=200, examples=["Leading Party members' group"])
    held_on: str = Field(max_length=10, examples=["2026-11-06"])
    minutes_no: str = Field(max_length=80, examples=["厅党组纪要〔2026〕21号"])
    announced_on: str = Field(max_length=10, description="Empty until announced.", examples=[""])

    @classmethod
    def of(cls, row: MeetingRow) -> "MeetingHeadOut":
        return cls(**_head(row))


class DecisionItemOut(Shape):
    """One item: the names of that day, the vote, and what it needed."""

    id: DecisionItemId
    position: int = Field(ge=0, le=1000, examples=[0])
    nomination_id: str = Field(max_length=40, description="Empty for a place.", examples=[""])
    window_name: str = Field(max_length=100, examples=["西湖区社会保险服务大厅"])
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    city: str = Field(max_length=40, examples=["杭州市"])
    rank: int = Field(ge=0, le=9999, description="In the ranking of that day; 0 without one.", examples=[1])
    annuls_id: str = Field(max_length=40, description="The item it annuls.", examples=[""])
    successor_id: str = Field(max_length=40, description="The window that succeeds.", examples=[""])
    ground: str = Field(max_length=40, description="Of a revocation.", examples=[""])
    from_bucket: str = Field(max_length=40, examples=[""])
    from_kind: str = Field(max_length=40, examples=[""])
    to_bucket: str = Field(max_length=40, examples=[""])
    to_kind: str = Field(max_length=40, examples=[""])
    excluded: list[Member] = Field(max_length=50, examples=[[]])
    votes_for: int = Field(ge=0, le=500, examples=[7])
    votes_against: int = Field(ge=0, le=500, examples=[1])
    abstained: int = Field(ge=0, le=500, examples=[0])
    votes_needed: int = Field(ge=0, le=501, description="To carry the item.", examples=[5])
    result: str = Field(max_length=20, description="Empty while undecided.", examples=["APPROVED"])
    reason: str = Field(max_length=1000, examples=[""])
    annulled: bool = Field(description="By a later decision.", examples=[False])


class MeetingOut(MeetingHeadOut):
    """A record with its items, for the host's officers."""

    should_attend: int = Field(ge=1, le=500, examples=[9])
    attended: int = Field(ge=0, le=500, examples=[8])
    attendees: list[Member] = Field(max_length=500, examples=[[]])
    secret: bool = Field(description="Whether the body votes by secret ballot.", examples=[False])
    end_reason: str = Field(max_length=1000, description="Why it was taken back.", examples=[""])
    items: list[DecisionItemOut] = Field(max_length=500)
    actions: list[ActionOut] = Field(max_length=10)

    @classmethod
    def whole(cls, view: meetings.MeetingView) -> "MeetingOut":
        row = view.meeting
        same = ("should_attend", "attended", "attendees", "secret", "end_reason")
        return cls(
            **_head(row),
            **{name: getattr(row, name) for name in same},
            items=[_item(row, one) for one in view.items],
            actions=actions(view.actions),
        )


class AgendaItemOut(Shape):
    """A case that may be decided on now, where the ranking puts it."""

    nomination_id: NominationId
    window_name: str = Field(max_length=100, examples=["社会保险服务大厅"])
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    rank: int = Field(ge=0, le=9999, description="0 without one.", examples=[1])
    score: str = Field(max_length=10, description="Two decimals; empty without one.", examples=["93.51"])
    tied: bool = Field(examples=[False])
    cut: Cut = Field(description="Where the rank stands to the places.", examples=["WITHIN"])
    proposed: bool = Field(description="Within the places by rank alone; the body decides.", examples=[True])
    blockers: list[BlockerOut] = Field(max_length=10, description="Why it cannot be decided on now.")

    @classmethod
    def of(cls, one: AgendaItem) -> "AgendaItemOut":
        return cls(
            nomination_id=one.row.nomination.id,
            window_name=one.row.window.name,
            sponsor=one.row.sponsor.name,
            rank=one.rank or 0,
            score=one.score,
            tied=one.tied,
            cut=one.cut,
            proposed=one.proposed,
            blockers=[BlockerOut.of(reason) for reason in one.blockers],
        )


class AgendaGroupOut(Shape):
    """Those who share places."""

    group: str = Field(max_length=40, description="A bucket, or MINISTRY_POOL.", examples=["330100"])
    name: str = Field(max_length=100, examples=["杭州市"])
    places: int = Field(ge=0, le=9999, description="Still free, less what is proposed.", examples=[5])
    used: int = Field(ge=0, le=9999, description="Places that are taken.", examples=[0])
    items: list[AgendaItemOut] = Field(max_length=1000)

    @classmethod
    def of(cls, group: AgendaGroup) -> "AgendaGroupOut":
        items = [AgendaItemOut.of(one) for one in group.items]
        return cls(
            group=group.group, name=group.name, places=group.places, used=group.usage.used, items=items
        )


class AgendaOut(Shape):
    """What a body may take up now."""

    purpose: MeetingPurpose = Field(examples=["DETERMINATION"])
    groups: list[AgendaGroupOut] = Field(max_length=200)


def _head(row: MeetingRow) -> dict[str, Any]:
    same = ("id", "campaign_id", "turn", "purpose", "stage", "minutes_no")
    return {name: getattr(row, name) for name in same} | {
        "etag": etag(row.row_version),
        "body_zh": row.body_name_zh,
        "body_en": row.body_name_en,
        "held_on": day(row.held_on),
        "announced_on": day(row.announced_on),
    }


def _item(meeting: MeetingRow, row: DecisionItem) -> DecisionItemOut:
    same = ("id", "position", "from_bucket", "to_bucket", "excluded", "reason")
    votes = ("votes_for", "votes_against", "abstained")
    ballot = meeting_facts.ballot_of(meeting, row)
    said: dict[str, Any] = {
        name: str(row.snapshot.get(name, "")) for name in ("window_name", "sponsor", "city")
    }
    return DecisionItemOut(
        **said,
        **{name: getattr(row, name) for name in (*same, *votes)},
        nomination_id=shown("nom", row.nomination_id) if row.nomination_id else "",
        rank=row.rank or 0,
        annuls_id=shown("dit", row.annuls_id) if row.annuls_id else "",
        successor_id=shown("win", row.successor_window_id) if row.successor_window_id else "",
        ground=row.ground or "",
        from_kind=row.from_kind or "",
        to_kind=row.to_kind or "",
        votes_needed=votes_needed(meeting_facts.rule_of(meeting), ballot),
        result=row.result or "",
        annulled=row.annulled_at is not None,
    )


@routes.get(
    "/campaigns/{campaign_id}/meetings",
    operation_id="listMeetings",
    summary="List meetings",
    openapi_extra=about("列出会议", "meeting:read"),
)
def list_meetings(
    ctx: Read,
    paging: Listing,
    campaign_id: Campaign,
    stage: Annotated[MeetingStage | SkipJsonSchema[None], Query(description="Only at this stage.")] = None,
) -> Page[MeetingHeadOut]:
    """The records of a campaign's meetings, newest first, for the host's officers."""
    found = meetings.listed(ctx, campaign_id, stage=stage, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, MeetingHeadOut.of, lambda row: row.id.hex)


@routes.post(
    "/campaigns/{campaign_id}/meetings",
    operation_id="draftMeeting",
    summary="Draft a meeting's agenda or record",
    status_code=201,
    responses=declared(*DRAFTING),
    openapi_extra=about("拟定会议议程或记录", "meeting:record"),
)
def draft_meeting(ctx: Write, response: Response, campaign_id: Campaign, body: MeetingDraft) -> MeetingOut:
    """An agenda, or the results as the minutes have them; the body's voting rule of today is kept with it."""
    row = meetings.draft(ctx, campaign_id, body)
    return tagged(response, MeetingOut.whole(meetings.view(ctx, row)), f"/api/v1/meetings/mtg_{row.id.hex}")


@routes.get(
    "/campaigns/{campaign_id}/agenda",
    operation_id="getAgenda",
    summary="Show what a body may decide now",
    openapi_extra=about("查看议程", "meeting:read"),
)
def get_agenda(
    ctx: Read,
    campaign_id: Campaign,
    turn: Annotated[Turn, Query(description="Which body.", examples=["FIRST"])],
    track: Annotated[
        AwardTrack, Query(description="The host's award, or the ministry.", examples=["PROVINCIAL"])
    ] = AwardTrack.PROVINCIAL,
    ties: Annotated[
        bool, Query(description="Only cases that share a rank, for a record of their order.")
    ] = False,
) -> AgendaOut:
    """The cases by bucket in the order of the last ranking, with the places there are. It decides nothing."""
    purpose = MeetingPurpose.TIE if ties else track.purpose(turn)
    found = meetings.agenda(ctx, campaign_id, purpose)
    return AgendaOut(purpose=purpose, groups=[AgendaGroupOut.of(one) for one in found])


@routes.get(
    "/meetings/{meeting_id}",
    operation_id="getMeeting",
    summary="Show a meeting",
    openapi_extra=about("查看会议", "meeting:read"),
)
def get_meeting(ctx: Read, response: Response, meeting_id: Meeting) -> MeetingOut:
    """A record with its items and what may be done now."""
    return tagged(response, MeetingOut.whole(meetings.shown(ctx, meeting_id)))


@routes.put(
    "/meetings/{meeting_id}",
    operation_id="editMeeting",
    summary="Replace a draft record",
    responses=declared("MEETING_NOT_EDITABLE", "MEETING_PURPOSE_FIXED", *DRAFTING),
    openapi_extra=about("修改会议记录", "meeting:record"),
)
def edit_meeting(
    ctx: Write, response: Response, meeting_id: Meeting, body: MeetingDraft, version: IfMatch
) -> MeetingOut:
    """Replace the numbers and items of a draft; purpose and body stay."""
    row = meetings.edit(ctx, meeting_id, body, version)
    return tagged(response, MeetingOut.whole(meetings.view(ctx, row)))


@routes.post(
    "/meetings/{meeting_id}/transitions",
    operation_id="transitionMeeting",
    summary="Record, confirm, announce or cancel",
    responses=declared(*DECIDING),
    openapi_extra=about("办理会议记录", "meeting:record"),
)
def transition_meeting(
    ctx: Write, response: Response, meeting_id: Meeting, body: MeetingAct, version: IfMatch
) -> MeetingOut:
    """A second person's CONFIRM carries out every item at once, or, where one cannot be, none of them."""
    row = meeting_acts.act(ctx, meeting_id, body, version)
    return tagged(response, MeetingOut.whole(meetings.view(ctx, row)))
