"""A campaign itself: its papers, who takes part, its places, its board."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from app.db import quota
from app.db.tables.campaigns import QuotaBucket, QuotaPlan
from app.db.tables.places import Organization
from app.domain.campaign import CampaignStage
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.domain.words import WORDS
from app.services import (
    board,
    campaign_setup,
    campaigns,
    late_acceptances,
    local_bodies,
    quota_usage,
    quotas,
)
from app.services.board import BoardRow
from app.services.context import Ctx
from app.services.exports.shapes import Col, ListTable, Narrowed, col, paged, ref, takes
from app.services.quota_usage import BucketUsage


class _Bucket(NamedTuple):
    plan: QuotaPlan
    bucket: QuotaBucket


def _campaigns(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return paged(
        lambda after, n: campaigns.listed(ctx, stage=by.stage_of(CampaignStage), after=after, limit=n),
        lambda row: row.id.hex,
    )


class _Unit(NamedTuple):
    """What a unit has in a campaign: an entry of the list of who takes part, a late acceptance."""

    row: Any
    unit: Organization


def _papers(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return iter(campaign_setup.documents(ctx, by.campaign))


def _participants(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return (_Unit(*one) for one in campaign_setup.taking_part(ctx, by.campaign))


def _local_bodies(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return iter(local_bodies.listed(ctx, by.campaign))


def _late(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return (_Unit(*one) for one in late_acceptances.listed(ctx, by.campaign))


def _plans(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    """Every version the caller may see, bucket by bucket."""
    plans = {plan.id: plan for plan in quotas.listed(ctx, by.campaign)}
    found = quota.buckets_of(ctx.session, plans.keys())
    return (_Bucket(plans[one.plan_id], one) for one in found)


def _usage(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return iter(quota_usage.listed(ctx, by.campaign))


def _board(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return iter(board.shown(ctx, by.campaign).rows)


def _stood(stage: Stage) -> Col:
    def read(row: BoardRow) -> int:
        return row.stages[stage].count if stage in row.stages else 0

    return col(f"at_{stage.lower()}", *WORDS["nomination_stage"][stage], read, 10)


def _seats(kind: SeatKind, zh: str, en: str) -> tuple[Col, ...]:
    """How a bucket's seats of one kind stand."""
    told = (("free", "可用", "free"), ("used", "已用", "used"), ("forfeited", "作废", "forfeited"))
    return tuple(
        col(f"{kind.lower()}_{name}", f"{zh}·{a}", f"{en}, {b}", _count(kind, name), 16)
        for name, a, b in told
    )


def _count(kind: SeatKind, name: str) -> Callable[[BucketUsage], int]:
    return lambda row: int(getattr(row.kinds[kind], name)) if kind in row.kinds else 0


TABLES = (
    ListTable(
        "campaigns",
        "评选活动",
        "Campaigns",
        "campaign:read",
        _campaigns,
        (
            ref("cmp", "id", "活动标识", "Identifier"),
            col("code", "活动编号", "Code", width=20),
            col("title", "名称", "Title", width=40),
            col("edition_no", "届次", "Edition"),
            col("stage", "阶段", "Stage", "stage", 16, "campaign_stage"),
            ref("org", "host_id", "主办单位", "Host", "host_organization_id"),
            ref("cmp", "parent_id", "上级活动", "Parent", "parent_campaign_id"),
            col("rules_version", "规则版本", "Rules"),
            col("livemode", "正式", "Live"),
            col("contacts_end_at", "组织机构报送截止", "Contacts due", width=18),
            col("materials_end_at", "材料报送截止", "Materials due", width=18),
            col("ministry_end_at", "报部截止", "Ministry due", width=18),
            col("planned_award_on", "拟表彰日期", "Planned award"),
        ),
        takes("stage"),
    ),
    ListTable(
        "campaign-documents",
        "活动依据文件",
        "Papers of a campaign",
        "campaign:read",
        _papers,
        (
            ref("doc", "id", "文件标识", "Identifier"),
            col("kind", "类别", "Kind", width=20),
            col("title", "标题", "Title", width=40),
            col("document_no", "文号", "Number", width=22),
            col("issuer", "发文单位", "Issuer", width=28),
            col("issued_on", "发文日期", "Issued"),
            col("meeting_on", "会议日期", "Meeting"),
        ),
        takes("campaign_id!"),
    ),
    ListTable(
        "participants",
        "参加单位",
        "Participants",
        "campaign:read",
        _participants,
        (
            ref("org", "organization_id", "单位标识", "Identifier", "unit.id"),
            col("code", "代码", "Code", "unit.code"),
            col("name", "单位", "Organisation", "unit.name", 28),
            col("route", "推荐途径", "Route", "row.route"),
            col("bucket", "名额所属", "Bucket", "row.bucket_code"),
        ),
        takes("campaign_id!"),
    ),
    ListTable(
        "local-bodies",
        "各地组织机构",
        "Local bodies",
        "local_body:read",
        _local_bodies,
        (
            ref("lbd", "id", "机构标识", "Identifier", "body.id"),
            col("organization", "单位", "Organisation", "organization.name", 28),
            col("kind", "类别", "Kind", "body.kind"),
            col("name", "名称", "Name", "body.name", 28),
            col("head_name", "负责人", "Head", "body.head_name"),
            col("head_post", "职务", "Post", "body.head_post"),
            col("reported_at", "报送时间", "Reported", "body.reported_at", 18),
            col("late", "逾期", "Late", "body.late"),
        ),
        takes("campaign_id!"),
        held_back=(("联系电话", "telephones"),),
    ),
    ListTable(
        "late-acceptances",
        "逾期受理",
        "Late acceptances",
        "campaign:read",
        _late,
        (
            ref("lat", "id", "标识", "Identifier", "row.id"),
            col("organization", "单位", "Organisation", "unit.name", 28),
            col("matter", "报送什么", "For", "row.matter"),
            col("until_on", "延至", "Until", "row.until_on"),
            col("reason", "理由", "Reason", "row.reason", 40),
            col("document_no", "文号", "Document", "row.document_no", 22),
        ),
        takes("campaign_id!"),
    ),
    ListTable(
        "quota-plan",
        "名额方案",
        "Quota plan",
        "quota:read",
        _plans,
        (
            ref("qpl", "plan_id", "方案标识", "Plan", "plan.id"),
            col("version", "版本", "Version", "plan.version"),
            col("status", "状态", "Status", "plan.status"),
            col("is_sample", "样例", "Sample", "plan.is_sample"),
            col("code", "名额代码", "Bucket", "bucket.code"),
            col("name", "名称", "Name", "bucket.name", 22),
            col("provincial_places", "省级名额", "Places", "bucket.provincial_places"),
            col("ministry_fixed", "报部固定名额", "Fixed for the ministry", "bucket.ministry_fixed"),
            col("nomination_limit", "推荐上限", "Nominations", "bucket.nomination_limit"),
            col("pool_eligible", "参加报部竞争", "In the pool", "bucket.pool_eligible"),
            col("decision_ref", "依据", "Decision", "plan.decision_ref", 22),
        ),
        takes("campaign_id!"),
    ),
    ListTable(
        "quota-usage",
        "名额使用",
        "Use of places",
        "quota:read",
        _usage,
        (
            col("code", "名额代码", "Bucket"),
            col("name", "名称", "Name", width=22),
            *_seats(SeatKind.NOMINATION, "推荐", "Nominations"),
            *_seats(SeatKind.PROVINCIAL, "省级", "Provincial"),
            *_seats(SeatKind.MINISTRY_FIXED, "报部固定", "Ministry, fixed"),
            *_seats(SeatKind.MINISTRY_POOL, "报部竞争", "Ministry, pool"),
        ),
        takes("campaign_id!"),
    ),
    ListTable(
        "board",
        "活动看板",
        "Board",
        "board:read",
        _board,
        (
            col("organization", "单位", "Organisation", "organization.name", 28),
            col("bucket", "名额所属", "Bucket", "bucket_code"),
            col("cases", "推荐总数", "Cases"),
            *(_stood(stage) for stage in Stage),
            col("running_notices", "公示中", "Notices running"),
            col("open_objections", "未办结异议", "Open objections"),
            col("missing_bodies", "未报组织机构", "Bodies missing"),
        ),
        takes("campaign_id!"),
    ),
)
