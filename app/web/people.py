"""Accounts and appointments as pages: the list, one person, one screen for each act."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.access import Role
from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.services import grants, people
from app.services.inputs.people import Disablement, GrantRole, IdentityLink, PersonCreate, PersonEdit
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
PAGE = 50


@routes.get("/people")
def list_people(ctx: Read, request: Request, q: str = "", cursor: str = "") -> Response:
    """The people of one's own area, found by name or account."""
    after = parsed("per", cursor) if cursor else None
    found = people.listed(ctx, q=q.strip()[:60], after=after, limit=PAGE)
    more = shown("per", found[PAGE - 1].person.id) if len(found) > PAGE else ""
    return render(request, "people/list.html", rows=found[:PAGE], more=more, q=q)


@routes.get("/people/new")
def create_form(ctx: Read, request: Request) -> Response:
    return render(request, "people/edit.html", view=None, homes=people.homes(ctx))


@routes.post("/people/new")
def create(ctx: Write, request: Request, fields: Posted) -> Response:
    """The one-time password is on this answer only."""
    person, secret = people.create(ctx, fields.to(PersonCreate))
    return _secret(ctx, request, shown("per", person.id), secret)


@routes.get("/people/{person_id}")
def show_person(ctx: Read, request: Request, person_id: str) -> Response:
    return render(request, "people/show.html", view=people.shown(ctx, parsed("per", person_id)))


@routes.get("/people/{person_id}/edit")
def edit_form(ctx: Read, request: Request, person_id: str) -> Response:
    return render(request, "people/edit.html", view=_view(ctx, person_id), homes=people.homes(ctx))


@routes.post("/people/{person_id}/edit")
def edit(ctx: Write, request: Request, person_id: str, fields: Posted) -> Response:
    people.edit(ctx, parsed("per", person_id), fields.to(PersonEdit), fields.version)
    return go(request, f"/people/{person_id}", "人员信息已保存。")


@routes.get("/people/{person_id}/disable")
def disable_form(ctx: Read, request: Request, person_id: str) -> Response:
    return _act(ctx, request, person_id, "disable")


@routes.post("/people/{person_id}/disable")
def disable(ctx: Write, request: Request, person_id: str, fields: Posted) -> Response:
    people.disable(ctx, parsed("per", person_id), fields.to(Disablement), fields.version)
    return go(request, f"/people/{person_id}", "账号已停用，其登录均已退出。")


@routes.get("/people/{person_id}/enable")
def enable_form(ctx: Read, request: Request, person_id: str) -> Response:
    return _act(ctx, request, person_id, "enable")


@routes.post("/people/{person_id}/enable")
def enable(ctx: Write, request: Request, person_id: str, fields: Posted) -> Response:
    people.enable(ctx, parsed("per", person_id), fields.version)
    return go(request, f"/people/{person_id}", "账号已启用。")


@routes.get("/people/{person_id}/reset-password")
def reset_form(ctx: Read, request: Request, person_id: str) -> Response:
    return _act(ctx, request, person_id, "reset-password")


@routes.post("/people/{person_id}/reset-password")
def reset(ctx: Write, request: Request, person_id: str, fields: Posted) -> Response:
    """The one-time password is on this answer only."""
    _, secret = people.reset_password(ctx, parsed("per", person_id), fields.version)
    return _secret(ctx, request, person_id, secret)


@routes.get("/people/{person_id}/link")
def link_form(ctx: Read, request: Request, person_id: str, q: str = "") -> Response:
    """Found by name or account; the same name unless something else is asked for."""
    view = _view(ctx, person_id)
    asked = q.strip()[:60] or view.person.name
    found = [row for row in people.listed(ctx, q=asked) if row.person.id != view.person.id]
    return render(request, "people/link.html", view=view, rows=found, q=asked)


@routes.post("/people/{person_id}/link")
def link(ctx: Write, request: Request, person_id: str, fields: Posted) -> Response:
    people.link(ctx, parsed("per", person_id), fields.to(IdentityLink), fields.version)
    return go(request, f"/people/{person_id}", "两个账号已关联为同一人。")


@routes.get("/people/{person_id}/unlink")
def unlink_form(ctx: Read, request: Request, person_id: str) -> Response:
    return _act(ctx, request, person_id, "unlink")


@routes.post("/people/{person_id}/unlink")
def unlink(ctx: Write, request: Request, person_id: str, fields: Posted) -> Response:
    people.unlink(ctx, parsed("per", person_id), fields.version)
    return go(request, f"/people/{person_id}", "账号关联已解除。")


@routes.get("/people/{person_id}/grant")
def grant_form(ctx: Read, request: Request, person_id: str) -> Response:
    where = people.homes(ctx, "people:grant")
    running = grants.campaigns(ctx)
    roles = [role.value for role in Role]
    view = _view(ctx, person_id)
    return render(request, "people/grant.html", view=view, where=where, campaigns=running, roles=roles)


@routes.post("/people/{person_id}/grant")
def grant(ctx: Write, request: Request, person_id: str, fields: Posted) -> Response:
    grants.give(ctx, parsed("per", person_id), fields.to(GrantRole), fields.version)
    return go(request, f"/people/{person_id}", "已授权。")


@routes.get("/people/{person_id}/grants/{grant_id}/revoke")
def revoke_form(ctx: Read, request: Request, person_id: str, grant_id: str) -> Response:
    given, organization = grants.one(ctx, parsed("per", person_id), parsed("grt", grant_id))
    view = _view(ctx, person_id)
    return render(request, "people/revoke.html", view=view, grant=given, organization=organization)


@routes.post("/people/{person_id}/grants/{grant_id}/revoke")
def revoke(ctx: Write, request: Request, person_id: str, grant_id: str, fields: Posted) -> Response:
    grants.revoke(ctx, parsed("per", person_id), parsed("grt", grant_id), fields.version)
    return go(request, f"/people/{person_id}", "授权已收回。")


def _view(ctx: Read, person_id: str) -> people.PersonView:
    return people.shown(ctx, parsed("per", person_id))


def _act(ctx: Read, request: Request, person_id: str, act: str) -> Response:
    return render(request, "people/act.html", view=_view(ctx, person_id), act=act)


def _secret(ctx: Read, request: Request, person_id: str, secret: str) -> Response:
    answer = render(request, "people/secret.html", view=_view(ctx, person_id), secret=secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer
