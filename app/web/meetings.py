"""Meetings of the two bodies as pages: what waits for them, the record with its live reckoning, one screen for each act."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.domain.meeting import MeetingAction, MeetingPurpose
from app.domain.voting import Turn
from app.http import Read, Write
from app.services import (
    meeting_acts,
    meeting_agendas,
    meeting_desks,
    meeting_reckoning,
    meeting_waiting,
    meetings,
    place_ledger,
)
from app.services.inputs import meetings as inputs
from app.web import meeting_forms
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
PAGE = 50
INPUTS: dict[MeetingAction, Any] = {
    MeetingAction.RECORD: inputs.MeetingRecord,
    MeetingAction.REVISE: inputs.MeetingRevise,
    MeetingAction.CONFIRM: inputs.MeetingConfirm,
    MeetingAction.ANNOUNCE: inputs.MeetingAnnounce,
    MeetingAction.CANCEL: inputs.MeetingCancel,
}
TABLED = (
    MeetingPurpose.REVIEW,
    MeetingPurpose.DETERMINATION,
    MeetingPurpose.MINISTRY_CANDIDATES,
    MeetingPurpose.MINISTRY_RECOMMENDATION,
    MeetingPurpose.TIE,
)
"""What the agenda page shows, in the order in which the bodies come to it."""


@routes.get("/meetings")
def list_all(ctx: Read, request: Request, cursor: str = "") -> Response:
    """The campaigns of one's own host, newest first, and what waits for their bodies."""
    after = parsed("cmp", cursor).hex if cursor else ""
    found = meetings.campaigns_of(ctx, after=after, limit=PAGE)
    more = shown("cmp", found[PAGE - 1].id) if len(found) > PAGE else ""
    return render(request, "meetings/all.html", rows=found[:PAGE], more=more, waiting=meeting_waiting.of(ctx))


@routes.get("/campaigns/{campaign_id}/meetings")
def list_meetings(ctx: Read, request: Request, campaign_id: str, cursor: str = "") -> Response:
    """The records of both bodies, newest first."""
    found = parsed("cmp", campaign_id)
    campaign = meetings.readable(ctx, found)
    after = parsed("mtg", cursor).hex if cursor else ""
    rows = meetings.listed(ctx, found, after=after, limit=PAGE)
    more = shown("mtg", rows[PAGE - 1].id) if len(rows) > PAGE else ""
    offered = meetings.recordable(ctx, campaign)
    return render(
        request, "meetings/list.html", campaign=campaign, rows=rows[:PAGE], more=more, offered=offered
    )


@routes.get("/campaigns/{campaign_id}/agenda")
def show_agenda(ctx: Read, request: Request, campaign_id: str, purpose: str = "REVIEW") -> Response:
    """What a body may take up now, by bucket in the order of the ranking, and what still stops each case."""
    agenda = meeting_agendas.shown(ctx, parsed("cmp", campaign_id), _purpose(purpose))
    return render(request, "meetings/agenda.html", agenda=agenda, purposes=TABLED)


@routes.get("/campaigns/{campaign_id}/places")
def show_places(ctx: Read, request: Request, campaign_id: str) -> Response:
    """Who holds each place, and every act that gave, freed or moved one."""
    ledger = place_ledger.shown(ctx, parsed("cmp", campaign_id))
    offered = meetings.recordable(ctx, ledger.campaign)
    return render(request, "meetings/places.html", ledger=ledger, offered=offered)


@routes.get("/campaigns/{campaign_id}/meetings/draft")
def draft_form(
    ctx: Read, request: Request, campaign_id: str, purpose: str = "REVIEW", turn: str = ""
) -> Response:
    """The record form; sent with `_reckon` it says what the typed votes come to, and keeps nothing."""
    chosen = Turn(turn) if turn in set(Turn) else None
    desk = meeting_desks.start(ctx, parsed("cmp", campaign_id), _purpose(purpose), chosen)
    typed = meeting_forms.typed(request)
    said = typed and meeting_forms.reckoned(
        typed, desk.purpose, lambda body: meeting_reckoning.of_draft(ctx, desk.campaign.id, body)
    )
    back = f"/campaigns/{campaign_id}/meetings"
    return meeting_forms.editor(request, desk, typed, said or None, back)


@routes.post("/campaigns/{campaign_id}/meetings/draft")
def draft(
    ctx: Write, request: Request, campaign_id: str, fields: Posted, purpose: str = "REVIEW", turn: str = ""
) -> Response:
    if fields.get("_reckon"):
        meeting_forms.remember(request, fields)
        return draft_form(ctx, request, campaign_id, purpose, turn)
    body = meeting_forms.draft(fields, _purpose(purpose))
    row = meetings.draft(ctx, parsed("cmp", campaign_id), body)
    return go(request, f"/meetings/{shown('mtg', row.id)}", "会议记录已保存为草稿。")


@routes.get("/meetings/{meeting_id}")
def show_meeting(ctx: Read, request: Request, meeting_id: str) -> Response:
    """One record: what is next and why not, the numbers, and each item with what its votes come to."""
    return _whole(ctx, request, meeting_id, "meetings/show.html")


@routes.get("/meetings/{meeting_id}/edit")
def edit_form(ctx: Read, request: Request, meeting_id: str) -> Response:
    """The same form on what the draft says."""
    found = parsed("mtg", meeting_id)
    desk = meeting_desks.begun(ctx, found)
    typed = meeting_forms.typed(request)
    said = (
        meeting_forms.reckoned(typed, desk.purpose, lambda body: meeting_reckoning.of_edit(ctx, found, body))
        if typed
        else meeting_reckoning.of_kept(ctx, found)
    )
    return meeting_forms.editor(request, desk, typed, said, f"/meetings/{meeting_id}")


@routes.post("/meetings/{meeting_id}/edit")
def edit(ctx: Write, request: Request, meeting_id: str, fields: Posted) -> Response:
    if fields.get("_reckon"):
        meeting_forms.remember(request, fields)
        return edit_form(ctx, request, meeting_id)
    kept = meetings.shown(ctx, parsed("mtg", meeting_id)).meeting
    meetings.edit(ctx, kept.id, meeting_forms.draft(fields, kept.purpose), fields.version)
    return go(request, f"/meetings/{meeting_id}", "会议记录已保存为草稿。")


@routes.get("/meetings/{meeting_id}/{slug}")
def act_form(ctx: Read, request: Request, meeting_id: str, slug: str) -> Response:
    """The act and what it brings about, or everything that still speaks against it."""
    return _whole(ctx, request, meeting_id, "meetings/act.html", action=_action(slug))


@routes.post("/meetings/{meeting_id}/{slug}")
def act(ctx: Write, request: Request, meeting_id: str, slug: str, fields: Posted) -> Response:
    action = _action(slug)
    body = fields.to(INPUTS[action], action=action.value)
    meeting_acts.act(ctx, parsed("mtg", meeting_id), body, fields.version)
    return go(request, f"/meetings/{meeting_id}", "已办理。", act=("meeting_action", action))


def _whole(ctx: Read, request: Request, meeting_id: str, template: str, **more: Any) -> Response:  # noqa: ANN401  (template values)
    found = parsed("mtg", meeting_id)
    view = meetings.shown(ctx, found)
    campaign = meetings.readable(ctx, view.meeting.campaign_id)
    return render(
        request,
        template,
        view=view,
        id=meeting_id,
        campaign=campaign,
        said=meeting_reckoning.of_kept(ctx, found),
        signers=meetings.signers(ctx, view.meeting),
        may_edit="meeting:record" in meetings.permissions(ctx, campaign, view.meeting.turn),
        **more,
    )


def _purpose(text: str) -> MeetingPurpose:
    try:
        return MeetingPurpose(text)
    except ValueError:
        raise Refusal("NOT_FOUND") from None


def _action(slug: str) -> MeetingAction:
    try:
        return MeetingAction(slug.replace("-", "_").upper())
    except ValueError:
        raise Refusal("NOT_FOUND") from None
