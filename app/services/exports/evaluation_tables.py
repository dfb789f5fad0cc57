"""Reviewers, assignments, sheets and points once they are open, the newest ranking."""

import json
from collections.abc import Iterator
from typing import Any

from app.db import exports as rows
from app.db.assignments import Wanted
from app.domain.nomination import Stage
from app.services import assignments, evaluation, recusals, reviewers, score_overview, score_rankings
from app.services.context import Ctx
from app.services.exports.shapes import ListTable, Narrowed, col, last, paged, ref, takes

SEALED = ("评分锁定前的各项分数", "scores before they are locked")


def _reviewers(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return iter(reviewers.listed(ctx, by.campaign))


def _assignments(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    wanted = Wanted(nomination_id=by.nomination_id, stage=by.stage_of(Stage))
    return paged(
        lambda after, n: assignments.listed(ctx, by.campaign, wanted, after=after, limit=n),
        lambda view: view.row.assignment.id.hex,
    )


def _sheets(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    evaluation.readable(ctx, by.campaign, "score:read")
    hidden, sealed = recusals.hidden_everywhere(ctx), score_overview.SEALED_AT
    return paged(
        lambda after, n: rows.sheets(ctx.session, by.campaign, sealed, hidden, last(after), n),
        lambda row: row.sheet.id.hex,
    )


def _points(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    evaluation.readable(ctx, by.campaign, "score:read")
    hidden, sealed = recusals.hidden_everywhere(ctx), score_overview.SEALED_AT
    return paged(
        lambda after, n: rows.points(ctx.session, by.campaign, sealed, hidden, last(after), n),
        lambda row: row.entry.id.hex,
    )


def _ranking(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return iter(score_rankings.latest_lines(ctx, by.campaign))


def _points_given(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


TABLES = (
    ListTable(
        "reviewers",
        "评审员",
        "Reviewers",
        "reviewer:read",
        _reviewers,
        (
            ref("rvw", "id", "评审员标识", "Identifier", "row.reviewer.id"),
            col("name", "姓名", "Name", "row.person.name"),
            col("home", "所在单位", "Organisation", "row.home.name", 28),
            col("region_code", "所在地", "Division", "row.reviewer.home_region_code"),
            col("status", "状态", "Status", "row.reviewer.status"),
            col("case_limit", "任务上限", "Limit", "row.reviewer.case_limit"),
            col("load", "现有任务", "Cases held"),
            col("declared", "已作回避声明", "Declared", lambda view: view.declaration is not None),
        ),
        takes("campaign_id!"),
        held_back=(("回避声明所列亲属和单位", "relatives and organisations named in declarations"),),
    ),
    ListTable(
        "assignments",
        "评审任务",
        "Assignments",
        "assignment:read",
        _assignments,
        (
            ref("asg", "id", "任务标识", "Identifier", "row.assignment.id"),
            ref("nom", "nomination_id", "推荐标识", "Nomination", "row.nomination.id"),
            col("window", "窗口名称", "Window", "row.window.name", 28),
            col("reviewer", "评审员", "Reviewer", "row.person.name"),
            col("origin", "分配方式", "Origin", "row.assignment.origin"),
            ref("run", "run_id", "自动分配", "Run", "row.assignment.run_id"),
            col("basis", "分配依据", "Basis", lambda view: json.dumps(view.row.assignment.basis), 24),
            col("reason", "理由", "Reason", "row.assignment.reason", 30),
            col("due_on", "期限", "Due", "row.assignment.due_on"),
            col("status", "状态", "Status", "row.assignment.status"),
            col("filled", "已评项数", "Items filled"),
            col("grounds", "回避事由", "Grounds", "grounds", 24),
            col("void_reason", "作废理由", "Void because", "row.assignment.void_reason", 30),
        ),
        takes("campaign_id!", "nomination_id", "stage"),
        by_case=True,
    ),
    ListTable(
        "score-sheets",
        "评分表",
        "Score sheets",
        "score:read",
        _sheets,
        (
            ref("sht", "id", "评分表标识", "Identifier", "sheet.id"),
            ref("nom", "nomination_id", "推荐标识", "Nomination", "nomination.id"),
            col("window", "窗口名称", "Window", "window.name", 28),
            col("reviewer", "评审员", "Reviewer", "person.name"),
            col("version", "版本", "Version", "sheet.version"),
            col("stage", "状态", "Stage", "sheet.stage"),
            col("total", "总分（精确值）", "Total (exact)", "sheet.total"),
            col("submitted_at", "提交时间", "Submitted", "sheet.submitted_at", 18),
            col("locked_at", "锁定时间", "Locked", "sheet.locked_at", 18),
            col("superseded_reason", "更正理由", "Superseded because", "sheet.superseded_reason", 30),
        ),
        takes("campaign_id!"),
        by_case=True,
        held_back=(SEALED,),
    ),
    ListTable(
        "score-points",
        "逐项评分",
        "Points by item",
        "score:read",
        _points,
        (
            ref("sht", "sheet_id", "评分表标识", "Sheet", "sheet.id"),
            ref("nom", "nomination_id", "推荐标识", "Nomination", "sheet.nomination_id"),
            ref("rvw", "reviewer_id", "评审员标识", "Reviewer", "sheet.reviewer_id"),
            col("item", "项目", "Item", "entry.item_code"),
            col("points", "得分", "Points", lambda row: _points_given(row.entry.hundredths)),
            col("comment", "评语", "Comment", "entry.comment", 40),
        ),
        takes("campaign_id!"),
        by_case=True,
        held_back=(SEALED,),
    ),
    ListTable(
        "ranking",
        "最近一次排名",
        "Newest ranking",
        "ranking:read",
        _ranking,
        (
            ref("rnk", "ranking_id", "排名标识", "Ranking", "entry.ranking_id"),
            col("position", "序号", "Position", "entry.position"),
            ref("nom", "nomination_id", "推荐标识", "Nomination", "nomination.id"),
            col("window", "窗口名称", "Window", "window.name", 28),
            col("sponsor", "主办单位", "Sponsor", "sponsor.name", 28),
            col("bucket", "名额所属", "Bucket", "entry.bucket_code"),
            col("value", "精确值", "Exact value", "entry.value", 20),
            col("shown", "得分", "Score", "entry.shown"),
            col("bucket_rank", "名额内排名", "Rank in bucket", "entry.bucket_rank"),
            col("bucket_cut", "入围情况", "Cut", "entry.bucket_cut", 18),
            col("pool_rank", "报部排名", "Rank in pool", "entry.pool_rank"),
        ),
        takes("campaign_id!"),
        by_case=True,
    ),
)
