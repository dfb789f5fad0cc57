"""What is done with a notice: review, publish, extend, correct, take back (R-028, E-05, E-06, E-09, E-35)."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.db import notices as rows
from app.db.notices import ItemRow
from app.db.tables.supervision import NoticeChange, NoticeItem, PublicNotice
from app.domain.calendar import WorkingCalendar, ends_at, working_days_after
from app.domain.errors import Reason, Refusal, refuse
from app.domain.notice import MACHINE, NoticeAction, NoticeStage, verdict
from app.services import audit, calendars, campaigns, listed_cases, notice_text
from app.services.context import Ctx, check_version
from app.services.inputs.notices import (
    NoticeConclude,
    NoticeErratum,
    NoticeExtend,
    NoticePublish,
    NoticeRemoveItem,
    OutageRecord,
)
from app.services.notice_facts import NoticeBody, facts_of, period_of
from app.services.notices import FIELDS, loaded, may_act, summary

OUTAGE_HOURS = 4  # of working time, a platform default (E-35)
_OPENS, _CLOSES = time(9), time(17)
_PAST = {
    NoticeAction.REVIEW: "reviewed",
    NoticeAction.REVISE: "revised",
    NoticeAction.PUBLISH: "published",
    NoticeAction.EXTEND: "extended",
    NoticeAction.CORRECT: "superseded",
    NoticeAction.ERRATUM: "erratum_added",
    NoticeAction.REMOVE_ITEM: "item_removed",
    NoticeAction.WITHDRAW: "withdrawn",
    NoticeAction.CANCEL: "cancelled",
    NoticeAction.CONCLUDE: "concluded",
}


def act(ctx: Ctx, notice_id: UUID, body: NoticeBody, version: int | None) -> PublicNotice:
    """Take one step of the notice, and its nominees with it in the same transaction. Refuses what the table refuses."""
    notice = loaded(ctx, notice_id)
    action = NoticeAction(body.action)
    step = MACHINE.find(notice.stage, action)
    permission = step.permission if step else next(s.permission for s in MACHINE.steps if s.action is action)
    may_act(ctx, permission, notice.issuer_org_id, notice.issuer_path, notice.campaign_id)
    check_version(notice.row_version, version)
    items = rows.items(ctx.session, notice.id)
    facts = facts_of(ctx, notice, items, body if step else None)
    refuse(verdict(facts, action, ctx.now))
    before = notice.model_dump(mode="json")
    if step:
        notice.stage = step.target(facts)
    _DEEDS[action](ctx, notice, items, body)
    audit.touch(ctx, notice)
    audit.note(
        ctx,
        f"notice.{_PAST[action]}",
        notice,
        before=before,
        campaign_id=notice.campaign_id,
        path=notice.issuer_path,
        summary=summary(notice),
    )
    return notice


def record_outage(ctx: Ctx, notice_id: UUID, body: OutageRecord, version: int | None) -> PublicNotice:
    """The page was down: one working day more for each it lost, beyond four hours (E-35). Needs `notice:extend`."""
    notice = loaded(ctx, notice_id)
    may_act(ctx, "notice:extend", notice.issuer_org_id, notice.issuer_path, notice.campaign_id)
    check_version(notice.row_version, version)
    if (
        not notice.published_at
        or not notice.ends_at
        or not notice.last_day
        or notice.stage is not NoticeStage.PUBLISHED
    ):
        raise Refusal("NOTICE_NOT_PUBLISHED")
    if not notice.published_at <= body.began_at < body.ended_at <= ctx.now or body.began_at >= notice.ends_at:
        raise Refusal("OUTAGE_IMPOSSIBLE", "/began_at")
    before = notice.model_dump(mode="json")
    working = calendars.calendar(ctx)
    hours, days = _lost(ctx, working, body.began_at, min(body.ended_at, notice.ends_at))
    old = notice.last_day
    if hours > OUTAGE_HOURS:
        _set_end(ctx, notice, working_days_after(old, days, working))
    detail = {
        "began_at": body.began_at.isoformat(),
        "ended_at": body.ended_at.isoformat(),
        "working_hours": round(hours, 2),
    }
    _record(ctx, notice, "OUTAGE", body.reason, old_last_day=old, new_last_day=notice.last_day, detail=detail)
    audit.touch(ctx, notice)
    audit.note(
        ctx,
        "notice.outage_recorded",
        notice,
        before=before,
        campaign_id=notice.campaign_id,
        path=notice.issuer_path,
        summary=summary(notice),
    )
    return notice


def drop_item(ctx: Ctx, notice: PublicNotice, row: ItemRow, reason: str) -> None:
    """Take one nominee out of a standing notice and back to where it stood; the others are not touched (E-09)."""
    row.item.removed_at, row.item.removed_reason = ctx.now, reason[:500]
    row.item.effective_nomination_id = None
    audit.touch(ctx, row.item)
    _record(ctx, notice, "REMOVE_ITEM", reason, detail={"position": row.item.position})
    ctx.session.flush()
    listed_cases.take_back(ctx, row.nomination, notice.matter, reason)


def _review(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: Any) -> None:  # noqa: ANN401, ARG001  (one shape for all deeds)
    notice.reviewed_by, notice.reviewed_person_id = ctx.actor.key, ctx.actor.person_id


def _revise(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: Any) -> None:  # noqa: ANN401, ARG001  (one shape for all deeds)
    notice.reviewed_by, notice.reviewed_person_id = "", None


def _publish(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: NoticePublish) -> None:
    """The period is computed here, once; every nominee goes to notice in this transaction."""
    period = period_of(ctx, notice, body)
    rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, notice.campaign_id))
    notice.publish_on, notice.published_at, notice.last_day, notice.ends_at = (
        period.publish_on,
        period.starts_at,
        period.last_day,
        period.ends_at,
    )
    notice.rule_snapshot = notice_text.rule_snapshot(rules)
    years = sorted({period.publish_on.year, period.last_day.year})
    notice.calendar_source = "；".join(rows.calendar_sources(ctx.session, years))[:200]
    notice.published_by = ctx.actor.key
    notice.code = notice.code or f"GS-{period.publish_on.year}-{notice.id.hex[-8:].upper()}"
    notice.content_hash = notice_text.content_hash(notice, [row.item for row in items])
    for row in items:
        row.item.effective_nomination_id = row.item.nomination_id
        audit.touch(ctx, row.item)
    ctx.session.flush()
    for row in items:
        listed_cases.put_at_notice(ctx, row.nomination, notice.matter)


def _extend(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: NoticeExtend) -> None:  # noqa: ARG001  (one shape for all deeds)
    old = notice.last_day
    _set_end(ctx, notice, body.last_day)
    _record(ctx, notice, "EXTEND", body.reason, old_last_day=old, new_last_day=body.last_day)


def _erratum(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: NoticeErratum) -> None:  # noqa: ARG001  (one shape for all deeds)
    _record(ctx, notice, "ERRATUM", body.reason, detail={"text": body.text})


def _correct(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: Any) -> None:  # noqa: ANN401  (one shape for all deeds)
    """This text stays readable; the next round is a draft that has to be reviewed and runs its full time (E-06)."""
    standing = [row for row in items if row.item.removed_at is None]
    _none_moved_on(ctx, notice, standing)
    _release(ctx, standing, body.reason)
    alive = [row for row in standing if not row.nomination.stage.final]
    copied = {
        name: getattr(notice, name)
        for name in (*FIELDS, "channels", "campaign_id", "matter", "level", "issuer_org_id", "issuer_path")
    }
    following = PublicNotice(
        **audit.stamp(ctx),
        **copied,
        round=notice.round + 1,
        supersedes_id=notice.id,
        prepared_by=ctx.actor.key,
        prepared_person_id=ctx.actor.person_id,
    )
    ctx.session.add(following)
    ctx.session.flush()
    for position, row in enumerate(alive):
        ctx.session.add(
            NoticeItem(
                **audit.stamp(ctx),
                notice_id=following.id,
                nomination_id=row.item.nomination_id,
                matter=row.item.matter,
                level=row.item.level,
                position=position,
                snapshot=dict(row.item.snapshot),
            )
        )
    _record(ctx, notice, "CORRECT", body.reason)
    audit.note(
        ctx,
        "notice.drafted",
        following,
        campaign_id=notice.campaign_id,
        path=notice.issuer_path,
        summary=summary(following),
    )


def _remove_item(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: NoticeRemoveItem) -> None:
    row = next(row for row in items if row.item.id == body.item_id)
    _none_moved_on(ctx, notice, [row])
    drop_item(ctx, notice, row, body.reason)


def _none_moved_on(ctx: Ctx, notice: PublicNotice, listed: list[ItemRow]) -> None:
    """What a case has taken since stands on its notice (I-10): that step is undone first."""
    moved = tuple(
        str(row.item.snapshot["window_name"])
        for row in listed
        if listed_cases.moved_on(ctx, row.nomination, notice.matter)
    )
    refuse([Reason("NOTICE_ITEM_MOVED_ON", params={"items": moved})] if moved else [])


def _withdraw(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: Any) -> None:  # noqa: ANN401  (one shape for all deeds)
    _record(ctx, notice, "WITHDRAW", body.reason)
    _release(ctx, [row for row in items if row.item.removed_at is None], body.reason)


def _cancel(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: Any) -> None:  # noqa: ANN401  (one shape for all deeds)
    _record(ctx, notice, "CANCEL", body.reason)
    _release(ctx, [row for row in items if row.item.effective_nomination_id], body.reason)


def _conclude(ctx: Ctx, notice: PublicNotice, items: list[ItemRow], body: NoticeConclude) -> None:  # noqa: ARG001  (one shape for all deeds)
    _record(ctx, notice, "CONCLUDE", body.result)


_DEEDS: dict[NoticeAction, Callable[[Ctx, PublicNotice, list[ItemRow], Any], None]] = {
    NoticeAction.REVIEW: _review,
    NoticeAction.REVISE: _revise,
    NoticeAction.PUBLISH: _publish,
    NoticeAction.EXTEND: _extend,
    NoticeAction.ERRATUM: _erratum,
    NoticeAction.CORRECT: _correct,
    NoticeAction.REMOVE_ITEM: _remove_item,
    NoticeAction.WITHDRAW: _withdraw,
    NoticeAction.CANCEL: _cancel,
    NoticeAction.CONCLUDE: _conclude,
}


def _release(ctx: Ctx, items: list[ItemRow], reason: str) -> None:
    """No item is effective any more, then every nominee goes back (the undo asks whether a notice still stands)."""
    for row in items:
        row.item.effective_nomination_id = None
        audit.touch(ctx, row.item)
    ctx.session.flush()
    for row in items:
        listed_cases.take_back(ctx, row.nomination, row.item.matter, reason)


def _set_end(ctx: Ctx, notice: PublicNotice, last_day: Any) -> None:  # noqa: ANN401  (a date)
    notice.last_day, notice.ends_at = last_day, ends_at(last_day, ctx.zone)
    notice.ended_event_at = None


def _record(ctx: Ctx, notice: PublicNotice, kind: str, reason: str, **more: Any) -> None:  # noqa: ANN401  (columns)
    ctx.session.add(
        NoticeChange(**audit.stamp(ctx), notice_id=notice.id, kind=kind, reason=reason[:1000], **more)
    )


def _lost(ctx: Ctx, working: WorkingCalendar, began: datetime, ended: datetime) -> tuple[float, int]:
    """Hours of working time lost, and on how many working days."""
    hours, days = 0.0, 0
    day, last = began.astimezone(ctx.zone).date(), ended.astimezone(ctx.zone).date()
    while day <= last:
        opens, closes = (datetime.combine(day, at, tzinfo=ctx.zone) for at in (_OPENS, _CLOSES))
        lost = (min(ended, closes) - max(began, opens)).total_seconds() / 3600
        if lost > 0 and working.is_working_day(day):
            hours, days = hours + lost, days + 1
        day += timedelta(days=1)
    return hours, days
