"""Every answer of every operation: headers on all, problem documents with their codes, 304 where there is a tag."""

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from app.api.oauth_errors import WORDS, OAuthErrorOut
from app.api.openapi import operations, schemas
from app.api.problems import MEDIA, ProblemOut
from app.api.schemas import Shape
from app.domain.errors import CATALOGUE, Reason, Refusal
from app.http import status_of

_WRITES = ("post", "put", "patch", "delete")


def _header(
    description: str, example: str, pattern: str = r"^[\x20-\x7e]*$", maximum: int = 200
) -> dict[str, Any]:
    schema = {"type": "string", "pattern": pattern, "maxLength": maximum}
    return {"description": description, "schema": schema, "example": example}


HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-Id": _header(
        "请求编号，报障时提供。Give it when something went wrong.", "4f9c2b7d8e1a3c5f", r"^[A-Za-z0-9-]+$", 64
    ),
    "Pingyou-Api-Revision": _header(
        "接口修订日期。Revision of the API.", "2026-11-24", r"^\d{4}-\d{2}-\d{2}$", 10
    ),
    "RateLimit": _header(
        "剩余次数与恢复秒数。What is left, and seconds until it is restored.", '"default";r=598;t=60'
    ),
    "RateLimit-Policy": _header("限流规则。The rule that applies.", '"default";q=600;w=60'),
    "Access-Control-Allow-Origin": _header(
        "仅对登记的来源给出。Only for origins the operator listed.", "https://city.example.org"
    ),
    "Cache-Control": _header("缓存规则。Whether the answer may be kept.", "no-store"),
    "ETag": _header(
        "应答标签：版本，短横线后为全部内容的摘要；读取时放入 If-None-Match，修改时放入 If-Match。"
        "Tag of the answer: the version, then a digest of all it says. "
        "Send it back in If-None-Match to read again, in If-Match to change.",
        '"3-9f86d081884c7d65"',
    ),
    "Location": _header("新内容的地址。Where the new thing is.", "/api/v1/things/1", r"^[\x21-\x7e]*$", 2000),
    "Retry-After": _header("再试之前等待的秒数。Seconds to wait before trying again.", "5", r"^\d+$", 6),
    "Idempotency-Replayed": _header(
        "为 true 时是此前应答的重放。True when an earlier answer is given again.", "true", "^true$", 4
    ),
    "Dry-Run": _header("为 true 时未保存任何内容。True when nothing was kept.", "true", "^true$", 4),
    "WWW-Authenticate": _header("认证方式。How to authenticate.", "Bearer"),
}
_ALWAYS = (
    "X-Request-Id",
    "Pingyou-Api-Revision",
    "RateLimit",
    "RateLimit-Policy",
    "Access-Control-Allow-Origin",
    "Cache-Control",
)


def complete(doc: dict[str, Any], method: str, operation: dict[str, Any], params: dict[str, str]) -> None:
    """Headers on what succeeds, problem documents for what does not."""
    _components(doc)
    tagged = operations.tagged(doc, operation)
    codes = _own_codes(operation)
    for code in _common_codes(method, operation):
        codes.setdefault(status_of(Refusal(code)), []).append(code)
    kept = {status: r for status, r in operation["responses"].items() if status[0] in "123"}
    for status, response in kept.items():
        response["headers"] = _headers(*_success_headers(method, status, tagged)) | response.get(
            "headers", {}
        )
    if "304" not in kept and "#/components/parameters/IfNoneMatch" in _references(operation):
        kept["304"] = {"description": "未变，无正文。Unchanged; no body.", "headers": _headers("ETag")}
    standard = _by_the_standard(doc, codes) if "oauth" in operation.get("tags", []) else {}
    refused = {str(status): _problem(doc, status, codes[status], params) for status in codes}
    operation["responses"] = dict(sorted((kept | refused | standard).items()))


def _components(doc: dict[str, Any]) -> None:
    """The shared headers and the problem shape, once."""
    components = doc["components"]
    if "headers" in components:
        return
    components["headers"] = dict(HEADERS)
    components["schemas"] |= _schemas_of(ProblemOut)


def _schemas_of(model: type[Shape]) -> dict[str, Any]:
    """A shape that no route names itself, and what it is made of, under their public names."""
    _, found = models_json_schema([(model, "serialization")], ref_template="#/components/schemas/{model}")
    scratch: dict[str, dict[str, dict[str, Any]]] = {"components": {"schemas": found["$defs"]}}
    schemas.tidy(scratch)
    return scratch["components"]["schemas"]


def _own_codes(operation: dict[str, Any]) -> dict[int, list[str]]:
    """What the route declared (`problems.declared`), by status."""
    found = {int(s): list(r.get("x-codes", [])) for s, r in operation["responses"].items() if s[0] in "45"}
    return {status: codes for status, codes in found.items() if codes}


def _common_codes(method: str, operation: dict[str, Any]) -> Iterator[str]:
    """The codes that any operation of this form may answer."""
    parameters, tags = operation.get("parameters", []), operation.get("tags", [])
    body, named = "requestBody" in operation, {p.get("name") for p in parameters}
    yield from ("REQUEST_MALFORMED", "RATE_LIMITED", "INTERNAL", "DATABASE_UNAVAILABLE")
    if "oauth" not in tags:
        yield "UNAUTHENTICATED"
    if body or any("in" in p for p in parameters):
        yield "VALIDATION_FAILED"
    if body and "oauth" not in tags:
        yield "JSON_INVALID"
    if body:
        yield from ("BODY_TOO_LARGE", "MEDIA_TYPE_NOT_SUPPORTED")
    if "cursor" in named:
        yield "CURSOR_INVALID"
    if operation.get("x-permission"):
        yield "PERMISSION_MISSING"
    if any(p.get("in") == "path" for p in parameters):
        yield "NOT_FOUND"
    if "#/components/parameters/IfMatch" in _references(operation):
        yield from ("VERSION_CONFLICT", "PRECONDITION_REQUIRED")
    if method in _WRITES and "oauth" not in tags:
        yield from ("IDEMPOTENCY_IN_PROGRESS", "IDEMPOTENCY_KEY_REUSED", "IDEMPOTENCY_KEY_MISSING")


def _by_the_standard(doc: dict[str, Any], codes: dict[int, list[str]]) -> dict[str, Any]:
    """The answers of the token address that RFC 6749 shapes; their codes are taken out of `codes`."""
    said: dict[str, list[str]] = {}
    for status, named in list(codes.items()):
        for code in (one for one in named if one in WORDS):
            word = WORDS[code]
            said.setdefault("401" if word == "invalid_client" else "400", []).append(word)
        codes[status] = [code for code in named if code not in WORDS]
        if not codes[status]:
            del codes[status]
    return {status: _oauth_error(doc, status, sorted(set(words))) for status, words in said.items()}


def _oauth_error(doc: dict[str, Any], status: str, words: list[str]) -> dict[str, Any]:
    narrowed = {"error": {"enum": words, "examples": words[:1]}}
    shape = [{"$ref": "#/components/schemas/OAuthError"}, {"type": "object", "properties": narrowed}]
    doc["components"]["schemas"] |= _schemas_of(OAuthErrorOut)
    code = next(code for code, word in WORDS.items() if word == words[0])
    example = {"error": words[0], "error_description": CATALOGUE[code].detail_en}
    return {
        "description": "RFC 6749, 5.2: " + ", ".join(words),
        "headers": _headers(*_problem_headers(int(status))),
        "content": {"application/json": {"schema": {"allOf": shape}, "example": example}},
    }


def _references(operation: dict[str, Any]) -> set[str]:
    return {p["$ref"] for p in operation.get("parameters", []) if "$ref" in p}


def _success_headers(method: str, status: str, tagged: bool) -> Iterator[str]:
    if tagged:
        yield "ETag"
    if status in ("201", "202", "302", "303"):
        yield "Location"
    if method in _WRITES:
        yield from ("Idempotency-Replayed", "Dry-Run")


def _headers(*more: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*_ALWAYS, *more)}


def _problem(doc: dict[str, Any], status: int, codes: list[str], params: dict[str, str]) -> dict[str, Any]:
    """The answer of one status, shared by all operations that may refuse with the same codes and named after them."""
    unique = sorted(set(codes))
    name = ".".join(unique)
    for code in unique:
        doc["components"].setdefault("examples", {})[code] = _example(code, params)
    doc["components"].setdefault("responses", {})[name] = {
        "description": " / ".join(f"{CATALOGUE[c].title_zh} {CATALOGUE[c].title_en}" for c in unique),
        "headers": _headers(*_problem_headers(status)),
        "content": {
            MEDIA: {
                "schema": _schema(status, unique),
                "examples": {c: {"$ref": f"#/components/examples/{c}"} for c in unique},
            }
        },
    }
    return {"$ref": f"#/components/responses/{name}"}


def _problem_headers(status: int) -> Iterator[str]:
    if status in (409, 429, 503):
        yield "Retry-After"
    if status == 401:
        yield "WWW-Authenticate"


def _schema(status: int, codes: list[str]) -> dict[str, Any]:
    narrowed = {
        "status": {"const": status, "examples": [status]},
        "code": {"enum": codes, "examples": codes[:1]},
    }
    return {"allOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "object", "properties": narrowed}]}


def _example(code: str, params: dict[str, str]) -> dict[str, Any]:
    entry, reason = CATALOGUE[code], Reason(code, "", params)
    errors = [reason, Reason("FIELD_MISSING", "/name")] if code == "VALIDATION_FAILED" else [reason]
    value = {
        "type": f"/problems/{code.lower().replace('_', '-')}",
        "title": entry.title_zh,
        "title_zh": entry.title_zh,
        "title_en": entry.title_en,
        "status": status_of(Refusal(code)),
        "detail": reason.sentence("zh"),
        "instance": "/api/v1/things",
        "code": code,
        "request_id": "4f9c2b7d8e1a3c5f",
        "retryable": entry.retryable,
        "errors": [
            {
                "pointer": e.pointer,
                "code": e.code,
                "message_zh": e.sentence("zh"),
                "message_en": e.sentence("en"),
            }
            for e in errors
        ],
    }
    return {"summary": f"{entry.title_zh} / {entry.title_en}", "value": value}
