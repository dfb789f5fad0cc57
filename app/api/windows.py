"""Service windows over JSON."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Response
from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import FormerNameOut, OrganizationId, Page, Tagged, WindowId
from app.http import Read, Write
from app.services import windows
from app.services.inputs.base import RegionCode
from app.services.inputs.windows import TypeCode, WindowAcceptance, WindowEdit, WindowMerger, WindowRegister

routes = router("windows")

Window = Annotated[WindowId, Path(description="The window.")]
Words = Annotated[
    Annotated[str, StringConstraints(max_length=80)] | SkipJsonSchema[None],
    Query(description="Part of the name.", examples=["大厅"]),
]
Region = Annotated[RegionCode | SkipJsonSchema[None], Query(description="Only here.", examples=["330106"])]


class WindowHeadOut(Tagged):
    """A window in a list; its sponsor is always said, since names are not unique (E-01)."""

    id: WindowId
    name: str = Field(max_length=80, examples=["社会保险服务大厅"])
    sponsor_id: OrganizationId
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    region_code: str = Field(max_length=6, examples=["330106"])
    window_type: str = Field(max_length=40, examples=["SOCIAL_INSURANCE"])
    affiliation_level: str = Field(max_length=2, examples=["50"])

    @classmethod
    def of(cls, row: windows.WindowRow) -> "WindowHeadOut":
        return cls(**_head(row))


class WindowOut(WindowHeadOut):
    """A window with all that is known of it; `similar` warns of the same name in the same city."""

    address: str = Field(max_length=200, examples=["文三路 1 号"])
    other_types: list[TypeCode] = Field(max_length=10, examples=[["PETITION"]])
    other_justification: str = Field(max_length=500, examples=[""])
    other_accepted: bool
    in_labor_system: bool
    serves_public_directly: bool
    staff_count: int = Field(ge=0, le=5000, description="0 when unknown.", examples=[12])
    uscc: str = Field(max_length=18, examples=[""])
    co_sponsors: str = Field(max_length=200, examples=[""])
    former_names: list[FormerNameOut] = Field(max_length=50)
    similar: list[WindowHeadOut] = Field(max_length=20)

    @classmethod
    def whole(cls, view: windows.WindowView) -> "WindowOut":
        window = view.row.window
        same = (
            "address",
            "other_types",
            "other_justification",
            "in_labor_system",
            "serves_public_directly",
            "co_sponsors",
        )
        return cls(
            **_head(view.row),
            **{name: getattr(window, name) for name in same},
            other_accepted=bool(window.other_accepted_by),
            staff_count=window.staff_count or 0,
            uscc=window.uscc or "",
            former_names=[FormerNameOut.of(one) for one in view.names],
            similar=[WindowHeadOut.of(row) for row in view.similar],
        )


def _head(row: windows.WindowRow) -> dict[str, Any]:
    window = row.window
    same = ("id", "name", "region_code", "window_type", "affiliation_level")
    return {name: getattr(window, name) for name in same} | {
        "etag": etag(window.row_version),
        "sponsor_id": row.sponsor.id,
        "sponsor": row.sponsor.name,
    }


@routes.get(
    "/windows",
    operation_id="listWindows",
    summary="List windows",
    openapi_extra=about("列出窗口", "window:read"),
)
def list_windows(ctx: Read, paging: Listing, q: Words = None, region: Region = None) -> Page[WindowHeadOut]:
    """The windows in the caller's area, oldest first."""
    after = UUID(paging.after) if paging.after else None
    found = windows.listed(ctx, q=q or "", region=region or "", after=after, limit=paging.limit)
    return listing.page(paging, found, WindowHeadOut.of, lambda row: str(row.window.id))


@routes.post(
    "/windows",
    operation_id="registerWindow",
    summary="Register a window",
    status_code=201,
    responses=declared("WINDOW_NAME_TAKEN", "USCC_INVALID"),
    openapi_extra=about("登记窗口", "window:create"),
)
def register_window(ctx: Write, response: Response, body: WindowRegister) -> WindowOut:
    """Put a window on record under its sponsor. Windows of the same name in the city are listed as a warning."""
    window = windows.register(ctx, body)
    shape = WindowOut.whole(windows.shown(ctx, window.id))
    return tagged(response, shape, location=f"/api/v1/windows/win_{window.id.hex}")


@routes.get(
    "/windows/{window_id}",
    operation_id="getWindow",
    summary="Show a window",
    responses=declared("WINDOW_MERGED"),
    openapi_extra=about("查看窗口", "window:read"),
)
def get_window(ctx: Read, response: Response, window_id: Window) -> WindowOut:
    """One window with its former names."""
    return tagged(response, WindowOut.whole(windows.shown(ctx, window_id)))


@routes.put(
    "/windows/{window_id}",
    operation_id="editWindow",
    summary="Edit a window",
    responses=declared("WINDOW_NAME_TAKEN", "USCC_INVALID"),
    openapi_extra=about("修改窗口", "window:edit"),
)
def edit_window(
    ctx: Write, response: Response, window_id: Window, body: WindowEdit, version: IfMatch
) -> WindowOut:
    """Say what the window is now; a new name keeps the old one in its history."""
    windows.edit(ctx, window_id, body, version)
    return tagged(response, WindowOut.whole(windows.shown(ctx, window_id)))


@routes.post(
    "/windows/{window_id}/acceptances",
    operation_id="acceptWindow",
    summary="Accept a window of the open-ended type",
    status_code=201,
    openapi_extra=about("认定其他窗口单位", "window:accept_other"),
)
def accept_window(
    ctx: Write, response: Response, window_id: Window, body: WindowAcceptance, version: IfMatch
) -> WindowOut:
    """The office takes a window of type OTHER_WINDOW into the scope."""
    windows.accept_other(ctx, window_id, body, version)
    return tagged(response, WindowOut.whole(windows.shown(ctx, window_id)))


@routes.post(
    "/windows/{window_id}/mergers",
    operation_id="mergeWindow",
    summary="Merge a window into another",
    status_code=201,
    responses=declared("WINDOW_MERGED"),
    openapi_extra=about("合并窗口", "window:merge"),
)
def merge_window(
    ctx: Write, response: Response, window_id: Window, body: WindowMerger, version: IfMatch
) -> WindowOut:
    """The window goes on as another one, which is shown; the old address leads there."""
    windows.merge(ctx, window_id, body, version)
    return tagged(response, WindowOut.whole(windows.shown(ctx, body.into_id)))
