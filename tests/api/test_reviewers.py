"""Reviewers: registered with where they come from, bound by their own word, never beside a case of theirs."""

from typing import Any

import pytest

from app.db.tables.people import RoleGrant
from app.domain.access import Role
from app.domain.ids import shown
from app.domain.nomination import Stage
from app.services import audit
from tests.evaluation_cases import SHAOXING, WENZHOU, YINZHOU, Evaluation, evaluation
from tests.flow_cases import HANGZHOU, HOST, NINGBO, UNIT, XIHU, code, made
from tests.plugins.service import Service


def home(ev: Evaluation, organization: str, **changes: Any) -> dict[str, Any]:
    return {"home_organization_id": shown("org", ev.service.organization(organization).id)} | changes


def candidates(ev: Evaluation, nomination: str) -> dict[str, list[str]]:
    answer = ev.office("GET", f"/nominations/{nomination}/reviewer-candidates")
    return {one["name"]: one["grounds"] for one in made(answer)["items"]}


def test_a_reviewer_is_registered_with_the_place_of_their_organisation(service: Service) -> None:
    ev = evaluation(service)

    reviewer = ev.registered("沈括", WENZHOU, case_limit=7)

    known = ("name", "home", "home_region_code", "case_limit", "load", "status", "declared")
    expected = ("沈括", "温州市劳动和社会保障局", "330300", 7, 0, "ACTIVE", False)
    assert tuple(reviewer[name] for name in known) == expected
    assert made(ev.office("GET", f"{ev.url}/reviewers"))["items"] == [reviewer]
    assert made(ev.office("GET", f"/reviewers/{reviewer['id']}")) == reviewer


def test_only_who_is_appointed_is_registered_and_only_once(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.registered("沈括", WENZHOU)
    officer = ev.flow.officer(XIHU)

    def register(person: str, **changes: Any) -> Any:
        return ev.office("POST", f"{ev.url}/reviewers", json=home(ev, WENZHOU, person_id=person, **changes))

    assert code(register(shown("per", officer.person_id))) == "REVIEWER_NOT_APPOINTED"
    assert code(register(ev.reviewers["沈括"]["person_id"])) == "REVIEWER_TWICE"
    other = shown("per", ev.person("苏颂").person_id)
    assert code(register(other, home_region_code="339900")) == "HOME_REGION_UNKNOWN"
    assert len(made(ev.office("GET", f"{ev.url}/reviewers"))["items"]) == 1


def test_a_city_sees_no_reviewer_and_a_reviewer_no_other(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    reviewer = ev.reviewer("沈括")
    ev.reviewer("苏颂")
    city = ev.flow.approver(HANGZHOU)
    other = ev.person("苏颂")

    for url in (f"{ev.url}/reviewers", f"/reviewers/{reviewer['id']}", f"{ev.url}/assignments"):
        assert (city("GET", url).status_code, other("GET", url).status_code) == (404, 404)
    declaration = f"/reviewers/{reviewer['id']}/recusal-declaration"
    assert (city("GET", declaration).status_code, other("GET", declaration).status_code) == (404, 404)
    assert (
        ev.office("GET", declaration).status_code == ev.person("沈括")("GET", declaration).status_code == 200
    )


def test_a_declaration_says_one_thing_is_signed_by_oneself_and_keeps_its_versions(service: Service) -> None:
    ev = evaluation(service)
    reviewer = ev.registered("沈括", WENZHOU)
    url = f"/reviewers/{reviewer['id']}/recusal-declaration"
    empty = made(ev.person("沈括")("GET", url))
    bureau = shown("org", ev.service.organization(HANGZHOU).id)

    unclear = ev.declare("沈括", nothing_to_declare=True, organization_ids=[bureau])
    silent = ev.declare("沈括", nothing_to_declare=False)
    signed = made(ev.declare("沈括", relatives=[{"relation": "配偶", "organization_id": bureau}]))
    late = ev.declare("沈括", version=0)
    by_office = ev.office(
        "PUT", url, json={"nothing_to_declare": True, "signed_by": "沈括"}, version=signed["etag"]
    )

    assert (empty["version"], empty["etag"], empty["signed_on"]) == (0, '"0"', "")
    assert code(unclear) == code(silent) == "RECUSAL_DECLARATION_UNCLEAR"
    assert (signed["version"], signed["relatives"], signed["signed_on"]) == (
        1,
        [{"relation": "配偶", "organization_id": bureau}],
        "2026-07-01",
    )
    assert code(late) == "VERSION_CONFLICT"
    assert code(by_office) == "PERMISSION_MISSING"
    assert made(ev.person("沈括")("GET", "/reviewers"))["items"][0]["declared"] is True


@pytest.mark.rule("I-12")
def test_candidates_stand_beside_a_case_with_their_grounds(service: Service) -> None:
    ev = evaluation(service)
    bureau = shown("org", ev.service.organization(HANGZHOU).id)
    ev.reviewer("本市", HANGZHOU)
    ev.reviewer("外市", NINGBO)
    ev.registered("申报单位", WENZHOU)
    made(ev.declare("申报单位", organization_ids=[bureau]))
    ev.registered("申报地区", WENZHOU)
    made(ev.declare("申报地区", region_codes=["330100"]))
    ev.registered("亲属", WENZHOU)
    made(ev.declare("亲属", relatives=[{"relation": "配偶", "organization_id": bureau}]))
    ev.reviewer("同单位", UNIT)

    assert candidates(ev, ev.case(XIHU)) == {
        "本市": ["SAME_REGION", "SPONSOR_CHAIN"],
        "外市": [],
        "申报单位": ["DECLARED_ORGANIZATION"],
        "申报地区": ["DECLARED_REGION"],
        "亲属": ["RELATIVE"],
        "同单位": [],
    }
    unit = candidates(ev, ev.case(UNIT))
    assert {name: why for name, why in unit.items() if why} == {"同单位": ["SPONSOR_CHAIN"]}


@pytest.mark.rule("I-12")
def test_whoever_had_a_hand_in_the_case_before_does_not_judge_it(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.reviewer("经办人", WENZHOU)
    ev.reviewer("他人", WENZHOU)
    handled = ev.case(XIHU, prepared_by=f"person:{ev.person('经办人').person_id.hex}")

    assert candidates(ev, handled) == {"经办人": ["HANDLED_BEFORE"], "他人": []}
    assert code(ev.give(handled, "经办人")) == "RECUSAL"
    assert ev.give(handled, "他人").status_code == 201


@pytest.mark.rule("I-12")
def test_a_reviewer_in_conflict_does_not_find_the_case_anywhere_whatever_else_they_are(
    service: Service,
) -> None:
    """A member of the steering group who also scores: the bureau they are tied to is gone from every list."""
    ev = evaluation(service)
    ev.registered("委员", WENZHOU, Role.STEERING_GROUP_MEMBER)
    tied, other = ev.case(XIHU), ev.case(YINZHOU)
    member = ev.person("委员")
    before = {one["id"] for one in made(member("GET", "/nominations"))["items"]}

    bureau = shown("org", ev.service.organization(HANGZHOU).id)
    made(ev.declare("委员", organization_ids=[bureau]))

    assert before == {tied, other}
    assert [one["id"] for one in made(member("GET", "/nominations"))["items"]] == [other]
    assert member("GET", f"/nominations/{tied}").status_code == 404
    assert member("GET", f"/nominations/{other}").status_code == 200
    assert member("GET", f"/nominations/{tied}/reviewer-candidates").status_code == 404


@pytest.mark.rule("I-12")
def test_an_officer_who_handles_a_case_keeps_seeing_it_and_only_does_not_judge_it(
    sqlite_service: Service,
) -> None:
    ev = evaluation(sqlite_service)
    officer = ev.service.person(Role.REVIEWING_OFFICER, XIHU, "县局审核员")
    with ev.service.system() as ctx:
        host = ev.service.organization(HOST).id
        ctx.session.add(
            RoleGrant(
                **audit.stamp(ctx), person_id=officer.person_id, role=Role.REVIEWER, organization_id=host
            )
        )
        ctx.noted += 1
    body = home(ev, XIHU, person_id=shown("per", officer.person_id))
    made(ev.office("POST", f"{ev.url}/reviewers", json=body))
    nomination = ev.case(XIHU)

    assert officer("GET", f"/nominations/{nomination}").status_code == 200
    assert candidates(ev, nomination) == {"县局审核员": ["SAME_REGION", "SPONSOR_CHAIN"]}


@pytest.mark.rule("I-12")
def test_a_reviewers_appointment_alone_shows_no_nomination(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.reviewer("沈括")
    nomination = ev.case(XIHU, Stage.UNDER_EVALUATION)

    assert ev.person("沈括")("GET", f"/nominations/{nomination}").status_code == 404
    assert code(ev.person("沈括")("GET", "/nominations")) == "PERMISSION_MISSING"
    assert ev.office("GET", f"/nominations/{nomination}").status_code == 200


def test_lists_of_reviewers_and_candidates_cost_the_same_for_one_and_for_three(
    sqlite_service: Service,
) -> None:
    ev = evaluation(sqlite_service)
    nomination = ev.case(XIHU)
    costs = []
    for name, place in (("一", WENZHOU), ("二", SHAOXING), ("三", NINGBO)):
        ev.reviewer(name, place)
        with ev.service.statements() as counted:
            ev.office("GET", f"{ev.url}/reviewers")
            ev.office("GET", f"/nominations/{nomination}/reviewer-candidates")
        costs.append(len(counted))
    assert len(set(costs)) == 1
