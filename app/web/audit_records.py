"""The audit record as pages: who did what to which thing, found by name, kind, campaign and day."""

from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.http import Read
from app.services import audit_records
from app.services.audit_records import Wanted
from app.web import days
from app.web.face import router
from app.web.pages import render
from app.web.wording import LABELS

routes = router()
PAGE = 50
PAGES_OF = {
    "Nomination": ("/nominations/nom_", "nomination:read"),
    "Campaign": ("/campaigns/cmp_", "campaign:read"),
    "PublicNotice": ("/notices/ntc_", "notice:read"),
    "Objection": ("/objections/obj_", "objection:read"),
    "ServiceWindow": ("/windows/win_", "window:read"),
    "Organization": ("/organizations/org_", "organization:read"),
    "Person": ("/people/per_", "people:read"),
    "ApiClient": ("/api-clients/cli_", "client:read"),
}
"""Where a thing of this kind is shown, and what its page asks for."""


@routes.get("/audit-records")
def list_records(
    ctx: Read,
    request: Request,
    *,
    who: str = "",
    what: str = "",
    campaign: str = "",
    since: str = "",
    until: str = "",
    row: str = "",
    cursor: str = "",
) -> Response:
    """The records of one's own area, newest first."""
    wanted = Wanted(
        parsed("cmp", campaign) if campaign else None,
        entity_id=_thing(row),
        subject=what if what in LABELS["audit_subject"] else "",
        actors=audit_records.by_name(ctx, who.strip()[:60]),
        since=days.first(since, ctx.zone),
        until=days.after(until, ctx.zone),
    )
    after = parsed("aud", cursor).hex if cursor else ""
    found = audit_records.listed(ctx, wanted, after=after, limit=PAGE)
    rows = found[:PAGE]
    return render(
        request,
        "records/list.html",
        rows=rows,
        more=shown("aud", rows[-1].id) if len(found) > PAGE else "",
        names=audit_records.names(ctx, rows),
        campaigns=audit_records.campaigns(ctx),
        subjects=list(LABELS["audit_subject"]),
        asked={"who": who, "what": what, "campaign": campaign, "since": since, "until": until, "row": row},
    )


@routes.get("/audit-records/{record_id}")
def show_record(ctx: Read, request: Request, record_id: str) -> Response:
    row = audit_records.shown(ctx, parsed("aud", record_id))
    address, permission = PAGES_OF.get(row.entity, ("", ""))
    link = f"{address}{row.entity_id.hex}" if address and ctx.actor.holds(permission) else ""
    return render(request, "records/show.html", row=row, names=audit_records.names(ctx, [row]), link=link)


def _thing(text: str) -> UUID | None:
    """The thing an identifier names, whatever its kind, as it stands in addresses and in the feed."""
    if not text.strip():
        return None
    head, _, digits = text.strip().rpartition("_")
    try:
        return UUID(hex=digits)
    except ValueError:
        raise Refusal("NOT_FOUND", thing=head) from None
