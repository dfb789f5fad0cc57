"""What the steps of a notice need to know, gathered from its rows, the rules and the calendar."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Protocol

from app.db.notices import ItemRow
from app.db.tables.supervision import PublicNotice
from app.domain.calendar import ends_at, notice_end
from app.domain.errors import Refusal
from app.domain.notice import NoticeFacts
from app.services import calendars, campaigns, listed_cases, notice_text
from app.services.context import Ctx
from app.services.inputs.notices import (
    NoticeConclude,
    NoticeErratum,
    NoticeExtend,
    NoticePublish,
    NoticeRemoveItem,
)


class NoticeBody(Protocol):
    @property
    def action(self) -> str: ...


@dataclass(frozen=True)
class Period:
    """The period of a notice to be published."""

    publish_on: date
    last_day: date
    starts_at: datetime
    ends_at: datetime
    minimum_ends_at: datetime


def facts_of(
    ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: NoticeBody | None = None
) -> NoticeFacts:
    """The facts at this moment; `body` is what was handed in with the act."""
    campaign = campaigns.campaign_of(ctx, notice.campaign_id)
    rules = campaigns.rules_of(ctx, campaign)
    standing = [row for row in items if row.item.removed_at is None]
    ready = listed_cases.matters(ctx, (row.nomination for row in standing))
    more = {"/text": body.text} if isinstance(body, NoticeErratum) else {}
    facts = NoticeFacts(
        stage=notice.stage,
        zone=ctx.zone,
        starts_at=notice.published_at,
        ends_at=notice.ends_at,
        campaign_suspended=bool(campaign.suspended_reason),
        actor=ctx.actor.key,
        drafted_by=notice.prepared_by,
        contents=notice_text.contents(notice, rules),
        items=len(standing),
        items_not_ready=tuple(
            str(row.item.snapshot.get("window_name", ""))
            for row in standing
            if ready.get(row.nomination.id) is not notice.matter
        ),
        personal_data=notice_text.personal_data_places(notice, [row.item for row in items], more),
        scanned=True,
        channels=len(notice.channels),
        open_objections=sum(row.open_objections for row in items),
        reason=str(getattr(body, "reason", "")),
    )
    return _with_body(ctx, notice, standing, facts, body)


def period_of(ctx: Ctx, notice: PublicNotice, body: NoticePublish) -> Period:
    """First day, last day and exact end. Refuses `CALENDAR_YEAR_MISSING` (E-11), `PUBLISH_DATE_PAST`."""
    rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, notice.campaign_id))
    working = calendars.calendar(ctx)
    today = ctx.now.astimezone(ctx.zone).date()
    publish_on = body.publish_on or today
    if publish_on < today:
        raise Refusal("PUBLISH_DATE_PAST", "/publish_on")
    minimum = notice_end(rules.notice.rule, publish_on, working)
    last_day = body.last_day or minimum
    working.require(last_day)
    starts = ctx.now if publish_on == today else datetime.combine(publish_on, time(), tzinfo=ctx.zone)
    return Period(publish_on, last_day, starts, ends_at(last_day, ctx.zone), ends_at(minimum, ctx.zone))


def _with_body(
    ctx: Ctx, notice: PublicNotice, standing: list[ItemRow], facts: NoticeFacts, body: NoticeBody | None
) -> NoticeFacts:
    match body:
        case NoticePublish():
            period = period_of(ctx, notice, body)
            return replace(facts, planned_ends_at=period.ends_at, minimum_ends_at=period.minimum_ends_at)
        case NoticeExtend():
            calendars.calendar(ctx).require(body.last_day)
            return replace(facts, new_ends_at=ends_at(body.last_day, ctx.zone))
        case NoticeErratum():
            return replace(facts, slip_without_effect=body.without_effect)
        case NoticeRemoveItem():
            return replace(facts, item_listed=any(row.item.id == body.item_id for row in standing))
        case NoticeConclude():
            return replace(facts, result=body.result)
        case _:
            return facts
