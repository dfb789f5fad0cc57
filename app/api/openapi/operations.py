"""What every operation shares beside its answers: parameters, security, links."""

from collections.abc import Iterator
from typing import Any

from app.api.openapi import schemas
from app.domain.access import SCOPES

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
OPEN = frozenset({"public", "oauth"})

PARAMETERS: dict[str, dict[str, Any]] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "重试时保持不变的键。One key per intent; keep it when the call is sent again.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "minLength": 8, "maxLength": 128},
        "example": "push-330100-2026-000123",
    },
    "OptionalIdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "可选；给出时，重试只生效一次。Optional; when given, a repeated call takes effect once.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "minLength": 8, "maxLength": 128},
        "example": "push-330100-2026-000123",
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "读到的 etag（或 ETag 标头，只看短横线前的版本）；缺少为 428，过期为 412。"
        "The etag that was read (or the ETag header, whose version before the dash counts): "
        "428 without it, 412 when it is stale.",
        "schema": {"type": "string", "pattern": r"^[\x20-\x7e]*$", "maxLength": 200},
        "example": '"3"',
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "已持有的 ETag 标头；应答内容（含可办事项等）全部未变时为 304。"
        "The ETag header already held: 304 when nothing the answer says has changed, computed fields included.",
        "schema": {"type": "string", "pattern": r"^[\x20-\x7e]*$", "maxLength": 200},
        "example": '"3-9f86d081884c7d65"',
    },
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "description": "错误标题的语言，默认中文。Language of titles and details; Chinese unless it begins with `en`.",
        "schema": {"type": "string", "pattern": r"^[\x20-\x7e]*$", "maxLength": 100},
        "example": "en",
    },
    "DryRun": {
        "name": "dry_run",
        "in": "query",
        "required": False,
        "description": "为 true 时只校验、不保存。With true every check runs and nothing is kept.",
        "schema": {"type": "boolean", "default": False},
        "example": False,
    },
}


def each(doc: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its path and method."""
    for path, item in doc["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def complete(doc: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> None:
    """Shared parameters, who may call, and what the description says about it."""
    own = [
        _with_example(doc, p)
        for p in operation.get("parameters", [])
        if p["name"].lower() not in ("if-match", "if-none-match")
    ]
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in _shared(doc, path, method, operation)]
    doc["components"].setdefault("parameters", {}).update(PARAMETERS)
    operation["parameters"] = own + shared
    operation["security"] = _security(operation)
    for status, response in operation["responses"].items():
        if status.startswith("2") and response.get("description") == "Successful Response":
            response["description"] = f"{operation.get('x-summary-zh', '')} {operation['summary']}".strip()
    if permission := operation.get("x-permission"):
        operation["description"] = (
            f"{operation.get('description', '')}\n\n需要权限 Needs `{permission}`。".strip()
        )
    if "x-permission" in operation and not permission:
        del operation["x-permission"]


def link(doc: dict[str, Any]) -> None:
    """From an answer 201 with an `id` to every operation whose path ends in that very thing."""
    takers = [(path, method, operation) for path, method, operation in each(doc) if "{" in path]
    for _, _, operation in each(doc):
        created = operation["responses"].get("201")
        pattern = _id_pattern(doc, created) if created else ""
        if not pattern:
            continue
        links = dict(_links(takers, pattern))
        if links:
            created["links"] = links


def json_schema(doc: dict[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    """The resolved schema of a response's JSON, or nothing."""
    content = response.get("content", {}).get("application/json", {})
    return schemas.resolved(doc, content.get("schema", {}))


def tagged(doc: dict[str, Any], operation: dict[str, Any]) -> bool:
    """Whether the operation's success carries a version tag."""
    answers = [r for status, r in operation["responses"].items() if status.startswith("2")]
    files = any("ETag" in answer.get("headers", {}) for answer in answers)
    return files or any("etag" in json_schema(doc, answer).get("properties", {}) for answer in answers)


def _shared(doc: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    given = {p["name"].lower() for p in operation.get("parameters", [])}
    if "if-match" in given:
        yield "IfMatch"
    if method == "get" and "{" in path and tagged(doc, operation):
        yield "IfNoneMatch"
    if method != "get" and "oauth" not in operation.get("tags", []):
        yield "IdempotencyKey" if method == "post" else "OptionalIdempotencyKey"
        yield "DryRun"
    yield "AcceptLanguage"


def _security(operation: dict[str, Any]) -> list[dict[str, list[str]]]:
    """Any one of the scopes that hold the permission; any token where no scope does; nobody to be asked in public."""
    if OPEN & set(operation.get("tags", [])):
        return [{}]
    permission = operation.get("x-permission", "")
    scopes = [scope for scope, held in SCOPES.items() if permission in held]
    return [{"oauth2": [scope]} for scope in scopes] or [{"oauth2": []}]


def _with_example(doc: dict[str, Any], parameter: dict[str, Any]) -> dict[str, Any]:
    """The example beside the schema, where readers and linters look for it; a word on identifiers."""
    schema = parameter.get("schema", {})
    if str(schema.get("pattern", "")).endswith("_[0-9a-f]{32}$"):
        parameter.setdefault("description", "编号。Its identifier.")
    examples = schema.get("examples") or schemas.resolved(doc, schema).get("examples")
    if examples and "example" not in parameter and "examples" not in parameter:
        parameter["example"] = examples[0]
    return parameter


def _id_pattern(doc: dict[str, Any], created: dict[str, Any]) -> str:
    identifier = json_schema(doc, created).get("properties", {}).get("id", {})
    return str(schemas.resolved(doc, identifier).get("pattern", ""))


def _links(
    takers: list[tuple[str, str, dict[str, Any]]], pattern: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, method, operation in takers:
        named = [p for p in operation["parameters"] if p.get("in") == "path"]
        if len(named) != 1 or named[0]["schema"].get("pattern") != pattern:
            continue
        given = {named[0]["name"]: "$response.body#/id"}
        if {"$ref": "#/components/parameters/IfMatch"} in operation["parameters"]:
            given["header.If-Match"] = "$response.body#/etag"
        yield (
            operation["operationId"],
            {
                "operationId": operation["operationId"],
                "parameters": given,
                "description": f"{method.upper()} {path}",
            },
        )
