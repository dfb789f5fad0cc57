"""Service windows: registered under a sponsor, renamed with a history, never unique by name (R-006 to R-010, D11)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db import new_rows
from app.db import windows as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import NameHistory, Organization
from app.domain import uscc
from app.domain.errors import Reason, Refusal, refuse
from app.domain.ids import new_id
from app.services import audit, naming, recusals
from app.services.context import Ctx, check_version
from app.services.inputs.windows import (
    WindowAcceptance,
    WindowEdit,
    WindowFacts,
    WindowMerger,
    WindowRegister,
)

WindowRow = rows.WindowRow  # a window with its sponsor: what the doors draw

OPEN_ENDED = "OTHER_WINDOW"
_COPIED = (
    "region_code",
    "address",
    "window_type",
    "other_types",
    "other_justification",
    "affiliation_level",
    "in_labor_system",
    "serves_public_directly",
    "staff_count",
    "co_sponsors",
)


@dataclass(frozen=True)
class WindowView:
    """A window, its sponsor, its former names, and windows of the same name in the city (E-01)."""

    row: WindowRow
    names: list[NameHistory]
    similar: list[WindowRow]

    @property
    def needs_acceptance(self) -> bool:
        """Of the open-ended type, and the office has not yet taken it into the scope (R-009)."""
        return self.row.window.window_type == OPEN_ENDED and not self.row.window.other_accepted_by


def listed(
    ctx: Ctx, *, q: str = "", region: str = "", after: UUID | None = None, limit: int = 50
) -> list[WindowRow]:
    """The windows in the caller's area."""
    return rows.listed(
        ctx.session, ctx.actor.paths("window:read"), q=q, region=region, after=after, limit=limit
    )


def shown(ctx: Ctx, window_id: UUID) -> WindowView:
    """One window. A merged one leads to its successor: refuses `WINDOW_MERGED` naming it."""
    row = window_of(ctx, window_id)
    if row.window.merged_into_id:
        raise Refusal("WINDOW_MERGED", successor=f"win_{row.window.merged_into_id.hex}")
    return WindowView(row, rows.names(ctx.session, window_id), rows.similar(ctx.session, row.window))


def nominations(ctx: Ctx, window_id: UUID) -> list[tuple[Nomination, Campaign]]:
    """Where the window was put forward, newest first. Needs `nomination:read`."""
    row = window_of(ctx, window_id)
    if not ctx.actor.may("nomination:read", row.sponsor.path):
        return []
    found = rows.nominations(ctx.session, window_id)
    hidden = recusals.hidden(ctx, [case for case, _ in found])
    return [(case, campaign) for case, campaign in found if case.id not in hidden]


def window_of(ctx: Ctx, window_id: UUID, permission: str = "window:read") -> WindowRow:
    """The window with its sponsor. Refuses `NOT_FOUND` outside the caller's area."""
    found = rows.one(ctx.session, window_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require(permission, found.sponsor.path)
    return found


def register(ctx: Ctx, body: WindowRegister) -> ServiceWindow:
    """Put a window on record. Refuses `WINDOW_NAME_TAKEN` when the sponsor has one of that name."""
    window = put(ctx, body)
    if window is None:
        raise name_taken(body.name)
    return window


def put(
    ctx: Ctx, body: WindowRegister, source: str | None = None, external_id: str | None = None
) -> ServiceWindow | None:
    """The same, perhaps under the key its source gave it; nothing when there is one of that name, or under that key."""
    sponsor = ctx.session.get(Organization, body.sponsor_id)
    if sponsor is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require("window:create", sponsor.path)
    refuse(_faults(body))
    window = ServiceWindow(
        **audit.stamp(ctx),
        id=new_id(),
        name=body.name,
        sponsor_org_id=sponsor.id,
        source=source,
        external_id=external_id,
        **_values(body),
    )
    if not new_rows.put_once(ctx.session, window):
        return None
    audit.note(ctx, "window.registered", window, path=sponsor.path, summary={"name": window.name})
    return window


def edit(ctx: Ctx, window_id: UUID, body: WindowEdit, version: int | None) -> ServiceWindow:
    """Change what a window is; a new name closes the old one's period (E-02)."""
    row = window_of(ctx, window_id, "window:edit")
    window = row.window
    check_version(window.row_version, version)
    refuse(_faults(body))
    before = window.model_dump(mode="json")
    if body.name != window.name:
        _rename(ctx, window, body)
    for name, value in _values(body).items():
        setattr(window, name, value)
    if window.window_type != OPEN_ENDED:
        window.other_accepted_by = ""
    audit.touch(ctx, window)
    audit.note(
        ctx, "window.edited", window, before=before, path=row.sponsor.path, summary={"name": window.name}
    )
    return window


def stands_as(window: ServiceWindow, body: WindowFacts) -> bool:
    """Whether the window is on record as said."""
    said = _values(body) | {"name": body.name}
    return all(getattr(window, name) == value for name, value in said.items())


def accept_other(ctx: Ctx, window_id: UUID, body: WindowAcceptance, version: int | None) -> ServiceWindow:
    """The office takes a window of the open-ended type into the scope; never automatic (R-009)."""
    row = window_of(ctx, window_id, "window:accept_other")
    check_version(row.window.row_version, version)
    row.window.other_accepted_by = ctx.actor.key
    audit.touch(ctx, row.window)
    audit.note(ctx, "window.accepted", row.window, path=row.sponsor.path, summary={"reason": body.reason})
    return row.window


def merge(ctx: Ctx, window_id: UUID, body: WindowMerger, version: int | None) -> ServiceWindow:
    """The window goes on as another one; its old address keeps leading there (E-03)."""
    row = window_of(ctx, window_id, "window:merge")
    into = window_of(ctx, body.into_id, "window:merge")
    check_version(row.window.row_version, version)
    if into.window.id == window_id or into.window.merged_into_id:
        raise Refusal("WINDOW_MERGED", "/into_id", successor=f"win_{window_id.hex}")
    row.window.merged_into_id = into.window.id
    row.window.closed_on = ctx.now.astimezone(ctx.zone).date()
    audit.touch(ctx, row.window)
    audit.note(ctx, "window.merged", row.window, path=row.sponsor.path, summary={"reason": body.reason})
    return row.window


def _rename(ctx: Ctx, window: ServiceWindow, body: WindowEdit) -> None:
    if rows.same_name_at_sponsor(ctx.session, window.sponsor_org_id, body.name):
        raise name_taken(body.name)
    first = date.fromisoformat(body.renamed_on) if body.renamed_on else None
    naming.rename(ctx, window, body.name, first, body.document_no)


def name_taken(name: str) -> Refusal:
    """The sponsor has a window of that name already."""
    return Refusal("WINDOW_NAME_TAKEN", "/name", name=name)


def _values(body: WindowFacts) -> dict[str, Any]:
    code = uscc.normalise(body.uscc)
    return {name: getattr(body, name) for name in _COPIED} | {"uscc": code or None}


def _faults(body: WindowFacts) -> list[Reason]:
    return uscc.uscc_reasons(uscc.normalise(body.uscc), "/uscc") if body.uscc else []
