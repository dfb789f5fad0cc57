"""Who may do what: permissions `resource:action`, one table role → permissions, scope by organisation.

The level of an officer is the level of the organisation the role was granted at, never a word in the
role's name, so a city's own award walks the same table (decisions 1, 7, 21; domain.md 4.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.domain.errors import Refusal
from app.domain.levels import Level


class Role(StrEnum):
    """What a person was appointed to, at one organisation and perhaps for one campaign."""

    WINDOW_FILER = "WINDOW_FILER"
    REVIEWING_OFFICER = "REVIEWING_OFFICER"
    APPROVING_OFFICER = "APPROVING_OFFICER"
    STEERING_OFFICE = "STEERING_OFFICE"
    DISCIPLINE_OFFICER = "DISCIPLINE_OFFICER"
    REVIEWER = "REVIEWER"
    STEERING_GROUP_MEMBER = "STEERING_GROUP_MEMBER"
    PARTY_GROUP_RECORDER = "PARTY_GROUP_RECORDER"
    AUDITOR = "AUDITOR"
    SYSTEM_ADMIN = "SYSTEM_ADMIN"
    SECURITY_ADMIN = "SECURITY_ADMIN"
    AUDIT_ADMIN = "AUDIT_ADMIN"


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""Three offices that watch one another: accounts, rights, the record. None of them touches what is selected."""

_READ = frozenset(
    "campaign:read quota:read organization:read window:read nomination:read consultation:read material:read "
    "notice:read board:read local_body:read seal:read ministry:read".split()
)
_FILE_OWN = frozenset(
    "window:create window:edit nomination:create nomination:edit nomination:submit nomination:resubmit "
    "material:write form:edit seal:record nomination:withdraw nomination:undo ministry:write".split()
)
_REVIEW = _FILE_OWN | frozenset(
    "nomination:endorse nomination:return nomination:reject consultation:record consultation:department "
    "notice:draft local_body:record objection:record objection:read receipt:record organization:add_station "
    "ministry:check".split()
)
_APPROVE = frozenset(
    "nomination:clear nomination:recommend nomination:file nomination:return nomination:reject "
    "nomination:withdraw nomination:undo nomination:rank notice:review notice:publish notice:extend notice:correct "
    "notice:withdraw objection:read objection:record objection:handle local_body:record seal:record "
    "ministry:check".split()
)
_OFFICE = frozenset(
    "campaign:create campaign:configure campaign:transition quota:edit quota:confirm calendar:import "
    "organization:edit organization:add_station participant:edit window:merge local_body:record nomination:accept nomination:return_for_correction "
    "nomination:open_evaluation nomination:lock_scores nomination:record_decision nomination:confer "
    "nomination:withdraw nomination:undo nomination:return nomination:reject nomination:endorse nomination:clear "
    "nomination:recommend nomination:file nomination:rank window:accept_other late_acceptance:grant "
    "receipt:record notice:draft notice:review notice:publish notice:extend notice:correct notice:withdraw "
    "consultation:record consultation:department objection:read objection:record objection:handle "
    "objection:approve_dismissal people:read nomination:publish_host_notice seal:record campaign:export".split()
)
_EVALUATE = frozenset(
    "reviewer:read reviewer:edit assignment:read assignment:edit score:read score:correct score:approve_correction "
    "ranking:read ranking:take".split()
)
_SEE_EVALUATION = frozenset("reviewer:read assignment:read score:read ranking:read".split())
_DISCIPLINE = frozenset(
    "objection:read objection:record objection:screen objection:handle objection:identity "
    "objection:approve_dismissal veto:read veto:record veto:decide nomination:veto meeting:read".split()
)
_MEETINGS = frozenset(
    "meeting:read meeting:record meeting:confirm meeting:announce meeting:second_body".split()
)
_PARTY_GROUP = _MEETINGS | {"nomination:record_decision", "nomination:revoke"}
_BOTH_BODIES = _MEETINGS | {"meeting:first_body"}
_MINISTRY = frozenset(
    "ministry:propose ministry:assess ministry:report ministry:end ministry:undo ministry:write ministry:check".split()
)

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.WINDOW_FILER: _READ | _FILE_OWN,
    Role.REVIEWING_OFFICER: _READ | _REVIEW,
    Role.APPROVING_OFFICER: _READ | _APPROVE,
    Role.STEERING_OFFICE: _READ | _OFFICE | _EVALUATE | _BOTH_BODIES | _MINISTRY,
    Role.DISCIPLINE_OFFICER: _READ | _DISCIPLINE,
    Role.REVIEWER: frozenset({"campaign:read", "assignment:score"}),
    Role.STEERING_GROUP_MEMBER: _READ | _SEE_EVALUATION | {"meeting:read"},
    Role.PARTY_GROUP_RECORDER: _READ | _PARTY_GROUP | {"ranking:read"},
    Role.AUDITOR: _READ
    | _SEE_EVALUATION
    | frozenset(
        "audit:read audit:export campaign:export security:read objection:read veto:read people:read changes:read meeting:read".split()
    ),
    Role.SYSTEM_ADMIN: frozenset(
        {"people:read", "people:edit", "organization:read", "organization:edit", "organization:add_station"}
    ),
    Role.SECURITY_ADMIN: frozenset(
        {"people:read", "people:grant", "client:read", "client:edit", "organization:read", "security:read"}
    ),
    Role.AUDIT_ADMIN: frozenset({"audit:read", "audit:export", "security:read"}),
}

SCOPES: dict[str, frozenset[str]] = {
    "nominations:read": _READ | {"changes:read"},
    "nominations:write": _READ
    | frozenset(
        "window:create window:edit nomination:create nomination:edit nomination:submit nomination:resubmit "
        "nomination:withdraw nomination:push nomination:push_review material:write form:edit consultation:record "
        "consultation:department local_body:record".split()
    ),
    "nominations:file": frozenset({"nomination:file", "nomination:read"}),
}
"""OAuth2 scopes of API clients. `nominations:file` only transmits an approved case and is never granted by default."""


@dataclass(frozen=True)
class Grant:
    """One appointment: a role at an organisation (and its subtree), perhaps for one campaign only."""

    role: Role
    organization_id: UUID
    path: str
    level: Level
    campaign_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, or a client (perhaps on behalf of a person), with what was granted to them."""

    person_id: UUID | None = None
    client_id: UUID | None = None
    on_behalf_of: str = ""
    name: str = ""
    grants: tuple[Grant, ...] = ()
    scopes: frozenset[str] = frozenset()
    client_path: str = ""
    client_organization_id: UUID | None = None
    source: str = ""
    system: bool = False
    session_id: UUID | None = field(default=None, compare=False)
    token_id: UUID | None = field(default=None, compare=False)
    must_change_password: bool = False
    language: str = field(default="zh", compare=False)

    @property
    def anonymous(self) -> bool:
        return self.person_id is None and self.client_id is None and not self.system

    @property
    def key(self) -> str:
        """A stable name of the caller, for idempotency scopes and audit rows."""
        if self.client_id:
            return f"client:{self.client_id.hex}"
        return f"person:{self.person_id.hex}" if self.person_id else ("system" if self.system else "public")

    def holds(self, permission: str, campaign_id: UUID | None = None) -> bool:
        """Whether the permission is granted anywhere at all (a menu entry, a list)."""
        return bool(self.paths(permission, campaign_id)) or self.system

    def paths(self, permission: str, campaign_id: UUID | None = None) -> list[str]:
        """The organisation subtrees in which the permission is granted, for filters of lists."""
        if self.client_id:
            granted = any(permission in SCOPES.get(scope, ()) for scope in self.scopes)
            return [self.client_path] if granted else []
        return sorted({g.path for g in self._with(permission, campaign_id)})

    def areas(self, permission: str) -> list[tuple[str, UUID | None]]:
        """The same, each with the campaign an appointment is limited to."""
        if self.client_id:
            return [(path, None) for path in self.paths(permission)]
        return (
            [("", None)] if self.system else [(g.path, g.campaign_id) for g in self._with(permission, None)]
        )

    def may(self, permission: str, path: str, campaign_id: UUID | None = None) -> bool:
        """Whether the permission covers the organisation at `path` (its own or a higher grant)."""
        return self.system or any(path.startswith(p) for p in self.paths(permission, campaign_id))

    def may_as(self, permission: str, organization_id: UUID, campaign_id: UUID | None = None) -> bool:
        """Whether the permission is granted *at* this organisation: acting as that level's department."""
        if self.client_id:
            return organization_id == self.client_organization_id and bool(self.paths(permission))
        return any(g.organization_id == organization_id for g in self._with(permission, campaign_id))

    def at(self, organization_id: UUID) -> frozenset[str]:
        """All permissions held at exactly this organisation."""
        held = (PERMISSIONS[g.role] for g in self.grants if g.organization_id == organization_id)
        return frozenset().union(*held)

    def require(self, permission: str, path: str, campaign_id: UUID | None = None) -> None:
        """Refuse `NOT_FOUND` outside the scope, `PERMISSION_MISSING` inside it without the permission."""
        if self.may(permission, path, campaign_id):
            return
        if not self.sees(path, campaign_id):
            raise Refusal("NOT_FOUND")
        raise Refusal("PERMISSION_MISSING", permission=permission)

    def require_anywhere(self, permission: str, campaign_id: UUID | None = None) -> None:
        """Refuse unless the permission is granted somewhere: a function of the product, not one thing."""
        if not self.holds(permission, campaign_id):
            raise Refusal("PERMISSION_MISSING", permission=permission)

    def sees(self, path: str, campaign_id: UUID | None = None) -> bool:
        """Whether anything of this actor covers the organisation: existence may then be known.

        A reviewer's appointment covers nothing: it shows the cases that were given to them, one by one (I-12).
        """
        if self.client_id:
            return path.startswith(self.client_path)
        return self.system or any(
            path.startswith(g.path)
            for g in self.grants
            if g.role is not Role.REVIEWER and (g.campaign_id in (None, campaign_id) or campaign_id is None)
        )

    def _with(self, permission: str, campaign_id: UUID | None) -> Iterable[Grant]:
        return (
            g
            for g in self.grants
            if permission in PERMISSIONS[g.role]
            and (g.campaign_id is None or campaign_id is None or g.campaign_id == campaign_id)
        )


ANONYMOUS = Actor()
