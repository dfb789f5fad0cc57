"""Cursors of lists: opaque, signed, bound to the filters and the sort (api.md A.1 lists)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query, Request
from pydantic import AwareDatetime, BaseModel
from pydantic.json_schema import SkipJsonSchema

from app.api.schemas import Page
from app.domain.errors import Refusal
from app.http import plant

_ABOUT_PAGING = ("cursor", "limit", "wait", "start")


class Paging(BaseModel):
    """Where to go on, and how many rows to give."""

    limit: int
    after: str
    secret: str
    filters: str


async def _paging(
    request: Request,
    limit: Annotated[
        int, Query(ge=1, le=200, description="Rows a page; 50 unless said.", examples=[50])
    ] = 50,
    cursor: Annotated[
        str | SkipJsonSchema[None],
        Query(
            max_length=500, description="`next_cursor` of the page before.", examples=["q1w2e3r4t5y6u7i8o9p0"]
        ),
    ] = None,
) -> Paging:
    named = sorted((k, v) for k, v in request.query_params.multi_items() if k not in _ABOUT_PAGING)
    filters = hashlib.sha256(json.dumps([request.url.path, named]).encode()).hexdigest()[:16]
    secret = plant(request).settings.secret_key.get_secret_value() or "embedded"
    after = _open(cursor, filters, secret) if cursor else ""
    return Paging(limit=limit, after=after, secret=secret, filters=filters)


Listing = Annotated[Paging, Depends(_paging)]
Since = Annotated[
    AwareDatetime | SkipJsonSchema[None],
    Query(description="From this instant on.", examples=["2026-07-01T00:00:00Z"]),
]
Until = Annotated[
    AwareDatetime | SkipJsonSchema[None],
    Query(description="Before this instant.", examples=["2026-08-01T00:00:00Z"]),
]

R = TypeVar("R")
S = TypeVar("S")


def page(paging: Paging, rows: Sequence[R], shape: Callable[[R], S], key: Callable[[R], str]) -> Page[S]:
    """A page out of `limit + 1` rows; `key` names the last row shown, from where the next page goes on."""
    kept = rows[: paging.limit]
    more = len(rows) > paging.limit
    token = _seal(key(kept[-1]), paging.filters, paging.secret) if more else ""
    return Page[Any](items=[shape(row) for row in kept], has_more=more, next_cursor=token)


def cursor_at(paging: Paging, position: str) -> str:
    """A cursor for going on from a position, for lists that never end."""
    return _seal(position, paging.filters, paging.secret)


def _seal(position: str, filters: str, secret: str) -> str:
    body = json.dumps([position, filters], ensure_ascii=False).encode()
    mark = hmac.digest(secret.encode(), body, "sha256")[:12]
    return base64.urlsafe_b64encode(mark + body).decode().rstrip("=")


def _open(token: str, filters: str, secret: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        mark, body = raw[:12], raw[12:]
        position, bound = json.loads(body)
    except ValueError:
        raise Refusal("CURSOR_INVALID") from None
    genuine = hmac.compare_digest(mark, hmac.digest(secret.encode(), body, "sha256")[:12])
    if not genuine or bound != filters:
        raise Refusal("CURSOR_INVALID")
    return str(position)
