"""Who is behind a token or a session cookie, with all appointments, in one statement: every request asks it first."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, func, select
from sqlmodel import Session

from app.db.tables.base import core
from app.db.tables.people import AccessToken, AccountStatus, ApiClient, LoginSession, Person, RoleGrant
from app.db.tables.places import Organization
from app.domain.access import Grant


class Account(NamedTuple):
    """The account of a person, as far as it says whether and how it may be used."""

    id: UUID
    name: str
    status: AccountStatus
    expires_on: date | None
    password_changed_at: datetime | None
    must_change_password: bool


class Integrator(NamedTuple):
    """A municipal system, and where in the tree it stands."""

    id: UUID
    name: str
    status: AccountStatus
    expires_on: date | None
    scopes: list[str]
    source: str
    organization_id: UUID
    path: str


class Bearer(NamedTuple):
    """What a bearer token opens: a person's account or a client's."""

    id: UUID
    expires_at: datetime
    revoked_at: datetime | None
    scope: str
    person: Account | None
    client: Integrator | None
    grants: tuple[Grant, ...]


class Visitor(NamedTuple):
    """What a session cookie opens."""

    id: UUID
    expires_at: datetime
    revoked_at: datetime | None
    last_seen_at: datetime
    person: Account
    grants: tuple[Grant, ...]


def bearer(session: Session, token_hash: str) -> Bearer | None:
    """The token of this hash with whoever holds it; whether it still counts is the caller's question."""
    found = session.execute(_BEARERS, {"hash": token_hash}).all()
    if not found:
        return None
    head = tuple(found[0])
    person = Account._make(head[4:10]) if head[4] else None
    client = Integrator._make(head[10:18]) if head[10] else None
    return Bearer._make((*head[:4], person, client, _grants(found)))


def visitor(session: Session, token_hash: str) -> Visitor | None:
    """The page session of this hash with its person."""
    found = session.execute(_VISITORS, {"hash": token_hash}).all()
    if not found:
        return None
    head = tuple(found[0])
    return Visitor._make((*head[:4], Account._make(head[4:10]), _grants(found)))


def _grants(found: Sequence[Row[Any]]) -> tuple[Grant, ...]:
    """The appointments: the last columns of each row, empty for who has none."""
    return tuple(
        Grant(row.role, row.place_id, row.path, row.level, row.campaign_id) for row in found if row.role
    )


_token, _login, _person = core(AccessToken).c, core(LoginSession).c, core(Person).c
_client, _grant, _place = core(ApiClient).c, core(RoleGrant).c, core(Organization).c
_ACCOUNT = [_person[name] for name in Account._fields]
_CLIENT = [_client[name] for name in Integrator._fields[:6]]
_AT = [_place.id.label("place_id"), _place.path, _place.level, _grant.role, _grant.campaign_id]
_LIVE = and_(_grant.person_id == _person.id, _grant.revoked_at.is_(None))

_BEARERS = (
    select(_token.id, _token.expires_at, _token.revoked_at, _token.scope, *_ACCOUNT, *_CLIENT, *_AT)
    .select_from(core(AccessToken))
    .outerjoin(core(Person), _token.person_id == _person.id)
    .outerjoin(core(ApiClient), _token.client_id == _client.id)
    .outerjoin(core(RoleGrant), _LIVE)
    .outerjoin(
        core(Organization), _place.id == func.coalesce(_grant.organization_id, _client.organization_id)
    )
    .where(_token.token_hash == bindparam("hash"))
    .order_by(_grant.id)
)

_VISITORS = (
    select(_login.id, _login.expires_at, _login.revoked_at, _login.last_seen_at, *_ACCOUNT, *_AT)
    .select_from(core(LoginSession))
    .join(core(Person), _login.person_id == _person.id)
    .outerjoin(core(RoleGrant), _LIVE)
    .outerjoin(core(Organization), _place.id == _grant.organization_id)
    .where(_login.token_hash == bindparam("hash"))
    .order_by(_grant.id)
)
