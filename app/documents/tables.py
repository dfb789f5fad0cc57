"""Lists as files: XLSX, CSV, JSON and rows for a PDF, from one table.

Text is never a formula: cells are written as strings, and in CSV, where a reader cannot be told so, a cell that
starts with a formula's sign gets an apostrophe in front (C35). Whoever writes a list in constant memory may hand in
any number of rows.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

from app.documents.data import Cell, Table

FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_WITHHELD = "未提供 / withheld"


def xlsx(*tables: Table) -> bytes:
    """One workbook, a sheet a table; the heading stays in sight, notes stand below the last row."""
    made = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, options) as book:
        heading = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        for table in tables:
            _sheet(book.add_worksheet(_SHEET_NAME.sub(" ", table.name)[:31]), table, heading, text)
    return made.getvalue()


def comma_separated(table: Table) -> bytes:
    """CSV as Excel in China opens it: UTF-8 with a mark, CRLF."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    writer.writerows([_safe(_text(cell)) for cell in row] for row in table.rows)
    writer.writerows([_safe(f"{_WITHHELD}: {note}")] for note in table.withheld)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def as_json(table: Table) -> dict[str, object]:
    """The table with its texts, as the PDF template and JSON readers take it."""
    return {
        "name": table.name,
        "title": table.title,
        "made": table.made,
        "columns": [{"key": c.key, "title": c.title, "width": c.width} for c in table.columns],
        "rows": [[_text(cell) for cell in row] for row in table.rows],
        "withheld": list(table.withheld),
    }


def json_lines(table: Table) -> Iterator[bytes]:
    """One JSON object a row, keys as in the API; a first line says what the list is and what it leaves out."""
    yield _line(
        {"list": table.name, "title": table.title, "made": table.made, "withheld": list(table.withheld)}
    )
    keys = [column.key for column in table.columns]
    for row in table.rows:
        yield _line(dict(zip(keys, map(_plain, row), strict=True)))


def _sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: Table,
    heading: xlsxwriter.format.Format,
    text: xlsxwriter.format.Format,
) -> None:
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(table.columns):
        sheet.write_string(0, index, column.title, heading)
    last = 0
    for last, row in enumerate(table.rows, start=1):
        for index, cell in enumerate(row):
            if isinstance(cell, int) and not isinstance(cell, bool):
                sheet.write_number(last, index, cell)
            else:
                sheet.write_string(last, index, _text(cell), text)
    for offset, note in enumerate(table.withheld, start=2):
        sheet.write_string(last + offset, 0, f"{_WITHHELD}: {note}", text)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return str(cell)


def _safe(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _plain(cell: Cell) -> object:
    return str(cell) if isinstance(cell, Decimal | date) else cell


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
