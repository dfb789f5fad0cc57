"""Appointments: given and taken back by the security administrator of the area, never to oneself (domain.md 3.16)."""

from uuid import UUID

from app.db import campaigns as campaign_rows
from app.db import people as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.people import Person, RoleGrant
from app.db.tables.places import Organization
from app.domain import appointments
from app.domain.access import Role
from app.domain.errors import Refusal, refuse
from app.services import audit, people
from app.services.context import Ctx, check_version
from app.services.inputs.people import GrantRole

EVERY_CAMPAIGN = "*"


def give(ctx: Ctx, person_id: UUID, body: GrantRole, version: int | None) -> RoleGrant:
    """Appoint somebody. Refuses `SAME_PERSON`, `GRANT_HELD`, `ROLES_INCOMPATIBLE`. Needs `people:grant` there."""
    organization = ctx.session.get(Organization, body.organization_id)
    if organization is None or (body.campaign_id and ctx.session.get(Campaign, body.campaign_id) is None):
        raise Refusal("NOT_FOUND")
    ctx.actor.require("people:grant", organization.path)
    person = _person(ctx, person_id, version)
    refuse(appointments.against(body.role, _held(ctx, person)))
    grant = _row(ctx, person, body)
    if grant in ctx.session:
        if grant.revoked_at is None:
            raise Refusal("GRANT_HELD", "/role")
        audit.touch(ctx, grant)
    grant.revoked_at = None
    ctx.session.add(grant)
    audit.touch(ctx, person)
    summary = {"role": body.role.value, "organization": organization.code}
    audit.note(ctx, "person.granted", person, campaign_id=body.campaign_id, summary=summary)
    return grant


def revoke(ctx: Ctx, person_id: UUID, grant_id: UUID, version: int | None) -> Person:
    """Take an appointment back; it counts from the next call on (C16). Refuses `SAME_PERSON`, `LAST_SECURITY_ADMIN`."""
    grant, organization = one(ctx, person_id, grant_id)
    ctx.actor.require("people:grant", organization.path)
    person = _person(ctx, person_id, version)
    if grant.role == Role.SECURITY_ADMIN:
        people.somebody_still_grants(ctx, person)
    grant.revoked_at = ctx.now
    audit.touch(ctx, grant)
    audit.touch(ctx, person)
    summary = {"role": grant.role.value, "organization": organization.code}
    audit.note(ctx, "person.revoked", person, campaign_id=grant.campaign_id, summary=summary)
    return person


def campaigns(ctx: Ctx) -> list[Campaign]:
    """What an appointment may be limited to, the newest first; their titles are no secret. Needs `people:grant`."""
    ctx.actor.require_anywhere("people:grant")
    return campaign_rows.listed(ctx.session, None, None, 200)


def one(ctx: Ctx, person_id: UUID, grant_id: UUID) -> tuple[RoleGrant, Organization]:
    """A live appointment of this person. Refuses `NOT_FOUND`."""
    for grant, organization in people.person_of(ctx, person_id).grants:
        if grant.id == grant_id:
            return grant, organization
    raise Refusal("NOT_FOUND")


def _person(ctx: Ctx, person_id: UUID, version: int | None) -> Person:
    """Somebody else, seen by the caller and locked against others."""
    person = people.person_of(ctx, person_id).person
    if people.is_own(ctx, person):
        raise Refusal("SAME_PERSON")
    ctx.session.refresh(person, with_for_update=True)
    check_version(person.row_version, version)
    return person


def _held(ctx: Ctx, person: Person) -> set[Role]:
    """What the person holds under all their accounts."""
    accounts = rows.accounts(ctx.session, person.identity) if person.identity else [person]
    return {grant.role for account in accounts for grant, _ in rows.grants(ctx.session, account.id)}


def _row(ctx: Ctx, person: Person, body: GrantRole) -> RoleGrant:
    """The appointment as it was once given, or a new one."""
    key = body.campaign_id.hex if body.campaign_id else EVERY_CAMPAIGN
    found = rows.held(ctx.session, person.id, body.role, body.organization_id, key)
    return found or RoleGrant(
        **audit.stamp(ctx),
        person_id=person.id,
        role=body.role,
        organization_id=body.organization_id,
        campaign_id=body.campaign_id,
        campaign_key=key,
    )
