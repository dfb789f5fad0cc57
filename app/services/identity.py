"""Who is behind a token or a session cookie, with everything granted to them, read fresh on every call.

Nothing is cached: a revoked appointment or a disabled account counts from the next request on (C16).
"""

import hashlib

from app.db import people as rows
from app.db.tables.people import AccountStatus, Person
from app.domain.access import ANONYMOUS, Actor, Grant
from app.domain.errors import Refusal
from app.services.context import Ctx


def secret_hash(secret: str) -> str:
    """SHA-256 of a random secret; argon2 is for passwords only (decisions 23)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def anonymous() -> Actor:
    return ANONYMOUS


def actor_of_token(ctx: Ctx, token: str) -> Actor:
    """The person or client of a bearer token. Refuses `UNAUTHENTICATED` when it is unknown, revoked or over."""
    row = rows.token(ctx.session, secret_hash(token))
    if row is None or row.revoked_at is not None or row.expires_at <= ctx.now:
        raise Refusal("UNAUTHENTICATED")
    if row.person_id is not None:
        return actor_of_person(ctx, ctx.session.get(Person, row.person_id))
    found = rows.client_with_organization(ctx.session, row.client_id) if row.client_id else None
    if found is None:
        raise Refusal("UNAUTHENTICATED")
    client, organization = found
    over = client.expires_on is not None and client.expires_on < ctx.now.astimezone(ctx.zone).date()
    if client.status != AccountStatus.ACTIVE or over:
        raise Refusal("UNAUTHENTICATED")
    return Actor(
        client_id=client.id,
        name=client.name,
        scopes=frozenset(client.scopes),
        client_path=organization.path,
        client_organization_id=organization.id,
        source=client.source,
    )


def actor_of_cookie(ctx: Ctx, cookie: str) -> Actor:
    """The person of a page session, or nobody when there is none or it is over (idle or absolute limit)."""
    row = rows.login_session(ctx.session, secret_hash(cookie)) if cookie else None
    if row is None or row.revoked_at is not None or row.expires_at <= ctx.now:
        return ANONYMOUS
    idle = (ctx.now - row.last_seen_at).total_seconds()
    if idle > ctx.settings.session_idle_minutes * 60:
        return ANONYMOUS
    try:
        return actor_of_person(ctx, ctx.session.get(Person, row.person_id))
    except Refusal:
        return ANONYMOUS


def actor_of_person(ctx: Ctx, person: Person | None) -> Actor:
    """A person with all live appointments. Refuses `UNAUTHENTICATED` for a disabled or expired account."""
    today = ctx.now.astimezone(ctx.zone).date()
    if (
        person is None
        or person.status != AccountStatus.ACTIVE
        or (person.expires_on and person.expires_on < today)
    ):
        raise Refusal("UNAUTHENTICATED")
    granted = tuple(
        Grant(grant.role, organization.id, organization.path, organization.level, grant.campaign_id)
        for grant, organization in rows.grants(ctx.session, person.id)
    )
    return Actor(person_id=person.id, name=person.name, grants=granted)
