"""What keeps a window out: the scope of the notice, earlier awards, vetoes declared, alleged and confirmed."""

from typing import Any

import pytest

from app.domain.access import Role
from app.domain.nomination import Stage
from tests.flow_cases import HANGZHOU, HOST, code, codes, flow, made
from tests.plugins.service import Service


@pytest.mark.parametrize(
    ("clause", "changes", "expected"),
    [
        ("R-006", {"in_labor_system": False}, "WINDOW_OTHER_SYSTEM"),
        ("R-006", {"region_code": "310101"}, "WINDOW_OUTSIDE_REGION"),
        ("R-007", {"serves_public_directly": False}, "WINDOW_NOT_PUBLIC"),
        ("R-008", {"window_type": "LIBRARY"}, "WINDOW_TYPE_UNKNOWN"),
        ("R-009", {"window_type": "OTHER_WINDOW"}, "OTHER_TYPE_NOT_JUSTIFIED"),
        (
            "R-009",
            {"window_type": "OTHER_WINDOW", "other_justification": "直接办理"},
            "OTHER_TYPE_NOT_ACCEPTED",
        ),
        ("R-010", {"window_type": "TOWNSHIP_STATION"}, "WINDOW_TYPE_LEVEL"),
        ("E-26", {"region_code": "330103"}, "REGION_NOT_VALID"),
    ],
)
@pytest.mark.rule("R-006", "R-007", "R-008", "R-009", "R-010", "E-26")
def test_a_window_outside_the_scope_is_not_submitted(
    sqlite_service: Service, clause: str, changes: dict[str, Any], expected: str
) -> None:
    f = flow(sqlite_service)
    one = f.moving(f.draft(window=f.window(**changes)))
    made(one.declare())

    refused = one.act(one.filer, "SUBMIT")

    assert expected in codes(refused)
    unmet = [(line["rule"], line["code"]) for line in one.shown()["eligibility"] if not line["satisfied"]]
    assert (clause, expected) in unmet


@pytest.mark.rule("R-001")
def test_who_no_longer_takes_part_does_not_submit(sqlite_service: Service) -> None:
    one = flow(sqlite_service).nomination()
    made(one.declare())
    one.flow.without_participant(HANGZHOU)

    assert codes(one.act(one.filer, "SUBMIT")) == ["NOT_PARTICIPANT"]


@pytest.mark.rule("R-020", "E-29", "E-43")
def test_a_first_edition_asks_for_no_earlier_one_and_a_later_one_follows_its_rule(
    sqlite_service: Service,
) -> None:
    first = flow(sqlite_service).at(Stage.AWARDED)
    window = first.shown()["window_id"]
    second = flow(sqlite_service, code="youzhi-2028")
    second.change(edition_no=2)
    again = second.moving(second.draft(window={"id": window}, statement=""))
    made(again.declare())

    for rule, merits, expected in (
        ("BARRED", "", ["PRIOR_AWARD"]),
        ("NEW_MERITS", "", ["PRIOR_AWARD"]),
        ("NEW_MERITS", "新设 24 小时自助服务区。", []),
        ("ALLOWED", "", []),
    ):
        second.rules(prior_awards={"rule": rule})
        url = f"{again.url}?dry_run=false"
        made(again.filer("PATCH", url, json={"new_merits": merits}, version=again.etag()))
        unmet = [line["code"] for line in again.shown()["eligibility"] if not line["satisfied"]]
        assert unmet == expected


@pytest.mark.rule("R-019")
def test_every_veto_item_is_declared_before_the_case_is_handed_in(sqlite_service: Service) -> None:
    one = flow(sqlite_service).nomination()

    refused = one.act(one.filer, "SUBMIT")

    assert codes(refused) == ["DECLARATION_MISSING"]
    assert one.stage == "DRAFT"


@pytest.mark.rule("R-019", "I-09")
def test_an_allegation_holds_every_step_forward_and_a_confirmed_one_ends_the_case(
    sqlite_service: Service,
) -> None:
    f = flow(sqlite_service)
    one = f.at(Stage.SUBMITTED, level="MUNICIPAL")
    finding = f.alleged(one)
    made(one.review("MUNICIPAL"))

    assert codes(one.act(one.approver, "CLEAR")) == ["VETO_HELD"]
    assert [hold["code"] for hold in one.shown()["holds"]] == ["VETO_HELD"]
    discipline = sqlite_service.person(Role.DISCIPLINE_OFFICER, HOST)
    for action, said in (("VERIFY", {}), ("CONFIRM", {"evidence": "通报", "conclusion": "属实。"})):
        url = f"/veto-findings/{finding['id']}/transitions"
        finding = made(discipline("POST", url, json={"action": action, **said}, version=finding["etag"]))
    assert one.stage == "VETOED"
    assert code(one.act(one.approver, "CLEAR")) == "TRANSITION_NOT_ALLOWED"


@pytest.mark.rule("R-019")
def test_what_the_unit_itself_declares_to_have_occurred_holds_the_case_until_it_is_verified(
    sqlite_service: Service,
) -> None:
    f = flow(sqlite_service)
    one = f.nomination()
    said = made(one.declare())["declarations"]
    mine = [
        {
            "veto_code": each["veto_code"],
            "has_occurred": n == 0,
            "explanation": "一名职工曾受警告。",
            **one.signed(),
        }
        for n, each in enumerate(said)
    ]
    made(one.declare(declarations=mine))
    one.step(one.filer, "SUBMIT")
    one.hear()
    made(one.review("COUNTY"))

    assert codes(one.act(one.officer("COUNTY"), "ENDORSE")) == ["VETO_HELD"]
    discipline = sqlite_service.person(Role.DISCIPLINE_OFFICER, HOST)
    (finding,) = made(discipline("GET", "/veto-findings"))["items"]
    assert (finding["veto_code"], finding["stage"]) == (f.veto, "ALLEGED")
