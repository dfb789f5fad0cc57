"""What the token address answers when it refuses: RFC 6749, 5.2, and nothing of our own, so that any client library reads it."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from app.api.schemas import Shape
from app.domain.errors import Refusal

PREFIX = "/api/v1/oauth/"
WORDS = {
    "CLIENT_UNKNOWN": "invalid_client",
    "GRANT_UNSUPPORTED": "unsupported_grant_type",
    "SCOPE_NOT_GRANTED": "invalid_scope",
    "VALIDATION_FAILED": "invalid_request",
    "REQUEST_MALFORMED": "invalid_request",
}


class OAuthErrorOut(Shape):
    """Why no token was given (RFC 6749, 5.2)."""

    error: str = Field(max_length=40, examples=["invalid_client"])
    error_description: str = Field(
        max_length=200, examples=["The client or its secret is wrong, or the client is revoked or over."]
    )


def fits(request: Request, refusal: Refusal) -> bool:
    """Whether the refusal is one of those that the standard names."""
    return request.url.path.startswith(PREFIX) and refusal.code in WORDS


def answer(refusal: Refusal) -> Response:
    """401 for a client that is not known, 400 for everything else; in English, since the standard allows ASCII only."""
    word = WORDS[refusal.code]
    body = OAuthErrorOut(error=word, error_description=refusal.reason.sentence("en"))
    unknown = word == "invalid_client"
    headers = {"Cache-Control": "no-store"} | (
        {"WWW-Authenticate": 'Basic realm="pingyou"'} if unknown else {}
    )
    return JSONResponse(body.model_dump(), 401 if unknown else 400, headers)
