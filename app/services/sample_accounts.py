"""The accounts of a sample installation, which anybody may use: all of its data is invented."""

from dataclasses import dataclass

from sqlmodel import Session

from app.db import people as rows
from app.domain.access import Role
from app.services.context import Ctx

PASSWORD = "yangli-2026-shifan"  # noqa: S105  (of a sample installation, printed at every start)
HOST = "ZJ"
ACCOUNTS = (
    (Role.STEERING_OFFICE, HOST, ""),
    (Role.STEERING_OFFICE, HOST, "steering-office-zj-2"),
    (Role.PARTY_GROUP_RECORDER, HOST, "recorder-zj"),
    (Role.PARTY_GROUP_RECORDER, HOST, "recorder-zj-2"),
    (Role.STEERING_GROUP_MEMBER, HOST, ""),
    (Role.REVIEWER, HOST, "reviewer-330100"),
    (Role.REVIEWER, HOST, "reviewer-330900"),
    (Role.DISCIPLINE_OFFICER, HOST, ""),
    (Role.WINDOW_FILER, "330402", ""),
    (Role.REVIEWING_OFFICER, "330402", ""),
    (Role.REVIEWING_OFFICER, "330400", ""),
    (Role.APPROVING_OFFICER, "330400", ""),
    (Role.STEERING_OFFICE, "330300", ""),
    (Role.AUDITOR, HOST, ""),
    (Role.SYSTEM_ADMIN, HOST, ""),
    (Role.SECURITY_ADMIN, HOST, ""),
    (Role.AUDIT_ADMIN, HOST, ""),
)


@dataclass(frozen=True)
class Offered:
    """One account to try, with its role and where it works."""

    username: str
    role: Role
    place: str


def account(role: Role, at: str) -> str:
    """The name of the sample account with this role there; the rehearsal's own way of naming people."""
    return f"{role.value.lower().replace('_', '-')}-{at.lower()}"


def offered(ctx: Ctx) -> list[Offered]:
    """The same for the page where one signs in; none outside a sample installation."""
    return there(ctx.session) if ctx.settings.sample else []


def there(session: Session) -> list[Offered]:
    """The accounts that can be used, in the order in which a newcomer meets them."""
    named = {name or account(role, at): role for role, at, name in ACCOUNTS}
    places = rows.workplaces(session, list(named))
    return [Offered(name, role, places[name]) for name, role in named.items() if name in places]
