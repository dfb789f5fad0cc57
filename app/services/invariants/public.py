"""What is public, and its days: one effective item, the whole period, listed fields, loaded years (I-07, I-08, I-19, I-21)."""

from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import col, select

from app.db.tables.awards import Award
from app.db.tables.campaigns import Campaign
from app.db.tables.supervision import NoticeItem, PublicNotice
from app.domain.calendar import DayKind, NoticeRule, ends_at, notice_end
from app.domain.errors import Refusal
from app.domain.notice import NoticeStage
from app.services import awards, calendars, notice_text
from app.services.context import Ctx
from app.services.invariants.checks import invariant

_OVER = (NoticeStage.SUPERSEDED, NoticeStage.WITHDRAWN, NoticeStage.CANCELLED)


@invariant("I-07")
def a_nominee_stands_in_one_notice_of_a_level(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """One effective item for each nomination and matter, none of a notice that was replaced, withdrawn or given up."""
    twice = (
        select(NoticeItem.nomination_id, NoticeItem.matter)
        .where(col(NoticeItem.effective_nomination_id).is_not(None))
        .group_by(col(NoticeItem.nomination_id), col(NoticeItem.matter))
        .having(func.count() > 1)
    )
    for nomination_id, matter in ctx.session.exec(twice).all():
        yield nomination_id, f"stands in two notices of {matter}"
    dead = (
        select(NoticeItem.id, PublicNotice.stage)
        .join(PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id))
        .where(col(NoticeItem.effective_nomination_id).is_not(None), col(PublicNotice.stage).in_(_OVER))
    )
    for item_id, stage in ctx.session.exec(dead).all():
        yield item_id, f"is in effect, and its notice is {stage}"


@invariant("I-19", "V-16")
def the_public_reads_listed_fields_only(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """What was published of a nominee or of an award is made of the fields that are public, and of no other."""
    for item in ctx.session.exec(select(NoticeItem)).all():
        if more := sorted(item.snapshot.keys() - set(notice_text.SNAPSHOT)):
            yield item.id, f"publishes {', '.join(more)}"
    for award in ctx.session.exec(select(Award)).all():
        if more := sorted(award.snapshot.keys() - set(awards.PUBLIC)):
            yield award.id, f"publishes {', '.join(more)}"


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
