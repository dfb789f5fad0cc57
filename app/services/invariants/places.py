"""Places and claims: the plan adds up, nobody holds more than there is (I-01 to I-06)."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import col, select

from app.db import quota
from app.db.tables.campaigns import Campaign, PlanStatus, QuotaBucket, QuotaPlan, QuotaSeat, SeatStatus
from app.db.tables.nominations import Nomination
from app.domain.nomination import Stage
from app.domain.quota import MINISTRY_POOL, RESERVE, SeatKind
from app.services.context import Ctx
from app.services.invariants.checks import invariant

_DETERMINED = (Stage.DETERMINED, Stage.AWARDED)


def _plans(ctx: Ctx) -> Iterator[tuple[QuotaPlan, list[QuotaBucket]]]:
    confirmed = select(QuotaPlan).where(col(QuotaPlan.status) == PlanStatus.CONFIRMED)
    for plan in ctx.session.exec(confirmed).all():
        yield plan, quota.buckets(ctx.session, plan.id)


@invariant("I-01")
def the_places_of_a_plan_add_up(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """The places of all buckets, the reserve included, are the plan's total."""
    for plan, buckets in _plans(ctx):
        places = sum(bucket.provincial_places for bucket in buckets)
        if places != plan.provincial_total:
            yield plan.id, f"{places} places in buckets, {plan.provincial_total} in the plan"


@invariant("I-02")
def the_ministry_places_of_a_plan_add_up(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Fixed places and the pool are the ministry's total, and no more than the award places."""
    for plan, buckets in _plans(ctx):
        fixed = sum(bucket.ministry_fixed for bucket in buckets)
        if fixed + plan.ministry_pool != plan.ministry_total or plan.ministry_total > plan.provincial_total:
            yield plan.id, f"{fixed} fixed + {plan.ministry_pool} in the pool, {plan.ministry_total} in all"


@invariant("I-03")
def nobody_holds_more_places_than_there_are(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Used award places of a bucket are no more than its places; determined nominations hold one each."""
    for plan, buckets in _plans(ctx):
        places = {bucket.code: bucket.provincial_places for bucket in buckets}
        for count in quota.seat_counts(ctx.session, plan.campaign_id):
            over = count.kind is SeatKind.PROVINCIAL and count.status is SeatStatus.USED
            if over and count.count > places.get(count.bucket_code, 0):
                yield (
                    plan.id,
                    f"{count.bucket_code}: {count.count} places used of {places.get(count.bucket_code, 0)}",
                )
    held = select(QuotaSeat.nomination_id).where(
        col(QuotaSeat.kind) == SeatKind.PROVINCIAL, col(QuotaSeat.status) == SeatStatus.USED
    )
    bare = select(Nomination.id, Nomination.stage).where(
        col(Nomination.stage).in_(_DETERMINED), col(Nomination.id).not_in(held)
    )
    for nomination_id, stage in ctx.session.exec(bare).all():
        yield nomination_id, f"{stage} without an award place"


@invariant("V-03")
def nobody_awards_more_than_the_plan(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Used places are no more than the plan's totals: the awards, the ministry's, its pool, each fixed share."""
    for plan, buckets in _plans(ctx):
        used: Counter[SeatKind] = Counter()
        for count in quota.seat_counts(ctx.session, plan.campaign_id):
            used[count.kind] += count.count * (count.status is SeatStatus.USED)
        fixed = sum(bucket.ministry_fixed for bucket in buckets)
        at_the_ministry = used[SeatKind.MINISTRY_FIXED] + used[SeatKind.MINISTRY_POOL]
        for name, taken, most in (
            ("award places", used[SeatKind.PROVINCIAL], plan.provincial_total),
            ("ministry places", at_the_ministry, plan.ministry_total),
            ("places of the pool", used[SeatKind.MINISTRY_POOL], plan.ministry_pool),
            ("fixed ministry places", used[SeatKind.MINISTRY_FIXED], fixed),
        ):
            if taken > most:
                yield plan.id, f"{taken} {name} used of {most}"


@invariant("I-04")
def a_ministry_place_belongs_to_an_awardee(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Every used place at the ministry belongs to a nomination that the host has determined."""
    statement = (
        select(QuotaSeat, Nomination.stage)
        .join(Nomination, col(QuotaSeat.nomination_id) == col(Nomination.id))
        .where(
            col(QuotaSeat.kind).in_((SeatKind.MINISTRY_FIXED, SeatKind.MINISTRY_POOL)),
            col(Nomination.stage).not_in(_DETERMINED),
        )
    )
    for seat, stage in ctx.session.exec(statement).all():
        yield seat.nomination_id, f"holds a ministry place and stands at {stage}"


@invariant("I-05")
def the_pool_is_for_those_without_places_of_their_own(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A place of the pool is never held by a bucket that may not compete for it."""
    barred = {
        (plan.campaign_id, bucket.code)
        for plan, buckets in _plans(ctx)
        for bucket in buckets
        if not bucket.pool_eligible or bucket.code == RESERVE
    }
    statement = (
        select(Nomination.campaign_id, Nomination.bucket_code, Nomination.id)
        .join(QuotaSeat, col(QuotaSeat.nomination_id) == col(Nomination.id))
        .where(col(QuotaSeat.bucket_code) == MINISTRY_POOL)
    )
    for campaign_id, bucket, nomination_id in ctx.session.exec(statement).all():
        if (campaign_id, bucket) in barred:
            yield nomination_id, f"{bucket} holds a place of the pool"


@invariant("I-06")
def a_window_has_one_live_nomination(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """One nomination that is not ended for each window and campaign, and the key that keeps it so is in step."""
    ended = [stage for stage in Stage if stage.final]
    twice = (
        select(Nomination.campaign_id, Nomination.window_id)
        .where(col(Nomination.stage).not_in(ended))
        .group_by(col(Nomination.campaign_id), col(Nomination.window_id))
        .having(func.count() > 1)
    )
    for _, window_id in ctx.session.exec(twice).all():
        yield window_id, "more than one live nomination"
    loose = select(Nomination.id, Nomination.stage).where(
        col(Nomination.stage).in_(ended) == col(Nomination.live_window_id).is_not(None)
    )
    for nomination_id, stage in ctx.session.exec(loose).all():
        yield nomination_id, f"{stage}, and its live key says otherwise"


@invariant("V-18")
def a_seat_in_use_names_its_holder(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A seat belongs to a nomination of its own campaign and, but for the pool, of its own bucket."""
    statement = (
        select(QuotaSeat, Nomination)
        .join(Nomination, col(QuotaSeat.nomination_id) == col(Nomination.id))
        .join(Campaign, col(QuotaSeat.campaign_id) == col(Campaign.id))
    )
    for seat, nomination in ctx.session.exec(statement).all():
        own = seat.kind is SeatKind.MINISTRY_POOL or seat.bucket_code in (nomination.bucket_code, RESERVE)
        if seat.campaign_id != nomination.campaign_id or not own:
            yield seat.id, f"held by a nomination of {nomination.bucket_code}"
