"""A filed case all the way through its evaluation, by the right people: scored, sent back, scored again, locked, ranked."""

import pytest
from sqlmodel import col, select

from app.db.tables.people import RoleGrant
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.nomination import Stage
from tests.evaluation_cases import Evaluation, evaluation, under_evaluation
from tests.flow_cases import XIHU, code, made
from tests.flow_steps import POINTS, Moving
from tests.plugins.service import Service

NAMES = ("一", "二", "三")


def accepted(ev: Evaluation) -> Moving:
    """A case that came up the straight way and was accepted by the office; the campaign then evaluates."""
    ev.flow.change(stage=CampaignStage.OPEN)
    case = ev.flow.at(Stage.ACCEPTED, XIHU)
    ev.flow.change(stage=CampaignStage.EVALUATING)
    return case


@pytest.mark.rule("E-19", "R-018")
def test_a_filing_corrected_after_it_was_scored_has_its_scores_looked_at_again(service: Service) -> None:
    ev = evaluation(service)
    ev.bench(*NAMES)
    case = accepted(ev)
    assert ev.run()["short"] == []
    assert [one["done"] for one in ev.open()] == [True]
    for name in NAMES:
        ev.scored(case.id, name)

    for reason in ("评审前补正", "退回补正"):
        case.step(ev.office, "UNDO", reason=reason)
    points = [{"text": "补充 2025 年办件量", "part": "WRITE_UP"}]
    case.step(ev.office, "RETURN_FOR_CORRECTION", reason="数据不全", checklist=points, due_on="2026-12-01")
    made(case.put(case.officer("MUNICIPAL"), "write-up", text="改" * 4000))
    case.step(case.officer("MUNICIPAL"), "RESUBMIT", answers=[{"point": 1, "answer": "已补充。"}])
    case.step(ev.office, "ACCEPT", checked=POINTS)
    ev.open()
    (waiting,) = ev.lock()

    assert [one["code"] for one in waiting["blockers"]] == ["SCORES_MISSING"]
    for name in NAMES:
        sheet = ev.sheet(case.id, name)
        assert sheet["outdated"] is True
        url = f"/assignments/{sheet['assignment_id']}/confirmations"
        made(ev.person(name)("POST", url, json={"stands": True}, version=sheet["etag"]))
    (locked,) = ev.lock()
    ranking = made(ev.office("POST", f"{ev.url}/rankings"))
    assert (locked["stage"], ranking["case_count"], ranking["current"]) == ("EVALUATED", 1, True)


@pytest.mark.rule("I-11")
def test_taking_the_lock_back_opens_the_case_and_no_sheet(service: Service) -> None:
    ev = evaluation(service)
    ev.bench(*NAMES)
    case = accepted(ev)
    ev.run()
    ev.open()
    ev.evaluated(case.id, 一="0", 二="1", 三="2")

    case.step(ev.office, "UNDO", reason="增加一名评审员")
    ev.reviewer("四")
    ev.given(case.id, "四")
    touched = ev.save(case.id, "一", C1_1="3")
    ev.scored(case.id, "四", C1_1="1.5")
    (locked,) = ev.lock()

    assert code(touched) == "SCORES_LOCKED"
    assert (locked["done"], ev.sheet(case.id, "一")["stage"]) == (True, "LOCKED")
    (line,) = made(ev.office("GET", f"/rankings/{_ranking(ev)}/entries"))["items"]
    assert (line["exact_value"], len(line["sheets"])) == ("789/8", 4)


def test_what_the_table_says_of_a_case_is_what_the_evaluation_says(sqlite_service: Service) -> None:
    """The blockers beside the greyed step on the nomination are those of the office's own act."""
    ev = evaluation(sqlite_service)
    ev.bench("一", "二")
    case = accepted(ev)

    def blockers(action: str) -> list[str]:
        actions = {one["action"]: one for one in case.shown(ev.office)["actions"]}
        return [one["code"] for one in actions[action]["blockers"]]

    before = blockers("OPEN_EVALUATION")
    ev.reviewer("三")
    after = blockers("OPEN_EVALUATION")
    ev.run()
    ev.open()

    assert (before, after, blockers("LOCK_SCORES")) == (["REVIEWERS_TOO_FEW"], [], ["SCORES_MISSING"])


@pytest.mark.rule("E-22")
def test_a_revoked_appointment_counts_at_once(sqlite_service: Service) -> None:
    ev, nomination = under_evaluation(sqlite_service)
    other = ev.case(XIHU)
    with ev.service.system() as ctx:
        mine = select(RoleGrant).where(
            col(RoleGrant.person_id) == ev.person("一").person_id, col(RoleGrant.role) == Role.REVIEWER
        )
        ctx.session.exec(mine).one().revoked_at = ctx.now
        ctx.noted += 1

    found = made(ev.office("GET", f"/nominations/{other}/reviewer-candidates"))["items"]
    (opened,) = ev.open(other)

    assert {one["name"]: one["free"] for one in found} == {"一": False, "二": True, "三": True}
    assert code(ev.give(other, "一")) == "REVIEWER_NOT_APPOINTED"
    assert [one["code"] for one in opened["blockers"]] == ["REVIEWERS_TOO_FEW"]
    assert code(ev.person("一")("GET", "/assignments")) == "PERMISSION_MISSING"
    assert ev.row(nomination).stage is Stage.UNDER_EVALUATION


def test_a_page_of_assignments_stays_whole_when_some_are_hidden(sqlite_service: Service) -> None:
    """A member in conflict with the first case still gets a full first page of the others, and its continuation."""
    ev, _ = under_evaluation(sqlite_service)
    others = [ev.case("330212", Stage.UNDER_EVALUATION) for _ in range(3)]
    for nomination in others:
        ev.given(nomination, "一")
    ev.registered("委员", "330600", Role.STEERING_GROUP_MEMBER)
    made(ev.declare("委员", region_codes=["330100"]))
    url = f"{ev.url}/assignments"

    first = made(ev.person("委员")("GET", url, params={"limit": 2}))
    rest = made(ev.person("委员")("GET", url, params={"limit": 2, "cursor": first["next_cursor"]}))

    assert [one["nomination_id"] for one in first["items"] + rest["items"]] == others


def _ranking(ev: Evaluation) -> str:
    return str(made(ev.office("POST", f"{ev.url}/rankings"))["id"])
