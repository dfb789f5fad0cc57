"""DOCX where an office edits on: the same data as the PDF, plain Word tables, nothing that runs."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from app.documents.data import ApprovalForm, Candidates, Labelled, Notice, Opinion
from app.documents.packing import stable

SONG, KAI = "宋体", "楷体"  # what Word on an office's machine has
_SAMPLE = "样例数据 SAMPLE"


def approval_form(data: ApprovalForm, at: datetime) -> bytes:
    """The form, its cells free to be edited."""
    paper = _paper(data.title, at, _marks(data))
    _line(paper, data.title, 20, bold=True, centred=True)
    for name, value in (("单位名称", data.unit), ("推荐单位", data.recommended_by), ("推荐编号", data.code)):
        _line(paper, f"{name}：{value}", 14)
    table = _grid(paper, (2.9, 5.2, 2.9, 5.2))
    for pair in _pairs(data.fields):
        cells = _cells(table)
        if len(pair) == 1:
            _fill(cells[0], pair[0].label)
            _fill(cells[1].merge(cells[3]), pair[0].text, font=KAI)
        else:
            for index, one in enumerate(pair):
                _fill(cells[2 * index], one.label)
                _fill(cells[2 * index + 1], one.text, font=KAI)
    for opinion in data.opinions:
        cells = _cells(table)
        _fill(cells[0], opinion.label)
        _fill(cells[1].merge(cells[3]), _signed(opinion), font=KAI)
    return _saved(paper)


def notice(data: Notice, at: datetime) -> bytes:
    """The notice, to be edited before it is posted on paper elsewhere."""
    paper = _paper(data.title, at, _marks(data))
    _line(paper, data.title, 18, bold=True, centred=True)
    if data.code:
        _line(paper, data.code, 12, centred=True)
    for paragraph in data.paragraphs:
        _line(paper, paragraph, 14, indented=True)
    table = _grid(paper, (1.2, 5.4, 5.4, 4.2))
    _row(table, ("序号", "窗口", "主管（所属）单位", "地区、类别"))
    for number, one in enumerate(data.lines, start=1):
        _row(table, (str(number), one.window, one.sponsor, f"{one.place} {one.kind}"))
        if one.merits:
            cells = _cells(table)
            _fill(cells[0].merge(cells[3]), f"主要事迹：{one.merits}", font=KAI)
    _line(paper, data.period, 14, indented=True)
    for contact in data.contact:
        _line(paper, f"{contact.label}：{contact.text}", 12)
    for closing in (data.issuer, data.on):
        _line(paper, closing, 14).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return _saved(paper)


def candidates(data: Candidates, at: datetime) -> bytes:
    """The table of candidates, across the page."""
    paper = _paper(data.title, at, _marks(data))
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _line(paper, data.title, 18, bold=True, centred=True)
    _line(paper, f"填报单位：{data.unit}　　{data.on}", 12)
    whole = sum(column.width for column in data.columns)
    table = _grid(paper, [24.9 * column.width / whole for column in data.columns])
    _row(table, [column.title for column in data.columns])
    for row in data.rows:
        _row(table, ["" if cell is None else str(cell) for cell in row])
    for note in data.notes:
        _line(paper, f"注：{note}", 10)
    _line(paper, "　　　　".join(data.signing), 12)
    return _saved(paper)


def _marks(data: ApprovalForm | Candidates | Notice) -> str:
    return "　".join(mark for mark in (_SAMPLE if data.sample else "", data.mark) if mark)


def _paper(title: str, at: datetime, marks: str) -> Paper:
    paper: Paper = Document()
    said = paper.core_properties
    said.title, said.author = title[:255], "评优 Pingyou"
    said.created = said.modified = at
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    if marks:
        _written(section.header.paragraphs[0].add_run(marks), 12, SONG)
    return paper


def _line(
    paper: Paper, text: str, size: int, *, bold: bool = False, centred: bool = False, indented: bool = False
) -> Paragraph:
    paragraph = paper.add_paragraph()
    _written(paragraph.add_run(text), size, SONG).bold = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indented:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    return paragraph


def _written(run: Run, size: int, font: str) -> Run:
    """Word picks another Chinese font unless the East Asian one is named too."""
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001  (python-docx has no public way)
    return run


def _grid(paper: Paper, widths: Sequence[float]) -> Table:
    table: Table = paper.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _cells(table: Table) -> tuple[_Cell, ...]:
    cells: tuple[_Cell, ...] = table.add_row().cells  # type: ignore[no-untyped-call]  # python-docx says no types here
    return cells


def _row(table: Table, texts: Iterable[str]) -> None:
    for cell, text in zip(_cells(table), texts, strict=True):
        _fill(cell, text)


def _fill(cell: _Cell, text: str, font: str = SONG) -> None:
    _written(cell.paragraphs[0].add_run(text), 11, font)


def _pairs(fields: Sequence[Labelled]) -> Iterator[tuple[Labelled, ...]]:
    """Two short fields in a line, a wide one alone."""
    waiting: Labelled | None = None
    for one in fields:
        if one.wide:
            if waiting:
                yield (waiting,)
            yield (one,)
            waiting = None
        elif waiting:
            yield waiting, one
            waiting = None
        else:
            waiting = one
    if waiting:
        yield (waiting,)


def _signed(opinion: Opinion) -> str:
    on = opinion.on or "　　年　　月　　日"
    return f"{opinion.text}\n\n{opinion.organization}（盖章）\n签字：{opinion.signer}　　{on}"


def _saved(paper: Paper) -> bytes:
    made = io.BytesIO()
    paper.save(made)
    return stable(made.getvalue())
