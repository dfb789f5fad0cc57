"""The list of nominations as a read model: the columns a list shows and no entity, in one statement a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlmodel import Session

from app.db.nominations import Filter, NominationRow
from app.db.tables.base import core
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization, Region
from app.domain.levels import Level
from app.domain.nomination import Stage


class NominationLine(NamedTuple):
    """What every list says of a nomination: the window, its sponsor, where it stands, who has it now."""

    id: UUID
    row_version: int
    campaign_id: UUID
    code: str  # empty until it is filed
    window_id: UUID
    window: str
    window_type: str
    region_code: str
    sponsor_id: UUID
    sponsor: str
    bucket: str
    stage: Stage
    level: Level
    holder_id: UUID
    holder: str
    since: datetime
    rank: int  # 0 while there is none
    filed_late: bool

    @classmethod
    def of(cls, row: NominationRow) -> "NominationLine":
        """The same of a nomination that was loaded whole."""
        case, window = row.nomination, row.window
        return cls(
            case.id,
            case.row_version,
            case.campaign_id,
            case.code or "",
            window.id,
            window.name,
            window.window_type,
            window.region_code,
            row.sponsor.id,
            row.sponsor.name,
            case.bucket_code,
            case.stage,
            case.level,
            row.holder.id,
            row.holder.name,
            case.stage_since,
            case.rank_in_bucket or 0,
            case.filed_late,
        )


class Unit(NamedTuple):
    """An organisation to choose from."""

    id: UUID
    name: str


class Place(NamedTuple):
    """A division to choose from."""

    code: str
    name_zh: str
    name_en: str
    level: Level


_case, _window, _sponsor = core(Nomination).c, core(ServiceWindow).c, core(Organization).c
_region = core(Region).c
_holders = core(Organization).alias("holders")
_LINES = (
    select(  # in the order of NominationLine
        _case.id,
        _case.row_version,
        _case.campaign_id,
        func.coalesce(_case.code, ""),
        _case.window_id,
        _window.name,
        _window.window_type,
        _window.region_code,
        _case.sponsor_org_id,
        _sponsor.name,
        _case.bucket_code,
        _case.stage,
        _case.level,
        _case.holder_org_id,
        _holders.c.name,
        _case.stage_since,
        func.coalesce(_case.rank_in_bucket, 0),
        _case.filed_late,
    )
    .join(core(ServiceWindow), _case.window_id == _window.id)
    .join(core(Organization), _case.sponsor_org_id == _sponsor.id)
    .join(_holders, _case.holder_org_id == _holders.c.id)
    .order_by(_case.id.desc())
)


def listed(
    session: Session, paths: Sequence[str], wanted: Filter, after: UUID | None, limit: int
) -> list[NominationLine]:
    """Nominations of sponsors below the paths, newest first, one more than `limit`; one statement."""
    statement = _LINES.where(*_conditions(paths, wanted)).limit(limit + 1)
    if after:
        statement = statement.where(_case.id < after)
    return [NominationLine._make(row) for row in session.execute(statement).all()]


def counts(session: Session, paths: Sequence[str], wanted: Filter) -> dict[Stage, int]:
    """How many of the same nominations stand at each stage."""
    statement = select(_case.stage, func.count()).where(*_conditions(paths, wanted)).group_by(_case.stage)
    if wanted.region or wanted.q:
        statement = statement.join(core(ServiceWindow), _case.window_id == _window.id)
    return {Stage(stage): count for stage, count in session.execute(statement).all()}


def holders(session: Session, paths: Sequence[str]) -> list[Unit]:
    """The units that have one of the caller's nominations now, by code."""
    has = select(_case.holder_org_id).where(*_conditions(paths, Filter())).distinct()
    statement = select(_sponsor.id, _sponsor.name).where(_sponsor.id.in_(has)).order_by(_sponsor.code)
    return [Unit._make(row) for row in session.execute(statement).all()]


def regions(session: Session, paths: Sequence[str]) -> list[Place]:
    """The divisions in which the open units below the paths lie, as their codes mean today, by code."""
    within = (_sponsor.path.startswith(path, autoescape=True) for path in paths)
    codes = select(_sponsor.region_code).where(or_(false(), *within), _sponsor.closed_on.is_(None))
    statement = select(*(_region[name] for name in Place._fields)).where(
        _region.code.in_(codes), _region.valid_to.is_(None)
    )
    return [Place._make(row) for row in session.execute(statement.order_by(_region.code)).all()]


def _conditions(paths: Sequence[str], wanted: Filter) -> list[ColumnElement[bool]]:
    """What lies below the paths and passes the filter."""
    covered = (_case.sponsor_path.startswith(path, autoescape=True) for path in paths)
    exact = {
        _case.campaign_id: wanted.campaign_id,
        _case.stage: wanted.stage,
        _case.holder_org_id: wanted.holder_id,
        _case.bucket_code: wanted.bucket,
    }
    conditions = [or_(false(), *covered), *(column == value for column, value in exact.items() if value)]
    if wanted.region:
        conditions.append(_window.region_code.startswith(wanted.region, autoescape=True))
    if wanted.q:
        conditions.append(_window.name.contains(wanted.q, autoescape=True))
    if wanted.without:
        conditions.append(_case.id.not_in(wanted.without))
    return conditions
