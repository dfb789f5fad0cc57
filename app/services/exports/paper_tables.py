"""What cases were handed in with and what was heard of them: forms, write-ups, declarations, hearings, replies, seals, files."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from app.db import exports as rows
from app.db.tables.base import Row
from app.db.tables.materials import ApprovalForm, Material, MaterialReceipt, SealRecord
from app.db.tables.nominations import (
    DepartmentConsultation,
    Nomination,
    NominationText,
    PublicConsultation,
    SelfDeclaration,
    ServiceWindow,
)
from app.packs.materials import Visibility
from app.services import campaigns
from app.services.context import Ctx
from app.services.exports.case_tables import seen
from app.services.exports.shapes import Col, ListTable, Narrowed, col, last, paged, ref, takes

PEOPLE = (
    "负责人、联系人的姓名、职务和电话（见各呈报审批表）",
    "names, posts and telephones of heads and contacts (see each form)",
)


def _of(kind: type[Row]) -> Callable[[Ctx, Narrowed], Iterator[Any]]:
    """The papers of one kind of the cases the caller may see."""

    def read(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
        found = seen(ctx, by)
        return paged(
            lambda after, n: rows.papers(ctx.session, kind, found, last(after), n),
            lambda row: row.paper.id.hex,
        )

    return read


class _Form(NamedTuple):
    """A form without what is restricted."""

    paper: ApprovalForm
    nomination: Nomination
    window: ServiceWindow
    data: dict[str, Any]


def _forms(ctx: Ctx, by: Narrowed) -> Iterator[Any]:
    rules = campaigns.rules_of(ctx, campaigns.readable(ctx, by.campaign))
    open_to_lists = {one.key for one in rules.form.fields if one.visibility is not Visibility.RESTRICTED}
    for row in _of(ApprovalForm)(ctx, by):
        data = {key: value for key, value in row.paper.data.items() if key in open_to_lists}
        yield _Form(row.paper, row.nomination, row.window, data)


def _table(name: str, zh: str, en: str, kind: type[Row], *columns: Col, **more: Any) -> ListTable:  # noqa: ANN401  (fields of a table)
    """A table of papers: each begins with its case."""
    case = (
        ref("nom", "nomination_id", "推荐标识", "Nomination", "nomination.id"),
        col("window", "窗口名称", "Window", "window.name", 28),
    )
    read = more.pop("read", None) or _of(kind)
    return ListTable(
        name, zh, en, "nomination:read", read, (*case, *columns), takes("campaign_id!"), by_case=True, **more
    )


TABLES = (
    _table(
        "forms",
        "呈报审批表",
        "Approval forms",
        ApprovalForm,
        col("kind", "表种", "Kind", "paper.kind"),
        col("template_version", "表样版本", "Template", "paper.template_version"),
        col("complete", "已填全", "Complete", "paper.complete"),
        col("data", "填报内容", "Data", width=80),
        read=_forms,
        held_back=(PEOPLE,),
    ),
    _table(
        "write-ups",
        "事迹材料",
        "Write-ups",
        NominationText,
        col("characters", "字数", "Characters", "paper.char_count"),
        col("text", "正文", "Text", "paper.body", 80),
    ),
    _table(
        "declarations",
        "一票否决事项声明",
        "Declarations",
        SelfDeclaration,
        col("veto_code", "事项", "Item", "paper.veto_code", 28),
        col("has_occurred", "是否发生", "Occurred", "paper.has_occurred"),
        col("explanation", "说明", "Explanation", "paper.explanation", 40),
        col("signed_by", "签字人", "Signed by", "paper.signed_by"),
        col("signed_on", "签字日期", "Signed on", "paper.signed_on"),
    ),
    _table(
        "consultations",
        "听取群众意见",
        "Hearings of the public",
        PublicConsultation,
        col("level", "层级", "Level", "paper.level"),
        col("methods", "方式", "Methods", "paper.methods", 22),
        col("held_from", "自", "From", "paper.held_from"),
        col("held_to", "至", "To", "paper.held_to"),
        col("participants", "人数", "Participants", "paper.participants"),
        col("summary", "情况", "Summary", "paper.summary", 60),
        col("signer", "签字人", "Signed by", "paper.signer"),
        col("concluded_at", "办结时间", "Concluded", "paper.concluded_at", 18),
    ),
    _table(
        "department-replies",
        "部门意见",
        "Departments' replies",
        DepartmentConsultation,
        col("department", "部门", "Department", "paper.department", 28),
        col("sent_on", "发函日期", "Sent", "paper.sent_on"),
        col("replied_on", "复函日期", "Replied", "paper.replied_on"),
        col("result", "意见", "Result", "paper.result", 18),
        col("remarks", "说明", "Remarks", "paper.remarks", 40),
    ),
    _table(
        "seals",
        "用印记录",
        "Seals",
        SealRecord,
        col("form", "表种", "Form", "paper.form_kind"),
        col("level", "层级", "Level", "paper.level"),
        col("name_on_seal", "印章名称", "Name on the seal", "paper.name_on_seal", 28),
        col("kind", "用印方式", "Kind", "paper.kind", 18),
        col("sealed_on", "用印日期", "Sealed on", "paper.sealed_on"),
        col("approved_by", "批准人", "Approved by", "paper.approved_by"),
    ),
    _table(
        "receipts",
        "材料份数",
        "Copies received",
        MaterialReceipt,
        col("kind", "材料", "Kind", "paper.kind", 22),
        col("copies", "份数", "Copies", "paper.copies"),
        col("complete", "齐全", "Complete", "paper.complete"),
        col("received_on", "接收日期", "Received", "paper.received_on"),
    ),
    _table(
        "materials",
        "附件材料",
        "Files",
        Material,
        ref("mat", "id", "材料标识", "Identifier", "paper.id"),
        col("kind", "种类", "Kind", "paper.kind", 20),
        col("version", "版本", "Version", "paper.version"),
        col("status", "状态", "Status", "paper.status"),
        col("file_name", "文件名", "File", "paper.file_name", 32),
        col("media_type", "类型", "Type", "paper.media_type", 24),
        col("size_bytes", "字节", "Bytes", "paper.size_bytes"),
        col("sha256", "摘要", "SHA-256", "paper.sha256", 40),
        held_back=(
            (
                "文件本身（按标识逐份下载，或见整个活动的压缩包）",
                "the files themselves: each by its identifier, or all in the campaign's ZIP",
            ),
        ),
    ),
)
