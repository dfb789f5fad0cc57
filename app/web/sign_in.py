"""Signing in and out."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.access import ANONYMOUS, Actor
from app.http import Read, Write, plant, source
from app.services import sample_accounts
from app.services import sign_in as service
from app.services.context import Ctx
from app.services.inputs.sign_in import SignIn
from app.services.sign_in import Door
from app.web import face
from app.web.basics import own_address
from app.web.face import PageRoute
from app.web.fields import Posted
from app.web.pages import go, render

DEVICE_SECONDS = 400 * 86_400  # as long as browsers keep a cookie


class SignInRoute(PageRoute):
    """Nobody is signed in yet, and the transaction asks nothing before the password is found right.

    No key: the answer to a double click is another session, for the first one's cookie cannot be told again.
    """

    def identify(self, ctx: Ctx, request: Request) -> Actor:  # noqa: ARG002  (the face's signature)
        return ANONYMOUS

    def idempotency_key(self, request: Request, form: dict[str, str]) -> str:  # noqa: ARG002  (the face's signature)
        return ""


routes = APIRouter(route_class=SignInRoute, include_in_schema=False)
leaving = face.router()


@routes.get("/sign-in")
def sign_in_form(ctx: Read, request: Request, account: str = "") -> Response:
    """The form; a sample installation names its accounts, each with a link that fills the account in."""
    sample = {"accounts": sample_accounts.offered(ctx), "password": sample_accounts.PASSWORD}
    return render(request, "account/sign_in.html", account=account[:60], offered=sample)


@routes.post("/sign-in")
def sign_in(ctx: Write, request: Request, fields: Posted) -> Response:
    """Back to where one came from, or to the form that asks for another password first."""
    held = request.cookies.get(_device_name(request), "")
    door = Door(source(request), face.session_cookie(request), held)
    done = service.sign_in(ctx, fields.to(SignIn), door)
    address = own_address(request.query_params.get("next", ""))
    answer = go(request, "/account/password" if done.must_change else address)
    face.remember(request, answer, done.session)
    secure = plant(request).settings.secure
    answer.set_cookie(
        _device_name(request), done.device, DEVICE_SECONDS, httponly=True, samesite="lax", secure=secure
    )
    return answer


@leaving.post("/sign-out")
def sign_out(ctx: Write, request: Request) -> Response:
    service.sign_out(ctx, face.session_cookie(request))
    answer = go(request, "/sign-in", "您已退出。")
    answer.delete_cookie(
        face.cookie_name(ctx.settings), httponly=True, samesite="lax", secure=ctx.settings.secure
    )
    return answer


def _device_name(request: Request) -> str:
    return f"{face.cookie_name(plant(request).settings)}-device"
