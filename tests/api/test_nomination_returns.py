"""Sent back, brought back, ended, taken back: only what was asked for opens, and what a step took is freed."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.calendar import ends_at
from app.domain.campaign import CampaignStage
from app.domain.nomination import Stage
from tests.flow_cases import HANGZHOU, HOST, STATEMENT, UNIT, XIHU, YUHANG, code, codes, flow, made
from tests.flow_steps import ZONE, Moving
from tests.plugins.service import Service

ASKED = [{"text": "请写明办件量。", "part": "WRITE_UP"}, {"text": "请说明示范作用。", "part": "STATEMENT"}]
ANSWERS = [{"point": 1, "answer": "已写明。"}, {"point": 2, "answer": "已说明。"}]


def returned(one: Moving, level: str, checklist: list[dict[str, str]] = ASKED) -> Any:
    return one.step(one.officer(level), "RETURN", reason="材料不完整。", checklist=checklist)


@pytest.mark.rule("R-025")
def test_a_return_opens_its_parts_to_the_unit_and_nothing_else(service: Service) -> None:
    one = flow(service).at(Stage.SUBMITTED)
    closed = one.filer("PATCH", one.url, json={"statement": ""}, version=one.etag())
    assert code(closed) == "NOT_EDITABLE_IN_STATE"

    case = returned(one, "COUNTY")

    assert (case["stage"], case["level"], case["returned_from"]) == ("RETURNED", "COUNTY", "SUBMITTED")
    assert sorted(one.shown()["open_parts"]) == ["STATEMENT", "WRITE_UP"]
    assert (case["return_reason"], case["points"][1]) == ("材料不完整。", {"point": 2, **ASKED[1]})
    refused = one.declare()
    assert code(refused) == "PART_NOT_OPEN"
    assert "典型示范说明" in refused.json()["detail"]
    made(one.filer("PATCH", one.url, json={"statement": STATEMENT}, version=one.etag()))
    made(one.write(4100))
    assert codes(one.act(one.filer, "RESUBMIT", answers=ANSWERS[:1])) == ["CHECKLIST_UNANSWERED"]
    resubmitted = one.step(one.filer, "RESUBMIT", answers=ANSWERS)
    assert (resubmitted["stage"], resubmitted["points"], resubmitted["return_reason"]) == (
        "SUBMITTED",
        [],
        "",
    )
    (back,) = [s for s in history(one) if s["action"] == "RESUBMIT"]
    assert [(p["part"], p["answer"]) for p in back["points"]] == [
        ("WRITE_UP", "已写明。"),
        ("STATEMENT", "已说明。"),
    ]


def test_a_return_says_why_and_what(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)
    county = one.officer("COUNTY")

    assert codes(one.act(county, "RETURN", reason="不完整", checklist=[])) == ["CHECKLIST_MISSING"]
    assert codes(one.act(county, "RETURN", reason=" ", checklist=ASKED))[0] == "VALIDATION_FAILED"
    assert code(one.act(one.filer, "RETURN", reason="不完整", checklist=ASKED)) == "PERMISSION_MISSING"


def test_the_city_returns_to_the_county_which_brings_it_back_to_the_city(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.CLEARED)
    assert one.shown()["claims"]["used"] == 1

    case = one.step(one.approver, "RETURN", reason="材料不完整。", checklist=ASKED)

    assert (case["holder"], case["claims"]["used"]) == ("西湖区劳动和社会保障局", 0)
    assert codes(one.act(one.officer("MUNICIPAL"), "RESUBMIT", answers=ANSWERS)) == ["NOT_YOUR_LEVEL"]
    sqlite_service.clock.advance(hours=1)
    back = one.step(one.officer("COUNTY"), "RESUBMIT", answers=ANSWERS)
    assert (back["stage"], back["level"]) == ("SUBMITTED", "MUNICIPAL")
    # The city's earlier opinion was about what has been corrected since; the county's endorsement stands.
    assert codes(one.act(one.approver, "CLEAR")) == ["LEVEL_REVIEW_MISSING", "CRITERIA_INCOMPLETE"]
    sqlite_service.clock.advance(hours=1)
    made(one.review("MUNICIPAL", version='"1"'))
    assert one.step(one.approver, "CLEAR")["stage"] == "CLEARED"


def test_a_provincial_units_window_is_returned_to_the_unit_itself(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED, UNIT)

    case = returned(one, "PROVINCIAL")

    assert case["holder"] == "浙江省社会保险事业管理中心"
    assert one.step(one.filer, "RESUBMIT", answers=ANSWERS)["stage"] == "SUBMITTED"
    own_approver = one.flow.approver(UNIT)
    assert codes(one.act(own_approver, "REJECT", reason="不足"))[0] == "NOT_YOUR_LEVEL"


@pytest.mark.rule("E-19")
def test_the_office_asks_for_a_correction_by_a_day_of_its_own(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    one, two = f.at(Stage.FILED), f.at(Stage.FILED, YUHANG)
    f.change(stage=CampaignStage.FILING_CLOSED)
    asked = {"reason": "用印不全。", "checklist": [{"text": "补盖印章。", "part": "SEALS"}]}
    past = one.act(f.office, "RETURN_FOR_CORRECTION", **asked, due_on="2026-07-01")
    assert codes(past) == ["CORRECTION_DUE_INVALID"]
    for each in (one, two):
        each.step(f.office, "RETURN_FOR_CORRECTION", **asked, due_on="2026-10-15")
    sqlite_service.clock.move_to(ends_at(date(2026, 10, 15), ZONE) - timedelta(minutes=5))
    answer = [{"point": 1, "answer": "已补盖。"}]

    back = one.step(one.officer("MUNICIPAL"), "RESUBMIT", answers=answer)

    assert (back["stage"], back["level"], back["filed_late"]) == ("FILED", "PROVINCIAL", False)
    sqlite_service.clock.advance(minutes=10)
    assert codes(two.act(two.officer("MUNICIPAL"), "RESUBMIT", answers=answer)) == ["DEADLINE_PASSED"]


def test_a_correction_of_the_window_is_what_counts_after_it(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.FILED)
    asked = {"reason": "名称有误。", "checklist": [{"text": "更正窗口名称。", "part": "WINDOW"}]}
    one.step(one.flow.office, "RETURN_FOR_CORRECTION", **asked, due_on="2026-09-20")
    one.rename("政务服务中心社保专区")

    one.step(one.officer("MUNICIPAL"), "RESUBMIT", answers=[{"point": 1, "answer": "已更正。"}])

    assert one.snapshot()["name"] == "政务服务中心社保专区"


def test_a_level_rejects_with_a_reason_and_the_window_may_come_again(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)
    window = {"id": one.shown()["window_id"]}

    ended = one.step(one.officer("COUNTY"), "REJECT", reason="示范作用不足。")

    assert (ended["stage"], ended["actions"]) == ("REJECTED", [])
    assert one.flow.draft(window=window)["stage"] == "DRAFT"


# withdrawn


def test_a_draft_is_withdrawn_by_its_unit_and_a_submitted_case_by_the_organising_unit(
    sqlite_service: Service,
) -> None:
    f = flow(sqlite_service)
    draft, one = f.nomination(), f.at(Stage.SUBMITTED, YUHANG)

    assert draft.step(draft.filer, "WITHDRAW", reason="重复填报。")["stage"] == "WITHDRAWN"
    assert codes(one.act(one.filer, "WITHDRAW", reason="不报了。")) == ["NOT_YOUR_LEVEL"]
    assert codes(one.act(f.office, "WITHDRAW", reason="不报了。")) == ["NOT_YOUR_LEVEL"]
    assert one.step(one.approver, "WITHDRAW", reason="单位申请。")["stage"] == "WITHDRAWN"


@pytest.mark.rule("E-04")
def test_after_filing_the_office_withdraws_on_a_written_request_alone(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.FILED)
    office = one.flow.office

    assert codes(one.act(one.approver, "WITHDRAW", reason="单位申请。"))[0] == "NOT_YOUR_LEVEL"
    assert codes(one.act(office, "WITHDRAW", reason="单位申请。")) == ["WITHDRAWAL_REQUEST_MISSING"]
    asked = {"reason": "单位申请。", "request_document": "杭人社函〔2026〕12号"}
    assert one.step(office, "WITHDRAW", **asked)["claims"] == {
        "limit": 3,
        "used": 0,
        "free": 3,
        "forfeited": 0,
    }


@pytest.mark.rule("E-04")
@pytest.mark.parametrize(("rule", "left"), [("FORFEITED", (2, 1)), ("FREE", (3, 0))])
def test_what_is_freed_after_the_deadline_is_filled_again_only_where_the_rules_let_it(
    sqlite_service: Service, rule: str, left: tuple[int, int]
) -> None:
    one = flow(sqlite_service).at(Stage.FILED)
    one.flow.rules(quota={"freed_after_deadline": rule})
    sqlite_service.clock.move_to(ends_at(date(2026, 10, 8), ZONE))

    asked = {"reason": "单位申请。", "request_document": "杭人社函〔2026〕12号"}
    claims = one.step(one.flow.office, "WITHDRAW", **asked)["claims"]

    assert (claims["free"], claims["forfeited"]) == left


# taken back


def undone(one: Moving, level: str = "", who: Any = None) -> Any:
    return one.act(who or one.officer(level), "UNDO", reason="误操作。")


def test_a_submission_is_taken_back_by_the_unit_until_its_department_has_begun(
    sqlite_service: Service,
) -> None:
    f = flow(sqlite_service)
    one, two = f.at(Stage.SUBMITTED), f.at(Stage.SUBMITTED, YUHANG)

    back = made(undone(one, who=one.filer))

    assert (back["stage"], back["holder"]) == ("DRAFT", "西湖区劳动和社会保障局")
    assert codes(undone(one, who=one.filer)) == ["NOTHING_TO_UNDO"]
    sqlite_service.clock.advance(hours=1)
    made(two.review("COUNTY"))
    assert codes(undone(two, who=two.filer)) == ["UNDO_TOO_LATE"]


def test_a_step_is_taken_back_by_who_might_have_taken_it(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED, level="MUNICIPAL")

    assert code(undone(one, who=one.filer)) == "PERMISSION_MISSING"
    assert codes(undone(one, "MUNICIPAL")) == ["NOT_YOUR_LEVEL"]
    back = made(undone(one, "COUNTY"))
    assert (back["stage"], back["level"]) == ("SUBMITTED", "COUNTY")
    assert [line["endorsed"] for line in back["levels"]] == [False, False]
    one.step(one.officer("COUNTY"), "ENDORSE")
    sqlite_service.clock.advance(hours=1)
    made(one.review("MUNICIPAL"))
    assert codes(undone(one, "COUNTY")) == ["UNDO_TOO_LATE"]


@pytest.mark.rule("E-12")
def test_taking_a_clearance_back_frees_its_claim_and_taking_a_return_back_asks_for_it_again(
    sqlite_service: Service,
) -> None:
    f = flow(sqlite_service, claims=1)
    one = f.at(Stage.CLEARED)

    assert made(undone(one, who=one.approver))["claims"]["free"] == 1
    one.step(one.approver, "CLEAR")
    one.step(one.approver, "RETURN", reason="不完整", checklist=ASKED)
    assert one.shown()["claims"]["free"] == 1
    assert made(undone(one, who=one.approver))["claims"]["free"] == 0
    one.step(one.approver, "RETURN", reason="不完整", checklist=ASKED)
    f.at(Stage.CLEARED, YUHANG)
    assert codes(undone(one, who=one.approver)) == ["NOMINATION_LIMIT_REACHED"]
    assert one.stage == "RETURNED"


def test_taking_a_resubmission_back_asks_for_the_same_parts_again(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)
    returned(one, "COUNTY")
    one.step(one.filer, "RESUBMIT", answers=ANSWERS)

    back = made(undone(one, who=one.filer))

    assert (back["stage"], sorted(back["open_parts"])) == ("RETURNED", ["STATEMENT", "WRITE_UP"])
    assert codes(one.act(one.filer, "RESUBMIT", answers=[])) == ["CHECKLIST_UNANSWERED"]


def test_taking_a_filing_back_takes_its_date_back_until_the_office_has_begun(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    one, two = f.at(Stage.FILED), f.at(Stage.FILED, YUHANG)

    back = made(undone(one, who=one.approver))

    assert (back["stage"], back["level"], back["filed_at"], one.snapshot()) == (
        "RECOMMENDED",
        "MUNICIPAL",
        "",
        {},
    )
    sqlite_service.clock.advance(hours=1)
    receipt = {"copies": 5, "received_on": two.today, "received_by": "陈立"}
    made(f.office("PUT", f"{two.url}/receipts/PAPER_WRITEUP", json=receipt, version=0))
    assert codes(undone(two, who=two.approver)) == ["UNDO_TOO_LATE"]


def test_what_a_notice_says_is_taken_back_in_the_notice(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.AT_NOTICE)

    assert codes(undone(one, who=one.approver)) == ["UNDO_BY_NOTICE"]


def test_a_meetings_decision_is_annulled_by_a_later_one(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.REVIEWED)

    assert codes(undone(one, who=one.flow.office)) == ["UNDO_BY_DECISION"]


def test_the_history_tells_every_step_and_which_were_taken_back(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)
    made(undone(one, who=one.filer))

    first, second = history(one)

    assert (first["action"], first["undone_at"] != "", second["action"]) == ("SUBMIT", True, "UNDO")
    assert (second["reason"], second["to_stage"], second["unit"]) == (
        "误操作。",
        "DRAFT",
        "西湖区劳动和社会保障局",
    )
    assert first["actor_name"] == "window_filer-330106"
    stranger = sqlite_service.person(Role.REVIEWING_OFFICER, YUHANG)
    assert code(stranger("GET", f"{one.url}/transitions")) == "NOT_FOUND"
    assert sqlite_service.person(Role.AUDITOR, HOST)("GET", f"{one.url}/transitions").status_code == 200


def history(one: Moving) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = made(one.filer("GET", f"{one.url}/transitions"))["items"]
    return steps


@pytest.mark.rule("R-048")
@pytest.mark.parametrize("at", [XIHU, HANGZHOU])
def test_an_auditor_reads_and_takes_no_step(sqlite_service: Service, at: str) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)
    auditor = sqlite_service.person(Role.AUDITOR, at)

    assert {a["permitted"] for a in one.shown(auditor)["actions"]} == {False}
    assert code(one.act(auditor, "REJECT", reason="不足。")) == "PERMISSION_MISSING"
