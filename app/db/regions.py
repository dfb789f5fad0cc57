"""Queries about regions."""

from datetime import date

from sqlmodel import Session, col, select

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


def upwards(session: Session, region: Region, as_of: date) -> list[str]:
    """The codes of the region and of everything above it on a day."""
    codes, above = [region.code], region.parent_code
    while above and above not in codes:
        codes.append(above)
        found = on_day(session, above, as_of)
        above = found.parent_code if found else ""
    return codes
