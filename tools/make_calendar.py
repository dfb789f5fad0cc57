"""Write app/packs/data/calendar.csv: the days of 2004-2026 that differ from the Monday-to-Friday week.

    python tools/make_calendar.py            # write the file again
    python tools/make_calendar.py --check    # compare the committed file with what would be written

The data comes from the development package chinesecalendar, which takes it from the State Council's yearly
papers; the product itself never imports it. A year for which the package holds nothing is not written: it
raises instead of computing a year that was not announced.
"""

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
from chinese_calendar.constants import Holiday

FIRST, LAST = 2004, 2026
TARGET = Path(__file__).resolve().parent.parent / "app" / "packs" / "data" / "calendar.csv"
SOURCE = "{year}年全国节假日及调休安排（国务院办公厅通知，据 chinesecalendar 1.11.0 整理）"


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    text = written()
    if not arguments:
        TARGET.write_text(text, encoding="utf-8")
    same = TARGET.read_text(encoding="utf-8") == text
    print(
        f"calendar: {text.count(chr(10)) - 1} rows" if same else "calendar: the file differs from its source"
    )
    return 0 if same else 1


def written() -> str:
    """The whole file: one row per year with its source, then that year's deviating days."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["year", "day", "is_workday", "note"])
    for year in range(FIRST, LAST + 1):
        rows.writerow([year, "", "", SOURCE.format(year=year)])
        rows.writerows([year, day.isoformat(), int(works), note] for day, works, note in deviations(year))
    return out.getvalue()


def deviations(year: int) -> Iterator[tuple[date, bool, str]]:
    """The days of a year on which work differs from what the weekday says, with the holiday's name."""
    day = date(year, 1, 1)
    while day.year == year:
        works = chinese_calendar.is_workday(day)
        if works != (day.weekday() < 5):
            yield day, works, "调休上班" if works else _holiday(day)
        day += timedelta(days=1)


def _holiday(day: date) -> str:
    name = chinese_calendar.get_holiday_detail(day)[1]
    return next((holiday.chinese for holiday in Holiday if holiday.value == name), "放假")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
