"""No list of the API lacks its table: a new one either can be taken away or says here why not."""

import re
from typing import Any

import pytest

from app.services.exports import registry
from tests.evaluation_cases import evaluation
from tests.export_cases import lines
from tests.flow_cases import XIHU
from tests.plugins.service import Service

CALLED = {
    "listClients": "api-clients",
    "listCampaignTransitions": "audit-records",
    "listDepartmentConsultations": "department-replies",
    "listNominationSteps": "steps",
    "listQuotaPlans": "quota-plan",
    "listRankingEntries": "ranking",
}
"""Lists whose table goes by another name."""

WITHOUT = {
    "listExports": "the list of the tables themselves",
    "listChanges": "the feed of a machine, read by cursor",
    "listPacks": "what the program ships, no data of an installation",
    "listCampaignRulesVersions": "whole documents, in the campaign's ZIP under rules/",
    "listReviewerCandidates": "an offer of the moment, nothing on record",
    "listOwnAssignments": "the caller's own lines of assignments",
    "listOwnSeats": "the caller's own lines of reviewers",
    "listPublicAwards": "the public's lines of awards",
    "listPublicCampaignAwards": "the public's lines of awards",
    "listPublicCampaigns": "the public's lines of campaigns",
    "listPublicNotices": "the public's lines of notices",
}


def listed(description: dict[str, Any]) -> list[str]:
    operations = [ways["get"]["operationId"] for ways in description["paths"].values() if "get" in ways]
    return [one for one in operations if one.startswith("list")]


def table_of(operation: str) -> str:
    """`listScoreSheets`: `score-sheets`."""
    return re.sub(r"(?<!^)([A-Z])", r"-\1", operation.removeprefix("list")).lower()


@pytest.mark.rule("R-045")
def test_every_list_of_the_api_can_be_taken_away_or_says_why_not(sqlite_service: Service) -> None:
    found = listed(sqlite_service.app.openapi())
    lacking = [
        one for one in found if one not in WITHOUT and CALLED.get(one, table_of(one)) not in registry.TABLES
    ]

    assert lacking == []
    assert set(CALLED) | set(WITHOUT) <= set(found)
    assert [one for one in WITHOUT if table_of(one) in registry.TABLES] == []


def test_a_run_leaves_with_its_seed_its_inputs_and_the_reason_of_each_assignment(
    sqlite_service: Service,
) -> None:
    e = evaluation(sqlite_service)
    e.bench("一", "二", "三")
    case = e.case(XIHU)
    e.open()
    run = e.run()
    of = {"campaign_id": e.url.removeprefix("/campaigns/")}
    _, (row,) = lines(e.office, "assignment-runs", **of)
    _, given = lines(e.office, "assignments", **of)

    assert (row["id"], row["seed"], row["assigned"]) == (run["id"], "2026", 3)
    assert case.removeprefix("nom_") in row["inputs"]
    assert row["input_hash"].startswith("sha256:")
    assert {one["run_id"] for one in given} == {run["id"]}
    assert all("free" in one["basis"] for one in given)


def test_the_calendar_leaves_with_its_days_off_and_the_weekend_days_that_are_worked(
    sqlite_service: Service,
) -> None:
    office = evaluation(sqlite_service).office
    rows = {row["year"]: row for row in lines(office, "calendar-years")[1]}

    assert "2026-10-01" in rows[2026]["holidays"]
    assert rows[2026]["workdays"]
