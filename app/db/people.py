"""Queries about accounts, appointments, sessions and tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, delete, false, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.db.tables.people import AccessToken, AccountStatus, LoginSession, Person, RoleGrant
from app.db.tables.places import Organization
from app.domain.access import Role

Appointment: TypeAlias = tuple[RoleGrant, Organization]


@dataclass(frozen=True)
class PersonRow:
    """A person, where they work, and what they were appointed to."""

    person: Person
    home: Organization | None
    grants: Sequence[Appointment]


def one(session: Session, person_id: UUID) -> PersonRow | None:
    person = session.get(Person, person_id)
    if person is None:
        return None
    home = session.get(Organization, person.organization_id) if person.organization_id else None
    return PersonRow(person, home, grants(session, person.id))


def listed(
    session: Session, paths: Sequence[str], *, q: str, after: UUID | None, limit: int
) -> list[PersonRow]:
    """Who works or was appointed below these paths, in the order of their accounts, one more than `limit`."""
    appointed = (
        select(RoleGrant.person_id)
        .join(Organization, col(RoleGrant.organization_id) == col(Organization.id))
        .where(col(RoleGrant.revoked_at).is_(None), _below(paths))
    )
    working = select(Organization.id).where(_below(paths))
    statement = select(Person).where(
        or_(col(Person.id).in_(appointed), col(Person.organization_id).in_(working))
    )
    if q:
        named = [column.contains(q, autoescape=True) for column in (col(Person.name), col(Person.username))]
        statement = statement.where(or_(*named))
    if after:
        statement = statement.where(col(Person.id) > after)
    people = session.exec(statement.order_by(col(Person.id)).limit(limit + 1)).all()
    return _with_places(session, people)


def bodies(session: Session, paths: Sequence[str]) -> list[Organization]:
    """The organisations below these paths, from the top down."""
    statement = select(Organization).where(_below(paths), col(Organization.closed_on).is_(None))
    return list(session.exec(statement.order_by(col(Organization.path))).all())


def accounts(session: Session, identity: str) -> list[Person]:
    """All accounts of one person."""
    return list(session.exec(select(Person).where(col(Person.identity) == identity)).all())


def workplaces(session: Session, usernames: Sequence[str]) -> dict[str, str]:
    """Where those of these accounts work that can be used, by account."""
    statement = (
        select(Person.username, Organization.name)
        .join(Organization, col(Person.organization_id) == col(Organization.id))
        .where(col(Person.username).in_(usernames), col(Person.password_hash) != "")
        .where(col(Person.status) == AccountStatus.ACTIVE)
    )
    return dict(session.exec(statement).all())


def live_tokens(session: Session, person_id: UUID, now: datetime) -> list[AccessToken]:
    statement = select(AccessToken).where(
        col(AccessToken.person_id) == person_id,
        col(AccessToken.revoked_at).is_(None),
        col(AccessToken.expires_at) > now,
    )
    return list(session.exec(statement).all())


def held(session: Session, person_id: UUID, role: Role, organization_id: UUID, key: str) -> RoleGrant | None:
    """The appointment, given now or taken back before."""
    statement = select(RoleGrant).where(
        col(RoleGrant.person_id) == person_id,
        col(RoleGrant.role) == role,
        col(RoleGrant.organization_id) == organization_id,
        col(RoleGrant.campaign_key) == key,
    )
    return session.exec(statement).first()


def security_paths(session: Session, but: UUID) -> tuple[str, ...]:
    """Below which paths somebody else grants roles, whose account has no end.

    Their appointments are locked, so that two of them do not take leave of each other; they are asked for anew once
    the lock is had, since the first answer was seen before whoever held it committed.
    """
    given = select(RoleGrant).where(col(RoleGrant.role) == Role.SECURITY_ADMIN).order_by(col(RoleGrant.id))
    session.exec(given.with_for_update()).all()
    statement = (
        select(Organization.path)
        .join(RoleGrant, col(RoleGrant.organization_id) == col(Organization.id))
        .join(Person, col(RoleGrant.person_id) == col(Person.id))
        .where(col(RoleGrant.role) == Role.SECURITY_ADMIN, col(RoleGrant.revoked_at).is_(None))
        .where(col(RoleGrant.campaign_id).is_(None), col(Person.id) != but)
        .where(col(Person.status) == AccountStatus.ACTIVE, col(Person.expires_on).is_(None))
    )
    return tuple(session.exec(statement).all())


def _with_places(session: Session, people: Sequence[Person]) -> list[PersonRow]:
    """The same people with homes and appointments, in two statements however many they are."""
    homes = {one.organization_id for one in people if one.organization_id}
    found = session.exec(select(Organization).where(col(Organization.id).in_(homes))).all()
    named = {home.id: home for home in found}
    given: dict[UUID, list[Appointment]] = {one.id: [] for one in people}
    for grant, organization in session.exec(_appointments().where(col(RoleGrant.person_id).in_(given))).all():
        given[grant.person_id].append((grant, organization))
    return [PersonRow(one, named.get(one.organization_id or one.id), given[one.id]) for one in people]


def _below(paths: Sequence[str]) -> ColumnElement[bool]:
    return or_(false(), *(col(Organization.path).startswith(path, autoescape=True) for path in paths))


def by_username(session: Session, username: str) -> Person | None:
    return session.exec(select(Person).where(col(Person.username) == username)).first()


def token(session: Session, token_hash: str) -> AccessToken | None:
    return session.exec(select(AccessToken).where(col(AccessToken.token_hash) == token_hash)).first()


def login_session(session: Session, token_hash: str) -> LoginSession | None:
    return session.exec(select(LoginSession).where(col(LoginSession.token_hash) == token_hash)).first()


def forget_sessions(session: Session, person_id: UUID, before: datetime) -> None:
    """Drop sessions that were over before; they say nothing that the security log does not."""
    session.execute(
        delete(LoginSession).where(
            col(LoginSession.person_id) == person_id, col(LoginSession.expires_at) < before
        )
    )


def open_sessions(session: Session, person_id: UUID, now: datetime) -> list[LoginSession]:
    """Sessions that were not ended and are not past their absolute limit, the last used first."""
    statement = select(LoginSession).where(
        col(LoginSession.person_id) == person_id,
        col(LoginSession.revoked_at).is_(None),
        col(LoginSession.expires_at) > now,
    )
    return list(session.exec(statement.order_by(col(LoginSession.last_seen_at).desc())).all())


def grants(session: Session, person_id: UUID) -> list[Appointment]:
    """Live appointments of a person with the organisation each was made at, in one statement."""
    return list(session.exec(_appointments().where(col(RoleGrant.person_id) == person_id)).all())


def _appointments() -> Select[RoleGrant, Organization]:
    return (
        select(RoleGrant, Organization)
        .join(Organization, col(RoleGrant.organization_id) == col(Organization.id))
        .where(col(RoleGrant.revoked_at).is_(None))
        .order_by(col(RoleGrant.id))
    )
