"""Windows, cases, the steps they took, what each level said."""

from collections.abc import Iterator
from typing import Any

from app.db import exports as rows
from app.db.tables.nominations import LevelReview
from app.domain.ids import parsed
from app.domain.nomination import Stage
from app.services import nominations, recusals, windows
from app.services.context import Ctx
from app.services.exports.shapes import ListTable, Narrowed, col, last, paged, ref, takes


def _windows(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    ctx.actor.require_anywhere("window:read")
    return paged(
        lambda after, n: windows.listed(ctx, q=by.q, region=by.region, after=last(after), limit=n),
        lambda row: row.window.id.hex,
    )


def _nominations(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    wanted = nominations.Filter(by.campaign_id, by.stage_of(Stage), by.holder, by.bucket, by.region, by.q)
    return paged(
        lambda after, n: nominations.listed(ctx, wanted, after=after, limit=n),
        lambda row: parsed("nom", row.id).hex,
    )


def _steps(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    found = seen(ctx, by)
    return paged(lambda after, n: rows.steps(ctx.session, found, last(after), n), lambda row: row.step.id.hex)


def _opinions(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    found = seen(ctx, by)
    return paged(
        lambda after, n: rows.opinions(ctx.session, found, last(after), n), lambda row: row.review.id.hex
    )


def seen(ctx: Ctx, by: Narrowed) -> rows.Seen:
    """The caller's area without the cases kept from them."""
    ctx.actor.require_anywhere("nomination:read", by.campaign)
    paths = ctx.actor.paths("nomination:read", by.campaign)
    return rows.Seen(by.campaign, paths, recusals.hidden_everywhere(ctx))


def _grades(review: LevelReview) -> str:
    return "; ".join(f"{one.get('criterion', '')}={one.get('grade', '')}" for one in review.assessments)


TABLES = (
    ListTable(
        "windows",
        "服务窗口",
        "Service windows",
        "window:read",
        _windows,
        (
            ref("win", "id", "窗口编号", "Identifier", "window.id"),
            col("name", "窗口名称", "Name", "window.name", 28),
            col("sponsor", "主办单位", "Sponsor", "sponsor.name", 28),
            ref("org", "sponsor_id", "主办单位编号", "Sponsor's identifier", "sponsor.id"),
            col("region_code", "区划代码", "Division", "window.region_code"),
            col("address", "地址", "Address", "window.address", 28),
            col("window_type", "窗口类别", "Type", "window.window_type", 22),
            col("other_types", "其他类别", "Other types", "window.other_types"),
            col("affiliation_level", "隶属关系", "Affiliation", "window.affiliation_level"),
            col("in_labor_system", "属劳动保障系统", "In the system", "window.in_labor_system"),
            col(
                "serves_public_directly", "直接服务群众", "Serves the public", "window.serves_public_directly"
            ),
            col("staff_count", "人数", "Staff", "window.staff_count"),
            col("uscc", "统一社会信用代码", "Credit code", "window.uscc", 22),
            ref("win", "merged_into_id", "并入窗口", "Merged into", "window.merged_into_id"),
            col("created_at", "登记时间", "Registered", "window.created_at", 18),
        ),
        takes("q", "region"),
    ),
    ListTable(
        "nominations",
        "推荐",
        "Nominations",
        "nomination:read",
        _nominations,
        (
            col("id", "推荐标识", "Identifier", width=38),
            col("campaign_id", "活动", "Campaign", width=38),
            col("code", "推荐编号", "Code", width=20),
            col("window", "窗口名称", "Window", width=28),
            col("window_id", "窗口编号", "Window's identifier", width=38),
            col("window_type", "窗口类别", "Type", width=22),
            col("region_code", "区划代码", "Division"),
            col("sponsor", "主办单位", "Sponsor", width=28),
            col("sponsor_id", "主办单位标识", "Sponsor's identifier", width=38),
            col("bucket", "名额所属", "Bucket"),
            col("stage", "状态", "Stage", width=18, words="nomination_stage"),
            col("level", "所在层级", "Level"),
            col("holder", "现由谁办理", "With", width=28),
            col("since", "自", "Since", width=18),
            col("rank", "推荐排序", "Rank", lambda row: row.rank or None),
            col("filed_late", "逾期报送", "Late"),
        ),
        takes("campaign_id", "stage", "holder", "bucket", "region", "q"),
        by_case=True,
        held_back=(
            (
                "负责人、联系人等个人信息（见各呈报审批表）",
                "personal data of heads and contacts (see each form)",
            ),
        ),
    ),
    ListTable(
        "steps",
        "办理过程",
        "Steps of cases",
        "nomination:read",
        _steps,
        (
            ref("nom", "nomination_id", "推荐标识", "Nomination", "nomination.id"),
            col("window", "窗口名称", "Window", "window.name", 28),
            col("seq", "序号", "Number", "step.seq"),
            col("action", "办理", "Action", "step.action", 20, "nomination_action"),
            col("from_stage", "原状态", "From", "step.from_stage", 18, "nomination_stage"),
            col("to_stage", "新状态", "To", "step.to_stage", 18, "nomination_stage"),
            col("to_level", "层级", "Level", "step.to_level"),
            col("at", "时间", "At", "step.at", 18),
            col("unit", "办理单位", "Unit", lambda row: row.unit.name if row.unit else "", 28),
            col("officer", "办理人", "Officer", "step.actor_name"),
            col("reason", "理由", "Reason", "step.reason", 40),
            col("undone_at", "撤销时间", "Undone", "step.undone_at", 18),
        ),
        takes("campaign_id!"),
        by_case=True,
    ),
    ListTable(
        "level-reviews",
        "各级审核意见",
        "Level reviews",
        "nomination:read",
        _opinions,
        (
            ref("nom", "nomination_id", "推荐标识", "Nomination", "nomination.id"),
            col("window", "窗口名称", "Window", "window.name", 28),
            col("level", "层级", "Level", "review.level"),
            col("unit", "审核单位", "Department", "unit.name", 28),
            col("conclusion", "结论", "Conclusion", "review.conclusion", 18),
            col("opinion", "意见", "Opinion", "review.opinion", 40),
            col("signer", "签字人", "Signed by", "review.signer"),
            col("signed_on", "签字日期", "Signed on", "review.signed_on"),
            col("grades", "五项标准", "Criteria", lambda row: _grades(row.review), 40),
            col("current", "现行有效", "In force", "review.current"),
        ),
        takes("campaign_id!"),
        by_case=True,
    ),
)
