"""What has to be there before a campaign takes its next step; each guard names its clause."""

from datetime import datetime, timedelta
from itertools import pairwise

from app.domain.campaign_facts import CampaignFacts
from app.domain.errors import Reason
from app.domain.steps import guard, timed, unless, until


@guard("BASIS_DOCUMENT_MISSING")
def a_basis_document_is_recorded(facts: CampaignFacts) -> list[Reason]:
    """The superior document the campaign rests on is recorded (R-002)."""
    return unless(facts.basis_documents > 0, "BASIS_DOCUMENT_MISSING")


@guard("DECISION_MISSING")
def the_opening_decision_is_recorded(facts: CampaignFacts) -> list[Reason]:
    """The party group's decision to hold the campaign is recorded with its minutes (R-003)."""
    return unless(
        facts.opening_decision_recorded,
        "DECISION_MISSING",
        decision_zh="党组关于开展本次活动的决定",
        decision_en="the party group's decision to hold this campaign",
    )


@guard("APPROVAL_BASIS_MISSING")
def the_approval_basis_is_recorded(facts: CampaignFacts) -> list[Reason]:
    """An award programme that needs approval has its approval on record (D12, R-044)."""
    return unless(
        facts.approval_basis_recorded or not facts.approval_basis_required, "APPROVAL_BASIS_MISSING"
    )


@guard("AWARD_PERIOD_INVALID")
def the_award_period_is_set(facts: CampaignFacts) -> list[Reason]:
    """The years whose merits are judged are given, the first not after the last (R-017, G-01)."""
    start, end = facts.award_period_start_year, facts.award_period_end_year
    return unless(start is not None and end is not None and start <= end, "AWARD_PERIOD_INVALID")


@guard("PARTICIPANTS_MISSING")
def participants_are_listed(facts: CampaignFacts) -> list[Reason]:
    """The organisations addressed by the campaign are on its list (R-001)."""
    return unless(facts.participants > 0, "PARTICIPANTS_MISSING")


@guard("CRITERIA_SUM_MISMATCH")
def the_criteria_add_up(facts: CampaignFacts) -> list[Reason]:
    """The points of the criteria add up to the declared total, exactly (R-018, decisions 33)."""
    return unless(
        facts.criteria_points == facts.criteria_total,
        "CRITERIA_SUM_MISMATCH",
        actual=str(facts.criteria_points),
        expected=str(facts.criteria_total),
    )


@guard("DEADLINES_INCOMPLETE", "DEADLINE_ORDER")
def the_deadlines_are_set_in_order(facts: CampaignFacts) -> list[Reason]:
    """Every deadline is an instant that the office typed, each strictly after the one before (R-036, R-049, G-10, G-11)."""
    wanted = [
        ("联系人报送", "contacts", facts.contacts_end_at, facts.contacts_wanted),
        ("材料报送", "materials", facts.materials_end_at, True),
        ("报部材料", "ministry materials", facts.ministry_end_at, facts.ministry_places > 0),
    ]
    missing = [(zh, en) for zh, en, at, needed in wanted if needed and at is None]
    present = [at for _, _, at, needed in wanted if needed and at is not None]
    rising = all(earlier < later for earlier, later in pairwise(present))
    return [
        *unless(
            not missing,
            "DEADLINES_INCOMPLETE",
            missing_zh=[zh for zh, _ in missing],
            missing_en=[en for _, en in missing],
        ),
        *unless(rising, "DEADLINE_ORDER"),
    ]


@guard("AWARD_DATE_MISSING", "DEADLINE_ORDER")
def a_planned_award_date_is_set(facts: CampaignFacts) -> list[Reason]:
    """The day of commendation is planned, after the materials are due (R-004)."""
    if facts.planned_award_on is None:
        return [Reason("AWARD_DATE_MISSING")]
    if facts.materials_end_at is None:
        return []
    # The deadline is an exclusive midnight; its last whole day lies a moment before.
    last_day = (facts.materials_end_at.astimezone(facts.zone) - timedelta(microseconds=1)).date()
    return unless(facts.planned_award_on > last_day, "DEADLINE_ORDER")


@guard("CALENDAR_YEAR_MISSING")
def the_calendar_is_loaded(facts: CampaignFacts) -> list[Reason]:
    """The working days of every year the campaign touches are known; no year is guessed (D7, I-21)."""
    missing = sorted(facts.calendar_years_needed - facts.calendar_years_loaded)
    return unless(not missing, "CALENDAR_YEAR_MISSING", year=missing)


@guard("QUOTA_NOT_CONFIRMED")
def the_allocation_is_confirmed(facts: CampaignFacts) -> list[Reason]:
    """The allocation of places is confirmed, so its sum is the total (R-012, D2)."""
    return unless(facts.quota_confirmed, "QUOTA_NOT_CONFIRMED")


@guard("SAMPLE_QUOTA")
def the_allocation_is_no_sample(facts: CampaignFacts) -> list[Reason]:
    """Invented numbers open a campaign only in a sample installation (D2, domain.md 4.6)."""
    return unless(not facts.quota_is_sample or facts.sample_installation, "SAMPLE_QUOTA")


@timed("DEADLINE_PASSED")
def the_filing_deadline_lies_ahead(facts: CampaignFacts, now: datetime) -> list[Reason]:
    """A campaign is not opened when nobody could file any more (R-036)."""
    ends_at = facts.materials_end_at
    return unless(ends_at is None or now < ends_at, "DEADLINE_PASSED", ends_at=until(ends_at, facts.zone))


@timed("DEADLINE_NOT_REACHED")
def the_filing_deadline_has_passed(facts: CampaignFacts, now: datetime) -> list[Reason]:
    """Filing closes at the announced instant, never before it (R-036)."""
    ends_at = facts.materials_end_at
    over = ends_at is not None and now >= ends_at
    return unless(over, "DEADLINE_NOT_REACHED", ends_at=until(ends_at, facts.zone))


@guard("FORMAL_CHECKS_OPEN")
def every_filing_is_checked(facts: CampaignFacts) -> list[Reason]:
    """Everything filed has passed the formal check, was returned for good, or was withdrawn."""
    return unless(facts.unchecked_filings == 0, "FORMAL_CHECKS_OPEN", count=facts.unchecked_filings)


@guard("SCORES_NOT_LOCKED")
def every_case_has_its_scores_locked(facts: CampaignFacts) -> list[Reason]:
    """All sheets are in and locked before anything is determined (I-11)."""
    return unless(facts.unlocked_cases == 0, "SCORES_NOT_LOCKED", count=facts.unlocked_cases)


@guard("RANKING_MISSING")
def a_ranking_is_recorded(facts: CampaignFacts) -> list[Reason]:
    """The ranking the bodies decide on is recorded; ties are shown in it (R-021, G-08)."""
    return unless(facts.ranking_recorded, "RANKING_MISSING")


@guard("ITEMS_UNDECIDED")
def every_item_is_decided(facts: CampaignFacts) -> list[Reason]:
    """Every case before the second body is approved or not; none is left deferred (E-31)."""
    return unless(facts.undecided_items == 0, "ITEMS_UNDECIDED", count=facts.undecided_items)


@guard("AWARDS_EXCEED_PLACES")
def no_more_awards_than_places(facts: CampaignFacts) -> list[Reason]:
    """The number of awards is a ceiling (R-011, E-32)."""
    return unless(
        facts.approved_awards <= facts.award_places,
        "AWARDS_EXCEED_PLACES",
        approved=facts.approved_awards,
        places=facts.award_places,
    )


@guard("AWARD_DATE_TOO_EARLY")
def the_award_follows_the_decisions(facts: CampaignFacts) -> list[Reason]:
    """Nobody is commended before the last decision was taken (R-004)."""
    award, decided = facts.planned_award_on, facts.last_decision_on
    in_order = award is not None and (decided is None or award >= decided)
    return unless(in_order, "AWARD_DATE_TOO_EARLY", decided_on=decided or "—")


@guard("AWARDS_NOT_CONFERRED")
def every_award_is_conferred(facts: CampaignFacts) -> list[Reason]:
    """The file is closed when every determined award was conferred (R-016)."""
    return unless(facts.unconferred_awards == 0, "AWARDS_NOT_CONFERRED", count=facts.unconferred_awards)


@guard("CAMPAIGN_SUSPENDED")
def it_is_not_suspended(facts: CampaignFacts) -> list[Reason]:
    """A suspended campaign stands still; its running notices run on (domain.md 4.3)."""
    return unless(not facts.suspended, "CAMPAIGN_SUSPENDED")


@guard("CAMPAIGN_NOT_SUSPENDED")
def it_is_suspended(facts: CampaignFacts) -> list[Reason]:
    """Only what stands still can be resumed."""
    return unless(facts.suspended, "CAMPAIGN_NOT_SUSPENDED")


@guard("REASON_MISSING")
def a_reason_is_given(facts: CampaignFacts) -> list[Reason]:
    """Whoever stops or restarts a campaign says why."""
    return unless(bool(facts.reason.strip()), "REASON_MISSING")
