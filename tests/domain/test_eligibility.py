"""The scope of the notice: each clause alone refuses, all together pass."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain import eligibility
from app.domain.eligibility import Candidate, PriorAwardRule
from app.domain.errors import CATALOGUE, Reason

FINE = Candidate(
    organization_participates=True,
    in_system=True,
    in_host_region=True,
    region_code="330302",
    region_valid=True,
    serves_public_directly=True,
    window_type="SOCIAL_INSURANCE",
    other_types=("EMPLOYMENT_SERVICE",),
    known_types=frozenset({"SOCIAL_INSURANCE", "EMPLOYMENT_SERVICE", "TOWNSHIP_STATION", "OTHER_WINDOW"}),
    justification="",
    accepted_by_office=False,
    affiliation_level="50",
)
OTHER: dict[str, Any] = {
    "window_type": "OTHER_WINDOW",
    "justification": "人才服务窗口",
    "accepted_by_office": True,
}

CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("R-001", "NOT_PARTICIPANT", {"organization_participates": False}),
    ("R-006", "WINDOW_OTHER_SYSTEM", {"in_system": False}),
    ("R-006", "WINDOW_OUTSIDE_REGION", {"in_host_region": False, "region_code": "320500"}),
    ("E-26", "REGION_NOT_VALID", {"region_valid": False, "region_code": "330103"}),
    ("R-007", "WINDOW_NOT_PUBLIC", {"serves_public_directly": False}),
    ("R-008", "WINDOW_TYPE_UNKNOWN", {"window_type": "CASHIER"}),
    ("R-008", "WINDOW_TYPE_UNKNOWN", {"other_types": ("CASHIER",)}),
    ("R-009", "OTHER_TYPE_NOT_JUSTIFIED", {**OTHER, "justification": "  "}),
    ("R-009", "OTHER_TYPE_NOT_ACCEPTED", {**OTHER, "accepted_by_office": False}),
    ("R-010", "WINDOW_TYPE_LEVEL", {"window_type": "TOWNSHIP_STATION"}),
    (
        "E-29",
        "PRIOR_AWARD",
        {"edition_no": 3, "prior_editions": (1,), "prior_award_rule": PriorAwardRule.BARRED},
    ),
    (
        "E-29",
        "PRIOR_AWARD",
        {"edition_no": 3, "prior_editions": (1, 2), "prior_award_rule": PriorAwardRule.NEW_MERITS},
    ),
    ("3.7", "ORGANIZATION_BARRED", {"edition_no": 2, "barred_until_edition": 2}),
]


def test_a_window_in_scope_meets_every_clause() -> None:
    checks = eligibility.checks(FINE)
    assert [check.rule for check in checks] == [
        "R-001",
        "R-006",
        "R-006",
        "E-26",
        "R-007",
        "R-008",
        "R-009",
        "R-009",
        "R-010",
        "E-29",
        "3.7",
    ]
    assert all(check.satisfied and check.reason is None for check in checks)
    assert eligibility.reasons(FINE) == []


@pytest.mark.rule("R-001", "R-006", "R-007", "R-008", "R-009", "R-010", "E-26", "E-29")
@pytest.mark.parametrize(("rule", "code", "changes"), CASES, ids=[code for _, code, _ in CASES])
def test_each_clause_alone_refuses_with_its_code(rule: str, code: str, changes: dict[str, Any]) -> None:
    [check] = [check for check in eligibility.checks(replace(FINE, **changes)) if not check.satisfied]
    assert check.rule == rule
    assert check.reason is not None
    assert (check.reason.code, eligibility.reasons(replace(FINE, **changes))) == (code, [check.reason])
    for sentence in (check.reason.sentence("zh"), check.reason.sentence("en")):
        assert "—" not in sentence
        assert "{" not in sentence


def test_every_code_is_provoked_and_in_the_catalogue() -> None:
    assert {code for _, code, _ in CASES} == set(eligibility.CODES)
    assert set(eligibility.CODES) <= set(CATALOGUE)


@pytest.mark.rule("R-009")
def test_the_open_end_of_the_list_passes_when_justified_and_accepted() -> None:
    assert eligibility.reasons(replace(FINE, **OTHER)) == []
    # Also as a further type of a window that has a named one.
    beside = replace(FINE, other_types=("OTHER_WINDOW",))
    assert [r.code for r in eligibility.reasons(beside)] == [
        "OTHER_TYPE_NOT_JUSTIFIED",
        "OTHER_TYPE_NOT_ACCEPTED",
    ]


@pytest.mark.rule("R-020", "E-43")
def test_a_first_edition_knows_no_earlier_award() -> None:
    assert eligibility.reasons(replace(FINE, prior_award_rule=PriorAwardRule.BARRED)) == []
    # The award of this very edition is no earlier one.
    same = replace(FINE, edition_no=3, prior_editions=(3,), prior_award_rule=PriorAwardRule.BARRED)
    assert eligibility.reasons(same) == []


@pytest.mark.rule("E-29")
def test_a_former_holder_comes_again_with_new_merits_or_where_it_is_allowed() -> None:
    holder = replace(FINE, edition_no=3, prior_editions=(1,))
    assert eligibility.reasons(holder) == []
    again = replace(holder, prior_award_rule=PriorAwardRule.NEW_MERITS, new_merits="2025 年全省试点")
    assert eligibility.reasons(again) == []


def test_a_bar_ends_after_its_edition() -> None:
    assert eligibility.reasons(replace(FINE, edition_no=3, barred_until_edition=2)) == []


def test_all_that_speaks_against_a_window_is_said_at_once() -> None:
    nothing_fits = replace(FINE, in_system=False, serves_public_directly=False, window_type="CASHIER")
    assert eligibility.reasons(nothing_fits) == [
        Reason("WINDOW_OTHER_SYSTEM", "/in_labor_system"),
        Reason("WINDOW_NOT_PUBLIC", "/serves_public_directly"),
        Reason("WINDOW_TYPE_UNKNOWN", "/window_type", {"types": ("CASHIER",)}),
    ]
