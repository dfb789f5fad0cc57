"""Queries about reviewers, what they declared, and how much they hold."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_
from sqlalchemy import select as select_many
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.db.campaigns import IN_FORCE
from app.db.tables.campaigns import Campaign, CampaignRules
from app.db.tables.evaluation import RecusalDeclaration, ReviewAssignment, Reviewer
from app.db.tables.people import Person, RoleGrant
from app.db.tables.places import Organization
from app.domain.access import Role
from app.domain.assignment import AssignmentStatus, VoidKind


@dataclass(frozen=True)
class ReviewerRow:
    """A reviewer with the person behind and the organisation they come from."""

    reviewer: Reviewer
    person: Person
    home: Organization


@dataclass(frozen=True)
class SeatRow:
    """A reviewer's seat with its campaign, where they come from, who hosts, and the row of the rules in force."""

    reviewer: Reviewer
    campaign: Campaign
    home: Organization
    host: Organization
    rules_id: UUID


def one(session: Session, reviewer_id: UUID) -> ReviewerRow | None:
    row = session.exec(_joined().where(col(Reviewer.id) == reviewer_id)).first()
    return ReviewerRow(*row) if row else None


def locked(session: Session, reviewer_id: UUID) -> ReviewerRow | None:
    """The reviewer for changing what they hold: a second writer waits, so that no limit is passed by two at once."""
    statement = select(Reviewer).where(col(Reviewer.id) == reviewer_id).with_for_update()
    session.exec(statement.execution_options(populate_existing=True)).first()
    return one(session, reviewer_id)


def of_campaign(session: Session, campaign_id: UUID) -> list[ReviewerRow]:
    """All reviewers of a campaign, in the order they were registered."""
    statement = _joined().where(col(Reviewer.campaign_id) == campaign_id).order_by(col(Reviewer.id))
    return [ReviewerRow(*row) for row in session.exec(statement).all()]


def lock_all(session: Session, campaign_id: UUID) -> None:
    """Hold every reviewer of the campaign for a run; in one order, so that two runs wait instead of meeting."""
    statement = select(Reviewer.id).where(col(Reviewer.campaign_id) == campaign_id)
    session.exec(statement.order_by(col(Reviewer.id)).with_for_update()).all()


def of_people(session: Session, people: Collection[UUID]) -> list[tuple[Reviewer, Campaign]]:
    """Where these accounts are asked to score, newest campaign first."""
    statement = (
        select(Reviewer, Campaign)
        .join(Campaign, col(Reviewer.campaign_id) == col(Campaign.id))
        .where(col(Reviewer.person_id).in_(people))
    )
    return list(session.exec(statement.order_by(col(Reviewer.id).desc())).all())


def own_seats(session: Session, people: Collection[UUID]) -> list[SeatRow]:
    """Where these accounts are asked to score with all that recusal asks of their place, newest campaign first."""
    host = aliased(Organization)
    statement = (
        select_many(Reviewer, Campaign, Organization, host, col(CampaignRules.id))
        .join(Campaign, col(Reviewer.campaign_id) == col(Campaign.id))
        .join(CampaignRules, IN_FORCE)
        .join(Organization, col(Reviewer.home_org_id) == col(Organization.id))
        .join(host, col(Campaign.host_organization_id) == host.id)
        .where(col(Reviewer.person_id).in_(people))
        .order_by(col(Reviewer.id).desc())
    )
    return [SeatRow(*row) for row in session.execute(statement).all()]


def registered(session: Session, campaign_id: UUID, people: Collection[UUID]) -> Reviewer | None:
    """The reviewer that one of these accounts already is."""
    statement = select(Reviewer).where(
        col(Reviewer.campaign_id) == campaign_id, col(Reviewer.person_id).in_(people)
    )
    return session.exec(statement).first()


def appointed(session: Session, person_id: UUID, organization_id: UUID, campaign_id: UUID) -> bool:
    """Whether the person holds a reviewer's appointment at the host, for all campaigns or this one."""
    statement = select(RoleGrant.id).where(
        col(RoleGrant.person_id) == person_id,
        col(RoleGrant.role) == Role.REVIEWER,
        col(RoleGrant.organization_id) == organization_id,
        col(RoleGrant.campaign_key).in_(("*", campaign_id.hex)),
        col(RoleGrant.revoked_at).is_(None),
    )
    return session.exec(statement).first() is not None


def appointees(session: Session, organization_id: UUID, campaign_id: UUID) -> list[Person]:
    """Everybody who holds a reviewer's appointment at the host and is not on the campaign's bench yet, by name."""
    seated = select(Reviewer.person_id).where(col(Reviewer.campaign_id) == campaign_id)
    statement = (
        select(Person)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(
            col(RoleGrant.role) == Role.REVIEWER,
            col(RoleGrant.organization_id) == organization_id,
            col(RoleGrant.campaign_key).in_(("*", campaign_id.hex)),
            col(RoleGrant.revoked_at).is_(None),
            col(Person.id).not_in(seated),
        )
    )
    return list(session.exec(statement.distinct().order_by(col(Person.name), col(Person.id))).all())


def appointed_now(session: Session, reviewer_ids: Collection[UUID]) -> set[UUID]:
    """Those of these reviewers who still hold their appointment at the host of their campaign (C16)."""
    statement = (
        select(Reviewer.id)
        .join(Campaign, col(Reviewer.campaign_id) == col(Campaign.id))
        .join(RoleGrant, col(RoleGrant.person_id) == col(Reviewer.person_id))
        .where(
            col(Reviewer.id).in_(reviewer_ids),
            col(RoleGrant.role) == Role.REVIEWER,
            col(RoleGrant.organization_id) == col(Campaign.host_organization_id),
            or_(col(RoleGrant.campaign_id).is_(None), col(RoleGrant.campaign_id) == col(Campaign.id)),
            col(RoleGrant.revoked_at).is_(None),
        )
    )
    return set(session.exec(statement).all())


def declarations(session: Session, reviewer_ids: Collection[UUID]) -> dict[UUID, RecusalDeclaration]:
    """The declaration in force of each: the last version."""
    statement = select(RecusalDeclaration).where(col(RecusalDeclaration.reviewer_id).in_(reviewer_ids))
    found = session.exec(statement.order_by(col(RecusalDeclaration.version))).all()
    return {one.reviewer_id: one for one in found}


def loads(session: Session, campaign_id: UUID) -> dict[UUID, int]:
    """How many cases each reviewer holds."""
    statement = (
        select(ReviewAssignment.reviewer_id, func.count())
        .where(
            col(ReviewAssignment.campaign_id) == campaign_id,
            col(ReviewAssignment.status) != AssignmentStatus.VOID,
        )
        .group_by(col(ReviewAssignment.reviewer_id))
    )
    return dict(session.exec(statement).all())


def stood_aside(session: Session, reviewer_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Reviewer and case of every own recusal."""
    statement = select(ReviewAssignment.reviewer_id, ReviewAssignment.nomination_id).where(
        col(ReviewAssignment.reviewer_id).in_(reviewer_ids),
        col(ReviewAssignment.void_kind) == VoidKind.OWN_RECUSAL,
    )
    return list(session.exec(statement).all())


def accounts(session: Session, people: Collection[Person]) -> dict[str, list[UUID]]:
    """All accounts of the persons behind these, by identity; an account without one stands for itself (C14)."""
    known = {one.identity for one in people if one.identity}
    found: dict[str, list[UUID]] = {}
    if known:
        statement = select(Person.identity, Person.id).where(col(Person.identity).in_(known))
        for identity, person_id in session.exec(statement).all():
            found.setdefault(identity, []).append(person_id)
    return found


def _joined() -> Select[Reviewer, Person, Organization]:
    return (
        select(Reviewer, Person, Organization)
        .join(Person, col(Reviewer.person_id) == col(Person.id))
        .join(Organization, col(Reviewer.home_org_id) == col(Organization.id))
    )
