"""Lists as files: XLSX, CSV and JSON lines, written row by row, so that a list of any length needs no more memory.

Each begins by saying who took what, when, narrowed to what, and what is not in it. Text is never a formula: cells are
written as strings, and in CSV, where a reader cannot be told so, a cell that starts with a formula's sign gets an
apostrophe in front (C35).
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter

from app.documents.data import Cell, Column, Labelled, Table

FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_NOTED = re.compile(r"[\r\n]+")
_LONGEST = 32_767  # characters of a cell in Excel
_WITHHELD = "未提供 / withheld"
_ROWS = "行数 / rows"
_AT = datetime(1980, 1, 1)  # noqa: DTZ001  (the hour of packing is nobody's business; the first sheet says when)

Writer = Callable[[BinaryIO, Table], int]


def xlsx(*tables: Table) -> bytes:
    """A small workbook, in memory."""
    made = io.BytesIO()
    write_workbook(made, tables)
    return made.getvalue()


def write_xlsx(out: BinaryIO, table: Table) -> int:
    """A workbook of one list; how many rows it has."""
    return write_workbook(out, [table])[0]


def write_workbook(out: BinaryIO, tables: Iterable[Table]) -> list[int]:
    """A sheet for each list, before it a sheet that speaks of it where there is something to say; the rows of each."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _AT})
        looks = _Looks(book)
        return [_sheets(book, table, looks) for table in tables]


class CommaSeparated:
    """A CSV as Excel in China opens it, written row by row: UTF-8 with a mark, CRLF. Lines with `# ` speak of the list."""

    def __init__(self, out: BinaryIO, table: Table) -> None:
        out.write(b"\xef\xbb\xbf")
        self._text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        for line in _said(table):
            self._text.write(f"# {_NOTED.sub(' ', line)}\r\n")
        self._writer.writerow([column.title for column in table.columns])

    def write(self, row: Sequence[Cell]) -> None:
        self._writer.writerow([_safe(_text(cell)) for cell in row])

    def close(self) -> None:
        """The file below stays open."""
        self._text.detach()


def write_csv(out: BinaryIO, table: Table) -> int:
    """The whole list as CSV; how many rows it has."""
    lines, count = CommaSeparated(out, table), 0
    for row in table.rows:
        lines.write(row)
        count += 1
    lines.close()
    return count


def write_json_lines(out: BinaryIO, table: Table) -> int:
    """One JSON object a row, keys as in the API; the first line says what the list is and what it leaves out."""
    count = -1
    for count, line in enumerate(json_lines(table)):  # noqa: B007  (how many there were)
        out.write(line)
    return count


def json_lines(table: Table) -> Iterator[bytes]:
    """The lines themselves."""
    about = {one.label: one.text for one in table.about}
    columns = {one.key: one.title for one in table.columns}
    head = {"list": table.name, "title": table.title, "about": about, "columns": columns}
    yield _line(head | {"withheld": list(table.withheld)})
    keys = list(columns)
    for row in table.rows:
        yield _line(dict(zip(keys, map(_plain, row), strict=True)))


WRITERS: Mapping[str, Writer] = {"xlsx": write_xlsx, "csv": write_csv, "jsonl": write_json_lines}


class _Looks:
    """The formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.heading = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1, "text_wrap": True})
        self.text = book.add_format({"num_format": "@"})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})


def _sheets(book: xlsxwriter.Workbook, table: Table, looks: _Looks) -> int:
    said = table.about or table.withheld
    first = book.add_worksheet(_sheet_name("说明", table.name)) if said else None
    last = _spoken(first, table, looks) if first else 0
    count = _listed(book.add_worksheet(_sheet_name(table.name)), table, looks)
    if first:  # rows of one sheet come in order; those of another may come between
        _pair(first, last, Labelled(_ROWS, str(count)), looks)
    return count


def _spoken(sheet: xlsxwriter.worksheet.Worksheet, table: Table, looks: _Looks) -> int:
    """Who, when, narrowed to what, without what; which row comes next."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, table.title, looks.title)
    pairs = [*table.about, *(Labelled(_WITHHELD, note) for note in table.withheld)]
    pairs += [Labelled(column.key, column.title) for column in table.columns]
    for at, one in enumerate(pairs, 2):
        _pair(sheet, at, one, looks)
    return len(pairs) + 2


def _pair(sheet: xlsxwriter.worksheet.Worksheet, at: int, one: Labelled, looks: _Looks) -> None:
    sheet.write_string(at, 0, one.label, looks.text)
    sheet.write_string(at, 1, one.text[:_LONGEST], looks.wrapped)


def _listed(sheet: xlsxwriter.worksheet.Worksheet, table: Table, looks: _Looks) -> int:
    """The rows below a heading that stays in sight; how many there are."""
    _headed(sheet, table.columns, looks)
    count = 0
    for count, row in enumerate(table.rows, 1):
        for index, cell in enumerate(row):
            if isinstance(cell, int) and not isinstance(cell, bool):
                sheet.write_number(count, index, cell)
            elif cell is not None and cell != "":
                sheet.write_string(count, index, _text(cell)[:_LONGEST], looks.text)
    return count


def _headed(sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[Column], looks: _Looks) -> None:
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.write_string(0, index, column.title, looks.heading)


def _sheet_name(*parts: str) -> str:
    return _SHEET_NAME.sub(" ", " ".join(parts))[:31]


def _said(table: Table) -> Iterator[str]:
    """The same as lines."""
    if table.about or table.withheld:
        yield table.title
    yield from (f"{one.label}: {one.text}" for one in table.about)
    yield from (f"{_WITHHELD}: {note}" for note in table.withheld)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, dict):
        return "; ".join(f"{name}={_text(one)}" for name, one in cell.items())
    return "; ".join(map(_text, cell)) if isinstance(cell, list) else str(cell)


def _safe(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _plain(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return str(cell) if isinstance(cell, Decimal | date) else cell


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode() + b"\n"
