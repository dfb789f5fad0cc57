"""Regions over JSON."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.schemas import Page, Tagged
from app.db.tables.places import Region
from app.domain.levels import Level
from app.http import Read, Write
from app.services import regions
from app.services.inputs.regions import RegionRename

routes = router("regions")

Code = Annotated[
    str,
    Path(
        pattern=r"^[0-9]{6}$", min_length=6, max_length=6, description="GB/T 2260 code.", examples=["330100"]
    ),
]


class RegionOut(Tagged):
    """An administrative division and the period in which its code is valid."""

    code: str = Field(max_length=6, examples=["330100"])
    name_zh: str = Field(max_length=40, examples=["杭州市"])
    name_en: str = Field(max_length=60, examples=["Hangzhou"])
    level: Level = Field(examples=["MUNICIPAL"])
    parent_code: str = Field(max_length=6, description="Empty for the province.", examples=["330000"])
    valid_from: date = Field(examples=["1949-10-01"])
    valid_to: str = Field(max_length=10, description="Last valid day; empty while valid.", examples=[""])

    @classmethod
    def of(cls, row: Region) -> "RegionOut":
        return cls(
            etag=etag(row.row_version),
            code=row.code,
            name_zh=row.name_zh,
            name_en=row.name_en,
            level=row.level,
            parent_code=row.parent_code,
            valid_from=row.valid_from,
            valid_to=row.valid_to.isoformat() if row.valid_to else "",
        )


@routes.get(
    "/regions", operation_id="listRegions", summary="List regions", openapi_extra=about("列出行政区划")
)
def list_regions(
    ctx: Read,
    paging: Listing,
    parent: Annotated[
        str | SkipJsonSchema[None],
        Query(pattern=r"^[0-9]{6}$", max_length=6, description="Only below this code.", examples=["330000"]),
    ] = None,
    level: Annotated[Level | SkipJsonSchema[None], Query(description="Only this level.")] = None,
    as_of: Annotated[
        date | SkipJsonSchema[None], Query(description="Valid on this day; today unless said.")
    ] = None,
) -> Page[RegionOut]:
    """Divisions valid on a day, by code."""
    rows = regions.listed(
        ctx, parent=parent or "", level=level, as_of=as_of, after=paging.after, limit=paging.limit
    )
    return listing.page(paging, rows, RegionOut.of, lambda row: row.code)


@routes.get(
    "/regions/{code}", operation_id="getRegion", summary="Show a region", openapi_extra=about("查看行政区划")
)
def get_region(ctx: Read, response: Response, code: Code) -> RegionOut:
    """One division, with its version tag."""
    return tagged(response, RegionOut.of(regions.shown(ctx, code)))


@routes.patch(
    "/regions/{code}",
    operation_id="renameRegion",
    summary="Rename a region",
    openapi_extra=about("修改行政区划名称", "organization:edit"),
)
def rename_region(
    ctx: Write, response: Response, code: Code, body: RegionRename, version: IfMatch
) -> RegionOut:
    """Record a division's new name; the code stays."""
    return tagged(response, RegionOut.of(regions.rename(ctx, code, body, version)))
