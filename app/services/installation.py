"""What a new installation starts with: the divisions, the calendar, and the department's own place in the tree."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.db.tables.places import CalendarDay, CalendarYear, Organization, OrganizationKind, Region
from app.domain.levels import Level
from app.packs import calendar as calendar_data
from app.packs import regions as region_data
from app.services import audit
from app.services.context import Ctx

DEPARTMENT = "ZJ"
AFFILIATED = (("ZJ-SI", "浙江省社会保险事业管理中心"), ("ZJ-JC", "浙江省就业服务中心"))


def install(ctx: Ctx) -> None:
    """Load what is missing of regions, working-day years and the organisation tree; safe to run again."""
    _regions(ctx)
    _calendar(ctx)
    _organizations(ctx)


def _regions(ctx: Ctx) -> None:
    known = {(r.code, r.valid_from) for r in ctx.session.exec(select(Region)).all()}
    rows = [
        Region(
            **audit.stamp(ctx),
            code=entry.code,
            name_zh=entry.name_zh,
            name_en=entry.name_en,
            level=entry.level,
            parent_code=entry.parent,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
        )
        for entry in region_data.shipped()
        if (entry.code, entry.valid_from) not in known
    ]
    ctx.session.add_all(rows)
    if rows:
        audit.note(ctx, "regions.installed", rows[0], summary={"count": len(rows)})


def _calendar(ctx: Ctx) -> None:
    known = set(ctx.session.exec(select(CalendarYear.year)).all())
    loaded = calendar_data.shipped()
    years = [
        CalendarYear(**audit.stamp(ctx), year=year, source_title=title)
        for year, title in loaded.sources.items()
        if year not in known
    ]
    ctx.session.add_all(years)
    fresh = {y.year for y in years}
    ctx.session.add_all(
        CalendarDay(**vars(special), source_year=special.day.year, recorded_at=ctx.now)
        for special in loaded.days
        if special.day.year in fresh
    )
    if years:
        audit.note(ctx, "calendar.installed", years[0], summary={"years": [min(fresh), max(fresh)]})


def _organizations(ctx: Ctx) -> None:
    """The department, its directly affiliated unit, a bureau per city and county of today (R-001)."""
    if ctx.session.exec(select(Organization).where(col(Organization.code) == DEPARTMENT)).first():
        return
    head = _Place(OrganizationKind.PROVINCIAL_DEPARTMENT, Level.PROVINCIAL, "330000", "20")
    department = _body(ctx, DEPARTMENT, "浙江省劳动和社会保障厅", head, None)
    unit = _Place(OrganizationKind.AFFILIATED_UNIT, Level.PROVINCIAL, "330000", "20")
    made = [department, *(_body(ctx, code, name, unit, department) for code, name in AFFILIATED)]
    made += _bureaus(ctx, department)
    ctx.session.flush()
    audit.note(ctx, "organizations.installed", department, path=department.path, summary={"count": len(made)})


def _bureaus(ctx: Ctx, department: Organization) -> list[Organization]:
    """A bureau for each city and county of today, below the one above it."""
    today = ctx.now.astimezone(ctx.zone).date()
    above = {"330000": department}
    for region in sorted(
        (r for r in region_data.shipped() if _today(r.valid_to, today)), key=lambda r: r.code
    ):
        if region.level == Level.PROVINCIAL:
            continue
        city = region.level == Level.MUNICIPAL
        kind = OrganizationKind.MUNICIPAL_BUREAU if city else OrganizationKind.COUNTY_BUREAU
        place = _Place(kind, region.level, region.code, "40" if city else "50")
        above[region.code] = _body(
            ctx, region.code, f"{region.name_zh}劳动和社会保障局", place, above[region.parent]
        )
    return [body for code, body in above.items() if code != "330000"]


@dataclass(frozen=True)
class _Place:
    """Where a body stands: its kind, level, region and affiliation level (GB/T 12404)."""

    kind: OrganizationKind
    level: Level
    region: str
    affiliation: str


def _body(ctx: Ctx, code: str, name: str, place: _Place, parent: Organization | None) -> Organization:
    row = Organization(
        **audit.stamp(ctx),
        code=code,
        name=name,
        org_kind=place.kind,
        level=place.level,
        region_code=place.region,
        affiliation_level=place.affiliation,
        parent_id=parent.id if parent else None,
        path=f"{parent.path if parent else '/'}{code}/",
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row


def _today(valid_to: date | None, today: date) -> bool:
    return valid_to is None or valid_to >= today
