"""Hearing the public: the own level's duty, recorded there, concluded once everything said against was handled."""

from typing import Any

import pytest

from app.domain.levels import Level
from app.domain.nomination import Stage
from tests.paper_cases import TOMORROW, Paper, hearing, paper, pointers, refused
from tests.plugins.service import Service

LATE_LUNCH = {"point": "午间无人值班。", "handling": ""}


def recorded(made: Paper, **changes: Any) -> dict[str, Any]:
    answer = made.county("POST", f"{made.url}/consultations", json=hearing(**changes))
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    return row


def concluded(made: Paper, row: dict[str, Any]) -> Any:
    return made.county("POST", f"/consultations/{row['id']}/conclusions", version=row["etag"])


@pytest.mark.rule("R-026", "D-04")
def test_the_own_level_records_how_it_heard_the_public_and_concludes_it(service: Service) -> None:
    made = paper(service)

    row = recorded(made)
    done = concluded(made, row)

    assert (row["level"], row["participants"], row["recorded_via"], row["concluded_at"]) == (
        "COUNTY",
        126,
        "API",
        "",
    )
    assert (done.status_code, done.json()["concluded_at"][:10]) == (201, "2026-07-01")
    listed = made.county("GET", f"{made.url}/consultations").json()["items"]
    assert [(one["id"], one["etag"]) for one in listed] == [(row["id"], done.json()["etag"])]


@pytest.mark.rule("D-04", "R-026")
def test_a_higher_level_does_not_hear_the_public_in_the_counties_place(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    for caller in (made.city, made.office):
        answer = caller("POST", f"{made.url}/consultations", json=hearing())
        assert refused(answer) == (403, "NOT_YOUR_LEVEL")

    row = recorded(made)
    assert refused(made.city("PUT", f"/consultations/{row['id']}", json=hearing(), version=row["etag"])) == (
        403,
        "NOT_YOUR_LEVEL",
    )


@pytest.mark.rule("E-39")
def test_a_hall_of_the_city_is_heard_about_by_the_city(sqlite_service: Service) -> None:
    made = paper(sqlite_service, own_level=Level.MUNICIPAL)

    assert refused(made.county("POST", f"{made.url}/consultations", json=hearing())) == (
        403,
        "NOT_YOUR_LEVEL",
    )
    answer = made.city("POST", f"{made.url}/consultations", json=hearing())
    assert (answer.status_code, answer.json()["level"]) == (201, "MUNICIPAL")


@pytest.mark.rule("R-026")
def test_what_is_still_to_be_held_or_ends_before_it_begins_is_not_on_record(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    ahead = made.county("POST", f"{made.url}/consultations", json=hearing(held_to=TOMORROW))
    turned = made.county("POST", f"{made.url}/consultations", json=hearing(held_to="2026-06-19"))

    assert (ahead.status_code, pointers(ahead)) == (422, [("DATE_IN_FUTURE", "/held_to")])
    assert (turned.status_code, pointers(turned)) == (422, [("DATES_REVERSED", "/held_to")])
    assert recorded(made, held_to="2026-07-01", held_from="2026-07-01")["held_to"] == "2026-07-01"


@pytest.mark.rule("R-026")
def test_fifty_characters_of_summary_are_enough_and_forty_nine_are_not(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    short = made.county("POST", f"{made.url}/consultations", json=hearing(summary="好" * 49))

    assert pointers(short) == [("VALIDATION_FAILED", ""), ("TEXT_TOO_SHORT", "/summary")]
    assert len(recorded(made, summary="好" * 50)["summary"]) == 50


@pytest.mark.rule("R-026")
def test_what_was_said_against_the_window_is_handled_before_the_hearing_counts(
    sqlite_service: Service,
) -> None:
    made = paper(sqlite_service)
    row = recorded(made, adverse_points=[LATE_LUNCH])

    early = concluded(made, row)
    handled = hearing(adverse_points=[LATE_LUNCH | {"handling": "已增设午间值班。"}])
    put = made.county("PUT", f"/consultations/{row['id']}", json=handled, version=row["etag"])
    done = concluded(made, put.json())

    assert (early.status_code, pointers(early)) == (
        422,
        [("ADVERSE_POINT_UNHANDLED", "/adverse_points/0/handling")],
    )
    assert (done.status_code, done.json()["adverse_points"]) == (201, handled["adverse_points"])


def test_a_concluded_hearing_stays_as_it_is(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    done = concluded(made, recorded(made)).json()

    changed = made.county("PUT", f"/consultations/{done['id']}", json=hearing(), version=done["etag"])

    assert refused(changed) == (409, "CONSULTATION_CONCLUDED")
    assert refused(concluded(made, done)) == (409, "CONSULTATION_CONCLUDED")


@pytest.mark.parametrize(
    ("stage", "level"), [(Stage.SUBMITTED, Level.MUNICIPAL), (Stage.CLEARED, Level.COUNTY)]
)
def test_nothing_is_added_once_the_case_has_left_its_own_level(
    sqlite_service: Service, stage: Stage, level: Level
) -> None:
    made = paper(sqlite_service)
    row = recorded(made)
    made.put(stage=stage, level=level)

    assert refused(made.county("POST", f"{made.url}/consultations", json=hearing())) == (
        409,
        "CASE_ELSEWHERE",
    )
    assert refused(concluded(made, row)) == (409, "CASE_ELSEWHERE")


@pytest.mark.rule("R-026")
def test_a_returned_case_is_open_for_it_only_where_the_return_asked_for_it(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    made.put(stage=Stage.RETURNED, returned_fields=["FORM"])
    answer = made.county("POST", f"{made.url}/consultations", json=hearing())
    assert refused(answer) == (409, "PART_NOT_OPEN")

    made.put(returned_fields=["CONSULTATION"])
    assert recorded(made)["participants"] == 126


def test_two_colleagues_do_not_overwrite_each_other(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    row = recorded(made)
    url = f"/consultations/{row['id']}"

    first = made.county("PUT", url, json=hearing(participants=130), version=row["etag"])
    second = made.county("PUT", url, json=hearing(participants=140), version=row["etag"])

    assert first.json()["participants"] == 130
    assert refused(second) == (412, "VERSION_CONFLICT")
    assert refused(made.county("PUT", url, json=hearing())) == (428, "PRECONDITION_REQUIRED")


@pytest.mark.rule("R-048")
def test_the_county_beside_does_not_see_that_there_is_a_case(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    row = recorded(made)
    for method, url, body in (
        ("GET", f"{made.url}/consultations", None),
        ("POST", f"{made.url}/consultations", hearing()),
        ("GET", f"/consultations/{row['id']}", None),
        ("PUT", f"/consultations/{row['id']}", hearing()),
        ("POST", f"/consultations/{row['id']}/conclusions", None),
    ):
        answer = made.sibling(method, url, json=body, version=row["etag"])
        assert refused(answer) == (404, "NOT_FOUND"), (method, url)
    assert made.county("GET", f"/consultations/{row['id']}").json()["id"] == row["id"]


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    costs = []
    for number in range(3):
        recorded(made, participants=number)
        with sqlite_service.statements() as counted:
            items = made.county("GET", f"{made.url}/consultations").json()["items"]
        assert [one["participants"] for one in items] == list(range(number + 1))
        costs.append(len(counted))
    assert len(set(costs)) == 1
