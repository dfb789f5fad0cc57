"""A place moved by a recorded decision: the seat by one conditional UPDATE, the allocation by its next version.

Freed places are never given to the next in rank by themselves (R-021, E-04, G-09, decisions 9-11).
"""

from uuid import UUID

from sqlalchemy import CursorResult, update
from sqlmodel import col

from app.db import quota as rows
from app.db.tables.campaigns import Campaign, PlanStatus, QuotaBucket, QuotaPlan, QuotaSeat, SeatStatus
from app.db.tables.decisions import DecisionItem, Meeting
from app.domain.errors import Refusal
from app.domain.quota import SeatKind
from app.services import audit
from app.services.context import Ctx

_OPEN = (SeatStatus.FREE, SeatStatus.FORFEITED)
_TOTALS = ("is_sample", "source_note", "source_file", "provincial_total", "ministry_total", "ministry_pool")
_COUNTS = ("code", "name", "provincial_places", "ministry_fixed", "nomination_limit", "pool_eligible")


def move(ctx: Ctx, campaign: Campaign, meeting: Meeting, item: DecisionItem) -> None:
    """Carry out what was decided. Refuses `QUOTA_EXHAUSTED` when the bucket has no unused place of the kind."""
    kind = item.to_kind or SeatKind.PROVINCIAL
    stays = (item.from_bucket, item.from_kind) == (item.to_bucket, kind)
    seat = _moved(ctx, campaign.id, item, kind, (SeatStatus.FORFEITED,) if stays else _OPEN)
    if not stays:
        _amend(ctx, campaign, meeting, item, kind)
    summary = {"from": item.from_bucket, "to": item.to_bucket, "kind": kind.value}
    audit.note(ctx, "quota_place.moved", seat, campaign_id=campaign.id, summary=summary)


def _moved(
    ctx: Ctx, campaign_id: UUID, item: DecisionItem, kind: SeatKind, statuses: tuple[SeatStatus, ...]
) -> QuotaSeat:
    """The first seat that is still unused when its turn comes, free ones before forfeited ones."""
    found = [
        seat
        for status in statuses
        for seat in rows.seats(ctx.session, campaign_id)
        if (seat.bucket_code, seat.kind, seat.status) == (item.from_bucket, item.from_kind, status)
    ]
    for seat in found:
        taken = (
            update(QuotaSeat)
            .where(col(QuotaSeat.id) == seat.id, col(QuotaSeat.status) == seat.status)
            .values(**_placed(ctx, campaign_id, item, seat, kind))
            .execution_options(synchronize_session=False)
        )
        result: CursorResult[tuple[()]] = ctx.session.connection().execute(taken)
        if result.rowcount == 1:
            ctx.session.refresh(seat)
            return seat
    raise Refusal("QUOTA_EXHAUSTED", bucket=item.from_bucket)


def _placed(
    ctx: Ctx, campaign_id: UUID, item: DecisionItem, seat: QuotaSeat, kind: SeatKind
) -> dict[str, object]:
    numbers = [
        one.seq
        for one in rows.seats(ctx.session, campaign_id)
        if (one.bucket_code, one.kind) == (item.to_bucket, kind) and one.id != seat.id
    ]
    return {
        "bucket_code": item.to_bucket,
        "kind": kind,
        "track": kind.track,
        "seq": max(numbers, default=0) + 1,
        "status": SeatStatus.FREE,
        "updated_at": ctx.now,
        "updated_by": ctx.actor.key,
    }


def _amend(ctx: Ctx, campaign: Campaign, meeting: Meeting, item: DecisionItem, kind: SeatKind) -> None:
    """The allocation says what the seats say: the next version, with the minutes as its decision (E-44)."""
    plan = rows.confirmed(ctx.session, campaign.id)
    if plan is None:
        return
    following = QuotaPlan(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        version=rows.last_version(ctx.session, campaign.id) + 1,
        status=PlanStatus.CONFIRMED,
        decision_ref=meeting.minutes_no,
        prepared_by=meeting.recorded_person_id,
        confirmed_by=ctx.actor.person_id,
        confirmed_at=ctx.now,
        **{name: getattr(plan, name) for name in _TOTALS},
    )
    if item.from_kind is not kind:
        following.ministry_pool += 1
    plan.status = PlanStatus.AMENDED
    audit.touch(ctx, plan)
    ctx.session.flush()  # one plan is in force at every moment
    ctx.session.add(following)
    ctx.session.flush()
    for bucket in rows.buckets(ctx.session, plan.id):
        copied = {name: getattr(bucket, name) for name in _COUNTS}
        _recount(copied, item, kind)
        ctx.session.add(QuotaBucket(**audit.stamp(ctx), plan_id=following.id, **copied))
    ctx.session.flush()


def _recount(bucket: dict[str, object], item: DecisionItem, kind: SeatKind) -> None:
    """One place less here, one more there; a limit follows so that it still covers the places."""
    count = {SeatKind.PROVINCIAL: "provincial_places", SeatKind.MINISTRY_FIXED: "ministry_fixed"}
    for code, one_kind, change in ((item.from_bucket, item.from_kind, -1), (item.to_bucket, kind, 1)):
        name = count.get(one_kind) if one_kind else None
        if name and bucket["code"] == code:
            bucket[name] = int(str(bucket[name])) + change
    bucket["nomination_limit"] = max(
        int(str(bucket["nomination_limit"])), int(str(bucket["provincial_places"]))
    )
