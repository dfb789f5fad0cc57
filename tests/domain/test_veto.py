"""Veto findings: which facts count, which stages hold a case."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import veto
from app.domain.veto import FindingAction, FindingFacts, FindingStage
from tests.domain.cases import NOW
from tests.domain.machine_cases import finding_case

START, END = date(2024, 1, 1), date(2026, 12, 31)


def codes(facts: FindingFacts, action: FindingAction) -> list[str]:
    return [reason.code for reason in veto.verdict(facts, action, NOW)]


@pytest.mark.rule("R-017")
@given(fact_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_fact_counts_when_it_lies_in_the_period(fact_on: date) -> None:
    facts = finding_case(FindingStage.UNDER_VERIFICATION, fact_on=fact_on)
    assert codes(facts, FindingAction.CONFIRM) == ([] if START <= fact_on <= END else ["FACT_OUTSIDE_PERIOD"])


@pytest.mark.rule("R-017")
@pytest.mark.parametrize("gap", ["fact_on", "counts_from", "counts_to"])
def test_a_fact_without_its_dates_is_not_confirmed(gap: str) -> None:
    facts = finding_case(FindingStage.UNDER_VERIFICATION, **{gap: None})
    assert codes(facts, FindingAction.CONFIRM) == ["FACT_OUTSIDE_PERIOD"]


@pytest.mark.rule("R-019", "D9")
def test_a_finding_holds_until_it_is_confirmed_or_dismissed() -> None:
    assert frozenset({FindingStage.ALLEGED, FindingStage.UNDER_VERIFICATION}) == veto.HOLDING


def test_nothing_is_confirmed_without_being_verified_first() -> None:
    assert codes(finding_case(FindingStage.ALLEGED), FindingAction.CONFIRM) == ["TRANSITION_NOT_ALLOWED"]
    assert codes(finding_case(FindingStage.ALLEGED), FindingAction.VERIFY) == []
    [verify] = veto.available(finding_case(FindingStage.ALLEGED), {"veto:decide"}, NOW)
    assert (verify.action, verify.permitted) == (FindingAction.VERIFY, True)


def test_a_finding_is_dismissed_without_proof_but_with_a_conclusion() -> None:
    facts = finding_case(FindingStage.UNDER_VERIFICATION, evidence="", fact_on=None)
    assert codes(facts, FindingAction.DISMISS) == []
    assert codes(replace(facts, conclusion=""), FindingAction.DISMISS) == ["CONCLUSION_MISSING"]
