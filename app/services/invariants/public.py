"""Notices and days: one effective item, the whole period, no year that is not loaded (I-07, I-08, I-21)."""

from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import col, select

from app.db.tables.campaigns import Campaign
from app.db.tables.supervision import NoticeItem, PublicNotice
from app.domain.calendar import DayKind, NoticeRule, ends_at, notice_end
from app.domain.errors import Refusal
from app.services import calendars
from app.services.context import Ctx
from app.services.invariants.checks import invariant


@invariant("I-07")
def a_nominee_stands_in_one_notice_of_a_level(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """At most one effective item for each nomination and level."""
    twice = (
        select(NoticeItem.effective_nomination_id, NoticeItem.level)
        .where(col(NoticeItem.effective_nomination_id).is_not(None))
        .group_by(col(NoticeItem.effective_nomination_id), col(NoticeItem.level))
        .having(func.count() > 1)
    )
    for nomination_id, level in ctx.session.exec(twice).all():
        yield nomination_id, f"stands in two notices of {level}"


@invariant("I-08")
def a_notice_runs_its_whole_period(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """The last day is no earlier than the rule stored with the notice gives, and its end is 24:00 of that day."""
    working = calendars.calendar(ctx)
    for notice in ctx.session.exec(select(PublicNotice).where(col(PublicNotice.ends_at).is_not(None))).all():
        said = notice.rule_snapshot
        if notice.publish_on is None or notice.last_day is None:
            yield notice.id, "published without its days"
            continue
        rule = NoticeRule(
            int(said["min_days"]), DayKind(said["day_kind"]), bool(said["count_publication_day"])
        )
        try:
            least = notice_end(rule, notice.publish_on, working)
        except Refusal as refusal:
            yield notice.id, f"its period cannot be computed: {refusal.code}"
            continue
        if notice.last_day < least:
            yield notice.id, f"ends on {notice.last_day}, the rule asks for {least}"
        if notice.ends_at != ends_at(notice.last_day, ctx.zone):
            yield notice.id, "its end is not 24:00 of its last day"


@invariant("I-21")
def every_day_lies_in_a_loaded_year(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Deadlines of opened campaigns and periods of notices lie in years whose working days are loaded."""
    years = calendars.calendar(ctx).years
    days = [(c.id, c.materials_due_on) for c in ctx.session.exec(select(Campaign)).all()]
    days += [(n.id, n.last_day) for n in ctx.session.exec(select(PublicNotice)).all()]
    for subject, day in days:
        if day is not None and day.year not in years:
            yield subject, f"{day} lies in a year that is not loaded"
