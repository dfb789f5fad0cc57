"""API clients as pages: the list, one client, one screen for each act."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.access import SCOPES
from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.services import clients, people
from app.services.inputs.clients import ClientCreate, ClientEdit
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
PAGE = 50


@routes.get("/api-clients")
def list_clients(ctx: Read, request: Request, cursor: str = "") -> Response:
    """The systems of one's own area."""
    found = clients.listed(ctx, after=parsed("cli", cursor) if cursor else None, limit=PAGE)
    more = shown("cli", found[PAGE - 1].client.id) if len(found) > PAGE else ""
    return render(request, "clients/list.html", rows=found[:PAGE], more=more)


@routes.get("/api-clients/new")
def create_form(ctx: Read, request: Request) -> Response:
    where = people.homes(ctx, "client:edit")
    return render(request, "clients/edit.html", view=None, where=where, scopes=list(SCOPES))


@routes.post("/api-clients/new")
def create(ctx: Write, request: Request, fields: Posted) -> Response:
    client = clients.create(ctx, fields.to(ClientCreate, scopes=_ticked(fields)))
    return go(request, f"/api-clients/{shown('cli', client.id)}", "接口客户已新建，请生成密钥。")


@routes.get("/api-clients/{client_id}")
def show_client(ctx: Read, request: Request, client_id: str) -> Response:
    return render(request, "clients/show.html", view=_view(ctx, client_id), limit=clients.LIVE_SECRETS)


@routes.get("/api-clients/{client_id}/edit")
def edit_form(ctx: Read, request: Request, client_id: str) -> Response:
    view = _view(ctx, client_id)
    return render(request, "clients/edit.html", view=view, where=[], scopes=list(SCOPES))


@routes.post("/api-clients/{client_id}/edit")
def edit(ctx: Write, request: Request, client_id: str, fields: Posted) -> Response:
    clients.edit(ctx, parsed("cli", client_id), fields.to(ClientEdit, scopes=_ticked(fields)), fields.version)
    return go(request, f"/api-clients/{client_id}", "接口客户已保存。")


@routes.get("/api-clients/{client_id}/revoke")
def revoke_form(ctx: Read, request: Request, client_id: str) -> Response:
    return _act(ctx, request, client_id, "revoke")


@routes.post("/api-clients/{client_id}/revoke")
def revoke(ctx: Write, request: Request, client_id: str, fields: Posted) -> Response:
    clients.revoke(ctx, parsed("cli", client_id), fields.version)
    return go(request, f"/api-clients/{client_id}", "接口客户已撤销，其密钥和令牌均已失效。")


@routes.get("/api-clients/{client_id}/restore")
def restore_form(ctx: Read, request: Request, client_id: str) -> Response:
    return _act(ctx, request, client_id, "restore")


@routes.post("/api-clients/{client_id}/restore")
def restore(ctx: Write, request: Request, client_id: str, fields: Posted) -> Response:
    clients.restore(ctx, parsed("cli", client_id), fields.version)
    return go(request, f"/api-clients/{client_id}", "接口客户已恢复，请生成密钥。")


@routes.get("/api-clients/{client_id}/new-secret")
def secret_form(ctx: Read, request: Request, client_id: str) -> Response:
    return _act(ctx, request, client_id, "new-secret")


@routes.post("/api-clients/{client_id}/new-secret")
def new_secret(ctx: Write, request: Request, client_id: str, fields: Posted) -> Response:
    """The secret is on this answer only."""
    _, told = clients.new_secret(ctx, parsed("cli", client_id), fields.version)
    answer = render(request, "clients/secret.html", view=_view(ctx, client_id), secret=told)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@routes.get("/api-clients/{client_id}/secrets/{secret_id}/revoke")
def revoke_secret_form(ctx: Read, request: Request, client_id: str, secret_id: str) -> Response:
    found = clients.secret_of(ctx, parsed("cli", client_id), parsed("sec", secret_id))
    return render(
        request, "clients/act.html", view=_view(ctx, client_id), act="revoke-secret", hint=found.hint
    )


@routes.post("/api-clients/{client_id}/secrets/{secret_id}/revoke")
def revoke_secret(ctx: Write, request: Request, client_id: str, secret_id: str, fields: Posted) -> Response:
    clients.revoke_secret(ctx, parsed("cli", client_id), parsed("sec", secret_id), fields.version)
    return go(request, f"/api-clients/{client_id}", "密钥已撤销。")


def _ticked(fields: Posted) -> list[str]:
    """Nothing ticked is nothing granted, not what is usual."""
    return [value for name, value in fields.pairs if name == "scopes"]


def _view(ctx: Read, client_id: str) -> clients.ClientView:
    return clients.shown(ctx, parsed("cli", client_id))


def _act(ctx: Read, request: Request, client_id: str, act: str) -> Response:
    return render(request, "clients/act.html", view=_view(ctx, client_id), act=act, hint="")
