"""Names, dates and numbers as people read them, in Chinese and English."""

import importlib
import pkgutil
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

import app.db.tables
import app.domain
import app.packs
from app.web import wording

ZONE = ZoneInfo("Asia/Shanghai")
NOT_SHOWN = {"Kind", "_Kind"}  # of refusals and of characters: words of the code, never of a page
# Stages and actions stand in app/domain/words/ under these names.
SECTIONS = {
    "Stage": "nomination_stage",
    "Action": "nomination_action",
    "Content": "notice_content",
    "ItemOutcome": "notice_outcome",
    "FindingStage": "veto_stage",
    "FindingAction": "veto_action",
}


def enums() -> list[type[StrEnum]]:
    return sorted(
        {
            thing
            for package in (app.domain, app.db.tables, app.packs)
            for module in modules(package)
            for thing in vars(module).values()
            if isinstance(thing, type) and issubclass(thing, StrEnum) and thing.__module__ == module.__name__
        }
        - {StrEnum},
        key=lambda enum: enum.__name__,
    )


def modules(package: ModuleType) -> list[ModuleType]:
    return [
        importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    ]


def section(enum: type[StrEnum]) -> str:
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", enum.__name__).lower()
    return SECTIONS.get(enum.__name__, snake)


@pytest.mark.parametrize("enum", enums(), ids=lambda enum: enum.__name__)
def test_every_value_has_a_name_in_both_languages(enum: type[StrEnum]) -> None:
    if enum.__name__ in NOT_SHOWN:
        return
    names = wording.LABELS[section(enum)]

    assert [code for code in enum if code not in names] == []
    assert all(zh and en and not re.search(r"[\u3400-\u9fff]", en) for zh, en in names.values())


def test_a_value_is_named_in_the_readers_language() -> None:
    assert wording.label("role", "REVIEWER", "zh") == "评审员"
    assert wording.label("role", "REVIEWER", "en") == "Reviewer"
    assert wording.label("nomination_stage", "AT_NOTICE", "zh") == "公示中"
    assert wording.label("role", None, "zh") == "—"


def test_a_day_and_an_instant_are_said_in_the_campaigns_zone() -> None:
    instant = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)

    assert wording.day(date(2026, 9, 29), "zh") == "2026年9月29日（周二）"
    assert wording.day(date(2026, 9, 29), "en") == "Tue 29 Sep 2026"
    assert wording.moment(instant, ZONE, "zh") == "2026年11月24日 10:30"
    assert wording.moment(instant, ZONE, "en") == "24 Nov 2026, 10:30"


def test_an_exclusive_end_at_midnight_is_the_last_day_at_24() -> None:
    end = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)  # 00:00 on the 25th in the campaign's zone

    assert wording.last_moment(end, ZONE, "zh") == "2026年11月24日 24:00"
    assert wording.last_moment(end, ZONE, "en") == "24 Nov 2026, 24:00"
    assert wording.last_moment(end - timedelta(hours=6), ZONE, "zh") == "2026年11月24日 18:00"


@pytest.mark.parametrize(
    ("gone", "zh", "en"),
    [
        (timedelta(days=3, hours=5), "3 天", "3 days"),
        (timedelta(days=1), "1 天", "1 day"),
        (timedelta(hours=5, minutes=59), "5 小时", "5 h"),
        (timedelta(0), "0 小时", "0 h"),
        (timedelta(hours=-1), "0 小时", "0 h"),
    ],
)
def test_how_long_something_has_been_waiting(gone: timedelta, zh: str, en: str) -> None:
    now = datetime(2026, 7, 1, tzinfo=UTC)

    assert (wording.since(now - gone, now, "zh"), wording.since(now - gone, now, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Decimal("93.505"), 2, "93.51"),
        (Decimal("93.50"), None, "93.50"),
        (12345, None, "12,345"),
        (Decimal("1E+3"), None, "1,000"),
        (None, 2, "—"),
    ],
)
def test_numbers_are_grouped_and_rounded_half_up_for_display_only(
    value: Decimal | int | None, places: int | None, shown: str
) -> None:
    assert wording.number(value, places) == shown


def test_nothing_is_said_as_a_dash() -> None:
    assert (
        wording.day(None, "zh")
        == wording.moment(None, ZONE, "zh")
        == wording.last_moment(None, ZONE, "en")
        == "—"
    )
    assert wording.since(None, datetime(2026, 7, 1, tzinfo=UTC), "zh") == "—"


@pytest.mark.parametrize(
    ("count", "shown"), [(1, "1 kB"), (482_113, "482 kB"), (999_999, "1000 kB"), (1_250_000, "1.2 MB")]
)
def test_the_size_of_a_file_is_said_in_thousands_or_millions(count: int, shown: str) -> None:
    assert wording.size(count) == shown
