"""Who is calling, and with what: an integrator's self-test in one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.db import people as rows
from app.db.people import Appointment
from app.db.tables.people import AccessToken
from app.db.tables.places import Organization
from app.services.context import Ctx


@dataclass(frozen=True)
class Caller:
    """The caller's organisation, appointments, and when the token is over."""

    organization: Organization | None
    grants: Sequence[Appointment]
    token_expires_at: datetime


def shown(ctx: Ctx) -> Caller:
    """Anybody with a valid token."""
    token = ctx.session.get_one(AccessToken, ctx.actor.token_id)
    if ctx.actor.person_id is None:
        at = ctx.actor.client_organization_id
        return Caller(ctx.session.get(Organization, at) if at else None, (), token.expires_at)
    row = rows.one(ctx.session, ctx.actor.person_id)
    return Caller(row.home if row else None, row.grants if row else (), token.expires_at)
