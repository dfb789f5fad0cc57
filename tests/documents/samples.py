"""One of each document, with text that would be code elsewhere and characters that few fonts have."""

from datetime import UTC, datetime

from app.documents.data import (
    ApprovalForm,
    Candidates,
    Certificate,
    Column,
    Labelled,
    Notice,
    NoticeLine,
    Opinion,
    Table,
)

AT = datetime(2026, 9, 30, 8, 0, tzinfo=UTC)
HOSTILE = '#let x = 1 $y$ [a](b) *c* <script> {{7*7}} "q" \\n'
RARE = "𬭎䶮𬱖㛃"

FORM = ApprovalForm(
    title="浙江省劳动保障系统优质服务窗口呈报审批表",
    code="2026-ZJ-330100-0007",
    unit="西湖区社会保险服务大厅",
    recommended_by="杭州市劳动和社会保障局",
    filled_on="2026-09-21",
    template="1",
    fields=[
        Labelled("单位性质", "事业单位"),
        Labelled("单位人数", "23"),
        Labelled("负责人姓名", RARE),
        Labelled("主要事迹", f"一窗受理，集成服务。\n{HOSTILE}", wide=True),
    ],
    opinions=[
        Opinion("县级意见", "同意推荐。", "杭州市西湖区劳动和社会保障局", "李四", "2026-08-20"),
        Opinion("市级意见", "公示无异议，同意上报。", "杭州市劳动和社会保障局", "王五", "2026-09-21"),
        Opinion("审批机关意见", "", "浙江省劳动和社会保障厅", "", ""),
    ],
)
NOTICE = Notice(
    title="关于拟推荐全省劳动保障系统优质服务窗口的公示",
    code="GS-2026-4C1D2E3F",
    paragraphs=["根据浙劳社〔2026〕1号文件要求，拟推荐下列窗口。"],
    lines=[
        NoticeLine(
            f"第{number}服务大厅", "西湖区劳动和社会保障局", "杭州市", "社会保险经办", "群众满意率高。"
        )
        for number in range(1, 41)
    ],
    period="公示时间为2026年9月14日至2026年9月21日24时。",
    contact=[Labelled("受理单位", "市局监察室"), Labelled("电话", "0571-85110000")],
    issuer="杭州市劳动和社会保障局",
    on="2026年9月14日",
)
CERTIFICATE = Certificate(
    award="全省劳动保障系统优质服务窗口",
    window="西湖区社会保险服务大厅",
    sponsor="杭州市西湖区劳动和社会保障局",
    number="ZJ-2026-001",
    sentence="在2024—2026年度评选表彰活动中成绩突出，特授予",
    host="浙江省劳动和社会保障厅",
    on="2026年12月28日",
)
TABLE = Table(
    name="candidates",
    title="候选单位汇总表",
    columns=[Column("rank", "序号", 6), Column("window", "窗口名称", 24), Column("uscc", "代码", 20)],
    rows=[
        [1, "=HYPERLINK(1)", "12330100MB0000019G"],
        [2, "+86", "@SUM(A1)"],
        [3, "－1+1", "\t=1"],
        [4, "普通窗口", "0123"],
    ],
    about=[Labelled("导出人", "王敏")],
    withheld=["评审得分不在本表提供。"],
)
CANDIDATES = Candidates(
    title="推荐候选窗口汇总表",
    unit="杭州市",
    on="2026年9月14日",
    columns=[Column("number", "序号", 5), Column("bucket", "推荐单位", 16), Column("window", "窗口", 24)],
    rows=[[1, "杭州市", "西湖大厅"]],
    signing=["单位负责人（签字）：", "填表人："],
)
