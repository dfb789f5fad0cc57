"""An allocation as a spreadsheet or CSV, as offices send it: Chinese or English headings, UTF-8 or GB18030."""

import csv
import io
from collections.abc import Mapping, Sequence

from python_calamine import CalamineError, load_workbook

from app.domain.errors import Refusal

MOST_BYTES = 1_000_000
MOST_ROWS = 200
PACKED = b"PK"  # how a workbook begins, and no table of text
_HEADINGS: Mapping[str, str] = {
    "名额单位代码": "code",
    "代码": "code",
    "名额单位": "name",
    "名称": "name",
    "省级名额": "provincial_places",
    "名额": "provincial_places",
    "推荐上限": "nomination_limit",
    "报部固定名额": "ministry_fixed",
    "可否参加竞争名额": "pool_eligible",
}
_NAMES = ("code", "name", "provincial_places", "nomination_limit", "ministry_fixed", "pool_eligible")
_NEEDED = frozenset({"code", "name", "provincial_places"})
_YES = {"是": True, "可": True, "true": True, "1": True, "否": False, "false": False, "0": False}


def rows(data: bytes) -> list[dict[str, object]]:
    """The rows as members of the plan's buckets. Refuses `FILE_TOO_LARGE`, `FILE_UNREADABLE`."""
    if len(data) > MOST_BYTES:
        raise Refusal("FILE_TOO_LARGE", "/file", limit="1 MB")
    table = _sheet(data) if data.startswith(PACKED) else _csv(data)
    lines = [line for line in table if any(cell.strip() for cell in line)]
    if len(lines) < 2 or len(lines) > MOST_ROWS:
        raise _unreadable("应有表头和 1–199 行数据。", "A heading and 1 to 199 rows are expected.")
    names = [_HEADINGS.get(cell.strip(), cell.strip()) for cell in lines[0]]
    if not names or len(set(names)) < len(names) or set(names) - set(_NAMES) or _NEEDED - set(names):
        headings = "、".join(dict.fromkeys(_HEADINGS))
        raise _unreadable(f"表头可用：{headings}。", f"Headings: {', '.join(_NAMES)}.")
    return [_row(names, line) for line in lines[1:]]


def _row(names: Sequence[str], line: Sequence[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, cell in zip(names, line, strict=False):
        text = cell.strip()
        if text:
            found[name] = _YES.get(text.lower(), text) if name == "pool_eligible" else text
    return found


def _sheet(data: bytes) -> list[list[str]]:
    """The first sheet as text; a number comes as a float, of which a whole one is meant."""
    try:
        with load_workbook(io.BytesIO(data)) as book:
            sheet = book.get_sheet_by_index(0)
            if sheet.height > MOST_ROWS * 5 or sheet.width > 100:
                raise _unreadable("工作表过大。", "The sheet is too large.")
            cells = sheet.to_python(skip_empty_area=True)
    except (CalamineError, OSError, ValueError, IndexError):
        raise _unreadable("文件不是有效的 XLSX。", "This is no valid XLSX.") from None
    return [[_text(cell) for cell in line] for line in cells]


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _csv(data: bytes) -> list[list[str]]:
    """As Excel writes it here: UTF-8 with a mark, or GB18030 without one."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
        except UnicodeDecodeError:
            continue
        except csv.Error:
            break
    raise _unreadable("编码或格式不符。", "Neither UTF-8 nor GB18030.")


def _unreadable(where_zh: str, where_en: str) -> Refusal:
    return Refusal("FILE_UNREADABLE", "/file", where_zh=where_zh, where_en=where_en)
