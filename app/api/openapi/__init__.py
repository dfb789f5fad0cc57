"""The API's description: FastAPI's own document, made complete in one place, served and committed.

How to write a route so that the description and its linters stay at nought:

    @routes.post(
        "/campaigns/{campaign_id}/quota-plans",          # plural, kebab-case, no verb
        operation_id="createQuotaPlan",                  # verbNoun, unique
        summary="Draft a quota plan",                    # no full stop
        status_code=201,
        responses=declared("QUOTA_SUM_MISMATCH"),        # only the codes that are this operation's own
        openapi_extra=about("拟定名额方案", "quota:edit"),  # Chinese summary; the permission the service asks for
    )
    def create_plan(ctx: Write, response: Response, campaign_id: CampaignId, body: PlanDraft) -> PlanOut:
        \"\"\"One paragraph that says what happens and when it is refused.\"\"\"

Added here for every route, never by hand: 400 401 413 415 422 429 500 503 and 409 IDEMPOTENCY_IN_PROGRESS of writes;
403 PERMISSION_MISSING with a permission; 404 NOT_FOUND with a path parameter; 412 and 428 with `IfMatch`;
304 and `If-None-Match` on a GET whose answer has an `etag`; `Idempotency-Key`, `dry_run`, every response header;
links from a 201 with an `id` to the operations on that thing; media type examples, put together from the fields' own.

Said in the models, never here: an example for each scalar field (an enum, a boolean and a date get one by themselves),
`max_length` for each string and list, `ge` and `le` for each integer. A string without pattern or format is text:
it gets the pattern that refuses control characters, which inputs must enforce (`services.inputs.base`).
No `X | None`: an absent value is an empty string, or `X | SkipJsonSchema[None] = None` for what may be left out.
"""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from app.api.openapi import examples, operations, responses, schemas
from app.api.openapi.marks import about, sends
from app.domain.access import SCOPES

__all__ = ["about", "document", "install", "sends", "serialised"]

TEXTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
PREFIX = "/api/"
ISSUER = "/api/v1/oauth/token"


def install(app: FastAPI) -> None:
    """Let `app.openapi()` be the complete document and serve it at `/openapi.json`."""

    def complete() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = document(app)
        return app.openapi_schema

    async def serve(request: Request) -> Response:
        text = serialised(complete())
        tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "public, max-age=300"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(text, headers=headers, media_type="application/json")

    app.openapi = complete  # type: ignore[method-assign]  # the way FastAPI names for it
    app.add_route("/openapi.json", serve, methods=["GET", "HEAD"], include_in_schema=False)


def serialised(doc: dict[str, Any]) -> bytes:
    """The document as served and as committed, byte for byte."""
    return (json.dumps(doc, ensure_ascii=False, indent=2) + "\n").encode()


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the JSON face."""
    routes = [
        route
        for route in iter_route_contexts(app.routes)
        if str(getattr(route, "path", "")).startswith(PREFIX)
    ]
    doc = get_openapi(title=TEXTS["info"]["title"], version=app.version, routes=routes)
    doc.setdefault("components", {}).setdefault("schemas", {})
    schemas.tidy(doc)
    for path, method, operation in operations.each(doc):
        operations.complete(doc, path, method, operation)
        responses.complete(doc, method, operation, TEXTS["params"])
    operations.link(doc)
    examples.fill(doc)
    _frame(doc)
    schemas.prune(doc)
    return _ordered(doc)


def _frame(doc: dict[str, Any]) -> None:
    """Who offers the API, where, how one signs in, and what the tags mean."""
    used = sorted({tag for _, _, operation in operations.each(doc) for tag in operation.get("tags", [])})
    doc["info"] |= {
        "summary": TEXTS["info"]["summary"],
        "description": TEXTS["info"]["description"].strip(),
        "contact": {
            "name": "本系统的运行单位 / The operator of this installation",
            "url": "https://pingyou.example",
            "email": "api@pingyou.example",
        },
        "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
    }
    doc["servers"] = [
        {
            "url": "/",
            "description": "本安装（production）/ This installation (production).",
            "x-internal": False,
        }
    ]
    doc["tags"] = [_tag(name) for name in used]
    doc["security"] = [{"oauth2": []}]
    doc["components"]["securitySchemes"] = {
        "oauth2": {
            "type": "oauth2",
            "description": TEXTS["security"]["description"].strip(),
            "flows": {
                "clientCredentials": {
                    "tokenUrl": ISSUER,
                    "refreshUrl": ISSUER,
                    "scopes": {s: TEXTS["scopes"].get(s, s) for s in SCOPES},
                }
            },
        }
    }


def _tag(name: str) -> dict[str, str]:
    chinese, english = TEXTS["tags"].get(name, ("", ""))
    both = f"{chinese} {english}".strip()
    return {"name": name, "description": both, "x-description-zh": chinese, "x-description-en": english}


def _ordered(doc: dict[str, Any]) -> dict[str, Any]:
    """Paths by name and the parts in the order people read them, whatever the order of imports."""
    doc["paths"] = dict(sorted(doc["paths"].items()))
    components = doc["components"]
    doc["components"] = {
        kind: dict(sorted(components[kind].items())) for kind in sorted(components) if components[kind]
    }
    first = ("openapi", "info", "servers", "security", "tags", "paths")
    return {key: doc[key] for key in first} | {key: value for key, value in doc.items() if key not in first}
