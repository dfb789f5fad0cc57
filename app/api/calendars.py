"""Working days over JSON; the import takes the shape of the public holiday-cn files."""

from datetime import date
from typing import Annotated, Any

from fastapi import Path, Response
from pydantic import Field

from app.api.face import IfMatchUnlessNew, etag, router, tagged
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import NoticeId, Shape, Tagged
from app.db.tables.places import CalendarYear
from app.http import Read, Write
from app.services import calendar_years
from app.services.inputs.calendars import YearImport

routes = router("calendar")

Year = Annotated[int, Path(ge=2004, le=2199, description="The year.", examples=[2027])]


class CalendarYearHeadOut(Tagged):
    """A year whose working days are known, with the paper that says so."""

    year: int = Field(ge=2004, le=2199, examples=[2026])
    source_title: str = Field(max_length=200, examples=["国务院办公厅关于2026年部分节假日安排的通知"])
    source_url: str = Field(max_length=300, examples=["https://www.gov.cn/zhengce/2025-11/04/content.htm"])

    @classmethod
    def of(cls, row: CalendarYear) -> "CalendarYearHeadOut":
        return cls(**_head(row))


class CalendarDayOut(Shape):
    """A day that differs from the Monday-to-Friday week."""

    day: date
    is_workday: bool = Field(description="A worked weekend day, or a free one.", examples=[False])
    label: str = Field(max_length=60, examples=["国庆节"])


class CalendarYearOut(CalendarYearHeadOut):
    """A year with its special days."""

    days: list[CalendarDayOut] = Field(max_length=366)
    extended_notices: list[NoticeId] = Field(
        max_length=10_000, description="After an import: the running notices it has made longer."
    )

    @classmethod
    def whole(cls, view: calendar_years.YearView) -> "CalendarYearOut":
        days = [CalendarDayOut(day=d.day, is_workday=d.is_workday, label=d.label) for d in view.days]
        return cls(**_head(view.year), days=days, extended_notices=view.extended)


class CalendarYearListOut(Shape):
    """The loaded years, latest first; every other year is refused."""

    items: list[CalendarYearHeadOut] = Field(max_length=200)


def _head(row: CalendarYear) -> dict[str, Any]:
    same = ("year", "source_title", "source_url")
    return {name: getattr(row, name) for name in same} | {"etag": etag(row.row_version)}


@routes.get(
    "/calendar-years",
    operation_id="listCalendarYears",
    summary="List calendar years",
    openapi_extra=about("列出工作日年度"),
)
def list_years(ctx: Read) -> CalendarYearListOut:
    """The years whose working days are known."""
    return CalendarYearListOut(items=[CalendarYearHeadOut.of(one) for one in calendar_years.listed(ctx)])


@routes.get(
    "/calendar-years/{year}",
    operation_id="getCalendarYear",
    summary="Show a calendar year",
    openapi_extra=about("查看工作日年度"),
)
def get_year(ctx: Read, response: Response, year: Year) -> CalendarYearOut:
    """One year with its holidays and worked weekend days."""
    return tagged(response, CalendarYearOut.whole(calendar_years.shown(ctx, year)))


@routes.put(
    "/calendar-years/{year}",
    operation_id="importCalendarYear",
    summary="Import a calendar year",
    responses=declared("CALENDAR_DAYS_INVALID"),
    openapi_extra=about("导入工作日年度", "calendar:import"),
)
def import_year(
    ctx: Write, response: Response, year: Year, body: YearImport, version: IfMatchUnlessNew
) -> CalendarYearOut:
    """Load a year from a holiday-cn file. A second import corrects it: running notices become longer, never shorter."""
    return tagged(response, CalendarYearOut.whole(calendar_years.load(ctx, year, body, version)))
