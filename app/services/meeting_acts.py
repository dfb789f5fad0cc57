"""What is done with a meeting's record: recorded, confirmed by a second person, announced (D10, I-13, decisions 17)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from app.db import meetings as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import Meeting
from app.domain.errors import Refusal, refuse
from app.domain.meeting import MACHINE, MeetingAction, verdict
from app.services import audit, decision_effects, meeting_facts, meetings, result_notifications
from app.services.context import Ctx, check_version
from app.services.meeting_facts import MeetingBody

_PAST = {
    MeetingAction.RECORD: "recorded",
    MeetingAction.REVISE: "revised",
    MeetingAction.CONFIRM: "confirmed",
    MeetingAction.ANNOUNCE: "announced",
    MeetingAction.CANCEL: "cancelled",
}


def act(ctx: Ctx, meeting_id: UUID, body: MeetingBody, version: int | None) -> Meeting:
    """Take one step of the record; confirming it carries out all that was decided, in this transaction.

    Needs the step's permission for the body at the host. Refuses what the table refuses; on CONFIRM also what the
    cases and the places refuse, and then nothing is recorded (E-32).
    """
    campaign, meeting = meetings.loaded(ctx, meeting_id)
    action = MeetingAction(body.action)
    permission = next(step.permission for step in MACHINE.steps if step.action is action)
    if permission not in meetings.permissions(ctx, campaign, meeting.turn):
        raise Refusal("PERMISSION_MISSING", permission=permission)
    check_version(meeting.row_version, version)
    items = rows.items(ctx.session, meeting.id)
    facts = meeting_facts.facts_of(ctx, campaign, meeting, items, body)
    refuse(verdict(facts, action, ctx.now))
    before = meeting.model_dump(mode="json")
    step = MACHINE.find(meeting.stage, action)
    meeting.stage = step.target(facts) if step else meeting.stage
    if action in _DEEDS:
        _DEEDS[action](ctx, campaign, meeting, body)
    audit.touch(ctx, meeting)
    meetings.noted(ctx, campaign, meeting, f"meeting.{_PAST[action]}", before)
    return meeting


def _record(ctx: Ctx, campaign: Campaign, meeting: Meeting, body: Any) -> None:  # noqa: ANN401, ARG001  (one shape for all deeds)
    """Whoever enters the results answers for the record."""
    meeting.recorded_by, meeting.recorded_person_id = ctx.actor.key, ctx.person


def _confirm(ctx: Ctx, campaign: Campaign, meeting: Meeting, body: Any) -> None:  # noqa: ANN401, ARG001  (one shape for all deeds)
    meeting.confirmed_by, meeting.confirmed_person_id = ctx.actor.key, ctx.person
    meeting.confirmed_at = ctx.now
    decision_effects.carry_out(ctx, campaign, meeting, rows.items(ctx.session, meeting.id))


def _announce(ctx: Ctx, campaign: Campaign, meeting: Meeting, body: Any) -> None:  # noqa: ANN401  (one shape for all deeds)
    meeting.announced_on = body.announced_on or ctx.now.astimezone(ctx.zone).date()
    result_notifications.send(ctx, campaign, meeting, rows.items(ctx.session, meeting.id))


def _take_back(ctx: Ctx, campaign: Campaign, meeting: Meeting, body: Any) -> None:  # noqa: ANN401, ARG001  (one shape for all deeds)
    meeting.end_reason = body.reason


_DEEDS: dict[MeetingAction, Callable[[Ctx, Campaign, Meeting, Any], None]] = {
    MeetingAction.RECORD: _record,
    MeetingAction.CONFIRM: _confirm,
    MeetingAction.ANNOUNCE: _announce,
    MeetingAction.REVISE: _take_back,
    MeetingAction.CANCEL: _take_back,
}
