"""A nomination's steps through the API: every level in its turn, every paper where it is owed, or the reasons why not."""

from datetime import date, timedelta

import pytest

from app.domain.access import Role
from app.domain.calendar import ends_at
from app.domain.campaign import CampaignStage
from app.domain.nomination import Stage
from tests.flow_cases import HANGZHOU, NINGBO, UNIT, XIHU, YUHANG, code, codes, flow, made
from tests.flow_steps import POINTS, ZONE
from tests.plugins.service import Service


@pytest.mark.rule("R-024", "R-025", "E-14", "E-39")
@pytest.mark.parametrize("sponsor", [XIHU, HANGZHOU, UNIT])
def test_the_straight_way_up_passes_the_levels_that_the_window_has(service: Service, sponsor: str) -> None:
    one = flow(service).at(Stage.AWARDED, sponsor)

    assert one.stage == "AWARDED"
    taken = made(one.flow.office("GET", f"{one.url}/transitions"))["items"]
    endorsed = [step["from_level"] for step in taken if step["action"] == "ENDORSE"]
    assert endorsed == list(one.departments)[:-1]


@pytest.mark.rule("R-018", "R-022", "R-026", "I-14")
def test_a_level_endorses_only_with_its_hearing_its_opinion_and_all_five_criteria(
    sqlite_service: Service,
) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)

    refused = one.act(one.officer("COUNTY"), "ENDORSE")

    assert codes(refused) == ["CONSULTATION_MISSING", "LEVEL_REVIEW_MISSING", "CRITERIA_INCOMPLETE"]
    one.hear()
    assert codes(one.act(one.officer("COUNTY"), "ENDORSE")) == ["LEVEL_REVIEW_MISSING", "CRITERIA_INCOMPLETE"]
    made(one.review("COUNTY", conclusion="NOT_RECOMMEND"))
    assert codes(one.act(one.officer("COUNTY"), "ENDORSE")) == ["LEVEL_REVIEW_MISSING"]


@pytest.mark.rule("R-027", "R-026")
@pytest.mark.parametrize(
    ("sponsor", "expected"),
    [
        (XIHU, ["LEVEL_REVIEW_MISSING", "CRITERIA_INCOMPLETE"]),
        (HANGZHOU, ["CONSULTATION_MISSING", "LEVEL_REVIEW_MISSING", "CRITERIA_INCOMPLETE"]),
    ],
)
def test_the_city_clears_nothing_without_its_own_review(
    sqlite_service: Service, sponsor: str, expected: list[str]
) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED, sponsor, level="MUNICIPAL")

    assert codes(one.act(one.approver, "CLEAR")) == expected


@pytest.mark.rule("R-025", "I-14")
def test_no_level_is_skipped_and_none_acts_for_another(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED)

    early = codes(one.act(one.approver, "CLEAR"))
    assert early[:2] == ["NOT_YOUR_LEVEL", "LEVEL_ORDER"]
    assert codes(one.act(one.flow.officer(HANGZHOU), "ENDORSE"))[0] == "NOT_YOUR_LEVEL"
    assert codes(one.act(one.flow.office, "CLEAR"))[0] == "NOT_YOUR_LEVEL"
    one.endorsed_to("MUNICIPAL")
    assert codes(one.act(one.officer("COUNTY"), "ENDORSE"))[0] == "NOT_YOUR_LEVEL"
    assert "NO_HIGHER_LEVEL" in codes(one.act(one.officer("MUNICIPAL"), "ENDORSE"))


@pytest.mark.rule("I-13")
def test_who_prepared_it_does_not_approve_it(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    both = sqlite_service.person(Role.REVIEWING_OFFICER, XIHU, "draws-up-and-signs")
    draft = made(both("POST", f"{f.url}/nominations", json={"window_id": f.window()["id"]}))
    one = f.moving(draft)
    made(one.declare())
    one.step(one.filer, "SUBMIT")
    one.hear()
    made(one.review("COUNTY"))
    assert codes(one.act(both, "ENDORSE")) == ["SAME_PERSON"]

    two = f.at(Stage.SUBMITTED, level="MUNICIPAL")
    city = sqlite_service.person(Role.APPROVING_OFFICER, HANGZHOU, "two-hats", Role.REVIEWING_OFFICER)
    made(two.review("MUNICIPAL", city))
    assert codes(two.act(city, "CLEAR")) == ["SAME_PERSON"]
    assert two.step(two.approver, "CLEAR")["stage"] == "CLEARED"


@pytest.mark.rule("G-13")
def test_a_department_that_is_silent_has_not_consented(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    f.rules(departments={"enabled": True})
    one = f.at(Stage.SUBMITTED, level="MUNICIPAL")
    made(one.review("MUNICIPAL"))
    asked = f"{one.url}/department-consultations/DISCIPLINE_INSPECTION"
    reply = {"sent_on": one.today, "replied_on": one.today, "signer": "赵刚", "remarks": "有信访在查。"}

    missing = one.act(one.approver, "CLEAR")
    assert codes(missing) == ["DEPARTMENT_REPLY_MISSING"]
    assert "纪检监察机构" in missing.json()["detail"]
    assert "Discipline inspection and supervision" in missing.json()["errors"][0]["message_en"]
    made(one.officer("MUNICIPAL")("PUT", asked, json=reply | {"result": "OBJECTION"}, version=0))
    assert codes(one.act(one.approver, "CLEAR")) == ["DEPARTMENT_OBJECTS"]


@pytest.mark.rule("E-12", "G-12")
def test_a_bucket_puts_forward_no_more_than_its_limit(sqlite_service: Service) -> None:
    f = flow(sqlite_service, claims=1)
    f.at(Stage.CLEARED)
    two = f.at(Stage.SUBMITTED, YUHANG, level="MUNICIPAL")
    made(two.review("MUNICIPAL"))

    assert codes(two.act(two.approver, "CLEAR")) == ["NOMINATION_LIMIT_REACHED"]
    assert two.shown()["claims"] == {"limit": 1, "used": 1, "free": 0, "forfeited": 0}
    other = f.at(Stage.CLEARED, NINGBO)
    assert other.stage == "CLEARED"


@pytest.mark.rule("R-028", "I-10")
def test_nothing_is_recommended_before_its_notice_has_run(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.CLEARED)
    assert code(one.act(one.approver, "RECOMMEND")) == "TRANSITION_NOT_ALLOWED"

    one.flow.publish([one])

    assert codes(one.act(one.approver, "RECOMMEND"))[0] == "NOTICE_STILL_RUNNING"


@pytest.mark.rule("R-028", "I-09", "E-09")
def test_an_open_objection_holds_its_nominee_and_no_other(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    one, two = f.at(Stage.CLEARED), f.at(Stage.CLEARED, YUHANG)
    notice = f.publish([one, two])
    body = {
        "item_id": notice["items"][0]["id"],
        "identity_kind": "ANONYMOUS",
        "has_leads": True,
        "content": "该窗口申报的群众满意率与实际不符。",
    }
    key = {"Idempotency-Key": "objection-1"}
    url = f"/api/v1/public/notices/{notice['id']}/objections"
    assert sqlite_service.client.post(url, json=body, headers=key).status_code == 202
    sqlite_service.clock.advance(days=8)

    assert "OBJECTION_OPEN" in codes(one.act(one.approver, "RECOMMEND"))
    assert "OBJECTION_OPEN" not in codes(two.act(two.approver, "RECOMMEND"))


@pytest.mark.rule("R-023", "R-034", "R-035", "R-040")
def test_a_recommendation_needs_statement_form_write_up_and_seals(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    one = f.nomination(statement="")
    made(one.declare())
    made(one.write(2999))
    one.step(one.filer, "SUBMIT")
    one.endorsed_to("MUNICIPAL")
    made(one.review("MUNICIPAL"))
    one.step(one.approver, "CLEAR")
    f.publish([one])
    sqlite_service.clock.advance(days=8)

    refused = one.act(one.approver, "RECOMMEND")

    assert codes(refused) == ["FORM_INCOMPLETE", "WRITEUP_LENGTH", "STATEMENT_MISSING", "SEAL_MISSING"]
    assert "主要事迹" in refused.json()["errors"][0]["message_zh"]
    assert "Main merits" in refused.json()["errors"][0]["message_en"]
    shown = next(a for a in one.shown(one.approver)["actions"] if a["action"] == "RECOMMEND")
    assert [blocker["code"] for blocker in shown["blockers"]] == codes(refused)


@pytest.mark.rule("R-021", "G-12")
def test_where_candidates_outnumber_places_each_needs_a_rank(sqlite_service: Service) -> None:
    f = flow(sqlite_service, claims=2, places=1)
    one, two = f.at(Stage.CLEARED), f.at(Stage.CLEARED, YUHANG)
    f.publish([one, two])
    sqlite_service.clock.advance(days=8)
    assert "RANK_MISSING" in codes(one.act(one.approver, "RECOMMEND"))
    url = f"{f.url}/buckets/{HANGZHOU}/ranking"
    seen = made(one.approver("GET", url))
    made(one.approver("PUT", url, json={"nominations": [two.id, one.id]}, version=seen["etag"]))

    assert "RANK_MISSING" not in codes(one.act(one.approver, "RECOMMEND"))
    assert (one.shown()["rank"], two.shown()["rank"]) == (2, 1)


@pytest.mark.rule("E-13", "R-021")
def test_a_city_may_put_forward_fewer_than_its_places(sqlite_service: Service) -> None:
    one = flow(sqlite_service, claims=3, places=3).at(Stage.FILED)

    assert one.stage == "FILED"
    assert one.shown()["claims"] == {"limit": 3, "used": 1, "free": 2, "forfeited": 0}


END = ends_at(date(2026, 9, 30), ZONE)


@pytest.mark.rule("R-036", "E-18")
def test_after_the_deadline_only_a_recorded_late_acceptance_lets_it_in_and_it_is_flagged(
    service: Service,
) -> None:
    one = flow(service).at(Stage.RECOMMENDED)
    service.clock.move_to(END + timedelta(minutes=5))
    assert codes(one.act(one.approver, "FILE")) == ["DEADLINE_PASSED"]
    one.flow.change(stage=CampaignStage.FILING_CLOSED)
    assert codes(one.act(one.approver, "FILE")) == ["CAMPAIGN_NOT_OPEN", "DEADLINE_PASSED"]

    one.flow.late(HANGZHOU)
    filed = one.step(one.approver, "FILE")

    assert (filed["stage"], filed["filed_late"], filed["code"][:8]) == ("FILED", True, "TJ-2026-")


def test_what_arrived_before_the_end_is_in_time_though_its_turn_comes_after_it(
    sqlite_service: Service,
) -> None:
    one = flow(sqlite_service).at(Stage.RECOMMENDED)
    sqlite_service.clock.move_to(END)  # the call is handled now and came in a moment ago

    filed = one.step(one.approver, "FILE")

    assert (filed["filed_late"], filed["filed_at"] < END.isoformat()) == (False, True)


@pytest.mark.rule("R-047")
def test_a_city_files_nothing_before_both_its_bodies_are_registered(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.RECOMMENDED)
    one.flow.without_bodies(HANGZHOU)

    assert codes(one.act(one.approver, "FILE")) == ["LOCAL_BODIES_MISSING"]


@pytest.mark.rule("R-024", "R-048", "I-20")
def test_only_the_organising_unit_files_and_a_client_only_what_was_approved(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.RECOMMENDED)
    f = one.flow

    assert codes(one.act(f.approver(XIHU), "FILE")) == ["NOT_YOUR_LEVEL"]
    assert codes(one.act(f.office, "FILE")) == ["NOT_YOUR_LEVEL"]
    assert code(one.act(one.filer, "FILE")) == "PERMISSION_MISSING"
    assert code(one.act(f.approver(NINGBO), "FILE")) == "NOT_FOUND"
    assert code(one.act(f.client(HANGZHOU, "nominations:write"), "FILE")) == "PERMISSION_MISSING"
    assert code(one.act(f.client(NINGBO, "nominations:file"), "FILE")) == "NOT_FOUND"
    assert codes(one.act(f.client(XIHU, "nominations:file"), "FILE")) == ["NOT_YOUR_LEVEL"]
    transmitter = f.client(HANGZHOU, "nominations:file")
    assert code(one.act(transmitter, "UNDO", reason="误操作")) == "PERMISSION_MISSING"
    assert one.step(transmitter, "FILE")["stage"] == "FILED"


def test_a_client_hands_in_for_its_own_area(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    client, stranger = f.client(HANGZHOU, "nominations:write"), f.client(NINGBO, "nominations:write")
    window = f.window()
    body = {"window_id": window["id"]}
    assert code(stranger("POST", f"{f.url}/nominations", json=body)) == "NOT_FOUND"
    one = f.moving(made(client("POST", f"{f.url}/nominations", json=body)))
    made(one.declare())

    assert code(one.act(stranger, "SUBMIT")) == "NOT_FOUND"
    assert one.step(client, "SUBMIT")["stage"] == "SUBMITTED"
    assert code(one.act(client, "ENDORSE")) == "PERMISSION_MISSING"


def test_the_office_ticks_every_point_of_the_formal_check(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.FILED)

    refused = one.act(one.flow.office, "ACCEPT", checked=POINTS[1:])

    assert codes(refused) == ["FORMAL_CHECK_INCOMPLETE"]
    assert "呈报审批表齐全" in refused.json()["detail"]
    assert code(one.act(one.approver, "ACCEPT", checked=POINTS)) == "PERMISSION_MISSING"
    assert one.step(one.flow.office, "ACCEPT", checked=POINTS)["stage"] == "ACCEPTED"


def test_a_suspended_campaign_holds_every_step_forward(sqlite_service: Service) -> None:
    one = flow(sqlite_service).nomination()
    made(one.declare())
    one.flow.change(suspended_reason="调查")

    assert codes(one.act(one.filer, "SUBMIT")) == ["CAMPAIGN_SUSPENDED"]


def test_a_step_on_a_version_that_has_moved_on_is_refused(sqlite_service: Service) -> None:
    one = flow(sqlite_service).nomination()
    read = one.etag()
    made(one.declare())
    url = f"{one.url}/transitions"

    assert code(one.filer("POST", url, json={"action": "SUBMIT"}, version=read)) == "VERSION_CONFLICT"
    assert code(one.filer("POST", url, json={"action": "SUBMIT"})) == "PRECONDITION_REQUIRED"
    assert code(one.filer("POST", url, json={"action": "VETO"}, version=read)) == "VALIDATION_FAILED"


@pytest.mark.rule("I-17")
def test_filing_keeps_the_window_by_the_name_it_had(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.FILED)
    kept = one.snapshot()

    one.rename("政务服务中心社保专区")

    assert one.snapshot() == kept
    assert kept["name"] != one.shown()["window"] == "政务服务中心社保专区"
