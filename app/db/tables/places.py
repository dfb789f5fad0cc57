"""Regions, organisations, names over time, the working-day calendar (domain.md 3.11-3.13, 4.1)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db.tables.base import Row, choice, text
from app.domain.levels import Level


class Region(Row, table=True):
    """A division of GB/T 2260 with the period in which its code is valid (E-26)."""

    __tablename__ = "regions"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    code: str = text(6, index=True)
    name_zh: str = text(40)
    name_en: str = text(60)
    level: Level = choice(Level)
    parent_code: str = text(6, default="", index=True)
    valid_from: date
    valid_to: date | None = None


class OrganizationKind(StrEnum):
    PROVINCIAL_DEPARTMENT = "PROVINCIAL_DEPARTMENT"
    DEPARTMENT_DIVISION = "DEPARTMENT_DIVISION"
    AFFILIATED_UNIT = "AFFILIATED_UNIT"
    MUNICIPAL_BUREAU = "MUNICIPAL_BUREAU"
    COUNTY_BUREAU = "COUNTY_BUREAU"
    STATION_SPONSOR = "STATION_SPONSOR"
    OTHER = "OTHER"


class Organization(Row, table=True):
    """A body with a place in the tree; `path` is `/code/code/…/`, so a subtree is a prefix."""

    __tablename__ = "organizations"

    code: str = text(40, unique=True)
    name: str = text(100)
    uscc: str | None = text(18, default=None, unique=True)
    org_kind: OrganizationKind = choice(OrganizationKind)
    level: Level = choice(Level)
    region_code: str = text(6, index=True)
    affiliation_level: str = text(2)
    parent_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    path: str = text(400, unique=True)
    closed_on: date | None = None
    barred_until_edition: int | None = None


class NameHistory(Row, table=True):
    """Former names of an organisation or window; periods do not overlap (E-02)."""

    __tablename__ = "name_histories"

    subject_id: UUID = Field(index=True)
    name: str = text(100)
    valid_from: date
    valid_to: date | None = None
    document_no: str = text(80, default="")


class CalendarYear(Row, table=True):
    """A year whose working days are known, with the paper that says so; other years are refused (D7)."""

    __tablename__ = "calendar_years"

    year: int = Field(unique=True)
    source_title: str = text(200)
    source_url: str = text(300, default="")
    confirmed_by: str = text(80, default="")


class CalendarDay(SQLModel, table=True):
    """A day that differs from the Monday-to-Friday week: a holiday, or a worked weekend day (调休).

    `source_year` is the year whose paper says so: late December may be governed by the next year's.
    """

    __tablename__ = "calendar_days"

    day: date = Field(primary_key=True)
    source_year: int = Field(index=True)
    is_workday: bool
    label: str = text(60, default="")
    recorded_at: datetime | None = None
