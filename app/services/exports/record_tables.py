"""The audit record and the security log as tables: who did what to which thing; digests, never values."""

from collections.abc import Iterator
from typing import Any

from app.services import audit_records, security_events
from app.services.audit_records import Wanted
from app.services.context import Ctx
from app.services.exports.shapes import ListTable, Narrowed, col, paged, takes


def _records(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    ctx.actor.require_anywhere("audit:export")
    wanted = Wanted(
        by.campaign_id,
        entity=by.entity,
        action=by.action,
        subject=by.subject,
        actors=[by.actor] if by.actor else audit_records.by_name(ctx, by.q),
        since=by.since,
        until=by.until,
    )
    return paged(
        lambda after, n: audit_records.listed(ctx, wanted, after=after, limit=n), lambda row: row.id.hex
    )


def _security(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    wanted = security_events.Wanted(by.action, since=by.since, until=by.until)
    return paged(
        lambda after, n: security_events.listed(ctx, wanted, after=after, limit=n), lambda row: row.id.hex
    )


TABLES = (
    ListTable(
        "audit-records",
        "审计记录",
        "Audit records",
        "audit:export",
        _records,
        (
            col("position", "序号", "Position"),
            col("at", "时间", "At", width=18),
            col("action", "行为", "Action", width=28),
            col("entity", "对象类别", "Kind", width=20),
            col("entity_id", "对象标识", "Thing", lambda row: row.entity_id.hex, 34),
            col(
                "campaign_id",
                "活动",
                "Campaign",
                lambda row: row.campaign_id.hex if row.campaign_id else "",
                34,
            ),
            col("actor", "行为人", "Actor", width=44),
            col("on_behalf_of", "代表", "On behalf of"),
            col("request_id", "请求编号", "Request", width=20),
            col("before_digest", "前摘要", "Digest before", width=30),
            col("after_digest", "后摘要", "Digest after", width=30),
            col("chain", "链值", "Chain", width=30),
            col("summary", "摘要", "Summary", width=60),
        ),
        takes("campaign_id", "entity", "action", "actor", "subject", "q", "since", "until"),
        held_back=(("内容本身（只存摘要）", "contents themselves: only their digests are kept"),),
    ),
    ListTable(
        "security-events",
        "安全日志",
        "Security log",
        "security:read",
        _security,
        (
            col("at", "时间", "At", width=18),
            col("kind", "事件", "Kind", width=20),
            col("actor", "账号或接口", "Account or client", width=44),
            col("detail", "说明", "Detail", width=60),
        ),
        takes("action", "since", "until"),
        held_back=(("来源地址（只存摘要）", "addresses: only their digests are kept"),),
    ),
)
