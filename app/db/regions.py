"""Queries about regions."""

from datetime import date

from sqlalchemy import bindparam
from sqlalchemy import select as select_many
from sqlmodel import Session, col, select

from app.db.tables.base import core
from app.db.tables.places import Region
from app.domain.levels import Level


def listed(
    session: Session, as_of: date, parent: str, level: Level | None, after: str, limit: int
) -> list[Region]:
    """Regions valid on a day, by code, one more than `limit`."""
    statement = select(Region).where(
        col(Region.valid_from) <= as_of,
        (col(Region.valid_to).is_(None)) | (col(Region.valid_to) >= as_of),
        col(Region.code) > after,
    )
    if parent:
        statement = statement.where(col(Region.parent_code) == parent)
    if level:
        statement = statement.where(col(Region.level) == level)
    return list(session.exec(statement.order_by(col(Region.code)).limit(limit + 1)).all())


def on_day(session: Session, code: str, as_of: date) -> Region | None:
    """The region a code meant on a day; codes are abolished and reused (E-26)."""
    statement = select(Region).where(
        col(Region.code) == code,
        col(Region.valid_from) <= as_of,
        (col(Region.valid_to).is_(None)) | (col(Region.valid_to) >= as_of),
    )
    return session.exec(statement).first()


def latest(session: Session, code: str) -> Region | None:
    return session.exec(
        select(Region).where(col(Region.code) == code).order_by(col(Region.valid_from).desc())
    ).first()


def upwards(session: Session, code: str, as_of: date) -> frozenset[str]:
    """The code of a region and those of everything above it on a day, in one statement; nothing if it meant none then."""
    found = session.execute(select_many(UPWARDS), {"code": code, "as_of": as_of}).all()
    return frozenset(one for row in found for one in row if one)


_region = core(Region).c
_OF_THE_DAY = (
    _region.valid_from <= bindparam("as_of"),
    _region.valid_to.is_(None) | (_region.valid_to >= bindparam("as_of")),
)
_lowest = (
    select_many(_region.code, _region.parent_code)
    .where(_region.code == bindparam("code"), *_OF_THE_DAY)
    .cte("upwards", recursive=True)
)
UPWARDS = _lowest.union(
    select_many(_region.code, _region.parent_code).where(_region.code == _lowest.c.parent_code, *_OF_THE_DAY)
)
"""The region `code` means on the day `as_of` and all above it, each with the one it belongs to; for other statements too."""
