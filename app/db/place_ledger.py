"""Queries about who holds which place and which acts gave, freed and moved places."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.db.meetings import IN_FORCE
from app.db.tables.campaigns import QuotaSeat
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.nominations import Nomination, NominationStep, ServiceWindow
from app.domain.meeting import MeetingPurpose
from app.domain.nomination import Action, DecisionResult
from app.domain.quota import SeatKind

_ABOUT_PLACES = (
    MeetingPurpose.DETERMINATION,
    MeetingPurpose.MINISTRY_CANDIDATES,
    MeetingPurpose.PLACE_REALLOCATION,
    MeetingPurpose.ANNULMENT,
)
_FREEING = (Action.WITHDRAW, Action.VETO, Action.REVOKE)


@dataclass(frozen=True)
class Held:
    """One seat and the window that holds it, if any."""

    seat: QuotaSeat
    nomination: Nomination | None
    window: str


@dataclass(frozen=True)
class Freed:
    """A case that ended after a place was given to it."""

    step: NominationStep
    nomination: Nomination
    window: str


def seats(session: Session, campaign_id: UUID) -> list[Held]:
    """Every award place and place for the ministry, by bucket, kind and number."""
    statement = (
        select(QuotaSeat, Nomination, ServiceWindow.name)
        .join(Nomination, col(QuotaSeat.nomination_id) == col(Nomination.id), isouter=True)
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id), isouter=True)
        .where(col(QuotaSeat.campaign_id) == campaign_id, col(QuotaSeat.kind) != SeatKind.NOMINATION)
        .order_by(col(QuotaSeat.bucket_code), col(QuotaSeat.kind), col(QuotaSeat.seq))
    )
    return [Held(seat, nomination, name or "") for seat, nomination, name in session.exec(statement).all()]


def decisions(session: Session, campaign_id: UUID) -> list[tuple[DecisionItem, Meeting]]:
    """What meetings in force approved about places, in the order it was carried out; annulled items too."""
    statement = (
        select(DecisionItem, Meeting)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(
            col(Meeting.campaign_id) == campaign_id,
            col(Meeting.purpose).in_(_ABOUT_PLACES),
            col(Meeting.stage).in_(IN_FORCE),
            col(DecisionItem.result) == DecisionResult.APPROVED,
        )
        .order_by(col(Meeting.confirmed_at), col(DecisionItem.position))
    )
    return [(item, meeting) for item, meeting in session.exec(statement).all()]


def freed(session: Session, nomination_ids: Sequence[UUID]) -> list[Freed]:
    """How those of the cases ended that did not keep their place, in the order it happened."""
    statement = (
        select(NominationStep, Nomination, ServiceWindow.name)
        .join(Nomination, col(NominationStep.nomination_id) == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .where(
            col(NominationStep.nomination_id).in_(nomination_ids),
            col(NominationStep.action).in_(_FREEING),
            col(NominationStep.undone_at).is_(None),
        )
        .order_by(col(NominationStep.at))
    )
    return [Freed(*row) for row in session.exec(statement).all()]
