"""Queries about the working-day calendar."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, delete, select

from app.db.tables.places import CalendarDay, CalendarYear


def years_loaded(session: Session) -> frozenset[int]:
    return frozenset(session.exec(select(CalendarYear.year)).all())


def years(session: Session) -> list[CalendarYear]:
    """The loaded years, latest first."""
    return list(session.exec(select(CalendarYear).order_by(col(CalendarYear.year).desc())).all())


def locked(session: Session, year: int) -> CalendarYear | None:
    """The year for changing it: a second writer waits until this one is through."""
    statement = select(CalendarYear).where(col(CalendarYear.year) == year).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).first()


def one(session: Session, year: int) -> CalendarYear | None:
    return session.exec(select(CalendarYear).where(col(CalendarYear.year) == year)).first()


def all_days(session: Session) -> Sequence[CalendarDay]:
    return session.exec(select(CalendarDay)).all()


def days_of(session: Session, year: int) -> list[CalendarDay]:
    """What differs from the ordinary week in a year, by day."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    statement = select(CalendarDay).where(col(CalendarDay.day) >= first, col(CalendarDay.day) <= last)
    return list(session.exec(statement.order_by(col(CalendarDay.day))).all())


def forget(session: Session, year: int, named: Sequence[date]) -> None:
    """Drop what this year's paper said, and what an earlier paper said of the days named now."""
    earlier = col(CalendarDay.day).in_(named) & (col(CalendarDay.source_year) < year)
    session.exec(delete(CalendarDay).where((col(CalendarDay.source_year) == year) | earlier))


def governed_by_a_later_paper(session: Session, year: int, named: Sequence[date]) -> set[date]:
    """Which of these days a later year's paper has already spoken of."""
    statement = select(col(CalendarDay.day)).where(
        col(CalendarDay.day).in_(named), col(CalendarDay.source_year) > year
    )
    return set(session.exec(statement).all())
