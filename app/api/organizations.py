"""Organisations over JSON."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Response
from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.notices import day
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import FormerNameOut, OrganizationId, Page, Tagged
from app.db.tables.places import Organization, OrganizationKind
from app.domain.ids import shown
from app.domain.levels import Level
from app.http import Read, Write
from app.services import organizations
from app.services.inputs.base import RegionCode
from app.services.inputs.organizations import OrganizationEdit, OrganizationRegister

routes = router("organizations")

Body = Annotated[OrganizationId, Path(description="The organisation.")]
Words = Annotated[str, StringConstraints(max_length=80)]


class OrganizationHeadOut(Tagged):
    """A body with its place in the tree."""

    id: OrganizationId
    code: str = Field(max_length=40, examples=["330106"])
    name: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    org_kind: OrganizationKind = Field(examples=["COUNTY_BUREAU"])
    level: Level = Field(examples=["COUNTY"])
    region_code: str = Field(max_length=6, examples=["330106"])
    affiliation_level: str = Field(max_length=2, examples=["50"])
    uscc: str = Field(max_length=18, description="Empty when it has none.", examples=[""])
    parent_id: str = Field(max_length=36, description="Empty at the top.", examples=[""])
    closed_on: str = Field(max_length=10, description="Empty while it exists.", examples=[""])
    barred_until_edition: int = Field(ge=0, le=99, description="0 when it is not.", examples=[0])

    @classmethod
    def of(cls, row: Organization) -> "OrganizationHeadOut":
        return cls(**_head(row))


class OrganizationOut(OrganizationHeadOut):
    """A body with the one above it and its former names."""

    parent: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    former_names: list[FormerNameOut] = Field(max_length=50)

    @classmethod
    def whole(cls, view: organizations.OrganizationView) -> "OrganizationOut":
        return cls(
            **_head(view.organization),
            parent=view.parent.name if view.parent else "",
            former_names=[FormerNameOut.of(one) for one in view.names],
        )


def _head(row: Organization) -> dict[str, Any]:
    same = ("id", "code", "name", "org_kind", "level", "region_code", "affiliation_level")
    return {name: getattr(row, name) for name in same} | {
        "etag": etag(row.row_version),
        "uscc": row.uscc or "",
        "parent_id": shown("org", row.parent_id) if row.parent_id else "",
        "closed_on": day(row.closed_on),
        "barred_until_edition": row.barred_until_edition or 0,
    }


async def _wanted(
    parent: Annotated[OrganizationId | SkipJsonSchema[None], Query(description="Directly below it.")] = None,
    level: Annotated[Level | SkipJsonSchema[None], Query(description="Only this level.")] = None,
    kind: Annotated[OrganizationKind | SkipJsonSchema[None], Query(description="Only this kind.")] = None,
    region: Annotated[
        RegionCode | SkipJsonSchema[None], Query(description="Only in this region.", examples=["330106"])
    ] = None,
    q: Annotated[
        Words | SkipJsonSchema[None], Query(description="Part of the name.", examples=["西湖"])
    ] = None,
    closed: Annotated[bool, Query(description="Closed ones too.")] = False,
) -> organizations.Wanted:
    return organizations.Wanted(
        parent_id=parent, level=level, kind=kind, region=region or "", words=q or "", closed=closed
    )


@routes.get(
    "/organizations",
    operation_id="listOrganizations",
    summary="List organizations",
    openapi_extra=about("列出机构", "organization:read"),
)
def list_organizations(
    ctx: Read,
    paging: Listing,
    wanted: Annotated[organizations.Wanted, Depends(_wanted)],
    below: Annotated[
        OrganizationId | SkipJsonSchema[None], Query(description="It and everything below it.")
    ] = None,
) -> Page[OrganizationHeadOut]:
    """The bodies of the caller's area in the order of the tree; open ones unless said."""
    found = organizations.listed(ctx, wanted, below=below, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, OrganizationHeadOut.of, lambda row: row.path)


@routes.post(
    "/organizations",
    operation_id="registerOrganization",
    summary="Register an organization",
    status_code=201,
    responses=declared(
        "ORGANIZATION_PLACE",
        "REGION_NOT_VALID",
        "REGION_SCOPE",
        "ORGANIZATION_CODE_TAKEN",
        "ORGANIZATION_NAME_TAKEN",
        "USCC_INVALID",
        "USCC_TAKEN",
    ),
    openapi_extra=about("登记机构", "organization:add_station"),
)
def register_organization(ctx: Write, response: Response, body: OrganizationRegister) -> OrganizationOut:
    """A body below another one. A station's sponsor is registered by its county or city, all others by the office."""
    row = organizations.register(ctx, body)
    place = f"/api/v1/organizations/{shown('org', row.id)}"
    return tagged(response, OrganizationOut.whole(organizations.shown(ctx, row.id)), place)


@routes.get(
    "/organizations/{organization_id}",
    operation_id="getOrganization",
    summary="Show an organization",
    openapi_extra=about("查看机构", "organization:read"),
)
def get_organization(ctx: Read, response: Response, organization_id: Body) -> OrganizationOut:
    """One body with the one above it and its former names."""
    return tagged(response, OrganizationOut.whole(organizations.shown(ctx, organization_id)))


@routes.patch(
    "/organizations/{organization_id}",
    operation_id="editOrganization",
    summary="Edit an organization",
    responses=declared(
        "ORGANIZATION_PLACE",
        "ORGANIZATION_BUSY",
        "ORGANIZATION_NAME_TAKEN",
        "REGION_NOT_VALID",
        "REGION_SCOPE",
        "USCC_INVALID",
        "USCC_TAKEN",
    ),
    openapi_extra=about("修改机构", "organization:add_station"),
)
def edit_organization(
    ctx: Write, response: Response, organization_id: Body, body: OrganizationEdit, version: IfMatch
) -> OrganizationOut:
    """Rename (the old name is kept with its period and paper), move, close, or bar until an edition."""
    organizations.edit(ctx, organization_id, body, version)
    return tagged(response, OrganizationOut.whole(organizations.shown(ctx, organization_id)))
