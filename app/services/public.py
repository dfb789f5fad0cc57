"""What anybody may see: an explicit list of fields of published things, and nothing else (I-19).

Rows never leave here. A field that is to be public is named in one of these classes; everything else is not.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.db import notices as notice_rows
from app.db import public as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.places import Organization
from app.db.tables.supervision import NoticeChange, Objection, PublicNotice
from app.domain.campaign import CampaignStage
from app.domain.errors import Refusal
from app.domain.notice import ItemOutcome, NoticeStage, NoticeState, state_at
from app.domain.objection import ObjectionStage, Timeliness
from app.services import audit, objection_intake
from app.services.context import Ctx
from app.services.inputs.objections import ObjectionSubmit
from app.services.notice_text import SNAPSHOT
from app.services.notices import outcome_of


@dataclass(frozen=True)
class Paper:
    """A document a campaign stands on."""

    title: str
    document_no: str
    issuer: str
    issued_on: date


@dataclass(frozen=True)
class PublicCampaign:
    """An opened campaign."""

    id: UUID
    title: str
    edition_no: int
    stage: CampaignStage
    suspended: bool
    purpose: str
    sample: bool


@dataclass(frozen=True)
class PublicItem:
    """One nominee: the name as published, and a footnote when it is called otherwise today (E-01, E-02)."""

    id: UUID
    position: int
    window_name: str
    sponsor: str
    city: str
    window_type: str
    window_type_en: str
    merits: str
    outcome: ItemOutcome
    renamed: str


@dataclass(frozen=True)
class PublicChange:
    """What was changed after publication, as the public is told."""

    kind: str
    at: datetime
    text: str
    new_last_day: date | None


@dataclass(frozen=True)
class PublicHead:
    """A notice in a list."""

    id: UUID
    campaign_id: UUID
    code: str
    title: str
    round: int
    state: NoticeState
    publish_on: date
    last_day: date
    ends_at: datetime


@dataclass(frozen=True)
class PublicText:
    """A whole notice (domain.md 3.3): who, on what basis, until when, how to object."""

    head: PublicHead
    issuer: str
    basis: str
    body: str
    contact_office: str
    contact_phone: str
    contact_email: str
    contact_address: str
    contact_postcode: str
    reception_hours: str
    min_days: int
    day_kind: str
    count_publication_day: bool
    mail_cutoff_rule: str
    anonymous_policy: str
    content_hash: str
    items: list[PublicItem]
    changes: list[PublicChange]
    superseded_by: UUID | None

    @property
    def tag(self) -> str:
        """Changes whenever anything shown does; a row's version would not know about time or names."""
        return audit.digest({"all": repr(self)}).split(":")[1][:32]


@dataclass(frozen=True)
class ReceiptStatus:
    """How an objection stands, for whoever holds the receipt."""

    code: str
    stage: ObjectionStage
    timeliness: Timeliness
    received_on: date
    due_on: date | None
    replied_on: date | None
    reply: str


def campaigns(ctx: Ctx, *, after: str = "", limit: int = 50) -> list[PublicCampaign]:
    """Opened campaigns with their paper recorded, newest first."""
    return [_campaign(row) for row in rows.campaigns(ctx.session, UUID(after) if after else None, limit)]


def campaign(ctx: Ctx, campaign_id: UUID) -> tuple[PublicCampaign, list[Paper]]:
    """One campaign and the papers it stands on. Refuses `NOT_FOUND` before it is opened."""
    row = rows.campaign(ctx.session, campaign_id)
    if row is None:
        raise Refusal("NOT_FOUND")
    papers = [
        Paper(p.title, p.document_no, p.issuer, p.issued_on) for p in rows.papers(ctx.session, campaign_id)
    ]
    return _campaign(row), papers


def notices(
    ctx: Ctx, *, campaign_id: UUID | None = None, after: str = "", limit: int = 50
) -> list[PublicHead]:
    """Published notices, newest first; superseded ones stay readable."""
    found = notice_rows.public(ctx.session, ctx.now, campaign_id, UUID(after) if after else None, limit)
    return [_head(ctx, row) for row in found]


def notice(ctx: Ctx, notice_id: UUID) -> PublicText:
    """One notice. Refuses `NOT_FOUND` before its first day, `NOTICE_WITHDRAWN` when it was taken back."""
    row = ctx.session.get(PublicNotice, notice_id)
    if (
        row is None
        or row.published_at is None
        or row.published_at > ctx.now
        or row.stage is NoticeStage.CANCELLED
    ):
        raise Refusal("NOT_FOUND")
    if row.stage is NoticeStage.WITHDRAWN:
        raise Refusal("NOTICE_WITHDRAWN")
    issuer = ctx.session.get(Organization, row.issuer_org_id)
    state = state_at(row.stage, row.published_at, row.ends_at, ctx.now)
    successor = notice_rows.successor(ctx.session, row.id) if row.stage is NoticeStage.SUPERSEDED else None
    shown = successor is not None and successor.published_at is not None and successor.published_at <= ctx.now
    return PublicText(
        head=_head(ctx, row),
        issuer=issuer.name if issuer else "",
        basis=row.basis,
        body=row.body,
        contact_office=row.contact_office,
        contact_phone=row.contact_phone,
        contact_email=row.contact_email,
        contact_address=row.contact_address,
        contact_postcode=row.contact_postcode,
        reception_hours=row.reception_hours,
        min_days=int(row.rule_snapshot.get("min_days", 1)),
        day_kind=str(row.rule_snapshot.get("day_kind", "")),
        count_publication_day=bool(row.rule_snapshot.get("count_publication_day", False)),
        mail_cutoff_rule=str(row.rule_snapshot.get("mail_cutoff_rule", "")),
        anonymous_policy=str(row.rule_snapshot.get("anonymous_policy", "")),
        content_hash=row.content_hash,
        items=[_item(state, one) for one in notice_rows.items(ctx.session, row.id)],
        changes=[_change(one) for one in notice_rows.changes(ctx.session, row.id) if one.kind in _TOLD],
        superseded_by=successor.id if successor and shown else None,
    )


def object_to(ctx: Ctx, notice_id: UUID, body: ObjectionSubmit, source: str) -> tuple[ReceiptStatus, str]:
    """Object to a nominee; the second part is the receipt code, shown once."""
    objection, code = objection_intake.submit(ctx, notice_id, body, source)
    return _status(ctx, objection), code


def receipt(ctx: Ctx, code: str, source: str) -> ReceiptStatus | None:
    """How the objection of this receipt stands; nothing for a code that was never given."""
    found = objection_intake.by_receipt(ctx, code, source)
    return _status(ctx, found) if found else None


_TOLD = frozenset({"EXTEND", "ERRATUM", "CORRECT", "REMOVE_ITEM", "OUTAGE", "CONCLUDE"})
_SPOKEN = frozenset({"EXTEND", "OUTAGE", "CONCLUDE"})  # other reasons are the office's own


def _campaign(row: Campaign) -> PublicCampaign:
    return PublicCampaign(
        row.id,
        row.title,
        row.edition_no,
        row.stage,
        bool(row.suspended_reason),
        row.purpose,
        not row.livemode,
    )


def _head(ctx: Ctx, row: PublicNotice) -> PublicHead:
    if row.publish_on is None or row.last_day is None or row.ends_at is None:
        raise Refusal("NOT_FOUND")
    state = state_at(row.stage, row.published_at, row.ends_at, ctx.now)
    return PublicHead(
        row.id,
        row.campaign_id,
        row.code or "",
        row.title,
        row.round,
        state,
        row.publish_on,
        row.last_day,
        row.ends_at,
    )


def _item(state: NoticeState, row: notice_rows.ItemRow) -> PublicItem:
    said = {name: str(row.item.snapshot.get(name, "")) for name in SNAPSHOT}
    now_called = {"window_name": row.window.name, "sponsor": row.sponsor.name}
    renamed = [
        f"{said[name]} → {name_now}" for name, name_now in now_called.items() if said[name] != name_now
    ]
    outcome = outcome_of(state, row)
    # Whether somebody objected is nobody's business until it is decided (domain.md 3.4).
    told = ItemOutcome.RUNNING if outcome is ItemOutcome.OBJECTED else outcome
    return PublicItem(
        id=row.item.id, position=row.item.position, **said, outcome=told, renamed="；".join(renamed)
    )


def _change(row: NoticeChange) -> PublicChange:
    text = (
        str(row.detail.get("text", ""))
        if row.kind == "ERRATUM"
        else row.reason
        if row.kind in _SPOKEN
        else ""
    )
    return PublicChange(row.kind, row.created_at, text, row.new_last_day)


def _status(ctx: Ctx, row: Objection) -> ReceiptStatus:
    received_on = row.received_at.astimezone(ctx.zone).date()
    return ReceiptStatus(
        row.code, row.stage, row.timeliness, received_on, row.due_on, row.replied_on, row.public_summary
    )
