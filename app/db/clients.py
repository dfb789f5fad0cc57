"""Queries about API clients, their secrets and tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, false, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.db.tables.people import AccessToken, ApiClient, ApiClientSecret
from app.db.tables.places import Organization


@dataclass(frozen=True)
class ClientRow:
    """A client and the organisation it acts for."""

    client: ApiClient
    organization: Organization


def one(session: Session, client_id: UUID) -> ClientRow | None:
    row = session.exec(_joined().where(col(ApiClient.id) == client_id)).first()
    return ClientRow(row[0], row[1]) if row else None


def listed(session: Session, paths: Sequence[str], *, after: UUID | None, limit: int) -> list[ClientRow]:
    """Clients of organisations below these paths, oldest first, one more than `limit`."""
    within = [col(Organization.path).startswith(path, autoescape=True) for path in paths]
    statement = _joined().where(or_(false(), *within))
    if after:
        statement = statement.where(col(ApiClient.id) > after)
    rows = session.exec(statement.order_by(col(ApiClient.id)).limit(limit + 1)).all()
    return [ClientRow(client, organization) for client, organization in rows]


def by_source(session: Session, source: str) -> ApiClient | None:
    return session.exec(select(ApiClient).where(col(ApiClient.source) == source)).first()


def live_secrets(session: Session, client_id: UUID) -> list[ApiClientSecret]:
    """The secrets that open the door now, the older one first."""
    statement = select(ApiClientSecret).where(
        col(ApiClientSecret.client_id) == client_id, col(ApiClientSecret.revoked_at).is_(None)
    )
    return list(session.exec(statement.order_by(col(ApiClientSecret.id))).all())


def end_tokens(session: Session, client_id: UUID, now: datetime) -> None:
    """Every token of the client is over."""
    of_client = col(AccessToken.client_id) == client_id
    session.execute(
        update(AccessToken).where(of_client, col(AccessToken.revoked_at).is_(None)).values(revoked_at=now)
    )


def forget_tokens(session: Session, client_id: UUID, before: datetime) -> None:
    """Drop tokens that were over before; they say nothing that the security log does not."""
    session.execute(
        delete(AccessToken).where(
            col(AccessToken.client_id) == client_id, col(AccessToken.expires_at) < before
        )
    )


def _joined() -> Select[ApiClient, Organization]:
    return select(ApiClient, Organization).join(
        Organization, col(ApiClient.organization_id) == col(Organization.id)
    )
