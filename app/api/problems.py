"""Refusals as problem documents (RFC 9457): stable code, both languages, JSON pointers, request id."""

import logging
from typing import Annotated, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema
from sqlalchemy.exc import DBAPIError, OperationalError
from starlette.exceptions import HTTPException

from app.api import oauth_errors
from app.api.face import etag
from app.api.schemas import Shape
from app.domain.errors import CATALOGUE, Reason, Refusal
from app.http import afterwards, denied, status_of
from app.services.inputs.faults import reasons_of

EDGE = {
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    413: "BODY_TOO_LARGE",
    415: "MEDIA_TYPE_NOT_SUPPORTED",
    503: "DATABASE_UNAVAILABLE",
}
MEDIA = "application/problem+json"
LOG = logging.getLogger("pingyou")


class ProblemErrorOut(Shape):
    """One reason among several; `pointer` names the field (RFC 6901) or is empty."""

    pointer: str = Field(max_length=300, examples=["/name"])
    code: str = Field(max_length=60, examples=["FIELD_MISSING"])
    message_zh: str = Field(max_length=1000, examples=["此项必填。"])
    message_en: str = Field(max_length=1000, examples=["This field is required."])


class ProblemOut(Shape):
    """Why a call was refused, and what to do."""

    type: str = Field(max_length=200, examples=["/problems/version-conflict"])
    title: str = Field(max_length=200, examples=["内容已被他人修改"])
    title_zh: str = Field(max_length=200, examples=["内容已被他人修改"])
    title_en: str = Field(max_length=200, examples=["Changed since you read it"])
    status: int = Field(ge=400, le=599, json_schema_extra={"format": "int32"}, examples=[412])
    detail: str = Field(max_length=1000, examples=["此内容在您打开之后已有改动。"])
    instance: str = Field(max_length=500, examples=["/api/v1/nominations"])
    code: str = Field(max_length=60, examples=["VERSION_CONFLICT"])
    request_id: str = Field(max_length=64, examples=["4f9c2b7d8e1a3c5f"])
    retryable: bool = Field(examples=[False])
    errors: list[ProblemErrorOut] = Field(max_length=200)
    current_seq: (
        Annotated[
            int,
            Field(
                ge=0,
                le=2_147_483_647,
                description="Only with SOURCE_SEQ_STALE: the highest number that is here.",
                examples=[9],
            ),
        ]
        | SkipJsonSchema[None]
    ) = None
    current_etag: (
        Annotated[
            str,
            Field(
                max_length=20,
                description="Only with VERSION_CONFLICT: the thing's version now.",
                examples=['"4"'],
            ),
        ]
        | SkipJsonSchema[None]
    ) = None


def problem(request: Request, refusal: Refusal) -> Response:
    """The problem document of a refusal."""
    entry = refusal.entry
    english = speaks_english(request)
    body = ProblemOut(
        type=f"/problems/{entry.code.lower().replace('_', '-')}",
        title=entry.title_en if english else entry.title_zh,
        title_zh=entry.title_zh,
        title_en=entry.title_en,
        status=status_of(refusal),
        detail=refusal.reason.sentence("en" if english else "zh"),
        instance=request.url.path[:500],
        code=entry.code,
        request_id=getattr(request.state, "request_id", ""),
        retryable=entry.retryable,
        errors=[_error(r) for r in refusal.reasons],
        **_now(refusal.reason),
    )
    return JSONResponse(
        body.model_dump(mode="json", exclude_none=True), body.status, _headers(refusal), media_type=MEDIA
    )


def _now(reason: Reason) -> dict[str, Any]:
    """How the thing stands, as members of their own: a system that was refused goes on from there without reading text."""
    match reason.code, reason.params:
        case "SOURCE_SEQ_STALE", {"current_seq": seq}:
            return {"current_seq": seq}
        case "VERSION_CONFLICT", {"current": version}:
            return {"current_etag": etag(int(str(version)))}
    return {}


def _error(reason: Reason) -> ProblemErrorOut:
    return ProblemErrorOut(
        pointer=reason.pointer[:300],
        code=reason.code,
        message_zh=reason.sentence("zh")[:1000],
        message_en=reason.sentence("en")[:1000],
    )


def translate(error: Exception) -> Refusal:
    """Any exception as the refusal it stands for; what is not foreseen is INTERNAL and tells nothing (C37)."""
    match error:
        case Refusal():
            return error
        case RequestValidationError():
            return Refusal.of(reasons_of(error.errors()))
        case HTTPException():
            return _from_status(error)
        case DBAPIError() if error.connection_invalidated:
            return Refusal("DATABASE_UNAVAILABLE", retry_after=2)
        case OperationalError() if _waited_in_vain(error):
            return Refusal("IDEMPOTENCY_IN_PROGRESS", retry_after=2)
        case _:
            return Refusal("INTERNAL")


def _waited_in_vain(error: OperationalError) -> bool:
    """A lock was not had in time, or never could be: a conflict the caller may retry, whatever it was needed for.

    Told by the drivers' codes (55P03 lock not available, 40P01 deadlock): PostgreSQL speaks its installation's language.
    """
    postgresql, sqlite = (getattr(error.orig, name, None) for name in ("sqlstate", "sqlite_errorname"))
    return postgresql in ("55P03", "40P01") or sqlite == "SQLITE_BUSY"


def _from_status(error: HTTPException) -> Refusal:
    if error.status_code in EDGE:
        return Refusal(EDGE[error.status_code], limit="", expected="application/json")
    return Refusal("REQUEST_MALFORMED", why=str(error.detail)[:100])


def _headers(refusal: Refusal) -> dict[str, str]:
    headers = {"Cache-Control": "no-store"}
    wait: Any = refusal.reason.params.get("retry_after")
    if wait is not None:
        headers["Retry-After"] = str(wait)
    if refusal.code == "UNAUTHENTICATED":
        headers["WWW-Authenticate"] = "Bearer"
    return headers


def speaks_english(request: Request) -> bool:
    return request.headers.get("accept-language", "zh").strip().lower().startswith("en")


def declared(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: its own refusal codes by status; the common ones are added centrally."""
    found: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        status = status_of(Refusal(code))
        found.setdefault(status, {"model": ProblemOut, "x-codes": []})["x-codes"].append(code)
    return found


def register(app: FastAPI, page: Any) -> None:  # noqa: ANN401  (the web face's refusal renderer)
    """One handler for everything raised: JSON below /api, a page elsewhere."""

    async def answer(request: Request, error: Exception) -> Response:
        refusal = translate(error)
        if refusal.code == "INTERNAL":
            LOG.error(
                "unforeseen", exc_info=error, extra={"request_id": getattr(request.state, "request_id", "")}
            )
        denied(request, refusal)
        if oauth_errors.fits(request, refusal):
            response = oauth_errors.answer(refusal)
        elif request.url.path.startswith(("/api/", "/healthz")) or page is None:
            response = problem(request, refusal)
        else:
            response = await page(request, refusal)
        if isinstance(error, HTTPException) and error.headers:
            response.headers.update(error.headers)
        return afterwards(request, response)

    for kind in (Refusal, RequestValidationError, HTTPException, DBAPIError, Exception):
        app.add_exception_handler(kind, answer)


__all__ = ["CATALOGUE", "ProblemOut", "declared", "problem", "register", "translate"]
