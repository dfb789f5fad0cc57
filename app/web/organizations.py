"""Organisations as pages: the tree from the top, one body with its former names, one screen for each change."""

from fastapi import Request
from fastapi.responses import Response

from app.db.tables.places import OrganizationKind
from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.services import organizations, regions
from app.services.inputs.organizations import OrganizationEdit, OrganizationRegister
from app.services.organizations import OrganizationView, Wanted
from app.web.face import router
from app.web.fields import Posted
from app.web.nav import say
from app.web.pages import go, render

routes = router()
PAGE = 100
AFFILIATIONS = ("20", "40", "50", "60", "61", "62", "63", "70", "71", "72")
"""The affiliation levels a form offers; the finer codes of the standard come over the API only."""


@routes.get("/organizations")
def list_organizations(ctx: Read, request: Request, q: str = "", cursor: str = "") -> Response:
    """The upper edge of one's own tree, or, in the tree's order, those whose name is looked for."""
    words = q.strip()[:80]
    if not words:
        return render(request, "organizations/list.html", rows=organizations.near(ctx), more="", q="")
    after = organizations.shown(ctx, parsed("org", cursor)).organization.path if cursor else ""
    found = organizations.listed(ctx, Wanted(words=words), after=after, limit=PAGE)
    more = shown("org", found[PAGE - 1].id) if len(found) > PAGE else ""
    return render(request, "organizations/list.html", rows=found[:PAGE], more=more, q=words)


@routes.get("/organizations/{organization_id}")
def show_organization(ctx: Read, request: Request, organization_id: str) -> Response:
    view = _view(ctx, organization_id)
    below = organizations.listed(ctx, Wanted(parent_id=view.organization.id, closed=True), limit=200)
    return render(request, "organizations/show.html", view=view, below=below)


@routes.get("/organizations/{organization_id}/rename")
def rename_form(ctx: Read, request: Request, organization_id: str) -> Response:
    return render(request, "organizations/rename.html", view=_view(ctx, organization_id))


@routes.post("/organizations/{organization_id}/rename")
def rename(ctx: Write, request: Request, organization_id: str, fields: Posted) -> Response:
    return _edit(ctx, request, organization_id, fields, say("单位信息已保存，原名称存入曾用名。"))


@routes.get("/organizations/{organization_id}/close")
def close_form(ctx: Read, request: Request, organization_id: str) -> Response:
    return render(request, "organizations/close.html", view=_view(ctx, organization_id))


@routes.post("/organizations/{organization_id}/close")
def close(ctx: Write, request: Request, organization_id: str, fields: Posted) -> Response:
    return _edit(ctx, request, organization_id, fields, say("单位已撤销。"))


@routes.get("/organizations/{organization_id}/add")
def add_form(ctx: Read, request: Request, organization_id: str) -> Response:
    """A body below this one; a county's or city's officer adds the sponsors of stations."""
    view = _view(ctx, organization_id)
    at = view.organization.region_code
    places = [regions.shown(ctx, at), *regions.listed(ctx, parent=at)]
    may = ctx.actor.may("organization:edit", view.organization.path)
    kinds = list(OrganizationKind) if may else [OrganizationKind.STATION_SPONSOR]
    return render(
        request, "organizations/add.html", view=view, kinds=kinds, places=places, affiliations=AFFILIATIONS
    )


@routes.post("/organizations/{organization_id}/add")
def add(ctx: Write, request: Request, organization_id: str, fields: Posted) -> Response:
    row = organizations.register(ctx, fields.to(OrganizationRegister, parent_id=organization_id))
    return go(request, f"/organizations/{shown('org', row.id)}", "单位已登记。")


@routes.get("/organizations/{organization_id}/correct")
def correct_form(ctx: Read, request: Request, organization_id: str) -> Response:
    """Its credit code; and, for whoever holds it at the top, until when it may recommend nothing."""
    bars = organizations.holds_for_all(ctx, "organization:edit")
    return render(request, "organizations/correct.html", view=_view(ctx, organization_id), bars=bars)


@routes.post("/organizations/{organization_id}/correct")
def correct(ctx: Write, request: Request, organization_id: str, fields: Posted) -> Response:
    none = {name: 0 for name, value in fields.pairs if name == "barred_until_edition" and not value}
    body = fields.whole(OrganizationEdit, **none)
    organizations.edit(ctx, parsed("org", organization_id), body, fields.version)
    return go(request, f"/organizations/{organization_id}", "单位信息已保存。")


def _view(ctx: Read, organization_id: str) -> OrganizationView:
    return organizations.shown(ctx, parsed("org", organization_id))


def _edit(ctx: Write, request: Request, organization_id: str, fields: Posted, said: str) -> Response:
    organizations.edit(ctx, parsed("org", organization_id), fields.to(OrganizationEdit), fields.version)
    return go(request, f"/organizations/{organization_id}", said)
