"""Accounts: made and closed by the system administrator of the area, who grants nothing (domain.md 3.16, 4.2).

A person is seen where they work and where they were appointed. Whoever changes an account, or takes it over by a new
password, holds the permission over everything that the account reaches, so nobody climbs by it.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from app.db import people as rows
from app.db.tables.people import AccountStatus, Person
from app.db.tables.places import Organization
from app.domain import appointments
from app.domain.access import Role
from app.domain.errors import Refusal
from app.domain.ids import new_id
from app.services import audit, lockouts, passwords, sessions, tokens
from app.services.context import Ctx, check_version
from app.services.inputs.people import Disablement, IdentityLink, PersonCreate, PersonEdit, PersonFacts

PersonRow = rows.PersonRow  # a person with home and appointments: what the doors draw
Appointment: TypeAlias = rows.Appointment


@dataclass(frozen=True)
class PersonView:
    """A person as this caller may see them; `phone` is empty for whoever reads people elsewhere only."""

    row: PersonRow
    phone: str
    linked: list[Person]
    acts: frozenset[str]

    @property
    def person(self) -> Person:
        return self.row.person

    @property
    def reset(self) -> str:
        """The permission that sets a new password for this person."""
        return appointments.password_permission({grant.role for grant, _ in self.row.grants})


def listed(ctx: Ctx, *, q: str = "", after: UUID | None = None, limit: int = 50) -> list[PersonRow]:
    """The people of the caller's area. Needs `people:read`."""
    ctx.actor.require_anywhere("people:read")
    return rows.listed(ctx.session, ctx.actor.paths("people:read"), q=q, after=after, limit=limit)


def shown(ctx: Ctx, person_id: UUID) -> PersonView:
    """One person with appointments and other accounts. Refuses `NOT_FOUND` outside the caller's area."""
    row = person_of(ctx, person_id)
    identity = row.person.identity
    linked = [one for one in rows.accounts(ctx.session, identity) if one.id != person_id] if identity else []
    at_home = ctx.actor.may("people:read", row.home.path) if row.home else ctx.actor.system
    return PersonView(row, row.person.phone if at_home else "", linked, _acts(ctx, row))


def person_of(ctx: Ctx, person_id: UUID) -> PersonRow:
    """Somebody who works or was appointed in the caller's area. Refuses `NOT_FOUND`."""
    row = rows.one(ctx.session, person_id)
    if row is None or not (ctx.actor.system or any(ctx.actor.may("people:read", p) for p in _reach(row))):
        raise Refusal("NOT_FOUND")
    return row


def create(ctx: Ctx, body: PersonCreate) -> tuple[Person, str]:
    """Make an account with a one-time password, told once. Refuses `USERNAME_TAKEN`."""
    home = _home(ctx, body)
    if rows.by_username(ctx.session, body.username):
        raise Refusal("USERNAME_TAKEN", "/username")
    person = Person(**audit.stamp(ctx), username=body.username, name=body.name, organization_id=home.id)
    _fill(person, body)
    secret = _one_time(ctx, person)
    ctx.session.add(person)
    audit.note(ctx, "person.created", person)
    return person, secret


def edit(ctx: Ctx, person_id: UUID, body: PersonEdit, version: int | None) -> Person:
    """Change who a person is and where they work. Refuses `LAST_SECURITY_ADMIN` for an end to the last one's account."""
    person = _to_change(ctx, person_id, "people:edit", version).person
    if body.expires_on:
        somebody_still_grants(ctx, person)
    before = person.model_dump(mode="json")
    person.name, person.organization_id = body.name, _home(ctx, body).id
    _fill(person, body)
    return _changed(ctx, person, "person.edited", before)


def disable(ctx: Ctx, person_id: UUID, body: Disablement, version: int | None) -> Person:
    """Close an account: its sessions and tokens end with it. Refuses `SAME_PERSON`, `LAST_SECURITY_ADMIN`."""
    person = _to_change(ctx, person_id, "people:edit", version).person
    _somebody_else(ctx, person)
    somebody_still_grants(ctx, person)
    if person.status == AccountStatus.DISABLED:
        return person
    person.status = AccountStatus.DISABLED
    _sign_out_everywhere(ctx, person)
    audit.touch(ctx, person)
    audit.note(ctx, "person.disabled", person, summary={"reason": body.reason})
    return person


def enable(ctx: Ctx, person_id: UUID, version: int | None) -> Person:
    """Open a closed account again, with the password it had."""
    person = _to_change(ctx, person_id, "people:edit", version).person
    if person.status == AccountStatus.ACTIVE:
        return person
    person.status = AccountStatus.ACTIVE
    return _changed(ctx, person, "person.enabled")


def reset_password(ctx: Ctx, person_id: UUID, version: int | None) -> tuple[Person, str]:
    """A new one-time password, told once; the person is signed out everywhere. Refuses `SAME_PERSON`."""
    held = {grant.role for grant, _ in person_of(ctx, person_id).grants}
    row = _to_change(ctx, person_id, appointments.password_permission(held), version)
    _somebody_else(ctx, row.person)
    secret = _one_time(ctx, row.person)
    _sign_out_everywhere(ctx, row.person)
    lockouts.clear(ctx, lockouts.account(ctx, row.person.username))
    return _changed(ctx, row.person, "person.password_reset"), secret


def link(ctx: Ctx, person_id: UUID, body: IdentityLink, version: int | None) -> Person:
    """Two accounts are one person: what one may not do after the other, neither may (C14). Refuses `SAME_PERSON`."""
    person = _to_change(ctx, person_id, "people:grant", version).person
    other = _to_change(ctx, body.other_id, "people:grant", None).person
    if other.id == person.id:
        raise Refusal("FIELD_CHOICE", "/other_id", expected="")
    _somebody_else(ctx, person)
    _somebody_else(ctx, other)
    identity = person.identity or other.identity or f"idn_{new_id().hex}"
    joined = rows.accounts(ctx.session, other.identity) if other.identity else [other]
    for one in {account.id: account for account in (*joined, person)}.values():
        if one.identity != identity:
            one.identity = identity
            _changed(ctx, one, "person.linked")
    return person


def unlink(ctx: Ctx, person_id: UUID, version: int | None) -> Person:
    """The link was an error: this account is a person of its own. Needs `people:grant`."""
    person = _to_change(ctx, person_id, "people:grant", version).person
    _somebody_else(ctx, person)
    if person.identity:
        person.identity = ""
        _changed(ctx, person, "person.unlinked")
    return person


def homes(ctx: Ctx, permission: str = "people:edit") -> list[Organization]:
    """Where the caller may put somebody. Refuses `PERMISSION_MISSING`."""
    ctx.actor.require_anywhere(permission)
    return rows.bodies(ctx.session, ctx.actor.paths(permission))


def is_own(ctx: Ctx, person: Person) -> bool:
    """Whether the account is the caller's, or another account of the caller."""
    if ctx.actor.person_id is None:
        return False
    own = ctx.session.get_one(Person, ctx.actor.person_id)
    return own.id == person.id or (bool(own.identity) and own.identity == person.identity)


def somebody_still_grants(ctx: Ctx, person: Person) -> None:
    """Refuses `LAST_SECURITY_ADMIN` when nobody else would grant roles where this person does, now and for good."""
    held = rows.grants(ctx.session, person.id)
    own = [at.path for grant, at in held if grant.role == Role.SECURITY_ADMIN and not grant.campaign_id]
    if own and not all(path.startswith(rows.security_paths(ctx.session, person.id)) for path in own):
        raise Refusal("LAST_SECURITY_ADMIN")


def _somebody_else(ctx: Ctx, person: Person) -> None:
    if is_own(ctx, person):
        raise Refusal("SAME_PERSON")


def _to_change(ctx: Ctx, person_id: UUID, permission: str, version: int | None) -> PersonRow:
    """The person, locked against others. Refuses `PERMISSION_MISSING` unless it covers all that the account reaches."""
    row = person_of(ctx, person_id)
    _need(ctx, row, permission)
    ctx.session.refresh(row.person, with_for_update=True)
    check_version(row.person.row_version, version)
    return row


def _need(ctx: Ctx, row: PersonRow, permission: str) -> None:
    reach = _reach(row)
    if not ctx.actor.system and not (reach and all(ctx.actor.may(permission, path) for path in reach)):
        raise Refusal("PERMISSION_MISSING", permission=permission)


def _acts(ctx: Ctx, row: PersonRow) -> frozenset[str]:
    """The permissions that this caller holds over all that the account reaches; for buttons."""
    asked = ("people:edit", "people:grant")
    held = {p for p in asked if _reach(row) and all(ctx.actor.may(p, path) for path in _reach(row))}
    return frozenset(held)


def _reach(row: PersonRow) -> list[str]:
    """Every organisation in which the account is somebody."""
    home = [row.home.path] if row.home else []
    return [*home, *(organization.path for _, organization in row.grants)]


def _home(ctx: Ctx, body: PersonFacts) -> Organization:
    home = ctx.session.get(Organization, body.organization_id)
    if home is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require("people:edit", home.path)
    return home


def _fill(person: Person, body: PersonFacts) -> None:
    person.phone = body.phone
    person.expires_on = date.fromisoformat(body.expires_on) if body.expires_on else None


def _one_time(ctx: Ctx, person: Person) -> str:
    secret = passwords.one_time()
    passwords.give(ctx, person, secret, one_time=True)
    ctx.secret_answer = True
    return secret


def _sign_out_everywhere(ctx: Ctx, person: Person) -> None:
    sessions.end_all(ctx, person.id)
    tokens.end_personal(ctx, person.id)


def _changed(ctx: Ctx, person: Person, action: str, before: dict[str, object] | None = None) -> Person:
    audit.touch(ctx, person)
    audit.note(ctx, action, person, before=before)
    return person
