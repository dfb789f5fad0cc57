"""Paper and discs: the office counts them, and complete means every copy that is asked for."""

from typing import Any

import pytest

from app.domain.nomination import Stage
from tests.paper_cases import TOMORROW, Paper, paper, pointers, receipt, refused
from tests.plugins.service import Caller, Service


def received(
    made: Paper, caller: Caller, kind: str = "PAPER_WRITEUP", version: int | str = 0, **changes: Any
) -> Any:
    return caller("PUT", f"{made.url}/receipts/{kind}", json=receipt(**changes), version=version)


@pytest.mark.rule("R-035", "R-043")
def test_four_copies_are_received_but_only_five_are_complete(service: Service) -> None:
    made = paper(service)

    short = received(made, made.office, copies=4)
    four = received(made, made.office, copies=4, complete=False)
    five = received(made, made.office, version=four.json()["etag"])

    assert (short.status_code, pointers(short)) == (422, [("COPIES_MISSING", "/copies")])
    assert "5" in short.json()["detail"]
    assert (four.status_code, four.json()["copies"], four.json()["complete"]) == (200, 4, False)
    assert (five.status_code, five.json()["copies"], five.json()["complete"]) == (200, 5, True)
    assert made.county("GET", f"{made.url}/receipts").json()["items"] == [five.json()]
    assert made.county("GET", f"{made.url}/receipts/PAPER_WRITEUP").json() == five.json()


@pytest.mark.rule("R-043")
def test_the_ministry_asks_for_five_write_ups_and_two_discs_once_the_award_is_determined(
    sqlite_service: Service,
) -> None:
    made = paper(sqlite_service)
    assert refused(received(made, made.office, "DISC", copies=2)) == (409, "CASE_ELSEWHERE")
    made.put(stage=Stage.DETERMINED)

    refusals = [
        refused(received(made, made.office, kind, copies=copies))
        for kind, copies in (("DISC", 1), ("MINISTRY_WRITEUP", 4), ("PAPER_FORM", 0))
    ]
    taken = [
        received(made, made.office, kind, copies=copies).status_code
        for kind, copies in (("DISC", 2), ("MINISTRY_WRITEUP", 5), ("PAPER_FORM", 1))
    ]

    assert refusals == [(422, "COPIES_MISSING")] * 3
    assert taken == [200, 200, 200]


@pytest.mark.rule("R-046")
def test_the_office_counts_and_nobody_else(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    assert refused(received(made, made.city)) == (403, "NOT_YOUR_LEVEL")
    assert refused(received(made, made.filer)) == (403, "PERMISSION_MISSING")
    assert refused(received(made, made.sibling)) == (404, "NOT_FOUND")
    assert refused(made.sibling("GET", f"{made.url}/receipts")) == (404, "NOT_FOUND")
    assert refused(made.city("GET", f"{made.url}/receipts/DISC")) == (404, "NOT_FOUND")
    assert received(made, made.office).status_code == 200


def test_nothing_is_received_ahead_of_time_of_a_draft_or_over_anothers_count(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    assert pointers(received(made, made.office, received_on=TOMORROW)) == [("DATE_IN_FUTURE", "/received_on")]
    assert received(made, made.office).status_code == 200
    assert refused(received(made, made.office, copies=6)) == (412, "VERSION_CONFLICT")
    made.put(stage=Stage.DRAFT)
    assert refused(received(made, made.office, version=1)) == (409, "CASE_ELSEWHERE")


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    made.put(stage=Stage.DETERMINED)
    costs = []
    for kind in ("PAPER_WRITEUP", "PAPER_FORM", "DISC"):
        received(made, made.office, kind)
        with sqlite_service.statements() as counted:
            assert made.office("GET", f"{made.url}/receipts").status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1
