"""The token address: client credentials for a short-lived token, and back (RFC 6749, RFC 7009)."""

import base64
import binascii
from typing import Annotated, Literal, TypeVar
from urllib.parse import unquote_plus

from fastapi import Form, Request, Response
from pydantic import Field

from app.api.face import router
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import Shape
from app.domain.errors import Refusal
from app.http import Write, source
from app.services import tokens
from app.services.inputs.clients import ClientProof, TokenRequest, TokenRevocation

routes = router("oauth")
B = TypeVar("B", bound=ClientProof)


class TokenOut(Shape):
    """A token (RFC 6749, 5.1)."""

    access_token: str = Field(max_length=100, examples=["pyl_example-token"])
    token_type: Literal["Bearer"] = Field(examples=["Bearer"])
    expires_in: int = Field(ge=1, le=900, description="Seconds.", examples=[900])
    scope: str = Field(max_length=200, examples=["nominations:read nominations:write"])


@routes.post(
    "/oauth/token",
    operation_id="issueToken",
    summary="Obtain a token",
    responses=declared("CLIENT_UNKNOWN", "GRANT_UNSUPPORTED", "SCOPE_NOT_GRANTED"),
    openapi_extra=about("获取令牌"),
)
def issue_token(
    ctx: Write, request: Request, response: Response, body: Annotated[TokenRequest, Form()]
) -> TokenOut:
    """The client proves itself by `Authorization: Basic` or by members of the form, not both. The token is random, \
short-lived, and over at once when the client, its secret or a scope is taken away."""
    issued = tokens.issue(ctx, _proof(request, body), source(request))
    response.headers["Cache-Control"] = "no-store"
    return TokenOut(
        access_token=issued.token,
        token_type="Bearer",  # noqa: S106  (the standard's word)
        expires_in=issued.seconds,
        scope=" ".join(issued.scopes),
    )


@routes.post(
    "/oauth/revoke",
    operation_id="revokeToken",
    summary="Give a token back",
    status_code=200,
    response_class=Response,
    responses=declared("CLIENT_UNKNOWN"),
    openapi_extra=about("撤销令牌"),
)
def revoke_token(ctx: Write, request: Request, body: Annotated[TokenRevocation, Form()]) -> Response:
    """The token is over at once. One that is not known, or over already, is answered alike."""
    tokens.give_back(ctx, _proof(request, body), source(request))
    return Response(status_code=200)


def _proof(request: Request, body: B) -> B:
    """The body with the client's proof from the header, if it stands there. Refuses `REQUEST_MALFORMED` for both."""
    names = [name for name, _ in request.state.form_fields]
    if len(set(names)) < len(names):
        raise Refusal("REQUEST_MALFORMED", why="a member is given twice")
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return body
    if body.client_secret:
        raise Refusal("REQUEST_MALFORMED", why="the client proves itself twice")
    try:
        name, _, secret = base64.b64decode(given.strip(), validate=True).decode("ascii").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refusal("REQUEST_MALFORMED", why="Authorization: Basic cannot be read") from None
    proof = {"client_id": unquote_plus(name), "client_secret": unquote_plus(secret)}
    return body.model_copy(update=proof)
