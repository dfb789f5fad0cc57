"""Who is behind a token or a session cookie, with everything granted to them, read fresh on every call.

Nothing is cached: a revoked appointment or a disabled account counts from the next request on (C16).
"""

import hashlib
from dataclasses import replace
from datetime import timedelta

from app.db import people as rows
from app.db.tables.people import AccountStatus, ApiClient, Person
from app.domain.access import ADMINISTRATORS, ANONYMOUS, Actor, Grant
from app.domain.errors import Refusal
from app.services import passwords
from app.services.context import Ctx

ADMIN_IDLE_MINUTES = 15
"""Of an administrator's session, under classified protection (domain.md 3.16)."""


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
        return replace(actor_of_person(ctx, ctx.session.get(Person, row.person_id)), token_id=row.id)
    found = rows.client_with_organization(ctx.session, row.client_id) if row.client_id else None
    if found is None:
        raise Refusal("UNAUTHENTICATED")
    client, organization = found
    if not client_is_live(ctx, client):
        raise Refusal("UNAUTHENTICATED")
    scopes = frozenset(client.scopes)
    return Actor(
        client_id=client.id,
        token_id=row.id,
        name=client.name,
        scopes=scopes & set(row.scope.split()) if row.scope else scopes,
        client_path=organization.path,
        client_organization_id=organization.id,
        source=client.source,
    )


def actor_of_cookie(ctx: Ctx, cookie: str) -> Actor:
    """The person of a page session, or nobody when there is none or it is over (idle or absolute limit).

    Whoever has to choose a password first holds no appointment until then.
    """
    row = rows.login_session(ctx.session, secret_hash(cookie)) if cookie else None
    if row is None or row.revoked_at is not None or row.expires_at <= ctx.now:
        return ANONYMOUS
    person = ctx.session.get(Person, row.person_id)
    if person is None or not is_live(ctx, person):
        return ANONYMOUS
    actor = replace(actor_of_person(ctx, person), session_id=row.id)
    if ctx.now - row.last_seen_at > _idle(ctx, actor):
        return ANONYMOUS
    if passwords.has_run_out(ctx.settings, person, ctx.now):
        return replace(actor, grants=(), must_change_password=True)
    return actor


def actor_of_person(ctx: Ctx, person: Person | None) -> Actor:
    """A person with all live appointments. Refuses `UNAUTHENTICATED` for a disabled or expired account."""
    if person is None or not is_live(ctx, person):
        raise Refusal("UNAUTHENTICATED")
    granted = tuple(
        Grant(grant.role, organization.id, organization.path, organization.level, grant.campaign_id)
        for grant, organization in rows.grants(ctx.session, person.id)
    )
    return Actor(person_id=person.id, name=person.name, grants=granted)


def is_live(ctx: Ctx, person: Person) -> bool:
    """Whether the account may be used today."""
    return person.status == AccountStatus.ACTIVE and not _is_over(ctx, person)


def client_is_live(ctx: Ctx, client: ApiClient) -> bool:
    """Whether the client may be used today."""
    return client.status == AccountStatus.ACTIVE and not _is_over(ctx, client)


def _is_over(ctx: Ctx, row: Person | ApiClient) -> bool:
    return row.expires_on is not None and row.expires_on < ctx.now.astimezone(ctx.zone).date()


def _idle(ctx: Ctx, actor: Actor) -> timedelta:
    """How long a session of this person may rest."""
    minutes = ctx.settings.session_idle_minutes
    if ctx.settings.classified_protection and any(g.role in ADMINISTRATORS for g in actor.grants):
        minutes = min(minutes, ADMIN_IDLE_MINUTES)
    return timedelta(minutes=minutes)
