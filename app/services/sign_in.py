"""Signing in with account and password, and out again (trust.md C1-C5).

An unknown account, a wrong password, a disabled or expired account get one answer, after the same work.
A second factor is not asked for yet; see `README.md`.
"""

import hmac
import secrets
from dataclasses import dataclass

from app.db import people as rows
from app.db.tables.people import Person
from app.domain.errors import Refusal
from app.services import audit, identity, lockouts, passwords, sessions
from app.services.context import Ctx, apart
from app.services.inputs.sign_in import SignIn
from app.services.lockouts import Counter


@dataclass(frozen=True)
class Door:
    """What the door knows of who knocks: the address, the cookie of a session, the cookie of a browser known before."""

    address: str
    session: str = ""
    device: str = ""


@dataclass(frozen=True)
class SignedIn:
    """The cookies of the new session and of this browser, told once; and whether the password must be changed first."""

    session: str
    device: str
    must_change: bool


def sign_in(ctx: Ctx, body: SignIn, door: Door) -> SignedIn:
    """Open a session. Refuses `SIGN_IN_FAILED`, and `SIGN_IN_LOCKED` after too many failures.

    The request's own transaction asks nothing before the password is found right: failures are written apart.
    """
    address = lockouts.digest(ctx, "address", door.address)
    own, shared = _counters(ctx, body.username, door)
    lockouts.take(ctx, (own, shared), "sign_in", address)
    person = _proved(ctx, body, address)
    lockouts.forgive(ctx, own, shared)
    ctx.actor = identity.actor_of_person(ctx, person)
    ctx.session.add(person)
    _hash_again(ctx, person, body.password)
    audit.security(ctx, "sign_in.succeeded", ctx.actor.key, address=address)
    token = sessions.open_for(ctx, person, address, replaces=door.session)
    return SignedIn(token, _device(ctx, body.username), passwords.has_run_out(ctx.settings, person, ctx.now))


def sign_out(ctx: Ctx, cookie: str) -> None:
    """End this browser's session."""
    sessions.end(ctx, cookie)
    audit.security(ctx, "sign_out", ctx.actor.key)


def _proved(ctx: Ctx, body: SignIn, address: str) -> Person:
    """The person whose account and password these are."""
    with apart(ctx) as aside:
        found = rows.by_username(aside.session, body.username)
    right = passwords.matches(ctx.settings, found.password_hash if found else "", body.password)
    if found and right and _may_sign_in(ctx, found):
        return found
    # Never the account as it was typed: people type their password there.
    actor = f"person:{found.id.hex}" if found else "public"
    with apart(ctx) as aside:
        audit.security(aside, "sign_in.failed", actor, address=address)
    raise Refusal("SIGN_IN_FAILED")


def _may_sign_in(ctx: Ctx, person: Person) -> bool:
    return identity.is_live(ctx, person) and not passwords.one_time_is_over(person, ctx.now)


def _hash_again(ctx: Ctx, person: Person, password: str) -> None:
    """Today's parameters for a password hashed with yesterday's."""
    if passwords.is_outdated(ctx.settings, person.password_hash):
        person.password_hash = passwords.hashed(ctx.settings, password)
        audit.touch(ctx, person)
        audit.note(ctx, "person.password_rehashed", person)


def _counters(ctx: Ctx, username: str, door: Door) -> tuple[Counter, Counter]:
    """What may fail: the account (or this browser of its owner, known from before), and the address."""
    number = door.device.partition(".")[0]
    known = door.device and hmac.compare_digest(_mark(ctx, username, number).encode(), door.device.encode())
    limit = ctx.settings.lockout_failures
    own = lockouts.named(ctx, "device", door.device, limit) if known else lockouts.account(ctx, username)
    return own, lockouts.named(ctx, "address", door.address, ctx.settings.lockout_address_failures)


def _device(ctx: Ctx, username: str) -> str:
    """A mark for this browser: its owner's guesses are counted apart from everybody else's (C4)."""
    return _mark(ctx, username, secrets.token_hex(16))


def _mark(ctx: Ctx, username: str, number: str) -> str:
    return f"{number}.{lockouts.digest(ctx, 'device', f'{username}|{number}')}"
