"""A notice: what time makes of it, what may still be changed, how each nominee in it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import calendar, notice
from app.domain.notice import Content, ItemOutcome, NoticeAction, NoticeFacts, NoticeStage, NoticeState
from app.domain.steps import CHINA, until
from tests.domain.cases import DAY, NOW
from tests.domain.machine_cases import notice_case

START = datetime(2026, 9, 20, 16, tzinfo=UTC)
END = datetime(2026, 9, 29, 16, tzinfo=UTC)


def codes(facts: NoticeFacts, action: NoticeAction, now: datetime = NOW) -> list[str]:
    return [reason.code for reason in notice.verdict(facts, action, now)]


@pytest.mark.rule("I-10")
@given(seconds=st.integers(-2_000_000, 2_000_000))
def test_a_published_notice_is_scheduled_running_or_ended_by_the_clock(seconds: int) -> None:
    now = END + timedelta(seconds=seconds)
    expected = (
        NoticeState.SCHEDULED if now < START else NoticeState.RUNNING if now < END else NoticeState.ENDED
    )
    assert notice.state_at(NoticeStage.PUBLISHED, START, END, now) is expected


@pytest.mark.parametrize("stage", [stage for stage in NoticeStage if stage is not NoticeStage.PUBLISHED])
def test_what_was_done_with_a_notice_is_not_changed_by_time(stage: NoticeStage) -> None:
    for now in (START - DAY, START, END, END + DAY):
        assert notice.state_at(stage, START, END, now).value == stage.value


def test_a_notice_runs_from_its_very_first_instant() -> None:
    just_before = START - timedelta(seconds=1)
    assert notice.state_at(NoticeStage.PUBLISHED, START, END, just_before) is NoticeState.SCHEDULED
    assert notice.state_at(NoticeStage.PUBLISHED, START, END, START) is NoticeState.RUNNING
    begins_now = notice_case(NoticeStage.PUBLISHED, starts_at=NOW)
    assert codes(begins_now, NoticeAction.WITHDRAW) == []
    assert codes(begins_now, NoticeAction.WITHDRAW, NOW - timedelta(seconds=1)) == ["NOTICE_NOT_BEGUN"]


def test_the_last_second_of_the_last_day_still_belongs_to_the_notice() -> None:
    end = calendar.ends_at(date(2026, 9, 29), CHINA)
    assert end == END
    just_before = end - timedelta(seconds=1)
    assert notice.state_at(NoticeStage.PUBLISHED, START, end, just_before) is NoticeState.RUNNING
    assert notice.state_at(NoticeStage.PUBLISHED, START, end, end) is NoticeState.ENDED
    assert until(end) == "2026-09-29 24:00"
    assert until(just_before) == "2026-09-29 23:59"
    assert until(None) == "—"


@pytest.mark.rule("E-09")
def test_one_objected_nominee_of_twelve_holds_none_of_the_others() -> None:
    objections = [0] * 11 + [1]
    outcomes = [notice.item_outcome(NoticeState.ENDED, removed=False, open_objections=n) for n in objections]
    assert outcomes == [ItemOutcome.CLEAR] * 11 + [ItemOutcome.OBJECTED]


@pytest.mark.parametrize(
    ("state", "removed", "objections", "expected"),
    [
        (NoticeState.SCHEDULED, False, 0, ItemOutcome.RUNNING),
        (NoticeState.RUNNING, False, 0, ItemOutcome.RUNNING),
        (NoticeState.RUNNING, False, 2, ItemOutcome.OBJECTED),
        (NoticeState.ENDED, False, 0, ItemOutcome.CLEAR),
        (NoticeState.ENDED, False, 1, ItemOutcome.OBJECTED),
        (NoticeState.CONCLUDED, False, 0, ItemOutcome.CLEAR),
        (NoticeState.CONCLUDED, False, 1, ItemOutcome.OBJECTED),  # posted in time, arrived late (E-36)
        (NoticeState.ENDED, True, 1, ItemOutcome.REMOVED),
        (NoticeState.SUPERSEDED, False, 0, ItemOutcome.REMOVED),
        (NoticeState.WITHDRAWN, False, 0, ItemOutcome.REMOVED),
    ],
)
@pytest.mark.rule("I-07", "E-36")
def test_how_an_item_stands(
    state: NoticeState, removed: bool, objections: int, expected: ItemOutcome
) -> None:
    assert notice.item_outcome(state, removed=removed, open_objections=objections) is expected


@pytest.mark.rule("R-028")
@pytest.mark.parametrize("part", Content)
def test_a_notice_that_leaves_something_out_is_not_published(part: Content) -> None:
    facts = notice_case(NoticeStage.REVIEWED, contents=frozenset(Content) - {part})
    assert codes(facts, NoticeAction.PUBLISH) == ["NOTICE_CONTENT_MISSING"]
    assert codes(replace(facts, stage=NoticeStage.DRAFT), NoticeAction.REVIEW) == ["NOTICE_CONTENT_MISSING"]


def test_what_is_left_out_is_named_in_both_languages() -> None:
    left_out = frozenset({Content.LETTER_RULE, Content.TRUTHFULNESS})
    facts = notice_case(NoticeStage.DRAFT, contents=frozenset(Content) - left_out)
    [reason] = notice.verdict(facts, NoticeAction.REVIEW, NOW)
    assert reason.sentence("zh") == "公示尚缺以下内容：信函截止规则、如实反映的说明。"
    assert (
        reason.sentence("en") == "The notice does not say yet: the rule for letters, that facts must be true."
    )


@pytest.mark.rule("D13")
def test_a_text_that_nobody_searched_counts_as_holding_personal_data() -> None:
    assert codes(notice_case(NoticeStage.DRAFT, scanned=False), NoticeAction.REVIEW) == ["PII_IN_NOTICE"]
    assert codes(notice_case(NoticeStage.REVIEWED, scanned=False), NoticeAction.PUBLISH) == ["PII_IN_NOTICE"]


@pytest.mark.rule("I-13")
def test_who_drafted_a_notice_neither_reviews_nor_publishes_it() -> None:
    own = {"actor": "person:a"}
    assert codes(notice_case(NoticeStage.DRAFT, **own), NoticeAction.REVIEW) == ["SAME_PERSON"]
    assert codes(notice_case(NoticeStage.REVIEWED, **own), NoticeAction.PUBLISH) == ["SAME_PERSON"]


@pytest.mark.rule("I-08", "E-06")
@pytest.mark.parametrize(
    ("planned", "minimum", "expected"),
    [
        (7 * DAY, 7 * DAY, []),
        (9 * DAY, 7 * DAY, []),
        (7 * DAY - timedelta(seconds=1), 7 * DAY, ["NOTICE_PERIOD_TOO_SHORT"]),
        (None, 7 * DAY, ["NOTICE_PERIOD_TOO_SHORT"]),
        (7 * DAY, None, ["NOTICE_PERIOD_TOO_SHORT"]),
        (DAY, 0 * DAY, ["NOTICE_PERIOD_TOO_SHORT"]),  # a period that is over as it begins
        (-1 * DAY, -2 * DAY, ["NOTICE_PERIOD_TOO_SHORT"]),  # an end in the past is no period at all
    ],
)
def test_a_notice_runs_at_least_its_computed_time(
    planned: timedelta | None, minimum: timedelta | None, expected: list[str]
) -> None:
    facts = notice_case(
        NoticeStage.REVIEWED,
        planned_ends_at=None if planned is None else NOW + planned,
        minimum_ends_at=None if minimum is None else NOW + minimum,
    )
    assert codes(facts, NoticeAction.PUBLISH) == expected


@pytest.mark.rule("E-05")
@given(hours=st.integers(-200, 200))
def test_a_notice_is_extended_and_never_shortened(hours: int) -> None:
    facts = notice_case(NoticeStage.PUBLISHED)
    assert facts.ends_at is not None
    extended = replace(facts, new_ends_at=facts.ends_at + timedelta(hours=hours))
    assert codes(extended, NoticeAction.EXTEND) == ([] if hours > 0 else ["EXTENSION_NOT_LATER"])


def test_what_has_ended_is_neither_extended_nor_withdrawn_but_can_be_corrected() -> None:
    ended = notice_case(NoticeStage.PUBLISHED, ends_at=NOW)
    assert codes(ended, NoticeAction.EXTEND) == ["NOTICE_CLOSED"]
    assert codes(ended, NoticeAction.WITHDRAW) == ["NOTICE_CLOSED"]
    assert codes(ended, NoticeAction.CORRECT) == []


def test_a_scheduled_notice_is_cancelled_and_a_public_one_is_not() -> None:
    scheduled = notice_case(NoticeStage.PUBLISHED, starts_at=NOW + DAY, ends_at=NOW + 9 * DAY)
    assert codes(scheduled, NoticeAction.CANCEL) == []
    assert codes(scheduled, NoticeAction.WITHDRAW) == ["NOTICE_NOT_BEGUN"]
    assert codes(notice_case(NoticeStage.PUBLISHED), NoticeAction.CANCEL) == ["NOTICE_ALREADY_PUBLIC"]


@pytest.mark.rule("R-028")
def test_a_result_waits_for_the_end_and_for_every_objection() -> None:
    running = notice_case(NoticeStage.PUBLISHED, open_objections=2)
    assert codes(running, NoticeAction.CONCLUDE) == ["NOTICE_STILL_RUNNING", "OBJECTION_OPEN"]
    ended = replace(running, ends_at=NOW, open_objections=0)
    assert codes(ended, NoticeAction.CONCLUDE) == []


def test_a_suspended_campaign_starts_no_notice_but_a_running_one_can_still_be_corrected() -> None:
    assert codes(notice_case(NoticeStage.REVIEWED, campaign_suspended=True), NoticeAction.PUBLISH) == [
        "CAMPAIGN_SUSPENDED"
    ]
    running = notice_case(NoticeStage.PUBLISHED, campaign_suspended=True)
    for action in (NoticeAction.CORRECT, NoticeAction.EXTEND, NoticeAction.REMOVE_ITEM):
        assert codes(running, action) == []
