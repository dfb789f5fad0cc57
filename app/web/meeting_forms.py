"""The form of a meeting's record: ticked items with their votes, common votes for those that have none of their own."""

import re
from collections.abc import Callable
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.domain.meeting import MeetingPurpose, RevocationGround
from app.domain.nomination import DecisionResult
from app.domain.quota import SeatKind
from app.services.inputs import meetings as inputs
from app.services.inputs.meetings import MeetingDraft
from app.services.meeting_desks import Desk
from app.services.meeting_reckoning import ItemReckoning, Reckoning
from app.web.fields import Fields, without_empty_rows
from app.web.pages import render

VOTE = ("votes_for", "votes_against", "abstained", "result")
SPARE = 3
"""Lines for moves of places, filled or not."""

_FORMS: dict[MeetingPurpose, Any] = {
    MeetingPurpose.PLACE_REALLOCATION: inputs.ReallocationMeeting,
    MeetingPurpose.ANNULMENT: inputs.AnnulmentMeeting,
    MeetingPurpose.REVOCATION: inputs.RevocationMeeting,
    MeetingPurpose.SUCCESSION: inputs.SuccessionMeeting,
}
_SAID = ("reason", "ground", "successor_id")
_BETWEEN_NAMES = re.compile(r"[、，,;；\n]+")


def draft(fields: Fields, purpose: MeetingPurpose) -> MeetingDraft:
    """The operation's input out of the form. Refuses `VALIDATION_FAILED` by field."""
    more: dict[str, Any] = {"purpose": purpose.value, "attendees": _names(fields.get("_attendees"))}
    if purpose is not MeetingPurpose.PLACE_REALLOCATION:
        more["items"] = [_item(fields, key, purpose) for key in chosen(fields, purpose)]
    body: MeetingDraft = fields.to(_FORMS.get(purpose, inputs.CaseMeeting), **more)
    return body


def chosen(fields: Fields, purpose: MeetingPurpose) -> list[str]:
    """The ticked items in the order of the page; a tie in the order of its numbers, those without one last."""
    ticked = [value for name, value in fields.pairs if name == "_item"]
    return sorted(ticked, key=lambda key: _number(fields, key)) if purpose is MeetingPurpose.TIE else ticked


def typed(request: Request) -> Fields | None:
    """What was typed into the form that is drawn again; nothing when it is drawn for the first time."""
    held = getattr(request.state, "typed", None) or {}
    pairs = [(name, value) for name, values in held.items() for value in values]
    return Fields(pairs, {}) if pairs else None


def remember(request: Request, fields: Fields) -> None:
    """Have the form drawn again with what was typed."""
    held: dict[str, list[str]] = {}
    for name, value in without_empty_rows(fields.pairs):
        held.setdefault(name, []).append(value)
    request.state.typed = held


def reckoned(
    fields: Fields, purpose: MeetingPurpose, ask: Callable[[MeetingDraft], Reckoning]
) -> Reckoning | None:
    """What the typed record comes to; nothing while one of its numbers is none."""
    try:
        return ask(draft(fields, purpose))
    except Refusal:
        return None


def editor(request: Request, desk: Desk, typed: Fields | None, said: Reckoning | None, back: str) -> Response:
    """The form with what its items come to; `places` tells the position of each ticked one."""
    order = chosen(typed, desk.purpose) if typed else [line.key for line in _drafted(desk)]
    kept = (typed.get("_version") if typed else "") or (desk.meeting.row_version if desk.meeting else None)
    return render(
        request,
        "meetings/edit.html",
        desk=desk,
        said=said,
        back=back,
        at={key: position for position, key in enumerate(order)},
        outcomes=_outcomes(order, said),
        version=kept,
        results=list(DecisionResult),
        grounds=list(RevocationGround),
        kinds=[kind for kind in SeatKind if kind is not SeatKind.NOMINATION],
        rows=max(SPARE, len(desk.items) + 1),
    )


def _drafted(desk: Desk) -> list[Any]:
    lines = [line for part in desk.sections for line in part.lines if line.item]
    return sorted(lines, key=lambda line: line.item.position if line.item else 0)


def _outcomes(order: list[str], said: Reckoning | None) -> dict[str, ItemReckoning]:
    return dict(zip(order, said.items, strict=False)) if said else {}


def _item(fields: Fields, key: str, purpose: MeetingPurpose) -> dict[str, Any]:
    """One item: its own votes, or where it has none those that are common to all."""
    own = {name: fields.get(f"_{name}.{key}").strip() for name in VOTE}
    votes = own if any(own.values()) else {name: fields.get(f"_all.{name}").strip() for name in VOTE}
    said = {name: fields.get(f"_{name}.{key}").strip() for name in _SAID}
    subject = "item_id" if purpose is MeetingPurpose.ANNULMENT else "nomination_id"
    given = {name: value for name, value in {**votes, **said}.items() if value}
    return {subject: key, "excluded": _names(fields.get(f"_excluded.{key}")), **given}


def _names(text: str) -> list[str]:
    return [name.strip() for name in _BETWEEN_NAMES.split(text) if name.strip()]


def _number(fields: Fields, key: str) -> int:
    text = fields.get(f"_order.{key}").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 9999
