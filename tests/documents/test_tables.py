"""Lists to be taken away: no text becomes a formula, and nobody takes a part for the whole (C35)."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

from docx import Document
from python_calamine import load_workbook

from app.documents import tables, word
from app.documents.data import Column, Table
from tests.documents.samples import AT, FORM, HOSTILE, NOTICE, RARE, TABLE


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers() -> None:
    sheet = load_workbook(io.BytesIO(tables.xlsx(TABLE))).get_sheet_by_index(0).to_python()

    assert sheet[0] == ["序号", "窗口名称", "代码"]
    assert [row[1] for row in sheet[1:5]] == ["=HYPERLINK(1)", "+86", "－1+1", "普通窗口"]
    assert sheet[1][0] == 1.0
    assert sheet[4][2] == "0123"
    assert "评审得分不在本表提供。" in str(sheet[-1][0])


def test_no_cell_of_a_csv_begins_like_a_formula() -> None:
    data = tables.comma_separated(TABLE)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))

    assert data.startswith(b"\xef\xbb\xbf")
    assert rows[1] == ["1", "'=HYPERLINK(1)", "12330100MB0000019G"]
    assert rows[2] == ["2", "'+86", "'@SUM(A1)"]
    assert rows[3] == ["3", "'－1+1", "'\t=1"]
    assert [cell for row in rows for cell in row if tables.FORMULA.match(cell)] == []


def test_json_lines_begin_with_what_the_list_is_and_what_it_leaves_out() -> None:
    row = Table(
        "r", "t", [Column("points", "分"), Column("on", "日")], [[Decimal("87.50"), date(2026, 9, 1)]]
    )
    lines = [json.loads(line) for line in tables.json_lines(row)]

    assert next(json.loads(line) for line in tables.json_lines(TABLE))["withheld"] == list(TABLE.withheld)
    assert lines[1] == {"points": "87.50", "on": "2026-09-01"}


def test_two_tables_make_two_sheets_whose_names_excel_accepts() -> None:
    other = Table("a/b:c", "t", TABLE.columns, TABLE.rows)

    assert load_workbook(io.BytesIO(tables.xlsx(TABLE, other))).sheet_names == ["candidates", "a b c"]


def test_a_form_for_word_says_the_same_and_its_text_is_text() -> None:
    paper = Document(io.BytesIO(word.approval_form(FORM, AT)))
    said = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)

    assert HOSTILE in said
    assert RARE in said
    assert "签字：李四" in said
    assert paper.core_properties.title == FORM.title


def test_a_notice_for_word_lists_everybody() -> None:
    paper = Document(io.BytesIO(word.notice(NOTICE, AT)))
    names = [row.cells[1].text for row in paper.tables[0].rows]

    assert [name for name in names if name.endswith("服务大厅")] == [f"第{n}服务大厅" for n in range(1, 41)]
