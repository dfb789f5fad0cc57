"""A publicity notice: what moves it, and what time makes of it (R-028, R-032, domain.md 3.2, 3.3, decisions 3).

PUBLISHED is one stage; whether it is scheduled, running or ended is never stored but compared with the clock.
"""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from app.domain import notice_guards as g
from app.domain.errors import Reason
from app.domain.notice_facts import (
    Content,
    ItemOutcome,
    NoticeFacts,
    NoticeMatter,
    NoticeStage,
    NoticeState,
)
from app.domain.steps import ActionState, Machine, Step

__all__ = [
    "MACHINE",
    "PERMISSIONS",
    "Content",
    "ItemOutcome",
    "NoticeAction",
    "NoticeFacts",
    "NoticeMatter",
    "NoticeStage",
    "NoticeState",
    "available",
    "item_outcome",
    "state_at",
    "verdict",
]


class NoticeAction(StrEnum):
    """What may be done with a notice. An end is recorded by a tick, it is not an act (decisions 3)."""

    REVIEW = "REVIEW"
    REVISE = "REVISE"
    PUBLISH = "PUBLISH"
    EXTEND = "EXTEND"
    CORRECT = "CORRECT"
    ERRATUM = "ERRATUM"
    REMOVE_ITEM = "REMOVE_ITEM"
    WITHDRAW = "WITHDRAW"
    CANCEL = "CANCEL"
    CONCLUDE = "CONCLUDE"


NoticeStep = Step[NoticeStage, NoticeAction, NoticeFacts]
A = NoticeAction
S = NoticeStage

FIT_TO_PRINT = (g.it_says_everything_it_has_to, g.it_lists_someone, g.it_shows_no_personal_data)

STEPS: tuple[NoticeStep, ...] = (
    Step((S.DRAFT,), A.REVIEW, (S.REVIEWED,), "notice:review", (*FIT_TO_PRINT, g.someone_else_drafted_it)),
    Step((S.REVIEWED,), A.REVISE, (S.DRAFT,), "notice:draft", (), (g.a_reason_is_given,)),
    Step(
        (S.REVIEWED,),
        A.PUBLISH,
        (S.PUBLISHED,),
        "notice:publish",
        (
            g.the_campaign_stands_not_still,
            *FIT_TO_PRINT,
            g.someone_else_drafted_it,
            g.it_names_where_it_appears,
            g.everyone_listed_is_ready,
        ),
        (g.its_end_is_computed,),
    ),
    Step(
        (S.PUBLISHED,),
        A.EXTEND,
        (S.PUBLISHED,),
        "notice:extend",
        (g.it_has_not_ended,),
        (g.the_new_end_is_later, g.a_reason_is_given),
    ),
    Step(
        (S.PUBLISHED,),
        A.CORRECT,
        (S.SUPERSEDED,),
        "notice:correct",
        (g.it_has_begun,),
        (g.a_reason_is_given,),
    ),
    Step(
        (S.PUBLISHED,),
        A.ERRATUM,
        (S.PUBLISHED,),
        "notice:correct",
        (g.it_has_begun,),
        (g.the_slip_changes_nothing, g.a_reason_is_given, g.it_shows_no_personal_data),
    ),
    Step(
        (S.PUBLISHED,),
        A.REMOVE_ITEM,
        (S.PUBLISHED,),
        "notice:correct",
        (),
        (g.the_item_is_still_listed, g.a_reason_is_given),
    ),
    Step(
        (S.PUBLISHED,),
        A.WITHDRAW,
        (S.WITHDRAWN,),
        "notice:withdraw",
        (g.it_has_begun, g.it_has_not_ended),
        (g.a_reason_is_given,),
    ),
    Step((S.DRAFT, S.REVIEWED), A.CANCEL, (S.CANCELLED,), "notice:draft", (), (g.a_reason_is_given,)),
    Step(
        (S.PUBLISHED,),
        A.CANCEL,
        (S.CANCELLED,),
        "notice:withdraw",
        (g.it_has_not_begun,),
        (g.a_reason_is_given,),
    ),
    Step(
        (S.PUBLISHED,),
        A.CONCLUDE,
        (S.CONCLUDED,),
        "notice:publish",
        (g.it_has_ended, g.no_objection_is_open),
        (g.a_result_is_recorded,),
    ),
)

MACHINE: Machine[NoticeStage, NoticeAction, NoticeFacts] = Machine("notice", NoticeStage, NoticeAction, STEPS)
PERMISSIONS = MACHINE.permissions


def verdict(facts: NoticeFacts, action: NoticeAction, now: datetime) -> list[Reason]:
    """Every reason against taking this step of the notice now."""
    return MACHINE.verdict(facts, action, now)


def available(facts: NoticeFacts, permissions: Set[str], now: datetime) -> list[ActionState[NoticeAction]]:
    """What may be done with the notice now by someone with these permissions, and why not."""
    return MACHINE.available(facts, permissions, now)


def state_at(
    stage: NoticeStage, starts_at: datetime | None, ends_at: datetime | None, now: datetime
) -> NoticeState:
    """What the notice is at this instant. Its end is exclusive: at `ends_at` it has run (decisions 3)."""
    if stage is not NoticeStage.PUBLISHED:
        return NoticeState(stage.value)
    if starts_at is None or now < starts_at:
        return NoticeState.SCHEDULED
    return NoticeState.RUNNING if ends_at is None or now < ends_at else NoticeState.ENDED


def item_outcome(state: NoticeState, *, removed: bool, open_objections: int) -> ItemOutcome:
    """How one nominee of the notice stands; an objection to one holds none of the others (E-09)."""
    if removed or state in (NoticeState.SUPERSEDED, NoticeState.WITHDRAWN, NoticeState.CANCELLED):
        return ItemOutcome.REMOVED
    if open_objections:
        return ItemOutcome.OBJECTED
    return ItemOutcome.CLEAR if state in (NoticeState.ENDED, NoticeState.CONCLUDED) else ItemOutcome.RUNNING
