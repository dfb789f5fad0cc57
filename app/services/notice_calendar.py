"""Running notices after a change of the working-day calendar: made longer where it says so, never shorter (E-10)."""

from datetime import date
from uuid import UUID

from app.db import notices as rows
from app.db.tables.supervision import NoticeChange, PublicNotice
from app.domain.calendar import (
    DayKind,
    NoticeRule,
    WorkingCalendar,
    ends_at,
    notice_end,
    working_days_after,
    working_days_between,
)
from app.domain.errors import Refusal
from app.services import audit, calendars
from app.services.context import Ctx


def recompute(ctx: Ctx, former: WorkingCalendar, source: str) -> list[UUID]:
    """Judge every running notice by the calendar as it is now; which were made longer. `source` is the paper."""
    now = calendars.calendar(ctx)
    return [
        notice.id
        for notice in rows.running(ctx.session, ctx.now)
        if _lengthened(ctx, notice, former, now, source)
    ]


def _lengthened(
    ctx: Ctx, notice: PublicNotice, former: WorkingCalendar, now: WorkingCalendar, source: str
) -> bool:
    old = notice.last_day
    due = _due(ctx, notice, former, now)
    if old is None or due is None or due <= old:
        return False
    before = notice.model_dump(mode="json")
    notice.last_day, notice.ends_at = due, ends_at(due, ctx.zone)
    notice.calendar_source = "；".join(rows.calendar_sources(ctx.session, _years(notice, due)))[:200]
    change = NoticeChange(
        **audit.stamp(ctx),
        notice_id=notice.id,
        kind="EXTEND",
        reason=f"工作日安排有更正，公示期重新计算：{source}",
        old_last_day=old,
        new_last_day=due,
    )
    ctx.session.add(change)
    audit.touch(ctx, notice)
    audit.note(
        ctx,
        "notice.extended",
        notice,
        before=before,
        campaign_id=notice.campaign_id,
        path=notice.issuer_path,
        summary={"code": notice.code or "", "last_day": due.isoformat(), "cause": "calendar"},
    )
    return True


def _due(ctx: Ctx, notice: PublicNotice, former: WorkingCalendar, now: WorkingCalendar) -> date | None:
    """The end of its period by the rule it was published with, and the days that outages added (I-08, E-35)."""
    if notice.publish_on is None or not notice.rule_snapshot:
        return None
    said = notice.rule_snapshot
    rule = NoticeRule(int(said["min_days"]), DayKind(said["day_kind"]), bool(said["count_publication_day"]))
    lost = sum(
        working_days_between(one.old_last_day, one.new_last_day, former)
        for one in rows.changes(ctx.session, notice.id)
        if one.kind == "OUTAGE" and one.old_last_day and one.new_last_day
    )
    try:
        return working_days_after(notice_end(rule, notice.publish_on, now), lost, now)
    except Refusal:  # it would run into a year that is not loaded: what was computed stands until that is
        return None


def _years(notice: PublicNotice, due: date) -> list[int]:
    first = notice.publish_on or due
    return sorted({first.year, due.year})
