"""Who may be named to handle an objection."""

from app.db import objections as rows
from app.db.tables.people import Person
from app.db.tables.places import Organization
from app.db.tables.supervision import Objection
from app.domain.access import Role
from app.services.context import Ctx


def handlers(ctx: Ctx, objection: Objection) -> list[Person]:
    """Who could be named: officers of the handling unit and of the bodies above it."""
    organization = ctx.session.get(Organization, objection.handling_org_id)
    places = [objection.handling_org_id]
    while organization and organization.parent_id:
        places.append(organization.parent_id)
        organization = ctx.session.get(Organization, organization.parent_id)
    return rows.people_at(
        ctx.session, places, (Role.APPROVING_OFFICER, Role.STEERING_OFFICE, Role.DISCIPLINE_OFFICER)
    )
