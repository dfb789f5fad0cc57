"""How objections come in: by the public with a receipt, or taken down by staff (R-028, E-08, E-09, E-36)."""

import hashlib
import secrets
from datetime import date, datetime, time
from uuid import UUID

from app.db import objections as rows
from app.db.tables.supervision import NoticeItem, Objection, ObjectionStep, ObjectorIdentity, PublicNotice
from app.domain.calendar import working_days_after
from app.domain.errors import Reason, Refusal, refuse
from app.domain.notice import NoticeStage
from app.domain.objection import (
    Channel,
    IdentityKind,
    MailCutoffRule,
    ObjectionStage,
    Timeliness,
    blocks,
    effective_on,
    postmark_reasons,
    timeliness,
)
from app.services import audit, calendars, campaigns, sealing, throttling
from app.services.context import Ctx
from app.services.inputs.objections import ObjectionRecord, ObjectionSubmit

PER_HOUR = 20
LOOKUPS_PER_HOUR = 60
_OPEN = frozenset({NoticeStage.PUBLISHED, NoticeStage.CONCLUDED})
ACCUSED = "OFFICE_ACCUSED"
"""The step that notes an objection against the handling office itself (E-34)."""


def submit(ctx: Ctx, notice_id: UUID, body: ObjectionSubmit, source: str) -> tuple[Objection, str]:
    """Anybody objects to one nominee; the receipt code is given once. Refuses `RATE_LIMITED`, `NOTICE_CLOSED`.

    A late one is taken too: it holds nobody but is kept as a lead (E-08).
    """
    throttling.count(ctx, "objection", source, PER_HOUR)
    item, notice = _item(ctx, body.item_id)
    if notice.id != notice_id or notice.published_at is None or notice.published_at > ctx.now:
        raise Refusal("NOT_FOUND")
    if notice.stage not in _OPEN:
        raise Refusal("NOTICE_CLOSED", ends_at=notice.last_day or "—")
    code = secrets.token_hex(16)
    received_on = ctx.received_at.astimezone(ctx.zone).date()
    objection = _receive(
        ctx, item, notice, body, channel=Channel.WEB, received_at=ctx.received_at, received_on=received_on
    )
    objection.receipt_hash = receipt_hash(code)
    ctx.secret_answer = True
    _noted(ctx, objection)
    return objection, " ".join(code[i : i + 4] for i in range(0, 32, 4))


def record(ctx: Ctx, body: ObjectionRecord) -> Objection:
    """Staff takes down what came by telephone, letter or visit. Needs `objection:record`; refuses `POSTMARK_IMPOSSIBLE`."""
    item, notice = _item(ctx, body.item_id)
    ctx.actor.require("objection:record", notice.issuer_path, notice.campaign_id)
    today = ctx.now.astimezone(ctx.zone).date()
    received_on = body.received_on or today
    if received_on > today:
        raise Refusal("RECEIVED_IN_FUTURE", "/received_on")
    refuse(postmark_reasons(received_on=received_on, sent_on=body.sent_on, arrived_on=body.arrived_on))
    at = ctx.received_at if received_on == today else datetime.combine(received_on, time(12), tzinfo=ctx.zone)
    objection = _receive(
        ctx, item, notice, body, channel=body.channel, received_at=at, received_on=received_on
    )
    objection.sent_on, objection.arrived_on = body.sent_on, body.arrived_on
    _noted(ctx, objection)
    return objection


def by_receipt(ctx: Ctx, code: str, source: str) -> Objection | None:
    """How an objection stands, for whoever holds its receipt; guesses are counted (C38)."""
    throttling.count(ctx, "receipt", source, LOOKUPS_PER_HOUR)
    return rows.by_receipt(ctx.session, receipt_hash(code))


def receipt_hash(code: str) -> str:
    """SHA-256 of the 128 random bits, however the code was spaced."""
    plain = code.replace(" ", "").replace("-", "").strip().lower()
    return hashlib.sha256(plain.encode()).hexdigest()


def _item(ctx: Ctx, item_id: UUID) -> tuple[NoticeItem, PublicNotice]:
    """An objection is always about one nominee of one notice (E-09)."""
    found = rows.item_with_notice(ctx.session, item_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def _receive(
    ctx: Ctx,
    item: NoticeItem,
    notice: PublicNotice,
    body: ObjectionSubmit,
    *,
    channel: Channel,
    received_at: datetime,
    received_on: date,
) -> Objection:
    refuse(_identity_reasons(body))
    if notice.last_day is None:
        raise Refusal("NOTICE_NOT_PUBLISHED")
    effective, when = _made(channel, notice, body, received_on)
    objection = Objection(
        **(
            audit.stamp(ctx)
            | ({"created_by": "public", "updated_by": "public"} if channel is Channel.WEB else {})
        ),
        code=f"YY-{received_on.year}-{secrets.token_hex(4).upper()}",
        campaign_id=notice.campaign_id,
        notice_id=notice.id,
        notice_item_id=item.id,
        nomination_id=item.nomination_id,
        handling_org_id=notice.issuer_org_id,
        handling_path=notice.issuer_path,
        channel=channel,
        identity_kind=body.identity_kind,
        has_leads=body.has_leads,
        received_at=received_at,
        effective_on=effective,
        timeliness=when,
        stage=ObjectionStage.RECEIVED,
        blocking=blocks(ObjectionStage.RECEIVED, when, None),
        due_on=_acknowledge_by(ctx, notice, received_on),
        content=body.content,
    )
    ctx.session.add(objection)
    ctx.session.flush()
    _seal(ctx, objection, body)
    if body.accuses_office:
        ctx.session.add(_step(ctx, objection, ACCUSED))
    return objection


def _made(
    channel: Channel, notice: PublicNotice, body: ObjectionSubmit, received_on: date
) -> tuple[date, Timeliness]:
    """The day it counts as made, by the rule the notice was published with (E-36)."""
    rule = MailCutoffRule(notice.rule_snapshot.get("mail_cutoff_rule", MailCutoffRule.RECEIVED))
    effective = effective_on(
        channel,
        rule,
        received_on=received_on,
        sent_on=getattr(body, "sent_on", None),
        arrived_on=getattr(body, "arrived_on", None),
    )
    return effective, timeliness(effective, notice.last_day or effective)


def _identity_reasons(body: ObjectionSubmit) -> list[Reason]:
    """A name where a name is claimed, none where none is (so that nothing anonymous is ever kept with a name)."""
    anonymous = body.identity_kind is IdentityKind.ANONYMOUS
    given = (("objector_name", body.objector_name), ("objector_contact", body.objector_contact))
    code = "OBJECTOR_NOT_ANONYMOUS" if anonymous else "OBJECTOR_MISSING"
    return [Reason(code, f"/{name}") for name, value in given if bool(value) is anonymous]


def _seal(ctx: Ctx, objection: Objection, body: ObjectionSubmit) -> None:
    if body.identity_kind is IdentityKind.ANONYMOUS:
        return
    objector = sealing.Objector(body.objector_name, body.objector_contact)
    ctx.session.add(
        ObjectorIdentity(
            **audit.stamp(ctx),
            objection_id=objection.id,
            key_id=sealing.key_id(ctx.settings),
            sealed=sealing.seal(ctx.settings, objection.id, objector),
        )
    )


def _acknowledge_by(ctx: Ctx, notice: PublicNotice, received_on: date) -> date | None:
    """The day to have it screened; a calendar not yet loaded turns no citizen away."""
    rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, notice.campaign_id))
    try:
        return working_days_after(
            received_on, rules.objections.acknowledge_working_days, calendars.calendar(ctx)
        )
    except Refusal:
        return None


def _step(ctx: Ctx, objection: Objection, action: str) -> ObjectionStep:
    return ObjectionStep(
        **audit.stamp(ctx),
        objection_id=objection.id,
        action=action,
        from_stage=objection.stage,
        to_stage=objection.stage,
        at=ctx.now,
        actor=ctx.actor.key,
    )


def _noted(ctx: Ctx, objection: Objection) -> None:
    audit.note(
        ctx,
        "objection.received",
        objection,
        campaign_id=objection.campaign_id,
        path=objection.handling_path,
        summary={
            "code": objection.code,
            "timeliness": objection.timeliness.value,
            "blocking": objection.blocking,
        },
    )
