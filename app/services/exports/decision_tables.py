"""Meetings, what they decided, awards, what units were told, the way to the ministry."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.db import exports as rows
from app.db.tables.awards import ResultNotification
from app.domain.ids import shown
from app.domain.meeting import MeetingStage
from app.domain.ministry import MinistryStage
from app.services import awards, meetings, ministry, recusals, result_notifications
from app.services.context import Ctx
from app.services.exports.shapes import ListTable, Narrowed, col, last, paged, ref, takes


def _meetings(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return paged(
        lambda after, n: meetings.listed(
            ctx, by.campaign, stage=by.stage_of(MeetingStage), after=after, limit=n
        ),
        lambda row: row.id.hex,
    )


def _decisions(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    meetings.listed(ctx, by.campaign, limit=1)  # who may read the records may read their items
    hidden = recusals.hidden_everywhere(ctx)
    return paged(
        lambda after, n: rows.decisions(ctx.session, by.campaign, hidden, last(after), n),
        lambda row: row.item.id.hex,
    )


def _awards(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    return paged(
        lambda after, n: awards.listed(ctx, by.campaign, after=after, limit=n),
        lambda row: row.award.certificate_no,
    )


def _ministry(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    hidden = recusals.hidden_everywhere(ctx)
    found = paged(
        lambda after, n: ministry.listed(
            ctx, by.campaign, stage=by.stage_of(MinistryStage), after=after, limit=n
        ),
        lambda row: row.recommendation.id.hex,
    )
    return (row for row in found if row.nomination.id not in hidden)


def _notifications(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    hidden = {shown("nom", one) for one in recusals.hidden_everywhere(ctx)}
    found = paged(
        lambda after, n: result_notifications.listed(ctx, by.campaign, after=after, limit=n),
        lambda row: row.id.hex,
    )
    return (
        _Told(row, [one for one in row.results if one.get("nomination_id") not in hidden]) for row in found
    )


class _Told(NamedTuple):
    """What a unit was told, without the cases kept from the reader."""

    row: ResultNotification
    kept: list[dict[str, str]]

    @property
    def results(self) -> str:
        return "; ".join(f"{one.get('window_name', '')}={one.get('result', '')}" for one in self.kept)


TABLES = (
    ListTable(
        "meetings",
        "会议",
        "Meetings",
        "meeting:read",
        _meetings,
        (
            ref("mtg", "id", "会议标识", "Identifier"),
            col("turn", "会议", "Body's turn"),
            col("body", "名称", "Body", "body_name_zh", 28),
            col("purpose", "事项", "Purpose", width=24),
            col("stage", "状态", "Stage", "stage", 16, "meeting_stage"),
            col("held_on", "日期", "Held on"),
            col("minutes_no", "纪要编号", "Minutes", width=20),
            col("should_attend", "应到", "Should attend"),
            col("attended", "实到", "Attended"),
            col("secret", "无记名", "Secret ballot"),
            col("confirmed_at", "复核时间", "Confirmed", width=18),
            col("announced_on", "公布日期", "Announced"),
            col("end_reason", "取消理由", "Cancelled because", width=30),
        ),
        takes("campaign_id!", "stage"),
        held_back=(("与会人员名单（见会议记录）", "names of those present (see the record)"),),
    ),
    ListTable(
        "decisions",
        "会议决定",
        "Decisions",
        "meeting:read",
        _decisions,
        (
            ref("dit", "id", "议题标识", "Identifier", "item.id"),
            ref("mtg", "meeting_id", "会议标识", "Meeting", "meeting.id"),
            col("minutes_no", "纪要编号", "Minutes", "meeting.minutes_no", 20),
            col("held_on", "日期", "Held on", "meeting.held_on"),
            col("purpose", "事项", "Purpose", "meeting.purpose", 24),
            col("position", "序号", "Position", "item.position"),
            ref("nom", "nomination_id", "推荐标识", "Nomination", "item.nomination_id"),
            col("window", "窗口名称", "Window", lambda row: row.item.snapshot.get("window_name", ""), 28),
            col("rank", "排名", "Rank", "item.rank"),
            col("votes_for", "同意", "For", "item.votes_for"),
            col("votes_against", "反对", "Against", "item.votes_against"),
            col("abstained", "弃权", "Abstained", "item.abstained"),
            col("excluded", "回避人数", "Excluded", lambda row: len(row.item.excluded)),
            col("result", "结果", "Result", "item.result"),
            col("reason", "理由", "Reason", "item.reason", 40),
            col("annulled_at", "撤销时间", "Annulled", "item.annulled_at", 18),
        ),
        takes("campaign_id!"),
        by_case=True,
    ),
    ListTable(
        "awards",
        "表彰",
        "Awards",
        "campaign:read",
        _awards,
        (
            ref("awd", "id", "表彰标识", "Identifier", "award.id"),
            col("certificate_no", "证书编号", "Certificate", "award.certificate_no", 18),
            col("window", "窗口名称", "Window", lambda row: row.award.snapshot.get("window_name", ""), 28),
            col("formerly", "原名称", "Formerly", lambda row: row.award.snapshot.get("formerly", ""), 20),
            col("sponsor", "主办单位", "Sponsor", lambda row: row.award.snapshot.get("sponsor", ""), 28),
            col("city", "所在市", "City", lambda row: row.award.snapshot.get("city", "")),
            col("title", "表彰名称", "Title", "award.title_zh", 32),
            col("conferred_on", "授予日期", "Conferred", "award.conferred_on"),
            col("document_no", "文号", "Document", "award.document_no", 20),
            col("status", "状态", "Status", "award.status"),
            col(
                "revoked_on", "撤销日期", "Revoked", lambda row: row.revocation and row.revocation.decided_on
            ),
            col("ground", "撤销事由", "Ground", lambda row: row.revocation and row.revocation.ground, 20),
            ref("nom", "nomination_id", "推荐标识", "Nomination", "award.nomination_id"),
        ),
        takes("campaign_id!"),
    ),
    ListTable(
        "ministry-recommendations",
        "报部推荐",
        "Recommendations to the ministry",
        "ministry:read",
        _ministry,
        (
            ref("mrc", "id", "报部标识", "Identifier", "recommendation.id"),
            ref("nom", "nomination_id", "推荐标识", "Nomination", "nomination.id"),
            col("window", "窗口名称", "Window", "window.name", 28),
            col("sponsor", "主办单位", "Sponsor", "sponsor.name", 28),
            col("slot", "名额", "Place", "recommendation.slot", 18),
            col("rank", "排名", "Rank", "recommendation.rank"),
            col("stage", "状态", "Stage", "recommendation.stage", 18, "ministry_stage"),
            col("since", "自", "Since", "recommendation.stage_since", 18),
            col("document_no", "报部文号", "Report", "recommendation.document_no", 20),
            col("reported_on", "报部日期", "Reported", "recommendation.reported_on"),
            col("result_document_no", "部级文号", "Result", "recommendation.result_document_no", 20),
            col("result_on", "部级日期", "Result of", "recommendation.result_on"),
        ),
        takes("campaign_id!", "stage"),
        by_case=True,
        held_back=(("考核组成员名单", "members of the assessment teams"),),
    ),
    ListTable(
        "result-notifications",
        "结果通知",
        "Notifications of results",
        "nomination:read",
        _notifications,
        (
            ref("rsn", "id", "通知标识", "Identifier", "row.id"),
            ref("org", "organization_id", "被通知单位", "Organisation", "row.organization_id"),
            col("purpose", "事项", "Purpose", "row.purpose", 24),
            col("results", "结果", "Results", width=50),
            col("notified_at", "通知时间", "Notified", "row.notified_at", 18),
            col("acknowledged_at", "签收时间", "Acknowledged", "row.acknowledged_at", 18),
        ),
        takes("campaign_id!"),
        by_case=True,
    ),
)
