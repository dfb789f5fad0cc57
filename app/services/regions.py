"""Administrative divisions: public to read, kept by the office."""

from datetime import date

from app.db import regions as rows
from app.db.tables.places import Region
from app.domain.errors import Refusal
from app.domain.levels import Level
from app.services import audit, organizations
from app.services.context import Ctx, check_version
from app.services.inputs.regions import RegionRename


def listed(
    ctx: Ctx,
    *,
    parent: str = "",
    level: Level | None = None,
    as_of: date | None = None,
    after: str = "",
    limit: int = 200,
) -> list[Region]:
    """The divisions valid on a day (today unless said), by code."""
    return rows.listed(ctx.session, as_of or _today(ctx), parent, level, after, limit)


def shown(ctx: Ctx, code: str) -> Region:
    """The division a code means, or meant last. Refuses `NOT_FOUND`."""
    found = rows.latest(ctx.session, code)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def rename(ctx: Ctx, code: str, body: RegionRename, version: int | None) -> Region:
    """Record a division's new name. Needs `organization:edit` at the top; refuses `VERSION_CONFLICT`."""
    organizations.for_all(ctx, "organization:edit")
    region = shown(ctx, code)
    check_version(region.row_version, version)
    if (region.name_zh, region.name_en) == (body.name_zh, body.name_en):
        return region
    before = region.model_dump(mode="json")
    region.name_zh, region.name_en = body.name_zh, body.name_en
    audit.touch(ctx, region)
    audit.note(ctx, "region.renamed", region, before=before, summary={"code": code})
    return region


def _today(ctx: Ctx) -> date:
    return ctx.now.astimezone(ctx.zone).date()
