"""The tree of organisations: who stands below whom, renamed with a history, moved, closed, barred (R-001, R-045)."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.db import organizations as rows
from app.db import regions
from app.db.organizations import Wanted
from app.db.tables.places import NameHistory, Organization, OrganizationKind
from app.domain import uscc
from app.domain.errors import Reason, Refusal, refuse
from app.domain.ids import new_id
from app.domain.levels import level_of
from app.domain.organizations import Place, place_reasons
from app.services import audit, naming
from app.services.context import Ctx, check_version
from app.services.inputs.organizations import OrganizationEdit, OrganizationRegister

__all__ = [
    "OrganizationView",
    "Wanted",
    "coded",
    "edit",
    "for_all",
    "listed",
    "near",
    "organization_of",
    "register",
    "shown",
]

STATION = OrganizationKind.STATION_SPONSOR


@dataclass(frozen=True)
class OrganizationView:
    """An organisation, the one above it, and its former names."""

    organization: Organization
    parent: Organization | None
    names: list[NameHistory]


def for_all(ctx: Ctx, permission: str) -> None:
    """Refuse `PERMISSION_MISSING` unless it is held at the top: for what holds in the whole installation."""
    if not holds_for_all(ctx, permission):
        raise Refusal("PERMISSION_MISSING", permission=permission)


def holds_for_all(ctx: Ctx, permission: str) -> bool:
    """Whether the permission is held at the top."""
    top = rows.topmost(ctx.session)
    return ctx.actor.system or all(ctx.actor.may(permission, one.path) for one in top)


def listed(
    ctx: Ctx, wanted: Wanted, *, below: UUID | None = None, after: str = "", limit: int = 50
) -> list[Organization]:
    """The organisations of the caller's area in the order of the tree. `below` takes a whole subtree."""
    if below:
        wanted = replace(wanted, below=organization_of(ctx, below).path)
    return rows.listed(ctx.session, ctx.actor.paths("organization:read"), wanted, after, limit)


def near(ctx: Ctx) -> list[Organization]:
    """Where the caller reads, and what stands directly below: the upper edge of the tree."""
    return rows.near(ctx.session, ctx.actor.paths("organization:read"))


def shown(ctx: Ctx, organization_id: UUID) -> OrganizationView:
    """One organisation. Refuses `NOT_FOUND` outside the caller's area."""
    found = organization_of(ctx, organization_id)
    parent = ctx.session.get(Organization, found.parent_id) if found.parent_id else None
    return OrganizationView(found, parent, rows.names(ctx.session, found.id))


def coded(ctx: Ctx, code: str) -> Organization:
    """The organisation of a code. Refuses `NOT_FOUND` outside the caller's area."""
    found = rows.by_code(ctx.session, code)
    if found is None:
        raise Refusal("NOT_FOUND")
    return organization_of(ctx, found.id)


def organization_of(ctx: Ctx, organization_id: UUID, permission: str = "organization:read") -> Organization:
    """The organisation. Refuses `NOT_FOUND` outside the caller's area."""
    found = ctx.session.get(Organization, organization_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require(permission, found.path)
    return found


def register(ctx: Ctx, body: OrganizationRegister) -> Organization:
    """Put a body on record below another one; a county or city registers its own stations' sponsors.

    Needs `organization:edit` (for a station's sponsor `organization:add_station`) over the body above; refuses
    `ORGANIZATION_PLACE`, `REGION_NOT_VALID`, `REGION_SCOPE`, `ORGANIZATION_CODE_TAKEN`, `ORGANIZATION_NAME_TAKEN`,
    `USCC_INVALID`, `USCC_TAKEN`.
    """
    parent = organization_of(ctx, body.parent_id, _permission(body.org_kind))
    refuse(place_reasons(_place(ctx, body, parent)))
    code = body.code or f"{parent.code[:29]}-{new_id().hex[-8:].upper()}"
    if rows.by_code(ctx.session, code):
        raise Refusal("ORGANIZATION_CODE_TAKEN", "/code", code=code)
    _name_is_free(ctx, parent.id, body.name)
    same = ("name", "org_kind", "region_code", "affiliation_level")
    row = Organization(
        **audit.stamp(ctx),
        **{name: getattr(body, name) for name in same},
        code=code,
        level=level_of(body.affiliation_level) or parent.level,
        uscc=_credit_code(ctx, body.uscc),
        parent_id=parent.id,
        path=f"{parent.path}{code}/",
    )
    ctx.session.add(row)
    _note(ctx, "organization.registered", row, {"name": row.name, "kind": row.org_kind.value})
    return row


def edit(ctx: Ctx, organization_id: UUID, body: OrganizationEdit, version: int | None) -> Organization:
    """Rename, move, close or bar a body (E-02, domain.md 3.7).

    Needs `organization:edit` over it, and over the new place of a move; barring needs it at the top. Refuses
    `ORGANIZATION_BUSY` while nominations below it are in hand, `ORGANIZATION_PLACE`, `ORGANIZATION_NAME_TAKEN`.
    """
    held = rows.locked(ctx.session, organization_id)
    if held is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require(_permission(held.org_kind), held.path)
    check_version(held.row_version, version)
    before = held.model_dump(mode="json")
    _carry_out(ctx, held, body)
    audit.touch(ctx, held)
    _note(ctx, "organization.edited", held, {"fields": sorted(body.model_fields_set)}, before)
    return held


def _carry_out(ctx: Ctx, held: Organization, body: OrganizationEdit) -> None:
    if body.barred_until_edition is not None:
        for_all(ctx, "organization:edit")
        held.barred_until_edition = body.barred_until_edition or None
    if body.uscc is not None:
        held.uscc = _credit_code(ctx, body.uscc, held)
    if body.name is not None and body.name != held.name:
        if held.parent_id:
            _name_is_free(ctx, held.parent_id, body.name)
        naming.rename(ctx, held, body.name, body.renamed_on, body.document_no)
    if body.parent_id is not None and body.parent_id != held.parent_id:
        _move(ctx, held, body.parent_id)
    if body.closed_on is not None:
        _idle(ctx, held, units=rows.open_below(ctx.session, held.path))
        held.closed_on = body.closed_on


def _move(ctx: Ctx, held: Organization, parent_id: UUID) -> None:
    """It goes on below another body with everything below it; its ended cases stay where they were decided."""
    parent = organization_of(ctx, parent_id, _permission(held.org_kind))
    _idle(ctx, held)
    place = _place(ctx, held, parent)
    refuse(place_reasons(replace(place, parent_in_own_subtree=parent.path.startswith(held.path))))
    _name_is_free(ctx, parent.id, held.name)
    old, new = held.path, f"{parent.path}{held.code}/"
    held.parent_id = parent.id
    for one in rows.subtree(ctx.session, old):
        one.path = new + one.path.removeprefix(old)
        if one is not held:
            audit.touch(ctx, one)


def _idle(ctx: Ctx, held: Organization, units: int = 0) -> None:
    cases = rows.live_cases(ctx.session, held.path)
    if cases or units:
        raise Refusal("ORGANIZATION_BUSY", cases=cases, units=units)


def _place(ctx: Ctx, body: OrganizationRegister | Organization, parent: Organization) -> Place:
    today = ctx.now.astimezone(ctx.zone).date()
    upwards = regions.upwards(ctx.session, body.region_code, today)
    return Place(
        level=level_of(body.affiliation_level),
        parent_level=parent.level,
        parent_closed=parent.closed_on is not None,
        station=body.org_kind is STATION,
        region_valid=bool(upwards),
        region_below_parents=parent.region_code in upwards,
        region_code=body.region_code,
    )


def _permission(kind: OrganizationKind) -> str:
    return "organization:add_station" if kind is STATION else "organization:edit"


def _name_is_free(ctx: Ctx, parent_id: UUID, name: str) -> None:
    if rows.of_name(ctx.session, parent_id, name):
        raise Refusal("ORGANIZATION_NAME_TAKEN", "/name", name=name)


def _credit_code(ctx: Ctx, typed: str, holder: Organization | None = None) -> str | None:
    code = uscc.normalise(typed)
    if not code:
        return None
    refuse(uscc.uscc_reasons(code, "/uscc"))
    taken = rows.by_uscc(ctx.session, code)
    if taken and taken is not holder:
        raise Refusal.of([Reason("USCC_TAKEN", "/uscc", {"name": taken.name})])
    return code


def _note(
    ctx: Ctx, act: str, row: Organization, summary: dict[str, Any], before: dict[str, Any] | None = None
) -> None:
    audit.note(ctx, act, row, before=before, path=row.path, summary=summary)
