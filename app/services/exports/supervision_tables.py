"""Notices, objections without who raised them, findings."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.supervision import VetoFinding
from app.domain.notice import NoticeStage
from app.domain.objection import ObjectionStage
from app.domain.veto import FindingStage
from app.services import notices, objections, vetoes
from app.services.context import Ctx
from app.services.exports.shapes import ListTable, Narrowed, col, paged, ref, takes

NO_OBJECTOR = (
    "异议人的姓名、联系方式和异议原文（保密，domain.md 3.4）",
    "who objected, how to reach them, and the objection's own words: kept confidential",
)


class _Finding(NamedTuple):
    finding: VetoFinding
    nomination: Nomination
    window: ServiceWindow


def _notices(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return paged(
        lambda after, n: notices.listed(
            ctx, campaign_id=by.campaign_id, stage=by.stage_of(NoticeStage), after=after, limit=n
        ),
        lambda row: row.id.hex,
    )


def _objections(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    found = paged(
        lambda after, n: objections.listed(
            ctx, stage=by.stage_of(ObjectionStage), nomination_id=by.nomination_id, after=after, limit=n
        ),
        lambda row: row.objection.id.hex,
    )
    return (row for row in found if by.campaign_id in (None, row.objection.campaign_id))


def _findings(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    found = paged(
        lambda after, n: vetoes.listed(
            ctx, stage=by.stage_of(FindingStage), nomination_id=by.nomination_id, after=after, limit=n
        ),
        lambda row: row[0].id.hex,
    )
    lines = (_Finding(*row) for row in found)
    return (one for one in lines if by.campaign_id in (None, one.finding.campaign_id))


TABLES = (
    ListTable(
        "notices",
        "公示",
        "Notices",
        "notice:read",
        _notices,
        (
            ref("ntc", "id", "公示标识", "Identifier"),
            ref("cmp", "campaign_id", "活动", "Campaign"),
            col("code", "公示编号", "Code", width=20),
            col("title", "标题", "Title", width=40),
            col("matter", "事项", "Matter"),
            col("level", "层级", "Level"),
            col("round", "次数", "Round"),
            col("stage", "状态", "Stage"),
            col("publish_on", "起始日", "First day"),
            col("last_day", "最后一日", "Last day"),
            col("ends_at", "截止时间", "Ends", width=18),
            col("basis", "依据", "Basis", width=30),
            col("contact_office", "受理单位", "Office", width=22),
            col("contact_phone", "受理电话", "Telephone", width=18),
            col("calendar_source", "日历依据", "Calendar", width=30),
            col("content_hash", "内容摘要", "Digest", width=40),
        ),
        takes("campaign_id", "stage"),
    ),
    ListTable(
        "objections",
        "异议",
        "Objections",
        "objection:read",
        _objections,
        (
            ref("obj", "id", "异议标识", "Identifier", "objection.id"),
            col("code", "异议编号", "Code", "objection.code", 20),
            ref("nom", "nomination_id", "推荐标识", "Nomination", "nomination.id"),
            col("window", "公示名称", "Window", lambda row: row.item.snapshot.get("window_name", ""), 28),
            col("notice", "公示编号", "Notice", "notice.code", 20),
            col("channel", "渠道", "Channel", "objection.channel"),
            col("identity_kind", "署名方式", "Named or not", "objection.identity_kind", 20),
            col("timeliness", "期限内外", "Timeliness", "objection.timeliness"),
            col("received_at", "收到时间", "Received", "objection.received_at", 18),
            col("stage", "状态", "Stage", "objection.stage"),
            col("blocking", "是否影响推荐", "Blocks", "objection.blocking"),
            col("due_on", "应办结日期", "Due", "objection.due_on"),
            col("result", "结论", "Result", "objection.result"),
            col("act", "处理", "Act", "objection.act"),
            col("replied_on", "答复日期", "Replied", "objection.replied_on"),
            col("public_summary", "对外答复", "Public reply", "objection.public_summary", 40),
        ),
        takes("campaign_id", "nomination_id", "stage"),
        by_case=True,
        held_back=(NO_OBJECTOR,),
    ),
    ListTable(
        "veto-findings",
        "一票否决核实",
        "Veto findings",
        "veto:read",
        _findings,
        (
            ref("vet", "id", "核实标识", "Identifier", "finding.id"),
            ref("nom", "nomination_id", "推荐标识", "Nomination", "nomination.id"),
            col("window", "窗口名称", "Window", "window.name", 28),
            col("veto_code", "否决事项", "Item", "finding.veto_code", 28),
            col("source", "来源", "Source", "finding.source", 24),
            col("fact_on", "发生日期", "Fact of", "finding.fact_on"),
            col("stage", "状态", "Stage", "finding.stage"),
            col("decided_at", "认定时间", "Decided", "finding.decided_at", 18),
        ),
        takes("campaign_id", "nomination_id", "stage"),
        by_case=True,
        held_back=(("证据和结论全文", "evidence and conclusions in full"),),
    ),
)
