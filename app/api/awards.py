"""Awards over JSON: the event, conferring, certificates, revocations, what the units were told."""

from typing import Annotated, Any

from fastapi import Path, Response
from pydantic import Field

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.notices import day
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    AwardId,
    CampaignId,
    NominationId,
    NotificationId,
    OrganizationId,
    Page,
    Shape,
    Tagged,
    WindowId,
)
from app.db.tables.awards import AwardEvent, AwardStatus, ResultNotification
from app.domain.meeting import MeetingPurpose
from app.domain.nomination import DecisionResult
from app.http import Read, Write
from app.services import awards, result_notifications
from app.services.inputs.awards import AwardEventIn, Conferral, RevocationDetails

routes = router("awards")

Campaign = Annotated[CampaignId, Path(description="The campaign.")]
Award = Annotated[AwardId, Path(description="The award.")]


class AwardEventOut(Tagged):
    """The award meeting of a campaign."""

    campaign_id: CampaignId
    title: str = Field(max_length=200, examples=["优质服务窗口表彰会"])
    merged_with: str = Field(max_length=200, examples=["2026年全省劳动保障工作会议"])
    held_on: str = Field(max_length=10, examples=["2026-12-20"])
    place: str = Field(max_length=200, examples=["杭州"])

    @classmethod
    def of(cls, row: AwardEvent) -> "AwardEventOut":
        same = {name: getattr(row, name) for name in ("campaign_id", "title", "merged_with", "place")}
        return cls(etag=etag(row.row_version), held_on=day(row.held_on), **same)


class RevocationOut(Shape):
    """Why an award was taken away and what came of it; everything is empty while it stands."""

    ground: str = Field(max_length=40, examples=[""])
    decided_on: str = Field(max_length=10, examples=[""])
    reason: str = Field(max_length=1000, examples=[""])
    proposed_by: str = Field(max_length=100, examples=[""])
    announced_on: str = Field(max_length=10, examples=[""])
    certificate_withdrawn_on: str = Field(max_length=10, examples=[""])
    plaque_withdrawn_on: str = Field(max_length=10, examples=[""])


class AwardOut(Tagged):
    """An award by the names of its day."""

    id: AwardId
    campaign_id: CampaignId
    nomination_id: NominationId
    window_id: WindowId
    window_name: str = Field(max_length=100, examples=["西湖区社会保险服务大厅"])
    formerly: str = Field(
        max_length=100, description="What a successor's predecessor was called.", examples=[""]
    )
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    city: str = Field(max_length=40, examples=["杭州市"])
    title_zh: str = Field(max_length=200, examples=["全省劳动保障系统优质服务窗口"])
    title_en: str = Field(max_length=300, examples=["Outstanding service window"])
    certificate_no: str = Field(max_length=60, examples=["ZJ2026-0001"])
    conferred_on: str = Field(max_length=10, examples=["2026-12-20"])
    document_no: str = Field(max_length=80, examples=[""])
    status: AwardStatus = Field(examples=["CONFERRED"])
    revocation: RevocationOut

    @classmethod
    def of(cls, row: awards.Row) -> "AwardOut":
        award = row.award
        same = ("id", "campaign_id", "nomination_id", "window_id", "title_zh", "title_en", "certificate_no")
        names = ("window_name", "formerly", "sponsor", "city")
        said: dict[str, Any] = {name: str(award.snapshot.get(name, "")) for name in names}
        return cls(
            etag=etag(award.row_version),
            **{name: getattr(award, name) for name in (*same, "document_no", "status")},
            **said,
            conferred_on=day(award.conferred_on),
            revocation=_revocation(row),
        )


class AwardList(Shape):
    """What was conferred by one act."""

    items: list[AwardOut] = Field(max_length=1000)


class ResultOut(Shape):
    """The result on one case."""

    nomination_id: NominationId
    window_name: str = Field(max_length=100, examples=["西湖区社会保险服务大厅"])
    result: DecisionResult = Field(examples=["APPROVED"])


class NotificationOut(Tagged):
    """What a unit was told of a meeting's results on its own cases."""

    id: NotificationId
    organization_id: OrganizationId
    purpose: MeetingPurpose = Field(examples=["DETERMINATION"])
    results: list[ResultOut] = Field(max_length=500)
    notified_at: str = Field(max_length=40, examples=["2026-11-10T02:00:00+00:00"])
    acknowledged_at: str = Field(max_length=40, description="Empty until the unit took note.", examples=[""])

    @classmethod
    def of(cls, row: ResultNotification) -> "NotificationOut":
        return cls(
            etag=etag(row.row_version),
            id=row.id,
            organization_id=row.organization_id,
            purpose=row.purpose,
            results=[ResultOut.model_validate(one) for one in row.results],
            notified_at=row.notified_at.isoformat(),
            acknowledged_at=row.acknowledged_at.isoformat() if row.acknowledged_at else "",
        )


def _revocation(row: awards.Row) -> RevocationOut:
    found = row.revocation
    days = ("decided_on", "announced_on", "certificate_withdrawn_on", "plaque_withdrawn_on")
    texts = ("ground", "reason", "proposed_by")
    return RevocationOut(
        **{name: day(getattr(found, name, None)) for name in days},
        **{name: str(getattr(found, name, "")) for name in texts},
    )


@routes.get(
    "/campaigns/{campaign_id}/award-event",
    operation_id="getAwardEvent",
    summary="Show the award event",
    openapi_extra=about("查看表彰会", "campaign:read"),
)
def get_event(ctx: Read, response: Response, campaign_id: Campaign) -> AwardEventOut:
    """When and where awards are given, and with which conference it is merged."""
    return tagged(response, AwardEventOut.of(awards.event(ctx, campaign_id)))


@routes.put(
    "/campaigns/{campaign_id}/award-event",
    operation_id="setAwardEvent",
    summary="Set the award event",
    responses=declared("AWARD_DATE_TOO_EARLY"),
    openapi_extra=about("确定表彰会", "nomination:confer"),
)
def set_event(
    ctx: Write, response: Response, campaign_id: Campaign, body: AwardEventIn, version: IfMatch
) -> AwardEventOut:
    """One event for a campaign, not before its last decision. Where none is set yet, send `If-Match: "0"`."""
    return tagged(response, AwardEventOut.of(awards.set_event(ctx, campaign_id, body, version)))


@routes.post(
    "/campaigns/{campaign_id}/conferrals",
    operation_id="conferAwards",
    summary="Confer awards",
    status_code=201,
    responses=declared(
        "NOTHING_TO_CONFER",
        "AWARD_REFERENCE_MISSING",
        "AWARD_DATE_TOO_EARLY",
        "DATE_IN_FUTURE",
        "SUCCESSOR_UNDECIDED",
        "TRANSITION_NOT_ALLOWED",
        "CAMPAIGN_PHASE",
        "CAMPAIGN_SUSPENDED",
        "OBJECTION_OPEN",
        "VETO_HELD",
        "VETO_CONFIRMED",
        "DECISION_MISSING",
    ),
    openapi_extra=about("授予表彰", "nomination:confer"),
)
def confer(ctx: Write, campaign_id: Campaign, body: Conferral) -> AwardList:
    """All determined windows, or those named, each with the next certificate number; all of them or none."""
    return AwardList(items=[AwardOut.of(row) for row in awards.confer(ctx, campaign_id, body)])


@routes.get(
    "/campaigns/{campaign_id}/awards",
    operation_id="listAwards",
    summary="List a campaign's awards",
    openapi_extra=about("列出表彰", "campaign:read"),
)
def list_awards(ctx: Read, paging: Listing, campaign_id: Campaign) -> Page[AwardOut]:
    """By certificate number, revoked ones among them."""
    found = awards.listed(ctx, campaign_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, AwardOut.of, lambda row: row.award.certificate_no)


@routes.get(
    "/awards/{award_id}",
    operation_id="getAward",
    summary="Show an award",
    openapi_extra=about("查看表彰", "campaign:read"),
)
def get_award(ctx: Read, response: Response, award_id: Award) -> AwardOut:
    """One award, and its revocation if it was revoked."""
    return tagged(response, AwardOut.of(awards.shown(ctx, award_id)))


@routes.put(
    "/awards/{award_id}/revocation",
    operation_id="followUpRevocation",
    summary="Record what followed from a revocation",
    responses=declared("AWARD_NOT_REVOKED", "REVOCATION_DATE_INVALID"),
    openapi_extra=about("登记撤销后续", "nomination:confer"),
)
def follow_up(
    ctx: Write, response: Response, award_id: Award, body: RevocationDetails, version: IfMatch
) -> AwardOut:
    """Announced, certificate and plaque withdrawn. The revocation itself is a recorded decision of the second body."""
    return tagged(response, AwardOut.of(awards.follow_up(ctx, award_id, body, version)))


@routes.get(
    "/campaigns/{campaign_id}/result-notifications",
    operation_id="listResultNotifications",
    summary="List what units were told",
    openapi_extra=about("列出结果告知", "nomination:read"),
)
def list_notifications(ctx: Read, paging: Listing, campaign_id: Campaign) -> Page[NotificationOut]:
    """The results that the units in the caller's area were told, newest first."""
    found = result_notifications.listed(ctx, campaign_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, NotificationOut.of, lambda row: row.id.hex)


@routes.post(
    "/result-notifications/{notification_id}/acknowledgements",
    operation_id="acknowledgeResult",
    summary="Take note of a result",
    status_code=201,
    openapi_extra=about("确认收到结果", "nomination:file"),
)
def acknowledge(
    ctx: Write,
    response: Response,
    notification_id: Annotated[NotificationId, Path(description="The notification.")],
    version: IfMatch,
) -> NotificationOut:
    """The nominating unit has taken note."""
    return tagged(
        response, NotificationOut.of(result_notifications.acknowledge(ctx, notification_id, version))
    )
