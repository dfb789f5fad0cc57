"""Our own style, script and icons: addresses that change with the content, so that a browser may keep them."""

import hashlib
from functools import cache
from os import PathLike, stat_result
from pathlib import Path

from markupsafe import Markup
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
ICONS = STATIC / "vendor" / "icons"


class Static(StaticFiles):
    """Files asked for by the address of their content never change; all others are asked for again."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        named = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "no-cache"
        return response


@cache
def asset(name: str) -> str:
    """The address of one of our files; a name that does not exist is a defect of the template."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


@cache
def icon(name: str) -> Markup:
    """A vendored outline icon, drawn in the colour of the text around it; decoration, the text says it."""
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    drawn = svg[svg.index("<svg") :].replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)
    return Markup(" ".join(drawn.split()))  # noqa: S704  (our own vendored file, never anybody's text)
