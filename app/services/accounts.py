"""One's own account: who I am, what I was appointed to, where I am signed in, my password."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.db import people as rows
from app.db.tables.people import LoginSession, Person, RoleGrant
from app.db.tables.places import Organization
from app.domain.errors import Reason, Refusal
from app.services import audit, lockouts, passwords, sessions, tokens
from app.services.context import Ctx
from app.services.inputs.sign_in import PasswordChange


@dataclass(frozen=True)
class Account:
    """The person who asks, with appointments and open sessions."""

    person: Person
    grants: Sequence[tuple[RoleGrant, Organization]]
    sessions: Sequence[LoginSession]
    tokens: int  # live personal ones


def shown(ctx: Ctx) -> Account:
    """One's own account."""
    person = ctx.session.get_one(Person, ctx.person)
    open_now = rows.open_sessions(ctx.session, person.id, ctx.now)
    tokens_now = rows.live_tokens(ctx.session, person.id, ctx.now)
    return Account(person, rows.grants(ctx.session, person.id), open_now, len(tokens_now))


def change_password(ctx: Ctx, body: PasswordChange, address: str) -> str:
    """Set another password; every session ends and this browser gets a fresh one, whose cookie is returned.

    Refuses `PASSWORD_WRONG`, `PASSWORD_DIFFERS`, and a new password that the rules do not take. The current password
    can be guessed at here only by whoever holds the session, so nothing is counted.
    """
    person = ctx.session.get_one(Person, ctx.person)
    if not passwords.matches(ctx.settings, person.password_hash, body.current_password):
        raise Refusal.of([Reason("PASSWORD_WRONG", "/current_password")])
    if body.new_password != body.repeated_password:
        raise Refusal.of([Reason("PASSWORD_DIFFERS", "/repeated_password")])
    passwords.check(ctx, person, body.new_password, "/new_password")
    passwords.give(ctx, person, body.new_password, one_time=False)
    sessions.end_all(ctx, person.id)
    tokens.end_personal(ctx, person.id)
    audit.touch(ctx, person)
    audit.note(ctx, "person.password_changed", person)
    return sessions.open_for(ctx, person, lockouts.digest(ctx, "address", address))
