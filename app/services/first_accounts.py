"""Accounts that no administrator made: the first administrators from the command line, and those of a sample installation.

There is no default account and no default password: what `python -m app person create` prints serves once, for a day.
"""

from collections.abc import Sequence

from sqlmodel import col, select

from app.db import people as rows
from app.db.tables.people import Person
from app.db.tables.places import Organization
from app.domain.access import Role
from app.domain.errors import Refusal
from app.services import audit, grants, passwords, people
from app.services.context import Ctx
from app.services.inputs.faults import checked
from app.services.inputs.people import GrantRole, PersonCreate


def create(ctx: Ctx, username: str, name: str, role: Role, organization: str) -> str:
    """An account with one role, as the system; the one-time password is returned. Refuses what the pages would."""
    person, secret = _made(ctx, username, name, (role,), organization)
    audit.note(ctx, "person.created_from_the_command_line", person, summary={"role": role.value})
    return secret


def reset(ctx: Ctx, username: str) -> str:
    """A new one-time password, for when no administrator can sign in any more. Refuses `NOT_FOUND`."""
    person = rows.by_username(ctx.session, username)
    if person is None:
        raise Refusal("NOT_FOUND")
    _, secret = people.reset_password(ctx, person.id, None)
    return secret


def sample(
    ctx: Ctx, username: str, name: str, roles: Sequence[Role], organization: str, password: str
) -> Person:
    """An account of a sample installation with a password that everybody knows; the same account again when it is there."""
    if ctx.settings.livemode:
        raise RuntimeError("a known password is for a sample installation only")
    found = rows.by_username(ctx.session, username)
    if found:
        return found
    person, _ = _made(ctx, username, name, roles, organization)
    passwords.give(ctx, person, password, one_time=False)
    return person


def _made(ctx: Ctx, username: str, name: str, roles: Sequence[Role], organization: str) -> tuple[Person, str]:
    at = ctx.session.exec(select(Organization).where(col(Organization.code) == organization)).first()
    if at is None:
        raise Refusal("NOT_FOUND")
    body = checked(PersonCreate, {"username": username, "name": name, "organization_id": at.id})
    person, secret = people.create(ctx, body)
    for role in roles:
        grants.give(ctx, person.id, GrantRole(role=role, organization_id=at.id), None)
    return person, secret
