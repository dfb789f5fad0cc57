"""Who is behind a token or a session cookie, with everything granted to them, read fresh on every call.

Nothing is cached: a revoked appointment or a disabled account counts from the next request on (C16).
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from app.db import callers
from app.db import people as rows
from app.db.tables.people import AccountStatus, Person
from app.domain.access import ADMINISTRATORS, ANONYMOUS, Actor, Grant
from app.domain.errors import Refusal
from app.services import passwords
from app.services.context import Ctx

ADMIN_IDLE_MINUTES = 15
"""Of an administrator's session, under classified protection (domain.md 3.16)."""


class Account(Protocol):
    """What a person and a client have in common: it may be disabled, and it may end."""

    @property
    def status(self) -> AccountStatus: ...

    @property
    def expires_on(self) -> date | None: ...


def secret_hash(secret: str) -> str:
    """SHA-256 of a random secret; argon2 is for passwords only (decisions 23)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def anonymous() -> Actor:
    return ANONYMOUS


def actor_of_token(ctx: Ctx, token: str) -> Actor:
    """The person or client of a bearer token. Refuses `UNAUTHENTICATED` when it is unknown, revoked or over."""
    found = callers.bearer(ctx.session, secret_hash(token))
    if found is None or found.revoked_at is not None or found.expires_at <= ctx.now:
        raise Refusal("UNAUTHENTICATED")
    account = found.person or found.client
    if account is None or not is_live(ctx, account):
        raise Refusal("UNAUTHENTICATED")
    if found.client is None:
        return Actor(person_id=account.id, name=account.name, grants=found.grants, token_id=found.id)
    client, scopes = found.client, frozenset(found.client.scopes)
    return Actor(
        client_id=client.id,
        token_id=found.id,
        name=client.name,
        scopes=scopes & set(found.scope.split()) if found.scope else scopes,
        client_path=client.path,
        client_organization_id=client.organization_id,
        source=client.source,
    )


def actor_of_cookie(ctx: Ctx, cookie: str) -> tuple[Actor, datetime]:
    """The person of a page session and when it was used last; nobody when there is none or it is over (idle or absolute limit).

    Whoever has to choose a password first holds no appointment until then.
    """
    found = callers.visitor(ctx.session, secret_hash(cookie)) if cookie else None
    if found is None or found.revoked_at is not None or found.expires_at <= ctx.now:
        return ANONYMOUS, ctx.now
    if not is_live(ctx, found.person) or ctx.now - found.last_seen_at > _idle(ctx, found.grants):
        return ANONYMOUS, ctx.now
    person, told = found.person, passwords.has_run_out(ctx.settings, found.person, ctx.now)
    actor = Actor(
        person_id=person.id,
        name=person.name,
        grants=() if told else found.grants,
        session_id=found.id,
        must_change_password=told,
    )
    return actor, found.last_seen_at


def actor_of_person(ctx: Ctx, person: Person | None) -> Actor:
    """A person with all live appointments. Refuses `UNAUTHENTICATED` for a disabled or expired account."""
    if person is None or not is_live(ctx, person):
        raise Refusal("UNAUTHENTICATED")
    granted = tuple(
        Grant(grant.role, organization.id, organization.path, organization.level, grant.campaign_id)
        for grant, organization in rows.grants(ctx.session, person.id)
    )
    return Actor(person_id=person.id, name=person.name, grants=granted)


def is_live(ctx: Ctx, account: Account) -> bool:
    """Whether the account of a person or a client may be used today."""
    over = account.expires_on is not None and account.expires_on < ctx.now.astimezone(ctx.zone).date()
    return account.status == AccountStatus.ACTIVE and not over


def _idle(ctx: Ctx, grants: Iterable[Grant]) -> timedelta:
    """How long a session of someone with these appointments may rest."""
    minutes = ctx.settings.session_idle_minutes
    if ctx.settings.classified_protection and any(one.role in ADMINISTRATORS for one in grants):
        minutes = min(minutes, ADMIN_IDLE_MINUTES)
    return timedelta(minutes=minutes)
