"""The items of a meeting: each about something of this campaign, once, and with the names of that day (I-17)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import meetings as rows
from app.db import quota
from app.db.meetings import CaseRow
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem, Meeting
from app.domain.errors import Reason, refuse
from app.domain.place_moves import move_reasons
from app.domain.quota import MINISTRY_POOL, SeatKind
from app.domain.voting import Turn
from app.services import agendas, audit, campaigns, notice_text
from app.services.context import Ctx
from app.services.inputs.meetings import (
    AnnulmentItemIn,
    CaseItemIn,
    PlaceItemIn,
    RevocationItemIn,
    SuccessionItemIn,
)

ItemIn = CaseItemIn | PlaceItemIn | AnnulmentItemIn
_VOTE = ("votes_for", "votes_against", "abstained", "excluded", "result", "reason")
_NAMES = ("window_name", "sponsor", "city", "window_type", "window_type_en")


@dataclass(frozen=True)
class _Subjects:
    """What the items are about."""

    cases: Mapping[UUID, CaseRow]
    earlier: Mapping[UUID, tuple[DecisionItem, Meeting]]

    def case_of(self, given: ItemIn) -> CaseRow | None:
        match given:
            case CaseItemIn():
                return self.cases.get(given.nomination_id)
            case AnnulmentItemIn():
                item, _ = self.earlier.get(given.item_id, (None, None))
                return self.cases.get(item.nomination_id) if item and item.nomination_id else None
            case _:
                return None


def write(ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[ItemIn]) -> None:
    """Write the items in the order given.

    Refuses `MEETING_ITEM_FOREIGN`, `MEETING_ITEM_TWICE`, `MEETING_ITEM_NOT_READY`, `MEETING_TURN`,
    `PLACE_MOVE_INVALID`, `SUCCESSOR_INVALID`.
    """
    refuse(_reasons(ctx, campaign, meeting, items, _subjects(ctx, items)))
    ctx.session.add_all(made(ctx, campaign, meeting, items))
    ctx.session.flush()


def made(ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[ItemIn]) -> list[DecisionItem]:
    """The items as rows that nobody has kept yet; what is not of this campaign is left to `write` to refuse."""
    subjects = _subjects(ctx, items)
    ranks = _ranks(ctx, campaign, meeting, subjects)
    return [
        DecisionItem(
            **audit.stamp(ctx),
            meeting_id=meeting.id,
            position=position,
            **{name: getattr(given, name) for name in _VOTE},
            **_about(given),
            **_named(ctx, campaign, subjects.case_of(given), ranks),
        )
        for position, given in enumerate(items)
    ]


def _subjects(ctx: Ctx, items: Sequence[ItemIn]) -> _Subjects:
    earlier = rows.decided(ctx.session, [one.item_id for one in items if isinstance(one, AnnulmentItemIn)])
    named = [one.nomination_id for one in items if isinstance(one, CaseItemIn)]
    decided = [item.nomination_id for item, _ in earlier.values() if item.nomination_id]
    return _Subjects(rows.cases(ctx.session, [*named, *decided]), earlier)


def _ranks(ctx: Ctx, campaign: Campaign, meeting: Meeting, subjects: _Subjects) -> dict[UUID, int | None]:
    found = list(subjects.cases.values())
    return {one.key: one.rank for one in agendas.candidates(ctx, campaign, meeting.purpose, found)}


def _about(given: ItemIn) -> dict[str, Any]:
    match given:
        case PlaceItemIn():
            return {
                name: getattr(given, name) for name in ("from_bucket", "from_kind", "to_bucket", "to_kind")
            }
        case AnnulmentItemIn():
            return {"annuls_id": given.item_id}
        case RevocationItemIn():
            return {"ground": given.ground}
        case SuccessionItemIn():
            return {"successor_window_id": given.successor_id}
        case _:
            return {}


def _named(
    ctx: Ctx, campaign: Campaign, case: CaseRow | None, ranks: Mapping[UUID, int | None]
) -> dict[str, Any]:
    if case is None:
        return {}
    rules = campaigns.rules_of(ctx, campaign)
    said = notice_text.snapshot(ctx, rules, case.nomination, case.window, case.sponsor, "")
    return {
        "nomination_id": case.nomination.id,
        "rank": ranks.get(case.nomination.id),
        "snapshot": {name: said[name] for name in _NAMES},
    }


def _reasons(
    ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[ItemIn], subjects: _Subjects
) -> Iterator[Reason]:
    seen: set[UUID] = set()
    buckets = {SeatKind.MINISTRY_POOL: {MINISTRY_POOL}} | _buckets(ctx, campaign)
    ready = {row.nomination.id for row in agendas.cases(ctx, campaign, meeting.purpose)}
    for index, given in enumerate(items):
        at = f"/items/{index}"
        if isinstance(given, PlaceItemIn):
            yield from _move_reasons(given, at, buckets)
            continue
        case = subjects.case_of(given)
        key = given.item_id if isinstance(given, AnnulmentItemIn) else given.nomination_id
        if case is None or case.nomination.campaign_id != campaign.id:
            yield Reason("MEETING_ITEM_FOREIGN", at)
        elif key in seen:
            yield Reason("MEETING_ITEM_TWICE", at)
        else:
            seen.add(key)
            yield from _case_reasons(meeting, given, case, subjects, at)
            if not isinstance(given, AnnulmentItemIn) and key not in ready:
                yield Reason("MEETING_ITEM_NOT_READY", at, {"items": (case.window.name,)})


def _case_reasons(
    meeting: Meeting, given: ItemIn, case: CaseRow, subjects: _Subjects, at: str
) -> Iterator[Reason]:
    if isinstance(given, AnnulmentItemIn):
        _, earlier = subjects.earlier[given.item_id]
        if earlier.turn is Turn.SECOND and meeting.turn is Turn.FIRST:
            named = {"body_zh": earlier.body_name_zh, "body_en": earlier.body_name_en}
            yield Reason("MEETING_TURN", at, named)
    if isinstance(given, SuccessionItemIn) and case.window.merged_into_id != given.successor_id:
        yield Reason("SUCCESSOR_INVALID", at)


def _buckets(ctx: Ctx, campaign: Campaign) -> dict[SeatKind, set[str]]:
    """The buckets that have places of each kind, or may have."""
    plan = quota.confirmed(ctx.session, campaign.id)
    known = {bucket.code for bucket in quota.buckets(ctx.session, plan.id)} if plan else set()
    return {SeatKind.PROVINCIAL: known, SeatKind.MINISTRY_FIXED: known}


def _move_reasons(given: PlaceItemIn, at: str, buckets: Mapping[SeatKind, set[str]]) -> Iterator[Reason]:
    for name, kind in (("from_bucket", given.from_kind), ("to_bucket", given.to_kind)):
        if getattr(given, name) not in buckets.get(kind, ()):
            yield Reason("FIELD_CHOICE", f"{at}/{name}", {"expected": tuple(sorted(buckets.get(kind, ())))})
    for reason in move_reasons(given.from_bucket, given.from_kind, given.to_bucket, given.to_kind):
        yield Reason(reason.code, at, reason.params)
