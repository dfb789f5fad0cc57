"""Who may hold which office, and who keeps whose account (domain.md 3.16, 4.2; trust.md C14).

Three administrators watch one another: one makes accounts, one grants rights, one exports the record. None of them
holds another office, or the three would be one.
"""

from collections.abc import Set

from app.domain.access import ADMINISTRATORS, Role
from app.domain.errors import Reason

_KEPT_BY_SECURITY = frozenset({Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def against(role: Role, held: Set[Role]) -> list[Reason]:
    """Why somebody who holds these roles, under any of their accounts, may not be given this one too."""
    others = held - {role}
    alone = not others or (role not in ADMINISTRATORS and not others & ADMINISTRATORS)
    return [] if alone else [Reason("ROLES_INCOMPATIBLE", "/role")]


def password_permission(held: Set[Role]) -> str:
    """Who sets a new password for somebody with these roles: never an administrator whom that one watches."""
    return "people:grant" if held & _KEPT_BY_SECURITY else "people:edit"
