"""Assignments: by hand and by a run, within limits, never across a conflict; taken back when one comes up."""

from typing import Any

import pytest

from app.domain.ids import shown
from app.domain.nomination import Stage
from tests.evaluation_cases import (
    DUE,
    LISHUI,
    SHAOXING,
    WENZHOU,
    YINZHOU,
    Evaluation,
    evaluation,
    under_evaluation,
)
from tests.flow_cases import HANGZHOU, NINGBO, UNIT, XIHU, code, made
from tests.plugins.service import Service

NAMES = ("一", "二", "三", "四", "五", "六")


def transfer(ev: Evaluation, name: str, organization: str, **changes: Any) -> Any:
    reviewer = made(ev.office("GET", f"/reviewers/{ev.reviewers[name]['id']}"))
    body = {"home_organization_id": shown("org", ev.service.organization(organization).id)} | changes
    return ev.office("PUT", f"/reviewers/{reviewer['id']}", json=body, version=reviewer["etag"])


def test_a_case_is_given_by_hand_with_a_reason_and_shows_in_the_reviewers_queue(service: Service) -> None:
    ev = evaluation(service)
    ev.reviewer("沈括")
    nomination = ev.case(XIHU, Stage.UNDER_EVALUATION)

    given = ev.given(nomination, "沈括")
    queue = made(ev.person("沈括")("GET", "/assignments"))

    known = ("reviewer", "origin", "run_id", "reason", "due_on", "status", "grounds", "void_kind")
    expected: tuple[Any, ...] = ("沈括", "HAND", "", "熟悉经办业务", DUE, "ASSIGNED", [], "")
    assert tuple(given[name] for name in known) == expected
    assert [one["id"] for one in queue["items"]] == [given["id"]]
    assert (queue["total"], queue["submitted"], queue["next_id"]) == (1, 0, given["id"])
    assert made(ev.person("沈括")("GET", f"/assignments/{given['id']}")) == given


def test_a_case_that_is_not_opened_yet_is_assigned_but_not_in_the_queue(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.reviewer("沈括")
    given = ev.given(ev.case(XIHU), "沈括")

    assert made(ev.person("沈括")("GET", "/assignments"))["items"] == []
    assert [one["id"] for one in ev.assignments()] == [given["id"]]


def test_nothing_is_given_before_the_declaration_or_beyond_a_limit_or_twice(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.registered("沈括", WENZHOU, case_limit=1)
    first, second, early = ev.case(XIHU), ev.case(XIHU), ev.case(XIHU, Stage.FILED)

    undeclared = ev.give(first, "沈括")
    made(ev.declare("沈括"))
    too_early = ev.give(early, "沈括")
    ev.given(first, "沈括")
    over = ev.give(second, "沈括")
    made(transfer(ev, "沈括", WENZHOU, case_limit=5))
    twice = ev.give(first, "沈括")
    made(transfer(ev, "沈括", WENZHOU, case_limit=5, status="RELEASED"))
    released = ev.give(second, "沈括")

    refused = [code(one) for one in (undeclared, too_early, over, twice, released)]
    assert refused == [
        "RECUSAL_DECLARATION_MISSING",
        "SCORING_CLOSED",
        "LOAD_LIMIT",
        "ASSIGNMENT_TWICE",
        "REVIEWER_NOT_ACTIVE",
    ]


@pytest.mark.rule("I-12", "E-21")
def test_a_reviewer_of_the_city_is_not_assigned(service: Service) -> None:
    ev = evaluation(service)
    ev.reviewer("本市", HANGZHOU)
    nomination = ev.case(XIHU)

    refused = ev.give(nomination, "本市")

    assert (refused.status_code, code(refused)) == (403, "RECUSAL")
    assert ev.assignments() == []
    assert ev.give(ev.case(YINZHOU), "本市").status_code == 201


@pytest.mark.rule("E-21", "I-12")
def test_a_reviewer_transferred_into_the_city_loses_its_cases_at_once(service: Service) -> None:
    ev, nomination = under_evaluation(service)
    ev.given(other := ev.case(YINZHOU, Stage.UNDER_EVALUATION), "一")
    mine = ev.person("一")
    before = [one["nomination_id"] for one in made(mine("GET", "/assignments"))["items"]]

    made(transfer(ev, "一", HANGZHOU))

    (taken,) = ev.assignments(nomination_id=nomination, reviewer_id=ev.reviewers["一"]["id"])
    assert before == [nomination, other]
    assert (taken["status"], taken["void_kind"]) == ("VOID", "CONFLICT")
    assert taken["grounds"] == ["SAME_REGION", "SPONSOR_CHAIN"]
    assert [one["nomination_id"] for one in made(mine("GET", "/assignments"))["items"]] == [other]
    assert code(mine("GET", f"/assignments/{taken['id']}")) == "RECUSAL"
    assert code(ev.give(nomination, "一")) == "RECUSAL"


@pytest.mark.rule("E-21")
def test_a_later_declaration_takes_cases_back_and_the_next_run_replaces_them(sqlite_service: Service) -> None:
    ev, nomination = under_evaluation(sqlite_service)
    ev.reviewer("四", SHAOXING)

    made(ev.declare("一", version=1, region_codes=["330100"]))
    run = ev.run()

    (replaced,) = [one for one in ev.assignments(nomination_id=nomination) if one["run_id"] == run["id"]]
    assert (run["assigned"], run["short"], replaced["reviewer"]) == (1, [], "四")


def test_a_conflict_nobody_recorded_hides_the_case_and_is_taken_back_by_the_next_run(
    sqlite_service: Service,
) -> None:
    """The reviewer turns out to have prepared the case under another hat: seen at once, cleared up by the run."""
    ev, nomination = under_evaluation(sqlite_service)
    given = ev.assignments(reviewer_id=ev.reviewers["一"]["id"])[0]
    ev.set(nomination, prepared_by=f"person:{ev.person('一').person_id.hex}")

    assert made(ev.person("一")("GET", "/assignments"))["items"] == []
    assert code(ev.person("一")("GET", f"/assignments/{given['id']}")) == "RECUSAL"
    assert ev.assignments(reviewer_id=ev.reviewers["一"]["id"])[0]["grounds"] == ["HANDLED_BEFORE"]
    ev.run()
    assert ev.assignments(reviewer_id=ev.reviewers["一"]["id"])[0]["void_kind"] == "CONFLICT"


def test_a_reviewer_who_stands_aside_never_gets_the_case_again(service: Service) -> None:
    ev, nomination = under_evaluation(service)
    given = ev.assignments(reviewer_id=ev.reviewers["一"]["id"])[0]
    url = f"/assignments/{given['id']}/recusals"
    reason = {"reason": "与窗口负责人有师生关系"}

    by_office = ev.office("POST", url, json=reason, version=given["etag"])
    aside = ev.person("一")("POST", url, json=reason, version=given["etag"])

    assert (code(by_office), aside.status_code) == ("NOT_FOUND", 204)
    assert ev.assignments(reviewer_id=ev.reviewers["一"]["id"])[0]["void_kind"] == "OWN_RECUSAL"
    assert code(ev.give(nomination, "一")) == "RECUSAL"
    assert code(ev.person("一")("GET", f"/assignments/{given['id']}")) == "RECUSAL"


def test_the_office_takes_a_case_back_and_may_give_it_again(service: Service) -> None:
    ev = evaluation(service)
    ev.reviewer("沈括")
    nomination = ev.case(XIHU)
    given = ev.given(nomination, "沈括")
    url = f"/assignments/{given['id']}/releases"

    stale = ev.office("POST", url, json={"reason": "出差"}, version=9)
    released = made(ev.office("POST", url, json={"reason": "出差"}, version=given["etag"]))
    again = ev.given(nomination, "沈括")

    assert code(stale) == "VERSION_CONFLICT"
    assert (released["status"], released["void_kind"], released["void_reason"]) == (
        "VOID",
        "RELEASED",
        "出差",
    )
    assert again["id"] != given["id"]
    assert code(ev.office("POST", url, json={"reason": "出差"}, version=released["etag"])) == "NOT_FOUND"


def test_a_released_reviewer_gives_back_what_is_open(sqlite_service: Service) -> None:
    ev, _ = under_evaluation(sqlite_service)

    made(transfer(ev, "一", WENZHOU, status="RELEASED"))

    assert [one["void_kind"] for one in ev.assignments(reviewer_id=ev.reviewers["一"]["id"])] == ["RELEASED"]


def test_a_run_fills_every_case_evenly_and_can_be_repeated(service: Service) -> None:
    ev = evaluation(service)
    for name, place in zip(NAMES, (WENZHOU, WENZHOU, SHAOXING, LISHUI, HANGZHOU, NINGBO), strict=True):
        ev.reviewer(name, place)
    cases = [ev.case(XIHU), ev.case(XIHU), ev.case(YINZHOU), ev.case(UNIT)]

    run = ev.run()

    given = ev.assignments()
    loads = [sum(one["reviewer"] == name for one in given) for name in NAMES]
    assert (run["assigned"], run["short"], run["seed"], run["reproduced"]) == (12, [], "2026", True)
    assert [sum(one["nomination_id"] == case for one in given) for case in cases] == [3, 3, 3, 3]
    assert loads == [2, 2, 2, 2, 2, 2]
    city = {"五": cases[:2], "六": [cases[2]]}
    assert not [one for one in given if one["nomination_id"] in city.get(one["reviewer"], [])]
    assert {(one["origin"], one["load"]) for one in given} == {("RUN", 2)}
    assert ev.run()["assigned"] == 0  # nothing is wanted any more
    assert made(ev.office("GET", f"/assignment-runs/{run['id']}")) == run
    assert len(made(ev.office("GET", f"{ev.url}/assignment-runs"))["items"]) == 2


@pytest.mark.rule("E-22")
def test_a_run_says_which_cases_stay_short_and_lowers_nothing(service: Service) -> None:
    ev = evaluation(service)
    ev.bench("一", "二")
    ev.reviewer("本市", HANGZHOU)
    short, full = ev.case(XIHU), ev.case(YINZHOU)

    run = ev.run()
    opened = {one["nomination_id"]: one for one in ev.open()}
    fewer = ev.office("POST", f"{ev.url}/assignment-runs", json={"due_on": DUE, "per_case": 2})

    assert run["short"] == [{"nomination_id": short, "wanted": 3, "given": 2, "free": 2}]
    assert (opened[full]["done"], opened[full]["stage"]) == (True, "UNDER_EVALUATION")
    assert (opened[short]["done"], opened[short]["stage"]) == (False, "ACCEPTED")
    assert [one["code"] for one in opened[short]["blockers"]] == ["REVIEWERS_TOO_FEW"]
    assert code(fewer) == "REVIEWERS_BELOW_MINIMUM"


def test_limits_hold_in_a_run(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    for name in NAMES[:3]:
        ev.reviewer(name, case_limit=1)
    for _ in range(2):
        ev.case(XIHU)

    run = ev.run()

    assert run["assigned"] == 3
    assert sum(one["wanted"] - one["given"] for one in run["short"]) == 3


def test_only_the_host_assigns(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.reviewer("沈括")
    nomination = ev.case(XIHU)
    body = {"due_on": DUE}

    for caller in (ev.member, ev.person("沈括")):
        assert code(caller("POST", f"{ev.url}/assignment-runs", json=body)) == "PERMISSION_MISSING"
        assert code(caller("POST", f"{ev.url}/evaluation-openings", json={})) == "PERMISSION_MISSING"
    assert ev.member("GET", f"{ev.url}/assignments").status_code == 200
    assert ev.flow.approver(HANGZHOU)("GET", f"{ev.url}/assignments").status_code == 404
    assert ev.row(nomination).stage is Stage.ACCEPTED


def test_lists_of_assignments_cost_the_same_for_one_and_for_three(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.reviewer("沈括")
    costs = []
    for _ in range(3):
        ev.given(ev.case(XIHU, Stage.UNDER_EVALUATION), "沈括")
        with ev.service.statements() as counted:
            assert ev.person("沈括")("GET", "/assignments").status_code == 200
            assert ev.office("GET", f"{ev.url}/assignments").status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1
