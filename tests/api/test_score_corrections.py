"""Corrections of sheets: asked for by one person, approved by another, the old version readable for good."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from app.db.tables.people import Person
from app.domain.nomination import Stage
from tests.evaluation_cases import Evaluation, under_evaluation
from tests.flow_cases import Json, code, codes, made
from tests.plugins.service import Caller, Service

CHANGE = {"C1.1": {"points": "2", "comment": ""}}


def ask(ev: Evaluation, sheet: Json, caller: Caller | None = None, **entries: Any) -> Any:
    body = {"reason": "录入时串行", "entries": entries or CHANGE}
    return (caller or ev.office)("POST", f"/score-sheets/{sheet['id']}/corrections", json=body)


def decide(ev: Evaluation, correction: Json, caller: Caller | None = None, **body: Any) -> Any:
    url = f"/score-corrections/{correction['id']}/transitions"
    return (caller or ev.second)("POST", url, json={"action": "APPROVE"} | body, version=correction["etag"])


def locked(service: Service) -> tuple[Evaluation, str, Json]:
    ev, nomination = under_evaluation(service)
    ev.evaluated(nomination, 一="0", 二="5", 三="10")
    return ev, nomination, ev.sheet(nomination, "一")


@pytest.mark.rule("E-20", "I-11", "I-13")
def test_a_correction_by_two_persons_makes_a_new_sheet_and_the_old_one_stays_readable(
    service: Service,
) -> None:
    ev, nomination, sheet = locked(service)

    asked = made(ask(ev, sheet))
    approved = made(decide(ev, asked))

    new = made(ev.office("GET", f"/score-sheets/{approved['new_sheet_id']}"))
    old = made(ev.office("GET", f"/score-sheets/{sheet['id']}"))
    assert (asked["stage"], asked["may_decide"]) == ("REQUESTED", False)
    assert (approved["stage"], approved["decision_review"]) == ("APPROVED", False)
    assert (new["version"], new["stage"], new["total"]) == (2, "LOCKED", "98.00")
    assert (old["version"], old["stage"], old["total"]) == (1, "SUPERSEDED", "100.00")
    assert old["criteria"] == sheet["criteria"]
    lines = made(ev.office("GET", f"/nominations/{nomination}/score-sheets"))["items"]
    assert [(one["version"], one["stage"]) for one in lines if one["reviewer"] == "一"] == [
        (1, "SUPERSEDED"),
        (2, "LOCKED"),
    ]
    listed = made(ev.office("GET", f"{ev.url}/score-corrections", params={"stage": "APPROVED"}))["items"]
    assert [one["id"] for one in listed] == [asked["id"]]


@pytest.mark.rule("I-13")
def test_nobody_approves_their_own_correction_under_any_account(sqlite_service: Service) -> None:
    ev, _, sheet = locked(sqlite_service)
    with ev.service.system() as ctx:
        for caller in (ev.office, ev.second):
            ctx.session.get_one(Person, caller.person_id).identity = "one-and-the-same"
        ctx.noted += 1
    asked = made(ask(ev, sheet))

    own, other_account = decide(ev, asked, ev.office), decide(ev, asked)

    assert code(own) == code(other_account) == "SAME_PERSON"
    assert made(ev.office("GET", f"/score-sheets/{sheet['id']}"))["stage"] == "LOCKED"


@pytest.mark.rule("E-20")
def test_the_reviewer_asks_for_a_correction_of_their_own_sheet_and_of_no_other(
    sqlite_service: Service,
) -> None:
    ev, nomination, sheet = locked(sqlite_service)
    other = ev.sheet(nomination, "二")

    asked = ask(ev, sheet, ev.person("一"))
    foreign = ask(ev, other, ev.person("一"))
    by_member = ask(ev, other, ev.member)

    assert (asked.status_code, foreign.status_code, code(by_member)) == (201, 404, "PERMISSION_MISSING")
    assert ev.person("一")("GET", f"/score-corrections/{asked.json()['id']}").status_code == 200
    assert ev.person("二")("GET", f"/score-corrections/{asked.json()['id']}").status_code == 404
    assert code(decide(ev, asked.json(), ev.person("一"))) == "NOT_FOUND"


def test_what_is_asked_for_has_to_be_a_change_within_the_scale_to_a_sheet_in_force(
    sqlite_service: Service,
) -> None:
    ev, nomination = under_evaluation(sqlite_service)
    draft = made(ev.save(nomination, "一"))
    early = ask(ev, draft)
    given = made(ev.submit(nomination, "一"))

    same = ask(ev, given, None, **{"C1.1": {"points": "4", "comment": ""}})
    over = ask(ev, given, None, **{"C1.1": {"points": "9", "comment": ""}})
    silent = ask(ev, given, None, **{"C1.1": {"points": "1", "comment": ""}})
    asked = made(ask(ev, given))
    twice = ask(ev, given)
    declined = made(decide(ev, asked, action="DECLINE", note="理由不充分"))
    again = decide(ev, declined)

    assert [code(one) for one in (early, same, twice, again)] == [
        "SHEET_NOT_SUBMITTED",
        "CORRECTION_CHANGES_NOTHING",
        "CORRECTION_WAITING",
        "CORRECTION_DECIDED",
    ]
    assert (codes(over), codes(silent)) == (["SCORE_RANGE"], ["SCORE_COMMENT_NEEDED"])
    assert (declined["stage"], declined["new_sheet_id"]) == ("DECLINED", "")
    assert ev.sheet(nomination, "一")["total"] == "100.00"


@pytest.mark.rule("E-20")
def test_a_score_a_body_has_used_is_corrected_with_a_mark_that_the_body_looks_again(
    sqlite_service: Service,
) -> None:
    ev, nomination, sheet = locked(sqlite_service)
    ev.set(nomination, stage=Stage.REVIEWED)

    approved = made(decide(ev, made(ask(ev, sheet))))

    assert approved["decision_review"] is True
    assert ev.row(nomination).stage is Stage.REVIEWED


def test_a_list_of_three_corrections_costs_as_much_as_of_one(sqlite_service: Service) -> None:
    ev, nomination = under_evaluation(sqlite_service)
    costs = []
    for name in ("一", "二", "三"):
        made(ask(ev, ev.scored(nomination, name)))
        with ev.service.statements() as counted:
            assert ev.office("GET", f"{ev.url}/score-corrections").status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1


def test_stored_points_are_exact_on_both_databases(service: Service) -> None:
    ev, nomination = under_evaluation(service)
    given = ev.scored(nomination, "一", C1_1="3.5", C2_1="0.5")
    with Session(service.plant.engine) as session:
        added = session.connection().execute(text("SELECT SUM(hundredths) FROM score_entries")).scalar_one()
    assert (int(added), given["exact_total"]) == (9750, "195/2")
