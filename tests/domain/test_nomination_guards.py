"""What the guards of a nomination mean, clause by clause."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import nomination
from app.domain.campaign import CampaignStage
from app.domain.levels import Level
from app.domain.nomination import Action, Facts, Place, Stage
from tests.domain.cases import DAY, DEADLINE, NOTICE_END, NOW, case, returned_by_the_office

SECOND = timedelta(seconds=1)
around_the_deadline = st.integers(-5_000_000, 5_000_000).map(lambda s: DEADLINE + s * SECOND)


def codes(facts: Facts, action: Action, now: datetime = NOW) -> list[str]:
    return [reason.code for reason in nomination.verdict(facts, action, now)]


def city_hall(stage: Stage, **changes: object) -> Facts:
    """A window of the city itself: no county exists for it, the city is its own level (E-39)."""
    own = {
        "own_level": Level.MUNICIPAL,
        "applicable_levels": (Level.MUNICIPAL,),
        "endorsed_levels": frozenset(),
    }
    return case(stage, **{**own, **changes})


def provincial_unit(stage: Stage, **changes: object) -> Facts:
    """A unit of the department: own, organising and host level are one (G-05)."""
    own = {
        "own_level": Level.PROVINCIAL,
        "applicable_levels": (Level.PROVINCIAL,),
        "organising_level": Level.PROVINCIAL,
        "level": Level.PROVINCIAL,
        "actor_level": Level.PROVINCIAL,
        "endorsed_levels": frozenset(),
        "seals": {Level.PROVINCIAL: date(2026, 9, 20)},
    }
    return case(stage, **{**own, **changes})


@pytest.mark.rule("R-025", "I-14")
def test_a_township_window_climbs_level_by_level() -> None:
    levels = (Level.TOWNSHIP, Level.COUNTY, Level.MUNICIPAL)
    at_township = case(
        Stage.SUBMITTED,
        own_level=Level.TOWNSHIP,
        applicable_levels=levels,
        level=Level.TOWNSHIP,
        actor_level=Level.TOWNSHIP,
    )
    assert nomination.landing(at_township, Action.ENDORSE) == Place(Stage.SUBMITTED, Level.COUNTY)
    at_county = replace(at_township, level=Level.COUNTY, actor_level=Level.COUNTY)
    assert nomination.landing(at_county, Action.ENDORSE) == Place(Stage.SUBMITTED, Level.MUNICIPAL)
    assert nomination.landing(at_county, Action.RETURN) == Place(Stage.RETURNED, Level.TOWNSHIP)
    assert nomination.landing(at_township, Action.RETURN) == Place(Stage.RETURNED, Level.TOWNSHIP)


@pytest.mark.rule("R-025")
def test_a_skipped_level_is_named() -> None:
    levels = (Level.TOWNSHIP, Level.COUNTY, Level.MUNICIPAL)
    facts = case(Stage.SUBMITTED, applicable_levels=levels, endorsed_levels=frozenset({Level.TOWNSHIP}))
    [reason] = nomination.verdict(facts, Action.CLEAR, NOW)
    assert (reason.code, reason.sentence("zh")) == ("LEVEL_ORDER", "以下层级尚未审核推荐：县级。请先完成。")


@pytest.mark.rule("R-025")
def test_only_the_organising_level_clears() -> None:
    facts = case(Stage.SUBMITTED, level=Level.COUNTY, actor_level=Level.COUNTY, endorsed_levels=frozenset())
    assert codes(facts, Action.CLEAR) == ["LEVEL_ORDER"]
    # Even a note that the county has endorsed it does not let the county clear it.
    assert codes(replace(facts, endorsed_levels=frozenset({Level.COUNTY})), Action.CLEAR) == ["LEVEL_ORDER"]


@pytest.mark.rule("R-024", "R-048")
@pytest.mark.parametrize("other", [Level.COUNTY, Level.PROVINCIAL, None])
def test_only_the_organising_level_files_to_the_province(other: Level | None) -> None:
    assert codes(case(Stage.RECOMMENDED, actor_level=other), Action.FILE) == ["NOT_YOUR_LEVEL"]
    assert codes(case(Stage.RECOMMENDED), Action.FILE) == []


@pytest.mark.rule("E-39")
def test_a_city_hall_needs_no_county_and_its_city_hears_the_public() -> None:
    assert codes(city_hall(Stage.SUBMITTED), Action.CLEAR) == []
    assert codes(city_hall(Stage.SUBMITTED), Action.ENDORSE) == ["NO_HIGHER_LEVEL"]
    assert codes(city_hall(Stage.SUBMITTED, consultation_concluded=False), Action.CLEAR) == [
        "CONSULTATION_MISSING"
    ]


@pytest.mark.rule("E-14", "G-05")
def test_a_provincial_unit_walks_the_same_table() -> None:
    assert codes(provincial_unit(Stage.SUBMITTED), Action.CLEAR) == []
    assert codes(provincial_unit(Stage.AT_NOTICE), Action.RECOMMEND) == []
    assert nomination.landing(provincial_unit(Stage.RECOMMENDED), Action.FILE) == Place(
        Stage.FILED, Level.PROVINCIAL
    )
    unheard = provincial_unit(Stage.SUBMITTED, consultation_concluded=False)
    assert codes(unheard, Action.CLEAR) == ["CONSULTATION_MISSING"]
    assert codes(replace(unheard, consultation_required=False), Action.CLEAR) == []


@pytest.mark.rule("R-047")
def test_a_provincial_unit_reports_no_local_bodies_where_the_rules_ask_none_of_it() -> None:
    unit = provincial_unit(Stage.RECOMMENDED, local_bodies=frozenset())
    assert codes(unit, Action.FILE) == ["LOCAL_BODIES_MISSING"]
    assert codes(replace(unit, local_bodies_required=False), Action.FILE) == []
    [reason] = nomination.verdict(
        case(Stage.RECOMMENDED, local_bodies=frozenset({"WORKING"})), Action.FILE, NOW
    )
    assert reason.sentence("zh") == "请先登记本地区的：领导机构。"


@pytest.mark.rule("R-026", "D4")
def test_the_hearing_of_the_public_is_owed_by_the_own_level() -> None:
    facts = case(Stage.SUBMITTED, level=Level.COUNTY, actor_level=Level.COUNTY, consultation_concluded=False)
    [reason] = nomination.verdict(facts, Action.ENDORSE, NOW)
    assert reason.sentence("zh") == "县级部门须先完成听取群众意见并登记结果。"


@pytest.mark.rule("G-13")
def test_a_department_that_has_not_replied_has_not_consented() -> None:
    asked = case(Stage.SUBMITTED, departments_consenting=frozenset(), departments_objecting=frozenset())
    [reason] = nomination.verdict(asked, Action.CLEAR, NOW)
    assert reason.code == "DEPARTMENT_REPLY_MISSING"
    assert reason.params["departments"] == ("纪检监察机关", "信访部门")
    assert codes(replace(asked, departments_needed=()), Action.CLEAR) == []
    one_of_each = replace(asked, departments_objecting=frozenset({"信访部门"}))
    assert codes(one_of_each, Action.CLEAR) == ["DEPARTMENT_REPLY_MISSING", "DEPARTMENT_OBJECTS"]


@pytest.mark.rule("R-018")
def test_a_campaign_without_criteria_lets_nobody_through() -> None:
    facts = case(Stage.SUBMITTED, criteria=(), assessed_criteria=frozenset())
    assert codes(facts, Action.CLEAR) == ["CRITERIA_INCOMPLETE"]


@pytest.mark.rule("R-028", "I-10")
@given(seconds=st.integers(-1_000_000, 1_000_000))
def test_a_notice_has_run_from_its_computed_end_on(seconds: int) -> None:
    now = NOTICE_END + seconds * SECOND
    expected = ["NOTICE_STILL_RUNNING"] if seconds < 0 else []
    assert codes(case(Stage.AT_NOTICE), Action.RECOMMEND, now) == expected


def test_the_end_of_a_notice_is_said_as_people_say_it() -> None:
    [reason] = nomination.verdict(case(Stage.AT_NOTICE), Action.RECOMMEND, NOTICE_END - SECOND)
    assert reason.sentence("zh") == "公示至 2026-09-28 24:00 结束，期满后方可办理。"


@pytest.mark.rule("R-021", "G-12")
def test_a_rank_is_needed_only_where_candidates_outnumber_places() -> None:
    unranked = case(Stage.AT_NOTICE, rank=None)
    assert codes(unranked, Action.RECOMMEND) == ["RANK_MISSING"]
    assert codes(replace(unranked, rank_needed=False), Action.RECOMMEND) == []
    assert codes(case(Stage.AT_NOTICE, rank_needed=False, rank_unique=False), Action.RECOMMEND) == [
        "RANK_TAKEN"
    ]


@pytest.mark.rule("R-040")
def test_seals_can_be_switched_off_and_several_may_be_of_one_day() -> None:
    assert codes(case(Stage.AT_NOTICE, seals=None, seals_required=False), Action.RECOMMEND) == []
    same = {Level.COUNTY: date(2026, 9, 20), Level.MUNICIPAL: date(2026, 9, 20)}
    assert codes(case(Stage.AT_NOTICE, seals=same), Action.RECOMMEND) == []
    [reason] = nomination.verdict(case(Stage.AT_NOTICE, seals=None), Action.RECOMMEND, NOW)
    assert reason.sentence("zh") == "审批表尚缺以下层级的印章：县级、市级。"


@pytest.mark.rule("R-035", "E-38")
@given(chars=st.integers(0, 12_000))
def test_a_write_up_is_accepted_within_its_hard_bounds(chars: int) -> None:
    expected = [] if 3000 <= chars <= 5000 else ["WRITEUP_LENGTH"]
    assert codes(case(Stage.AT_NOTICE, writeup_chars=chars), Action.RECOMMEND) == expected


@pytest.mark.rule("R-035")
@pytest.mark.parametrize(("chars", "fits"), [(2999, False), (3000, True), (5000, True), (5001, False)])
def test_both_hard_bounds_of_a_write_up_belong_to_it(chars: int, fits: bool) -> None:
    expected = [] if fits else ["WRITEUP_LENGTH"]
    assert codes(case(Stage.AT_NOTICE, writeup_chars=chars), Action.RECOMMEND) == expected


@pytest.mark.rule("R-035")
def test_no_write_up_at_all_is_refused_also_where_no_lower_bound_is_set() -> None:
    facts = case(Stage.AT_NOTICE, writeup_chars=0, writeup_hard_min=0)
    assert codes(facts, Action.RECOMMEND) == ["WRITEUP_LENGTH"]


@pytest.mark.rule("R-036", "E-18")
@given(now=around_the_deadline)
def test_a_case_is_filed_before_the_deadline_only(now: datetime) -> None:
    assert codes(case(Stage.RECOMMENDED), Action.FILE, now) == ([] if now < DEADLINE else ["DEADLINE_PASSED"])


@pytest.mark.rule("E-18")
@given(now=around_the_deadline, late_days=st.integers(-3, 20), release_days=st.integers(-3, 20))
def test_a_late_acceptance_or_a_release_reopens_the_deadline_until_its_own_end(
    now: datetime, late_days: int, release_days: int
) -> None:
    late, release = DEADLINE + late_days * DAY, DEADLINE + release_days * DAY
    facts = case(Stage.RECOMMENDED, late_ends_at=late, release_ends_at=release)
    in_time = now < max(DEADLINE, late, release)
    assert codes(facts, Action.FILE, now) == ([] if in_time else ["DEADLINE_PASSED"])


@pytest.mark.rule("E-18", "R-036")
@pytest.mark.parametrize("phase", [CampaignStage.FILING_CLOSED, CampaignStage.EVALUATING])
@pytest.mark.parametrize(
    ("stage", "action"),
    [
        (Stage.AT_NOTICE, Action.RECOMMEND),
        (Stage.RECOMMENDED, Action.FILE),
        (Stage.CLEARED, Action.PUBLISH_NOTICE),
    ],
)
def test_after_filing_has_closed_only_an_exception_goes_on(
    phase: CampaignStage, stage: Stage, action: Action
) -> None:
    after = DEADLINE + DAY
    closed = case(stage, campaign_stage=phase)
    assert "CAMPAIGN_NOT_OPEN" in codes(closed, action, after)
    assert codes(replace(closed, late_ends_at=after + DAY), action, after) == []
    assert codes(replace(closed, release_ends_at=after + DAY), action, after) == []
    determining = replace(closed, campaign_stage=CampaignStage.DETERMINING, late_ends_at=after + DAY)
    assert codes(determining, action, after) == ["CAMPAIGN_NOT_OPEN"]


@given(now=around_the_deadline)
def test_a_correction_has_its_own_due_date_whatever_the_deadline_of_filing(now: datetime) -> None:
    facts = returned_by_the_office(
        campaign_stage=CampaignStage.FILING_CLOSED, deadline_ends_at=DEADLINE - 60 * DAY
    )
    assert codes(facts, Action.RESUBMIT, now) == ([] if now < DEADLINE else ["DEADLINE_PASSED"])


def test_a_case_returned_by_a_level_needs_the_open_campaign_to_come_back() -> None:
    facts = case(Stage.RETURNED, campaign_stage=CampaignStage.FILING_CLOSED)
    assert codes(facts, Action.RESUBMIT) == ["CAMPAIGN_NOT_OPEN"]


@pytest.mark.rule("I-06")
def test_a_window_with_a_live_nomination_is_not_submitted_again() -> None:
    [reason] = nomination.verdict(
        case(Stage.DRAFT, other_nomination="2026-ZJ-330300-0003"), Action.SUBMIT, NOW
    )
    assert reason.sentence("zh") == (
        "该窗口在本次活动中已有在办的推荐（2026-ZJ-330300-0003）。请继续办理该件，或先将其撤回。"
    )


@pytest.mark.rule("R-032", "D5")
def test_the_host_notice_counts_only_where_the_rules_switch_it_on() -> None:
    off = case(Stage.REVIEWED, host_notice_required=False, host_notice_ends_at=None)
    assert codes(off, Action.RECORD_SECOND_DECISION) == []
    assert codes(replace(off, host_notice_required=True), Action.RECORD_SECOND_DECISION) == [
        "NOTICE_NOT_PUBLISHED"
    ]
    # Once it is on the host's notice, the notice has to run to its end whatever the switch says now.
    running = case(Stage.AT_HOST_NOTICE, host_notice_required=False, host_notice_ends_at=DEADLINE)
    assert codes(running, Action.RECORD_SECOND_DECISION) == ["NOTICE_STILL_RUNNING"]


@pytest.mark.rule("R-011", "I-03")
def test_a_place_is_needed_for_an_approval_only() -> None:
    full = case(Stage.REVIEWED, award_place_free=False)
    assert codes(full, Action.RECORD_SECOND_DECISION) == ["QUOTA_EXHAUSTED"]
    for result in (nomination.DecisionResult.REJECTED, nomination.DecisionResult.DEFERRED):
        assert codes(replace(full, decision_result=result), Action.RECORD_SECOND_DECISION) == []


@pytest.mark.rule("E-22")
def test_missing_sheets_are_never_waved_through() -> None:
    assert codes(case(Stage.UNDER_EVALUATION, sheets_needed=0, sheets_submitted=0), Action.LOCK_SCORES) == [
        "SCORES_MISSING"
    ]
    assert codes(case(Stage.ACCEPTED, reviewers_free=3), Action.OPEN_EVALUATION) == []


@pytest.mark.parametrize(
    ("stage", "level", "written", "expected"),
    [
        (Stage.DRAFT, Level.COUNTY, False, []),  # its own unit drops a draft that nobody has received
        (Stage.DRAFT, Level.MUNICIPAL, False, []),
        (Stage.SUBMITTED, Level.COUNTY, False, ["NOT_YOUR_LEVEL"]),
        (Stage.SUBMITTED, Level.MUNICIPAL, False, []),
        (Stage.RECOMMENDED, Level.PROVINCIAL, True, ["NOT_YOUR_LEVEL"]),
        (Stage.FILED, Level.MUNICIPAL, True, ["NOT_YOUR_LEVEL"]),
        (Stage.FILED, Level.PROVINCIAL, False, ["WITHDRAWAL_REQUEST_MISSING"]),
        (Stage.DETERMINED, Level.PROVINCIAL, True, []),
    ],
)
@pytest.mark.rule("E-04")
def test_who_withdraws_a_case_depends_on_whether_it_was_filed(
    stage: Stage, level: Level, written: bool, expected: list[str]
) -> None:
    assert codes(case(stage, actor_level=level, written_request=written), Action.WITHDRAW) == expected


@pytest.mark.rule("E-04")
def test_a_filed_case_out_for_correction_is_withdrawn_by_the_office() -> None:
    assert codes(returned_by_the_office(), Action.WITHDRAW) == ["NOT_YOUR_LEVEL"]
    assert codes(returned_by_the_office(actor_level=Level.PROVINCIAL), Action.WITHDRAW) == []


def test_a_step_is_undone_by_the_level_that_took_it_until_the_next_has_acted() -> None:
    endorsed = case(Stage.SUBMITTED, last_action=Action.ENDORSE, last_step_level=Level.COUNTY)
    assert codes(endorsed, Action.UNDO) == ["NOT_YOUR_LEVEL"]
    by_the_county = replace(endorsed, actor_level=Level.COUNTY)
    assert codes(by_the_county, Action.UNDO) == []
    assert codes(replace(by_the_county, next_level_acted=True), Action.UNDO) == ["UNDO_TOO_LATE"]


@pytest.mark.parametrize(
    ("action", "listed", "freed"),
    [
        (Action.PUBLISH_NOTICE, {"notice_ends_at": DEADLINE}, {"notice_ends_at": None}),
        (Action.PUBLISH_HOST_NOTICE, {"host_notice_ends_at": DEADLINE}, {"host_notice_ends_at": None}),
    ],
)
def test_what_a_public_notice_says_is_taken_back_in_the_notice(
    action: Action, listed: dict[str, Any], freed: dict[str, Any]
) -> None:
    facts = case(Stage.AT_NOTICE, last_action=action, **listed)
    assert codes(facts, Action.UNDO) == ["UNDO_BY_NOTICE"]
    assert codes(replace(facts, **freed), Action.UNDO) == []


@pytest.mark.rule("E-07")
def test_a_bodys_decision_is_undone_only_after_it_was_annulled() -> None:
    facts = case(Stage.DETERMINED, last_action=Action.RECORD_SECOND_DECISION)
    assert codes(facts, Action.UNDO) == ["UNDO_BY_DECISION"]
    assert codes(replace(facts, decision_annulled=True), Action.UNDO) == []


@pytest.mark.rule("R-019", "D9")
def test_an_alleged_veto_holds_and_only_a_confirmed_one_ends_the_case() -> None:
    alleged = case(Stage.RECOMMENDED, vetoes_held=("行政不作为",))
    assert codes(alleged, Action.FILE) == ["VETO_HELD"]
    assert codes(alleged, Action.VETO) == ["VETO_NOT_CONFIRMED"]
    confirmed = case(Stage.RECOMMENDED, vetoes_confirmed=("行政不作为",))
    assert codes(confirmed, Action.FILE) == ["VETO_CONFIRMED"]
    assert codes(confirmed, Action.VETO) == []


@pytest.mark.rule("E-42")
def test_an_award_is_revoked_years_later_but_nothing_else_happens_in_an_archived_campaign() -> None:
    archived = case(Stage.AWARDED, campaign_stage=CampaignStage.ARCHIVED)
    assert codes(archived, Action.REVOKE) == []
    assert codes(archived, Action.UNDO) == ["CAMPAIGN_NOT_OPEN"]


def test_a_button_asks_what_the_case_is_like_and_not_what_was_not_yet_handed_in() -> None:
    nothing_given = case(Stage.SUBMITTED, reason="", checklist=())
    states = {s.action: s for s in nomination.available(nothing_given, {"nomination:return"}, NOW)}
    assert states[Action.RETURN].permitted
    assert codes(nothing_given, Action.RETURN) == ["REASON_MISSING", "CHECKLIST_MISSING"]


def test_whoever_lacks_the_permission_learns_nothing_about_the_case() -> None:
    held = case(Stage.RECOMMENDED, open_objections=("YY-0007",))
    filer, approver = (
        {s.action: [r.code for r in s.reasons] for s in nomination.available(held, permissions, NOW)}
        for permissions in (frozenset[str](), frozenset({"nomination:file", "nomination:veto"}))
    )
    assert filer == {
        action: ["PERMISSION_MISSING"] for action in (Action.FILE, Action.WITHDRAW, Action.VETO, Action.UNDO)
    }
    assert approver[Action.FILE] == ["OBJECTION_OPEN"]
    assert approver[Action.VETO] == ["VETO_NOT_CONFIRMED"]
    assert approver[Action.UNDO] == ["PERMISSION_MISSING"]


def test_a_naive_time_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="aware"):
        nomination.verdict(case(Stage.RECOMMENDED), Action.FILE, NOW.replace(tzinfo=None))
