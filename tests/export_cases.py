"""Lists as they arrive: taken by somebody, opened by other people's readers."""

import csv
import io
import json
from typing import Any

from python_calamine import load_workbook

from tests.plugins.service import Caller

Row = dict[str, Any]


def lines(who: Caller, name: str, **filters: str) -> tuple[Row, list[Row]]:
    """The head and the rows of a list as JSON lines."""
    answer = who("GET", f"/exports/{name}", params={"format": "jsonl", **filters})
    assert answer.status_code == 200, answer.text
    head, *rows = (json.loads(line) for line in answer.content.splitlines())
    return head, rows


def commas(data: bytes) -> tuple[list[str], list[list[str]]]:
    """The notes and the rows of a CSV, the heading first."""
    text = data.decode("utf-8-sig").split("\r\n")
    notes = [line for line in text if line.startswith("# ")]
    return notes, list(
        csv.reader(io.StringIO("\r\n".join(line for line in text if line not in notes), newline=""))
    )


def sheets(data: bytes) -> tuple[list[list[Any]], list[list[Any]]]:
    """The sheet that speaks of the list, and the list."""
    book = load_workbook(io.BytesIO(data))
    about, listed = (book.get_sheet_by_index(index).to_python() for index in (0, 1))
    return about, listed
