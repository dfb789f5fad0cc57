"""The record of a body's meeting: written by one person, confirmed by a second, then announced (D10, R-029, R-030).

The confirmation carries out what was decided, all of it or nothing. A confirmed record is never edited: a later
decision of the same or a higher body annuls one of its items (domain.md 4.3).
"""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from app.domain import meeting_guards as g
from app.domain.errors import Reason
from app.domain.meeting_facts import (
    AwardTrack,
    MeetingFacts,
    MeetingPurpose,
    MeetingStage,
    RevocationGround,
)
from app.domain.steps import ActionState, Machine, Step

__all__ = [
    "MACHINE",
    "PERMISSIONS",
    "AwardTrack",
    "MeetingAction",
    "MeetingFacts",
    "MeetingPurpose",
    "MeetingStage",
    "RevocationGround",
    "available",
    "verdict",
]


class MeetingAction(StrEnum):
    """What may be done with the record. Writing and changing a draft are not steps."""

    RECORD = "RECORD"
    REVISE = "REVISE"
    CONFIRM = "CONFIRM"
    ANNOUNCE = "ANNOUNCE"
    CANCEL = "CANCEL"


A = MeetingAction
S = MeetingStage

DECIDED = (
    g.it_was_held_and_has_minutes,
    g.every_item_has_its_result,
    g.the_votes_add_up,
    g.every_item_stands_ready,
    g.departures_are_explained,
    g.ties_at_the_cut_are_decided,
    g.there_are_places_for_all_approved,
)
"""Asked when it is recorded and again when it is confirmed: cases and places may have moved in between."""

STEPS: tuple[Step[MeetingStage, MeetingAction, MeetingFacts], ...] = (
    Step((S.DRAFT,), A.RECORD, (S.RECORDED,), "meeting:record", DECIDED),
    Step((S.RECORDED,), A.REVISE, (S.DRAFT,), "meeting:record", (), (g.a_reason_is_given,)),
    Step(
        (S.RECORDED,),
        A.CONFIRM,
        (S.CONFIRMED,),
        "meeting:confirm",
        (g.someone_else_recorded_it, *DECIDED),
    ),
    Step(
        (S.CONFIRMED,),
        A.ANNOUNCE,
        (S.ANNOUNCED,),
        "meeting:announce",
        (),
        (g.it_was_announced_after_the_meeting,),
    ),
    Step((S.DRAFT, S.RECORDED), A.CANCEL, (S.CANCELLED,), "meeting:record", (), (g.a_reason_is_given,)),
)

MACHINE: Machine[MeetingStage, MeetingAction, MeetingFacts] = Machine(
    "meeting", MeetingStage, MeetingAction, STEPS
)
PERMISSIONS = MACHINE.permissions


def verdict(facts: MeetingFacts, action: MeetingAction, now: datetime) -> list[Reason]:
    """Every reason against taking this step of the record now."""
    return MACHINE.verdict(facts, action, now)


def available(facts: MeetingFacts, permissions: Set[str], now: datetime) -> list[ActionState[MeetingAction]]:
    """What may be done with the record now by someone with these permissions, and why not."""
    return MACHINE.available(facts, permissions, now)
