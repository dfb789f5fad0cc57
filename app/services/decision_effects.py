"""What a confirmed decision brings about, item by item; one that cannot be carried out stops them all (E-32)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.db import agendas as rankings
from app.db import meetings as rows
from app.db import ministry as ministry_rows
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.evaluation import TieResolution
from app.db.tables.nominations import Nomination
from app.domain.errors import Reason, Refusal
from app.domain.meeting import MeetingPurpose
from app.domain.ministry import LIVE, MinistryAction
from app.domain.nomination import Action, DecisionResult
from app.services import (
    agendas,
    audit,
    awards,
    meeting_facts,
    ministry,
    ministry_steps,
    place_moves,
    transitions,
)
from app.services.context import Ctx

_OF_THE_MINISTRY = (MeetingPurpose.MINISTRY_CANDIDATES, MeetingPurpose.MINISTRY_RECOMMENDATION)
Deed = Callable[[Ctx, Campaign, Meeting, DecisionItem], None]

STEP_OF: Mapping[MeetingPurpose, Action] = {
    MeetingPurpose.REVIEW: Action.RECORD_FIRST_DECISION,
    MeetingPurpose.DETERMINATION: Action.RECORD_SECOND_DECISION,
}
"""The step that a body's decision on a case takes in the stage table."""

_ANY_RESULT = (*STEP_OF, MeetingPurpose.MINISTRY_RECOMMENDATION)
"""Where a refusal or a deferral moves the case too; elsewhere a motion that fails changes nothing."""


def carry_out(ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[DecisionItem]) -> None:
    """Carry out every item in the order of the agenda. Refuses what the tables of the cases refuse, naming the item."""
    rows.lock_cases(ctx.session, [item.nomination_id for item in items if item.nomination_id])
    if meeting.purpose is MeetingPurpose.TIE:
        _order_ties(ctx, campaign, meeting, items)
    deed = _DEEDS.get(meeting.purpose)
    for item in items:
        if deed and (meeting.purpose in _ANY_RESULT or item.result is DecisionResult.APPROVED):
            _named(deed, ctx, campaign, meeting, item)


def handed_in(meeting: Meeting, item: DecisionItem) -> dict[str, Any]:
    """What a decision hands to the step it takes."""
    return {
        "decision_recorded": True,
        "decision_result": item.result,
        "ballot_reasons": tuple(meeting_facts.ballot_reasons(meeting, item)),
        "reason": item.reason,
    }


def _named(deed: Deed, ctx: Ctx, campaign: Campaign, meeting: Meeting, item: DecisionItem) -> None:
    try:
        deed(ctx, campaign, meeting, item)
    except Refusal as refusal:
        at = f"/items/{item.position}"
        raise Refusal.of([Reason(one.code, at, one.params) for one in refusal.reasons]) from refusal


def _decide(ctx: Ctx, campaign: Campaign, meeting: Meeting, item: DecisionItem) -> None:  # noqa: ARG001  (one shape for all deeds)
    transitions.take(ctx, _case(ctx, item), STEP_OF[meeting.purpose], **handed_in(meeting, item))


def _choose(ctx: Ctx, campaign: Campaign, meeting: Meeting, item: DecisionItem) -> None:  # noqa: ARG001  (one shape for all deeds)
    ministry.put_forward(ctx, campaign, _case(ctx, item), item.reason)


def _recommend(ctx: Ctx, campaign: Campaign, meeting: Meeting, item: DecisionItem) -> None:  # noqa: ARG001  (one shape for all deeds)
    handed = handed_in(meeting, item)
    ministry_steps.take(ctx, _case(ctx, item), MinistryAction.RECORD_DECISION, **handed)


def _annul(ctx: Ctx, campaign: Campaign, meeting: Meeting, item: DecisionItem) -> None:  # noqa: ARG001  (one shape for all deeds)
    """The case goes back to where it stood, and gives back the place (domain.md 4.3, E-07)."""
    found = rows.decided(ctx.session, [item.annuls_id] if item.annuls_id else [])
    [(earlier, decided_in)] = found.values()
    if earlier.annulled_at or decided_in.stage not in rows.IN_FORCE:
        raise _too_late(earlier)
    earlier.annulled_at = ctx.now
    audit.touch(ctx, earlier)
    reason = item.reason or meeting.minutes_no
    if decided_in.purpose in STEP_OF:
        _undo_step(ctx, earlier, decided_in, reason)
    elif decided_in.purpose in _OF_THE_MINISTRY:
        _undo_recommendation(ctx, earlier, decided_in, reason)
    elif decided_in.purpose is not MeetingPurpose.SUCCESSION:
        raise _too_late(earlier)


def _undo_step(ctx: Ctx, earlier: DecisionItem, decided_in: Meeting, reason: str) -> None:
    last = rows.last_step(ctx.session, earlier.nomination_id) if earlier.nomination_id else None
    if last != (STEP_OF[decided_in.purpose], decided_in.confirmed_at):
        raise _too_late(earlier)
    transitions.take(ctx, _case(ctx, earlier), Action.UNDO, decision_annulled=True, reason=reason)


def _undo_recommendation(ctx: Ctx, earlier: DecisionItem, decided_in: Meeting, reason: str) -> None:
    """The second body's word on it is taken back, or the first body's choice, and then it ends."""
    live = ministry_rows.live(ctx.session, _case(ctx, earlier).id)
    if live is None or live.stage not in LIVE:
        raise _too_late(earlier)
    if decided_in.purpose is MeetingPurpose.MINISTRY_CANDIDATES:
        ministry_steps.take(ctx, _case(ctx, earlier), MinistryAction.WITHDRAW, reason=reason)
    elif earlier.result is DecisionResult.APPROVED:
        case = _case(ctx, earlier)
        ministry_steps.take(ctx, case, MinistryAction.UNDO, decision_annulled=True, reason=reason)


def _revoke(ctx: Ctx, campaign: Campaign, meeting: Meeting, item: DecisionItem) -> None:  # noqa: ARG001  (one shape for all deeds)
    awards.revoke(ctx, meeting, item)


def _too_late(earlier: DecisionItem) -> Refusal:
    return Refusal("ANNULMENT_IMPOSSIBLE", items=(meeting_facts.name_of(earlier),))


def _move_place(ctx: Ctx, campaign: Campaign, meeting: Meeting, item: DecisionItem) -> None:
    place_moves.move(ctx, campaign, meeting, item)


def _order_ties(ctx: Ctx, campaign: Campaign, meeting: Meeting, items: Sequence[DecisionItem]) -> None:
    """The order of the agenda, those approved first, is the order of the tie in the last ranking (G-08)."""
    ranked = rankings.latest(ctx.session, campaign.id)
    if ranked is None:
        raise Refusal("RANKING_MISSING")
    found = rows.cases(ctx.session, [item.nomination_id for item in items if item.nomination_id])
    competing = agendas.scopes(ctx, campaign, list(found.values()))
    scopes: dict[str, list[str]] = {}
    for item in sorted(items, key=lambda item: item.result is not DecisionResult.APPROVED):
        if item.nomination_id:
            scopes.setdefault(competing[item.nomination_id], []).append(str(item.nomination_id))
    reason = "；".join(item.reason for item in items if item.reason)[:1000]
    for scope, keys in scopes.items():
        _resolve(ctx, ranked.snapshot.id, scope, keys, meeting, reason)


def _resolve(ctx: Ctx, ranking_id: UUID, scope: str, keys: list[str], meeting: Meeting, reason: str) -> None:
    row = rankings.tie_resolution(ctx.session, ranking_id, scope)
    if row is not None:
        row.ordered = [*keys, *(key for key in row.ordered if key not in keys)]
        audit.touch(ctx, row)
        return
    ctx.session.add(
        TieResolution(
            **audit.stamp(ctx),
            ranking_id=ranking_id,
            scope=scope,
            ordered=keys,
            body=meeting.body_name_zh,
            meeting_on=meeting.held_on,
            minutes_no=meeting.minutes_no,
            reason=reason,
        )
    )


def _case(ctx: Ctx, item: DecisionItem) -> Nomination:
    return ctx.session.get_one(Nomination, item.nomination_id)


_DEEDS: Mapping[MeetingPurpose, Deed] = {
    MeetingPurpose.REVIEW: _decide,
    MeetingPurpose.DETERMINATION: _decide,
    MeetingPurpose.MINISTRY_CANDIDATES: _choose,
    MeetingPurpose.MINISTRY_RECOMMENDATION: _recommend,
    MeetingPurpose.ANNULMENT: _annul,
    MeetingPurpose.PLACE_REALLOCATION: _move_place,
    MeetingPurpose.REVOCATION: _revoke,
}
