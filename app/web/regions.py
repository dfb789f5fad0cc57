"""Regions as pages."""

from fastapi import Request
from fastapi.responses import Response

from app.http import Read, Write
from app.services import regions
from app.services.inputs.regions import RegionRename
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()


@routes.get("/regions")
def list_regions(ctx: Read, request: Request, parent: str = "330000") -> Response:
    """The divisions below one; the province's cities unless said."""
    rows = regions.listed(ctx, parent=parent)[:200]
    return render(request, "regions/list.html", rows=rows, above=regions.shown(ctx, parent))


@routes.get("/regions/{code}/rename")
def rename_form(ctx: Read, request: Request, code: str) -> Response:
    return render(request, "regions/rename.html", region=regions.shown(ctx, code))


@routes.post("/regions/{code}/rename")
def rename(ctx: Write, request: Request, code: str, fields: Posted) -> Response:
    region = regions.rename(ctx, code, fields.to(RegionRename), fields.version)
    return go(request, f"/regions?parent={region.parent_code}", "名称已更新。")
