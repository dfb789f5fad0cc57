"""Forms are taken from our own pages only (C8): Sec-Fetch-Site where the browser says it, else the Origin."""

from urllib.parse import urlsplit

from fastapi import Request

from app.domain.errors import Refusal

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def check(request: Request) -> None:
    """Refuse `CROSS_SITE` for an unsafe request that another site may have caused."""
    if request.method in SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        allowed = site in ("same-origin", "none")
    else:
        origin = request.headers.get("origin", "")
        allowed = bool(origin) and urlsplit(origin).netloc == request.headers.get("host", "")
    if not allowed:
        raise Refusal("CROSS_SITE")
