"""One's own account as pages."""

from datetime import timedelta

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed, shown
from app.http import Read, Write, source
from app.services import accounts, sessions, tokens
from app.services.inputs.sign_in import PasswordChange
from app.web import face
from app.web.fields import Posted
from app.web.pages import go, render

routes = face.router()


@routes.get("/account")
def show_account(ctx: Read, request: Request) -> Response:
    """Who I am, what I was appointed to, where I am signed in."""
    account = accounts.shown(ctx)
    open_now = [(shown("ses", one.id), one, one.id == ctx.actor.session_id) for one in account.sessions]
    return render(request, "account/show.html", account=account, sessions=open_now)


@routes.get("/account/password")
def password_form(ctx: Read, request: Request) -> Response:
    return render(request, "account/password.html", shortest=ctx.settings.password_shortest)


@routes.post("/account/password")
def change_password(ctx: Write, request: Request, fields: Posted) -> Response:
    """Everywhere else the person is signed out."""
    token = accounts.change_password(ctx, fields.to(PasswordChange), source(request))
    answer = go(request, "/account", "密码已修改，其他登录均已退出。")
    face.remember(request, answer, token)
    return answer


@routes.get("/account/sessions/{session_id}/end")
def end_session_form(ctx: Read, request: Request, session_id: str) -> Response:
    found = sessions.mine(ctx, parsed("ses", session_id))
    return render(request, "account/end_session.html", session=found)


@routes.post("/account/sessions/{session_id}/end")
def end_session(ctx: Write, request: Request, session_id: str) -> Response:
    sessions.end_mine(ctx, parsed("ses", session_id))
    return go(request, "/account", "该登录已退出。")


@routes.get("/account/tokens/new")
def token_form(ctx: Read, request: Request) -> Response:
    hours = ctx.settings.session_absolute_hours
    return render(request, "account/new_token.html", hours=hours, token="", ends=None)


@routes.post("/account/tokens/new")
def new_token(ctx: Write, request: Request) -> Response:
    """The token is on this answer only."""
    issued = tokens.personal(ctx)
    ends = ctx.now + timedelta(seconds=issued.seconds)
    answer = render(request, "account/new_token.html", hours=0, token=issued.token, ends=ends)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@routes.get("/account/tokens/revoke")
def revoke_tokens_form(ctx: Read, request: Request) -> Response:
    return render(request, "account/revoke_tokens.html", account=accounts.shown(ctx))


@routes.post("/account/tokens/revoke")
def revoke_tokens(ctx: Write, request: Request) -> Response:
    tokens.end_personal(ctx, ctx.person)
    return go(request, "/account", "个人接口令牌已全部撤销。")
