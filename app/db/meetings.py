"""Queries about meetings, their items and the cases a meeting may take up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import false, or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.db.tables.campaigns import Campaign
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.nominations import Nomination, NominationStep, ServiceWindow
from app.db.tables.people import Person
from app.db.tables.places import Organization
from app.domain.meeting import MeetingPurpose, MeetingStage
from app.domain.nomination import Action, DecisionResult, Stage

IN_FORCE = (MeetingStage.CONFIRMED, MeetingStage.ANNOUNCED)

ANNULLABLE = (
    MeetingPurpose.REVIEW,
    MeetingPurpose.DETERMINATION,
    MeetingPurpose.MINISTRY_CANDIDATES,
    MeetingPurpose.MINISTRY_RECOMMENDATION,
    MeetingPurpose.SUCCESSION,
)
"""What a later decision may annul; a place moved goes back by another move, an award by its revocation."""


@dataclass(frozen=True)
class CaseRow:
    """A case with the names people know it by."""

    nomination: Nomination
    window: ServiceWindow
    sponsor: Organization


def locked(session: Session, meeting_id: UUID) -> Meeting | None:
    """The meeting for changing it: a second writer waits until this one is through."""
    statement = select(Meeting).where(col(Meeting.id) == meeting_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).first()


def campaigns(
    session: Session, areas: Sequence[tuple[str, UUID | None]], after: UUID | None, limit: int
) -> list[Campaign]:
    """The campaigns of hosts in these areas, each perhaps of one campaign only, newest first, one more than `limit`."""
    within = [
        col(Organization.path).startswith(path, autoescape=True)
        & (col(Campaign.id) == only if only else true())
        for path, only in areas
    ]
    statement = (
        select(Campaign)
        .join(Organization, col(Campaign.host_organization_id) == col(Organization.id))
        .where(or_(false(), *within))
    )
    if after:
        statement = statement.where(col(Campaign.id) < after)
    return list(session.exec(statement.order_by(col(Campaign.id).desc()).limit(limit + 1)).all())


def listed(
    session: Session, campaign_id: UUID, stage: MeetingStage | None, after: UUID | None, limit: int
) -> list[Meeting]:
    """The records of a campaign, newest first, one more than `limit`."""
    statement = select(Meeting).where(col(Meeting.campaign_id) == campaign_id)
    if stage:
        statement = statement.where(col(Meeting.stage) == stage)
    if after:
        statement = statement.where(col(Meeting.id) < after)
    return list(session.exec(statement.order_by(col(Meeting.id).desc()).limit(limit + 1)).all())


def items(session: Session, meeting_id: UUID) -> list[DecisionItem]:
    """The items in the order of the agenda."""
    statement = select(DecisionItem).where(col(DecisionItem.meeting_id) == meeting_id)
    return list(session.exec(statement.order_by(col(DecisionItem.position))).all())


def decided(session: Session, item_ids: Collection[UUID]) -> dict[UUID, tuple[DecisionItem, Meeting]]:
    """Items with the meeting that decided them, by id."""
    statement = (
        select(DecisionItem, Meeting)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(col(DecisionItem.id).in_(item_ids))
    )
    return {item.id: (item, meeting) for item, meeting in session.exec(statement).all()}


def in_force(session: Session, campaign_id: UUID) -> list[tuple[DecisionItem, Meeting]]:
    """The decisions on cases that stand and may be annulled, by meeting, the newest meeting first."""
    statement = (
        select(DecisionItem, Meeting)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(
            col(Meeting.campaign_id) == campaign_id,
            col(Meeting.purpose).in_(ANNULLABLE),
            col(Meeting.stage).in_(IN_FORCE),
            col(DecisionItem.result) != DecisionResult.DEFERRED,
            col(DecisionItem.annulled_at).is_(None),
        )
    )
    ordered = statement.order_by(col(Meeting.id).desc(), col(DecisionItem.position))
    return [(item, meeting) for item, meeting in session.exec(ordered).all()]


def approved(session: Session, campaign_id: UUID, purpose: MeetingPurpose) -> list[DecisionItem]:
    """What the campaign's meetings of this purpose have approved and no later one annulled."""
    statement = (
        select(DecisionItem)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(
            col(Meeting.campaign_id) == campaign_id,
            col(Meeting.purpose) == purpose,
            col(Meeting.stage).in_(IN_FORCE),
            col(DecisionItem.result) == DecisionResult.APPROVED,
            col(DecisionItem.annulled_at).is_(None),
        )
    )
    return list(session.exec(statement.order_by(col(DecisionItem.id))).all())


def cases(session: Session, nomination_ids: Collection[UUID]) -> dict[UUID, CaseRow]:
    found = session.exec(_cases().where(col(Nomination.id).in_(nomination_ids))).all()
    return {nomination.id: CaseRow(nomination, window, sponsor) for nomination, window, sponsor in found}


def standing_at(session: Session, campaign_id: UUID, stages: Sequence[Stage]) -> list[CaseRow]:
    """The campaign's cases at one of these stages, by bucket."""
    statement = _cases().where(col(Nomination.campaign_id) == campaign_id, col(Nomination.stage).in_(stages))
    ordered = statement.order_by(col(Nomination.bucket_code), col(Nomination.id))
    return [CaseRow(*row) for row in session.exec(ordered).all()]


def of_case(session: Session, nomination_id: UUID) -> list[tuple[DecisionItem, Meeting]]:
    """What meetings in force decided on a case, annulled decisions too, in the order it happened."""
    statement = (
        select(DecisionItem, Meeting)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(col(DecisionItem.nomination_id) == nomination_id, col(Meeting.stage).in_(IN_FORCE))
        .order_by(col(Meeting.confirmed_at), col(Meeting.id))
    )
    return [(item, meeting) for item, meeting in session.exec(statement).all()]


def lock_cases(session: Session, nomination_ids: Collection[UUID]) -> None:
    """Lock the cases in one order, so that two confirmations never wait for each other."""
    statement = select(Nomination).where(col(Nomination.id).in_(nomination_ids)).order_by(col(Nomination.id))
    session.exec(statement.with_for_update().execution_options(populate_existing=True)).all()


def names(session: Session, people: Collection[UUID | None]) -> dict[UUID | None, str]:
    """What these persons are called."""
    statement = select(Person.id, Person.name).where(col(Person.id).in_([one for one in people if one]))
    return dict(session.exec(statement).all())


def last_step(session: Session, nomination_id: UUID) -> tuple[Action, datetime] | None:
    """The last step of a case that still counts, and when it was taken."""
    statement = (
        select(NominationStep.action, NominationStep.at)
        .where(
            col(NominationStep.nomination_id) == nomination_id,
            col(NominationStep.undone_at).is_(None),
            col(NominationStep.action) != Action.UNDO,
        )
        .order_by(col(NominationStep.seq).desc())
    )
    found = session.exec(statement).first()
    return (Action(found[0]), found[1]) if found else None


def _cases() -> Select[Nomination, ServiceWindow, Organization]:
    return (
        select(Nomination, ServiceWindow, Organization)
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(Nomination.sponsor_org_id) == col(Organization.id))
    )
