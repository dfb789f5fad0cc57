"""The API's reference and the explanation of every refusal, for reading and for printing; no script.

Rendered from the same document that `/openapi.json` serves (decisions 18): a chapter a tag, the shapes, and all of it
on one page for the printer. `/problems/{slug}` is where the `type` of a problem document leads.
"""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import CATALOGUE, Entry, Refusal
from app.http import Read, status_of
from app.web.face import router
from app.web.pages import language_of, render
from app.web.reference import view
from app.web.reference.prose import blocks

routes = router()


@routes.get("/reference")
def show_introduction(_: Read, request: Request) -> Response:
    """How the API works, and what there is."""
    return _page(request, "reference/index.html")


@routes.get("/reference/print")
def show_whole(_: Read, request: Request) -> Response:
    """Everything on one page."""
    return _page(request, "reference/whole.html")


@routes.get("/reference/schemas")
def show_schemas(_: Read, request: Request) -> Response:
    """Every named shape."""
    return _page(request, "reference/schemas.html")


@routes.get("/reference/{tag}")
def show_chapter(_: Read, request: Request, tag: str) -> Response:
    """The operations of one subject."""
    for chapter in view.chapters(request.app.openapi()):
        if chapter.name == tag:
            return _page(request, "reference/chapter.html", chapter=chapter)
    raise Refusal("NOT_FOUND")


@routes.get("/problems")
def list_problems(_: Read, request: Request) -> Response:
    """Every refusal and what to do about it."""
    return render(
        request, "reference/problems.html", problems=[_problem(e) for _, e in sorted(CATALOGUE.items())]
    )


@routes.get("/problems/{slug}")
def show_problem(_: Read, request: Request, slug: str) -> Response:
    """One refusal."""
    entry = CATALOGUE.get(slug.upper().replace("-", "_"))
    if entry is None or slug != slug.lower():
        raise Refusal("NOT_FOUND")
    return render(request, "reference/problem.html", problem=_problem(entry))


def _page(request: Request, template: str, **context: Any) -> Response:  # noqa: ANN401  (template values)
    doc = request.app.openapi()
    introduction = view.introduction(doc, english=language_of(request) == "en")
    shared = {
        "info": doc["info"],
        "introduction": blocks(introduction),
        "chapters": view.chapters(doc),
        "shapes": view.shapes(doc),
        "scopes": doc["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]["scopes"],
        "blocks": blocks,
    }
    return render(request, template, **shared, **context)


def _problem(entry: Entry) -> dict[str, Any]:
    slug = entry.code.lower().replace("_", "-")
    return {"entry": entry, "slug": slug, "status": status_of(Refusal(entry.code))}
