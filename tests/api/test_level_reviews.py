"""Each level's opinion: its own, in its turn, on every criterion, by somebody else than who prepared the case."""

from typing import Any

import pytest

from app.db.tables.nominations import Nomination
from app.db.tables.people import Person
from app.domain.access import Role
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.services import facts
from tests.paper_cases import CRITERIA, HANGZHOU, TOMORROW, Paper, opinion, paper, pointers, refused
from tests.plugins.service import Caller, Service


def written(
    made: Paper, caller: Caller, level: str = "COUNTY", version: int | str = 0, **changes: Any
) -> Any:
    return caller("PUT", f"{made.url}/level-reviews/{level}", json=opinion(**changes), version=version)


def graded(grade: str, index: int = 0) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = opinion()["assessments"]
    return [row | ({"grade": grade} if at == index else {}) for at, row in enumerate(rows)]


@pytest.mark.rule("R-025", "R-027", "R-018")
def test_the_level_where_the_case_stands_writes_its_opinion_on_every_criterion(service: Service) -> None:
    made = paper(service)

    answer = written(made, made.county)

    row = answer.json()
    assert (answer.status_code, row["etag"], row["current"]) == (200, '"1"', True)
    assert (row["level"], row["conclusion"], row["signer"], row["recorded_via"]) == (
        "COUNTY",
        "RECOMMEND",
        "李强",
        "API",
    )
    assert [one["criterion"] for one in row["assessments"]] == list(CRITERIA)
    assert made.county("GET", f"{made.url}/level-reviews/COUNTY").json() == row


def test_a_new_opinion_supersedes_the_earlier_which_stays_readable(service: Service) -> None:
    made = paper(service)
    first = written(made, made.county, opinion="材料待补充。", conclusion="NOT_RECOMMEND").json()

    second = written(made, made.county, version=first["etag"]).json()

    listed = made.county("GET", f"{made.url}/level-reviews").json()["items"]
    assert [(r["id"], r["opinion"], r["current"]) for r in listed] == [
        (first["id"], "材料待补充。", False),
        (second["id"], "同意推荐。", True),
    ]
    assert (first["etag"], second["etag"]) == ('"1"', '"2"')
    assert refused(written(made, made.county, version=first["etag"])) == (412, "VERSION_CONFLICT")
    assert refused(written(made, made.county, version=0)) == (412, "VERSION_CONFLICT")


@pytest.mark.rule("R-025")
def test_no_level_writes_for_another_or_before_its_turn(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    assert refused(written(made, made.city, "COUNTY")) == (403, "NOT_YOUR_LEVEL")
    assert refused(written(made, made.city, "MUNICIPAL")) == (409, "CASE_ELSEWHERE")
    assert refused(written(made, made.county, "TOWNSHIP")) == (409, "LEVEL_NOT_APPLICABLE")
    made.put(level=Level.MUNICIPAL)
    assert refused(written(made, made.county, "COUNTY")) == (409, "CASE_ELSEWHERE")
    assert written(made, made.city, "MUNICIPAL").status_code == 200


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.CLEARED, Stage.FILED, Stage.REJECTED])
def test_an_opinion_is_written_on_a_submitted_case_only(sqlite_service: Service, stage: Stage) -> None:
    made = paper(sqlite_service, stage=stage)

    assert refused(written(made, made.county)) == (409, "CASE_ELSEWHERE")


def test_a_returned_opinion_is_rewritten_where_the_return_asked_for_it(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    first = written(made, made.county).json()
    made.put(stage=Stage.RETURNED, returned_fields=["FORM"])
    assert refused(written(made, made.county, version=first["etag"])) == (409, "PART_NOT_OPEN")

    made.put(returned_fields=["LEVEL_REVIEW"])
    assert written(made, made.county, version=first["etag"]).json()["etag"] == '"2"'


@pytest.mark.rule("R-018", "R-022")
def test_a_criterion_left_out_graded_twice_or_unknown_is_refused(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    whole = opinion()["assessments"]
    foreign = whole[0] | {"criterion": "C9"}

    without = written(made, made.county, assessments=whole[:4])
    twice = written(made, made.county, assessments=[*whole, whole[0]])
    unknown = written(made, made.county, assessments=[*whole, foreign])

    assert (without.status_code, pointers(without)) == (422, [("CRITERIA_INCOMPLETE", "/assessments")])
    assert "C5" in without.json()["detail"]
    assert pointers(twice) == [("CRITERION_TWICE", "/assessments/5/criterion")]
    assert pointers(unknown) == [("CRITERION_UNKNOWN", "/assessments/5/criterion")]


@pytest.mark.rule("R-022")
def test_who_finds_a_criterion_not_met_cannot_recommend(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    failing = graded("DOES_NOT_MEET", 2)

    answer = written(made, made.county, assessments=failing)
    honest = written(made, made.county, assessments=failing, conclusion="NOT_RECOMMEND")

    assert pointers(answer) == [("CRITERION_NOT_MET", "/assessments/2/grade")]
    assert (honest.status_code, honest.json()["conclusion"]) == (200, "NOT_RECOMMEND")


@pytest.mark.rule("I-14")
def test_levels_sign_in_the_order_of_time(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    assert written(made, made.county, signed_on="2026-06-30").status_code == 200
    made.put(level=Level.MUNICIPAL)

    early = written(made, made.city, "MUNICIPAL", signed_on="2026-06-29")
    ahead = written(made, made.city, "MUNICIPAL", signed_on=TOMORROW)
    same_day = written(made, made.city, "MUNICIPAL", signed_on="2026-06-30")

    assert (early.status_code, pointers(early)) == (409, [("REVIEW_ORDER", "/signed_on")])
    assert (ahead.status_code, pointers(ahead)) == (422, [("DATE_IN_FUTURE", "/signed_on")])
    assert same_day.status_code == 200


@pytest.mark.rule("I-13")
def test_who_prepared_the_case_does_not_write_its_opinion_under_any_account(service: Service) -> None:
    made = paper(service)
    county, other = made.county, service.person(Role.REVIEWING_OFFICER, "330106", "second-account")
    made.put(prepared_by=f"person:{county.person_id.hex}")

    with service.system() as ctx:
        for caller in (county, other):
            ctx.session.get_one(Person, caller.person_id).identity = "id-1"
        ctx.noted += 1

    assert refused(written(made, county)) == (403, "SAME_PERSON")
    assert refused(written(made, other)) == (403, "SAME_PERSON")
    colleague = service.person(Role.REVIEWING_OFFICER, "330106", "colleague")
    assert written(made, colleague).status_code == 200


@pytest.mark.rule("I-13")
def test_who_wrote_the_organising_levels_opinion_counts_as_a_preparer_of_its_approval(
    sqlite_service: Service,
) -> None:
    made = paper(sqlite_service)
    assert written(made, made.county).status_code == 200
    made.put(level=Level.MUNICIPAL)
    both = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU, "both-roles", Role.APPROVING_OFFICER)
    assert written(made, both, "MUNICIPAL").status_code == 200

    def may_approve(caller: Caller) -> bool:
        with sqlite_service.acting(caller) as ctx:
            known = facts.facts_of(ctx, ctx.session.get_one(Nomination, made.nomination_id))
        return known.actor not in known.preparers

    assert [may_approve(who) for who in (both, made.filer, made.approver, made.county)] == [
        False,
        False,
        True,
        True,
    ]


def test_the_guards_read_the_opinion_that_counts_now(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    first = written(made, made.county).json()

    def reviewed() -> tuple[bool, int]:
        with sqlite_service.acting(made.county) as ctx:
            known = facts.facts_of(ctx, ctx.session.get_one(Nomination, made.nomination_id))
        return known.level_reviewed, len(known.assessed_criteria)

    assert reviewed() == (True, 5)
    written(made, made.county, version=first["etag"], conclusion="NOT_RECOMMEND")
    assert reviewed() == (False, 5)


@pytest.mark.rule("R-048")
def test_the_county_beside_sees_no_opinion_and_writes_none(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    assert written(made, made.county).status_code == 200

    assert refused(made.sibling("GET", f"{made.url}/level-reviews")) == (404, "NOT_FOUND")
    assert refused(made.sibling("GET", f"{made.url}/level-reviews/COUNTY")) == (404, "NOT_FOUND")
    assert refused(written(made, made.sibling)) == (404, "NOT_FOUND")
    assert refused(written(made, made.filer)) == (403, "PERMISSION_MISSING")
    assert refused(made.county("GET", f"{made.url}/level-reviews/MUNICIPAL")) == (404, "NOT_FOUND")


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    costs, version = [], '"0"'
    for number in range(3):
        version = written(made, made.county, version=version).json()["etag"]
        with sqlite_service.statements() as counted:
            items = made.county("GET", f"{made.url}/level-reviews").json()["items"]
        assert len(items) == number + 1
        costs.append(len(counted))
    assert len(set(costs)) == 1
