"""The list of nominations as a read model: the columns a list shows and no entity, in one statement a page."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlmodel import Session

from app.db.nominations import Filter, NominationRow
from app.db.tables.base import core, public
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization, Region
from app.domain.ids import shown
from app.domain.levels import Level
from app.domain.nomination import Stage


class NominationLine(NamedTuple):
    """What every list says of a nomination: the window, its sponsor, where it stands, who has it now.

    Identifiers are in their public form, since all that is done with them is to show them.
    """

    id: str
    row_version: int
    campaign_id: str
    code: str  # empty until it is filed
    window_id: str
    window: str
    window_type: str
    region_code: str
    sponsor_id: str
    sponsor: str
    bucket: str
    stage: Stage
    level: Level
    holder_id: str
    holder: str
    since: datetime
    rank: int  # 0 while there is none
    filed_late: bool

    @classmethod
    def of(cls, row: NominationRow) -> "NominationLine":
        """The same of a nomination that was loaded whole."""
        case, window = row.nomination, row.window
        return cls(
            shown("nom", case.id),
            case.row_version,
            shown("cmp", case.campaign_id),
            case.code or "",
            shown("win", window.id),
            window.name,
            window.window_type,
            window.region_code,
            shown("org", row.sponsor.id),
            row.sponsor.name,
            case.bucket_code,
            case.stage,
            case.level,
            shown("org", row.holder.id),
            row.holder.name,
            case.stage_since,
            case.rank_in_bucket or 0,
            case.filed_late,
        )


class Unit(NamedTuple):
    """An organisation to choose from; its identifier is in its public form."""

    id: str
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
        public("nom", _case.id),
        _case.row_version,
        public("cmp", _case.campaign_id),
        func.coalesce(_case.code, ""),
        public("win", _case.window_id),
        _window.name,
        _window.window_type,
        _window.region_code,
        public("org", _case.sponsor_org_id),
        _sponsor.name,
        _case.bucket_code,
        _case.stage,
        _case.level,
        public("org", _case.holder_org_id),
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
    """How many of the same nominations stand at each stage, in the order of the stages.

    Grouped by path first, as the index is sorted, so that the database counts while it reads and sorts nothing.
    """
    keys = (_case.sponsor_path, _case.stage)
    statement = select(_case.stage, func.count()).where(*_conditions(paths, wanted)).group_by(*keys)
    if wanted.region or wanted.q:
        statement = statement.join(core(ServiceWindow), _case.window_id == _window.id)
    found = Counter[Stage]()
    for stage, count in session.execute(statement).all():
        found[stage] += count
    return {stage: found[stage] for stage in Stage if stage in found}


def holders(session: Session, paths: Sequence[str]) -> list[Unit]:
    """The units that have one of the caller's nominations now, by code."""
    has = exists().where(_case.holder_org_id == _sponsor.id, *_conditions(paths, Filter()))
    statement = select(public("org", _sponsor.id), _sponsor.name).where(has).order_by(_sponsor.code)
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
