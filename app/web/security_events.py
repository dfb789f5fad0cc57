"""The security log as a page: sign-ins that failed, accounts that were locked, acts that were denied."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import CATALOGUE
from app.domain.ids import parsed, shown
from app.http import Read
from app.services import audit_records, security_events
from app.services.security_events import KINDS, Wanted
from app.web import days
from app.web.face import router
from app.web.pages import language_of, render

routes = router()
PAGE = 50


@routes.get("/security-events")
def list_events(
    ctx: Read,
    request: Request,
    *,
    who: str = "",
    kind: str = "",
    since: str = "",
    until: str = "",
    cursor: str = "",
) -> Response:
    """The log of the whole installation, newest first."""
    wanted = Wanted(
        kind if kind in KINDS else "",
        audit_records.by_name(ctx, who.strip()[:60]),
        days.first(since, ctx.zone),
        days.after(until, ctx.zone),
    )
    after = parsed("sev", cursor).hex if cursor else ""
    found = security_events.listed(ctx, wanted, after=after, limit=PAGE)
    rows = found[:PAGE]
    english = language_of(request) == "en"
    return render(
        request,
        "records/security.html",
        rows=[(row, *_denied(row.detail, english=english)) for row in rows],
        more=shown("sev", rows[-1].id) if len(found) > PAGE else "",
        names=security_events.names(ctx, rows),
        kinds=KINDS,
        asked={"who": who, "kind": kind, "since": since, "until": until},
    )


def _denied(detail: str, *, english: bool) -> tuple[str, str]:
    """The door that was tried, and what the refusal is called."""
    door, _, code = detail.rpartition(" ")
    entry = CATALOGUE.get(code)
    if entry is None:
        return detail, ""
    return door, entry.title_en if english else entry.title_zh
