"""The places of a campaign as a ledger: who holds each, and every act that gave, freed or moved one (R-021, E-04, G-09)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import place_ledger as rows
from app.db import quota
from app.db.place_ledger import Held
from app.db.tables.campaigns import Campaign, SeatStatus
from app.db.tables.decisions import DecisionItem, Meeting
from app.domain.meeting import MeetingPurpose
from app.domain.place_moves import PlaceEntry
from app.domain.quota import MINISTRY_POOL, SeatKind
from app.services import meeting_facts, meetings, quota_usage
from app.services.context import Ctx
from app.services.seats import Usage

_ENTRIES = {
    MeetingPurpose.DETERMINATION: PlaceEntry.GIVEN,
    MeetingPurpose.MINISTRY_CANDIDATES: PlaceEntry.GIVEN,
    MeetingPurpose.ANNULMENT: PlaceEntry.ANNULLED,
    MeetingPurpose.PLACE_REALLOCATION: PlaceEntry.MOVED,
}


@dataclass(frozen=True)
class LedgerLine:
    """One act on a place: by a meeting's decision, or by the end of the case that held it."""

    at: datetime
    entry: PlaceEntry
    name: str
    reason: str
    meeting: Meeting | None = None
    item: DecisionItem | None = None
    nomination_id: UUID | None = None


@dataclass(frozen=True)
class LedgerBucket:
    """One bucket's award places and places for the ministry, each with who holds it."""

    code: str
    name: str
    kinds: dict[SeatKind, Usage]
    seats: list[Held]


@dataclass(frozen=True)
class Ledger:
    """All places, and what was done with them, the newest first."""

    campaign: Campaign
    buckets: list[LedgerBucket]
    lines: list[LedgerLine]


def shown(ctx: Ctx, campaign_id: UUID) -> Ledger:
    """The ledger. Needs `meeting:read` at the host; empty before an allocation is confirmed."""
    campaign = meetings.readable(ctx, campaign_id)
    decided = rows.decisions(ctx.session, campaign.id)
    given = [item.nomination_id for item, meeting in decided if _ENTRIES[meeting.purpose] is PlaceEntry.GIVEN]
    lines = [*(_decided(*one) for one in decided), *_freed(ctx, [key for key in given if key])]
    newest_first = sorted(lines, key=lambda line: line.at, reverse=True)
    return Ledger(campaign, list(_buckets(ctx, campaign)), newest_first)


def _buckets(ctx: Ctx, campaign: Campaign) -> Iterator[LedgerBucket]:
    plan = quota.confirmed(ctx.session, campaign.id)
    if plan is None:
        return
    seats = rows.seats(ctx.session, campaign.id)
    for code, name in {**quota_usage.names(ctx, plan), MINISTRY_POOL: quota_usage.POOL}.items():
        held = [one for one in seats if one.seat.bucket_code == code]
        if held or code != MINISTRY_POOL:
            yield LedgerBucket(code, name, _usage(held), held)


def _usage(held: Sequence[Held]) -> dict[SeatKind, Usage]:
    def count(kind: SeatKind, status: SeatStatus) -> int:
        return sum(1 for one in held if (one.seat.kind, one.seat.status) == (kind, status))

    return {
        kind: Usage(
            *(count(kind, status) for status in (SeatStatus.FREE, SeatStatus.USED, SeatStatus.FORFEITED))
        )
        for kind in dict.fromkeys(one.seat.kind for one in held)
    }


def _decided(item: DecisionItem, meeting: Meeting) -> LedgerLine:
    entry = _ENTRIES[meeting.purpose]
    if entry is PlaceEntry.MOVED and (item.from_bucket, item.from_kind) == (item.to_bucket, item.to_kind):
        entry = PlaceEntry.REOPENED
    at = meeting.confirmed_at or meeting.updated_at
    return LedgerLine(at, entry, meeting_facts.name_of(item), item.reason, meeting, item, item.nomination_id)


def _freed(ctx: Ctx, given: Sequence[UUID]) -> Iterator[LedgerLine]:
    """Of the cases that were given a place: those that withdrew, were vetoed or lost the award."""
    for one in rows.freed(ctx.session, given):
        yield LedgerLine(
            one.step.at, PlaceEntry.FREED, one.window, one.step.reason, nomination_id=one.nomination.id
        )
