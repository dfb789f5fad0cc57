"""Queries about accounts, appointments, sessions and tokens."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from app.db.tables.people import AccessToken, ApiClient, LoginSession, Person, RoleGrant
from app.db.tables.places import Organization


def by_username(session: Session, username: str) -> Person | None:
    return session.exec(select(Person).where(col(Person.username) == username)).first()


def token(session: Session, token_hash: str) -> AccessToken | None:
    return session.exec(select(AccessToken).where(col(AccessToken.token_hash) == token_hash)).first()


def login_session(session: Session, token_hash: str) -> LoginSession | None:
    return session.exec(select(LoginSession).where(col(LoginSession.token_hash) == token_hash)).first()


def open_sessions(session: Session, person_id: UUID, now: datetime) -> list[LoginSession]:
    """Sessions that were not ended and are not past their absolute limit, the last used first."""
    statement = select(LoginSession).where(
        col(LoginSession.person_id) == person_id,
        col(LoginSession.revoked_at).is_(None),
        col(LoginSession.expires_at) > now,
    )
    return list(session.exec(statement.order_by(col(LoginSession.last_seen_at).desc())).all())


def grants(session: Session, person_id: UUID) -> list[tuple[RoleGrant, Organization]]:
    """Live appointments of a person with the organisation each was made at, in one statement."""
    statement = (
        select(RoleGrant, Organization)
        .join(Organization, col(RoleGrant.organization_id) == col(Organization.id))
        .where(col(RoleGrant.person_id) == person_id, col(RoleGrant.revoked_at).is_(None))
        .order_by(col(RoleGrant.id))
    )
    return list(session.exec(statement).all())


def client_with_organization(session: Session, client_id: UUID) -> tuple[ApiClient, Organization] | None:
    statement = (
        select(ApiClient, Organization)
        .join(Organization, col(ApiClient.organization_id) == col(Organization.id))
        .where(col(ApiClient.id) == client_id)
    )
    return session.exec(statement).first()
