"""Lists to be taken away: no text becomes a formula, and nobody takes a part for the whole (C35)."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from docx import Document
from python_calamine import load_workbook

from app.documents import tables, word
from app.documents.data import Cell, Column, Table
from tests.documents.reading import docx_text
from tests.documents.samples import AT, CANDIDATES, FORM, HOSTILE, NOTICE, RARE, TABLE


def written(writer: tables.Writer, table: Table, at: Path) -> tuple[bytes, int]:
    with at.open("w+b") as out:
        count = writer(out, table)
        out.seek(0)
        return out.read(), count


def test_a_workbook_begins_with_what_it_is_and_holds_text_as_text_and_numbers_as_numbers(
    tmp_path: Path,
) -> None:
    data, count = written(tables.write_xlsx, TABLE, tmp_path / "made")
    book = load_workbook(io.BytesIO(data))
    about, sheet = (book.get_sheet_by_index(index).to_python() for index in (0, 1))

    assert (book.sheet_names, count) == (["说明 candidates", "candidates"], 4)
    assert ["导出人", "王敏"] in about
    assert ["未提供 / withheld", "评审得分不在本表提供。"] in about
    assert ["uscc", "代码"] in about
    assert about[-1] == ["行数 / rows", "4"]
    assert sheet[0] == ["序号", "窗口名称", "代码"]
    assert [row[1] for row in sheet[1:5]] == ["=HYPERLINK(1)", "+86", "－1+1", "普通窗口"]
    assert (sheet[1][0], sheet[4][2]) == (1.0, "0123")


def test_no_cell_of_a_csv_begins_like_a_formula_and_its_notes_are_no_rows(tmp_path: Path) -> None:
    data, count = written(tables.write_csv, TABLE, tmp_path / "made")
    lines = data.decode("utf-8-sig").split("\r\n")
    notes = [line for line in lines if line.startswith("# ")]
    rows = list(csv.reader(line for line in lines if line and line not in notes))

    assert (data[:3], count) == (b"\xef\xbb\xbf", 4)
    assert notes == ["# 候选单位汇总表", "# 导出人: 王敏", "# 未提供 / withheld: 评审得分不在本表提供。"]
    assert rows[0] == ["序号", "窗口名称", "代码"]
    assert rows[1:4] == [
        ["1", "'=HYPERLINK(1)", "12330100MB0000019G"],
        ["2", "'+86", "'@SUM(A1)"],
        ["3", "'－1+1", "'\t=1"],
    ]
    assert [cell for row in rows for cell in row if tables.FORMULA.match(cell)] == []


def test_a_note_of_several_lines_stays_a_note(tmp_path: Path) -> None:
    table = Table("t", "t", [Column("a", "甲")], [["=1"]], withheld=["一\r\n=cmd|' /C calc'!A0"])
    data, _ = written(tables.write_csv, table, tmp_path / "made")

    assert [line for line in data.decode("utf-8-sig").split("\r\n") if line[:1] not in ("#", "")] == [
        "甲",
        "'=1",
    ]


def test_json_lines_begin_with_what_the_list_is_and_give_values_back(tmp_path: Path) -> None:
    columns = [Column("points", "分"), Column("on", "日"), Column("at", "时"), Column("yes", "是")]
    row: list[Cell] = [Decimal("87.50"), date(2026, 9, 1), datetime(2026, 9, 1, 8, tzinfo=UTC), True]
    data, count = written(tables.write_json_lines, Table("r", "t", columns, [row]), tmp_path / "made")
    head, line = (json.loads(one) for one in data.splitlines())
    first = json.loads(next(tables.json_lines(TABLE)))

    assert (first["list"], first["about"]) == ("candidates", {"导出人": "王敏"})
    assert first["withheld"] == list(TABLE.withheld)
    assert head["columns"]["points"] == "分"
    assert (line, count) == (
        {"points": "87.50", "on": "2026-09-01", "at": "2026-09-01T08:00:00.000000Z", "yes": True},
        1,
    )


def test_rows_are_asked_for_as_they_are_written(tmp_path: Path) -> None:
    asked: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(3):
            asked.append(number)
            yield [number]

    lines = tables.json_lines(Table("n", "n", [Column("n", "n")], rows()))
    next(lines)
    before = list(asked)
    next(lines)

    assert (before, asked) == ([], [0])


def test_a_cell_longer_than_excel_takes_is_cut_and_not_lost(tmp_path: Path) -> None:
    table = Table("t", "t", [Column("a", "a")], [["优" * 40_000]])
    data, _ = written(tables.write_xlsx, table, tmp_path / "made")

    assert load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1][0] == "优" * 32_767


def test_the_same_list_is_the_same_workbook() -> None:
    assert tables.xlsx(TABLE) == tables.xlsx(TABLE)


def test_a_form_for_word_says_the_same_and_its_text_is_text() -> None:
    made = word.approval_form(FORM, AT)
    said = docx_text(made)

    assert HOSTILE in said
    assert RARE in said
    assert "签字：李四" in said
    assert Document(io.BytesIO(made)).core_properties.title == FORM.title


def test_a_notice_for_word_lists_everybody() -> None:
    paper = Document(io.BytesIO(word.notice(NOTICE, AT)))
    names = [row.cells[1].text for row in paper.tables[0].rows]

    assert [name for name in names if name.endswith("服务大厅")] == [f"第{n}服务大厅" for n in range(1, 41)]


def test_candidates_for_word_lie_across_the_page_with_room_for_who_signs() -> None:
    paper = Document(io.BytesIO(word.candidates(CANDIDATES, AT)))
    (section,) = paper.sections

    assert (section.page_width or 0) > (section.page_height or 0)
    assert [cell.text for cell in paper.tables[0].rows[1].cells] == ["1", "杭州市", "西湖大厅"]
    assert "填表人：" in docx_text(word.candidates(CANDIDATES, AT))


def test_lists_and_objects_stay_such_in_json_and_are_a_line_elsewhere(tmp_path: Path) -> None:
    row: list[Cell] = [["a", True], {"text": "同意", "points": [1, 2]}]
    table = Table("t", "t", [Column("several", "多"), Column("object", "项")], [row])
    data, _ = written(tables.write_json_lines, table, tmp_path / "lines")
    commas, _ = written(tables.write_csv, table, tmp_path / "commas")

    assert json.loads(data.splitlines()[1]) == {"several": ["a", True], "object": row[1]}
    assert commas.decode("utf-8-sig").split("\r\n")[1] == "a; 是,text=同意; points=1; 2"
