"""Organisations, divisions, people and clients: what the installation knows beside campaigns."""

from collections.abc import Iterator
from typing import Any

from app.db.organizations import Wanted
from app.db.people import PersonRow
from app.services import calendar_years, clients, organizations, people, regions
from app.services.calendar_years import YearView
from app.services.context import Ctx
from app.services.exports.shapes import ListTable, Narrowed, col, last, paged, ref, takes


def _organizations(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    ctx.actor.require_anywhere("organization:read")
    wanted = Wanted(words=by.q, region=by.region, closed=True)
    return paged(
        lambda after, n: organizations.listed(ctx, wanted, after=after, limit=n), lambda row: row.path
    )


def _regions(ctx: Ctx, _: Narrowed) -> Iterator[Any]:
    return paged(lambda after, n: regions.listed(ctx, after=after, limit=n), lambda row: row.code)


def _people(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return paged(
        lambda after, n: people.listed(ctx, q=by.q, after=last(after), limit=n), lambda row: row.person.id.hex
    )


def _clients(ctx: Ctx, _: Narrowed) -> Iterator[Any]:
    return paged(
        lambda after, n: clients.listed(ctx, after=last(after), limit=n), lambda row: row.client.id.hex
    )


def _years(ctx: Ctx, _: Narrowed) -> Iterator[Any]:
    return iter(calendar_years.whole(ctx))


def _special(view: YearView, *, works: bool) -> str:
    return "; ".join(one.day.isoformat() for one in view.days if one.is_workday is works)


def _offices(row: PersonRow) -> str:
    return "; ".join(f"{grant.role}@{unit.name}" for grant, unit in row.grants)


TABLES = (
    ListTable(
        "calendar-years",
        "工作日历",
        "Calendar years",
        "",
        _years,
        (
            col("year", "年份", "Year", "year.year"),
            col("source_title", "依据", "Source", "year.source_title", 40),
            col("source_url", "依据网址", "Address", "year.source_url", 40),
            col("confirmed_by", "确认", "Confirmed by", "year.confirmed_by", 44),
            col("holidays", "放假", "Days off", lambda view: _special(view, works=False), 60),
            col("workdays", "调休上班", "Worked weekend days", lambda view: _special(view, works=True), 40),
        ),
    ),
    ListTable(
        "organizations",
        "机构",
        "Organisations",
        "organization:read",
        _organizations,
        (
            ref("org", "id", "机构标识", "Identifier"),
            col("code", "代码", "Code"),
            col("name", "名称", "Name", width=28),
            col("kind", "类别", "Kind", "org_kind", 22),
            col("level", "层级", "Level"),
            col("region_code", "区划代码", "Division"),
            col("affiliation_level", "隶属关系", "Affiliation"),
            ref("org", "parent_id", "上级机构", "Parent"),
            col("uscc", "统一社会信用代码", "Credit code", width=22),
            col("closed_on", "撤销日期", "Closed"),
        ),
        takes("q", "region"),
    ),
    ListTable(
        "regions",
        "行政区划",
        "Divisions",
        "",
        _regions,
        (
            col("code", "代码", "Code"),
            col("name_zh", "名称", "Name in Chinese", width=24),
            col("name_en", "英文名称", "Name in English", width=24),
            col("level", "层级", "Level"),
            col("parent_code", "上级代码", "Parent"),
            col("valid_from", "启用日期", "Valid from"),
            col("valid_to", "停用日期", "Valid to"),
        ),
    ),
    ListTable(
        "people",
        "账号和任职",
        "People and appointments",
        "people:read",
        _people,
        (
            ref("per", "id", "人员标识", "Identifier", "person.id"),
            col("username", "账号", "Account", "person.username", 18),
            col("name", "姓名", "Name", "person.name"),
            col("home", "所在单位", "Organisation", lambda row: row.home.name if row.home else "", 28),
            col("status", "状态", "Status", "person.status"),
            col("offices", "任职", "Appointments", _offices, 50),
        ),
        takes("q"),
        held_back=(("联系电话和身份关联", "telephones and linked identities"),),
    ),
    ListTable(
        "api-clients",
        "接口客户",
        "API clients",
        "client:read",
        _clients,
        (
            ref("cli", "id", "客户标识", "Identifier", "client.id"),
            col("name", "名称", "Name", "client.name", 24),
            col("organization", "所属单位", "Organisation", "organization.name", 28),
            col("source", "来源", "Source", "client.source", 20),
            col("scopes", "授权范围", "Scopes", "client.scopes", 40),
            col("status", "状态", "Status", "client.status"),
            col("expires_on", "有效期至", "Expires", "client.expires_on"),
        ),
        held_back=(("密钥（系统只存摘要）", "secrets: only their digests are kept"),),
    ),
)
