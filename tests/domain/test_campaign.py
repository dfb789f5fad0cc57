"""What the steps of a campaign stand on, clause by clause."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import campaign
from app.domain.campaign import CampaignAction, CampaignFacts, CampaignStage
from tests.domain.cases import DAY, NOW
from tests.domain.machine_cases import JUNE, NOVEMBER, SEPTEMBER, campaign_case


def codes(facts: CampaignFacts, action: CampaignAction, now: datetime = NOW) -> list[str]:
    return [reason.code for reason in campaign.verdict(facts, action, now)]


@pytest.mark.rule("R-002", "R-003", "R-017", "G-01")
def test_nothing_opens_a_bare_campaign() -> None:
    assert codes(CampaignFacts(CampaignStage.CONFIGURED), CampaignAction.OPEN) == [
        "BASIS_DOCUMENT_MISSING",
        "DECISION_MISSING",
        "AWARD_PERIOD_INVALID",
        "PARTICIPANTS_MISSING",
        "CRITERIA_SUM_MISMATCH",
        "DEADLINES_INCOMPLETE",
        "AWARD_DATE_MISSING",
        "QUOTA_NOT_CONFIRMED",
        "SAMPLE_QUOTA",
    ]


@pytest.mark.rule("D12", "R-044")
def test_an_approval_is_asked_only_of_a_programme_that_needs_one() -> None:
    without = campaign_case(CampaignStage.DRAFT, approval_basis_recorded=False)
    assert codes(without, CampaignAction.RECORD_DECISION) == ["APPROVAL_BASIS_MISSING"]
    assert codes(replace(without, approval_basis_required=False), CampaignAction.RECORD_DECISION) == []


@pytest.mark.rule("D2", "R-012")
def test_invented_numbers_open_a_campaign_in_a_sample_installation_only() -> None:
    sample = campaign_case(
        CampaignStage.CONFIGURED, quota_is_sample=True, materials_end_at=NOW + DAY, ministry_end_at=NOVEMBER
    )
    assert codes(sample, CampaignAction.OPEN) == ["SAMPLE_QUOTA"]
    assert codes(replace(sample, sample_installation=True), CampaignAction.OPEN) == []


@pytest.mark.rule("R-017")
@pytest.mark.parametrize(
    ("start", "end", "fine"),
    [(2024, 2026, True), (2026, 2026, True), (2027, 2026, False), (2024, None, False)],
)
def test_the_award_period_starts_before_it_ends(start: int, end: int | None, fine: bool) -> None:
    facts = campaign_case(CampaignStage.DRAFT, award_period_start_year=start, award_period_end_year=end)
    assert codes(facts, CampaignAction.RECORD_DECISION) == ([] if fine else ["AWARD_PERIOD_INVALID"])


@pytest.mark.rule("G-11", "E-45")
def test_the_ministry_deadline_is_needed_only_with_a_ministry_track() -> None:
    facts = campaign_case(CampaignStage.DECIDED, ministry_end_at=None)
    [reason] = campaign.verdict(facts, CampaignAction.CONFIGURE, NOW)
    assert reason.sentence("zh") == "尚未设定截止时间：报部材料。请主办单位办公室先行设定。"
    assert codes(replace(facts, ministry_places=0), CampaignAction.CONFIGURE) == []


@pytest.mark.rule("R-036", "R-049")
@given(
    contacts=st.integers(-2, 2).map(lambda days: JUNE + days * DAY),
    materials=st.integers(-2, 2).map(lambda days: JUNE + days * DAY),
    ministry=st.integers(-2, 2).map(lambda days: JUNE + days * DAY),
)
def test_deadlines_rise_strictly(contacts: datetime, materials: datetime, ministry: datetime) -> None:
    facts = campaign_case(
        CampaignStage.DECIDED, contacts_end_at=contacts, materials_end_at=materials, ministry_end_at=ministry
    )
    expected = [] if contacts < materials < ministry else ["DEADLINE_ORDER"]
    assert codes(facts, CampaignAction.CONFIGURE) == expected


@pytest.mark.rule("R-004")
@pytest.mark.parametrize(
    ("award_on", "fine"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True), (date(2026, 9, 1), False)]
)
def test_the_award_comes_after_the_last_day_of_filing(award_on: date, fine: bool) -> None:
    facts = campaign_case(CampaignStage.DECIDED, planned_award_on=award_on)
    assert codes(facts, CampaignAction.CONFIGURE) == ([] if fine else ["DEADLINE_ORDER"])


@pytest.mark.rule("R-018")
@given(points=st.decimals(0, 200, places=2))
def test_criteria_add_up_exactly(points: Decimal) -> None:
    facts = campaign_case(CampaignStage.DECIDED, criteria_points=points)
    assert codes(facts, CampaignAction.CONFIGURE) == ([] if points == 100 else ["CRITERIA_SUM_MISMATCH"])


@pytest.mark.rule("D7", "I-21")
def test_years_without_a_calendar_are_named() -> None:
    facts = campaign_case(CampaignStage.DECIDED, calendar_years_needed=frozenset({2026, 2027, 2028}))
    [reason] = campaign.verdict(facts, CampaignAction.CONFIGURE, NOW)
    assert reason.sentence("zh").startswith("2027、2028 年的工作日安排尚未导入")


@pytest.mark.rule("R-036")
@given(seconds=st.integers(-100_000, 100_000))
def test_filing_closes_at_the_announced_instant_and_a_campaign_opens_before_it(seconds: int) -> None:
    now = SEPTEMBER + timedelta(seconds=seconds)
    closing = codes(campaign_case(CampaignStage.OPEN), CampaignAction.CLOSE_FILING, now)
    assert closing == (["DEADLINE_NOT_REACHED"] if now < SEPTEMBER else [])
    opening = codes(campaign_case(CampaignStage.CONFIGURED), CampaignAction.OPEN, now)
    assert opening == ([] if now < SEPTEMBER else ["DEADLINE_PASSED"])


@pytest.mark.rule("R-011", "E-13", "E-32")
@pytest.mark.parametrize(("approved", "expected"), [(33, []), (34, []), (35, ["AWARDS_EXCEED_PLACES"])])
def test_places_are_a_ceiling_and_may_stay_empty(approved: int, expected: list[str]) -> None:
    facts = campaign_case(CampaignStage.DETERMINING, approved_awards=approved)
    assert codes(facts, CampaignAction.FINISH) == expected


@pytest.mark.rule("R-004")
def test_nobody_is_commended_before_the_last_decision() -> None:
    facts = campaign_case(CampaignStage.DETERMINING, last_decision_on=date(2026, 12, 20))
    assert codes(facts, CampaignAction.FINISH) == []
    assert codes(replace(facts, last_decision_on=date(2026, 12, 21)), CampaignAction.FINISH) == [
        "AWARD_DATE_TOO_EARLY"
    ]


@pytest.mark.parametrize("stage", campaign.RUNNING)
def test_suspension_is_a_flag_and_not_a_stage(stage: CampaignStage) -> None:
    step = campaign.MACHINE.find(stage, CampaignAction.SUSPEND)
    assert step is not None
    assert step.target(campaign_case(stage)) is stage
    assert codes(campaign_case(stage), CampaignAction.SUSPEND) == []
    assert codes(campaign_case(stage, suspended=True), CampaignAction.SUSPEND) == ["CAMPAIGN_SUSPENDED"]
    assert codes(campaign_case(stage, suspended=True), CampaignAction.RESUME) == []
    assert codes(campaign_case(stage), CampaignAction.RESUME) == ["CAMPAIGN_NOT_SUSPENDED"]


def test_an_open_campaign_shows_what_may_be_done_with_it() -> None:
    states = campaign.available(campaign_case(CampaignStage.OPEN), {"campaign:transition"}, NOW)
    assert [(s.action, s.permitted, [r.code for r in s.reasons]) for s in states] == [
        (CampaignAction.CLOSE_FILING, False, ["DEADLINE_NOT_REACHED"]),
        (CampaignAction.SUSPEND, True, []),
        (CampaignAction.RESUME, False, ["CAMPAIGN_NOT_SUSPENDED"]),
    ]
