"""How cases came to their reviewers and what became of scores: runs with seed and inputs, corrections, every ranking."""

import json
from collections.abc import Iterator
from typing import Any

from app.domain.score_sheet import CorrectionStage
from app.services import assignment_runs, recusals, score_corrections, score_rankings
from app.services.context import Ctx
from app.services.exports.shapes import Col, ListTable, Narrowed, col, paged, ref, takes

_CAMPAIGN = ref("cmp", "campaign_id", "活动", "Campaign")


def _runs(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    hidden = {one.hex for one in recusals.hidden_everywhere(ctx)}
    found = paged(
        lambda after, n: assignment_runs.listed(ctx, by.campaign, after=after, limit=n),
        lambda row: row.id.hex,
    )
    return (row for row in found if not hidden & {one["case"] for one in row.inputs.get("demands", ())})


def _corrections(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    stage = by.stage_of(CorrectionStage)
    return paged(
        lambda after, n: score_corrections.listed(ctx, by.campaign, stage=stage, after=after, limit=n),
        lambda row: row.id.hex,
    )


def _rankings(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return paged(
        lambda after, n: score_rankings.listed(ctx, by.campaign, after=after, limit=n),
        lambda row: row.id.hex,
    )


def _data(key: str, zh: str, en: str) -> Col:
    """A column of what was frozen as data, in one text."""
    return col(key, zh, en, lambda row: json.dumps(getattr(row, key), ensure_ascii=False, sort_keys=True), 60)


TABLES = (
    ListTable(
        "assignment-runs",
        "自动分配记录",
        "Assignment runs",
        "assignment:read",
        _runs,
        (
            ref("run", "id", "分配标识", "Identifier"),
            _CAMPAIGN,
            col("created_at", "时间", "At", width=18),
            col("created_by", "经办", "By", width=44),
            col("seed", "种子", "Seed", width=20),
            col("per_case", "每件评审员数", "Reviewers per case"),
            col("assigned", "已分配", "Assigned"),
            _data("short", "未分足的推荐及原因", "Cases left short, and why"),
            _data("inputs", "冻结的输入", "Frozen inputs"),
            col("input_hash", "输入摘要", "Digest of the inputs", width=40),
        ),
        takes("campaign_id!"),
        by_case=True,
    ),
    ListTable(
        "score-corrections",
        "评分更正",
        "Score corrections",
        "score:read",
        _corrections,
        (
            ref("cor", "id", "更正标识", "Identifier"),
            _CAMPAIGN,
            ref("nom", "nomination_id", "推荐标识", "Nomination"),
            ref("sht", "sheet_id", "原评分表", "Sheet"),
            col("stage", "状态", "Stage"),
            col("reason", "理由", "Reason", width=40),
            _data("changes", "更正的项目", "Changed items"),
            ref("per", "requested_by", "申请人", "Asked for by"),
            col("created_at", "申请时间", "Asked for", width=18),
            ref("per", "decided_by", "决定人", "Decided by"),
            col("decided_at", "决定时间", "Decided", width=18),
            col("decision_note", "决定说明", "Note", width=40),
            ref("sht", "new_sheet_id", "新评分表", "New sheet"),
            col("decision_review", "须由会议复议", "To be looked at again by the body"),
        ),
        takes("campaign_id!", "stage"),
        by_case=True,
    ),
    ListTable(
        "rankings",
        "历次排名",
        "Rankings",
        "ranking:read",
        _rankings,
        (
            ref("rnk", "id", "排名标识", "Identifier"),
            _CAMPAIGN,
            col("number", "第几次", "Number"),
            col("taken_at", "时间", "Taken", width=18),
            col("method", "方法", "Method"),
            col("min_reviewers", "最少评审员数", "Fewest reviewers"),
            col("rules_version", "规则版本", "Rules version"),
            col("input_hash", "输入摘要", "Digest of the inputs", width=40),
            col("result_hash", "结果摘要", "Digest of the result", width=40),
        ),
        takes("campaign_id!"),
        held_back=(
            (
                "各次排名的逐行结果（最近一次见“最近一次排名”，全部见整个活动的压缩包）",
                "the lines of each (the newest has its own list, all are in the campaign's ZIP)",
            ),
        ),
    ),
)
