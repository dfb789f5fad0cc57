"""Accounts: who makes and closes them, and that nobody climbs by somebody else's password."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.db.tables.people import Person
from app.domain.access import Role
from app.domain.ids import parsed
from app.main import create_app
from tests.people_cases import HANGZHOU, NINGBO, SECURITY, SYSTEM, XIHU, at, granted, made, now, refusal, url
from tests.plugins.service import Service
from tests.sign_in_cases import browser, code


def test_a_new_account_has_no_role_and_a_one_time_password_that_is_told_once(service: Service) -> None:
    body = {"username": "li.na", "name": "李娜", "organization_id": at(service, HANGZHOU)}
    admin = service.person(SYSTEM)
    first = admin("POST", "/people", json=body, key="make-li-na")
    again = admin("POST", "/people", json=body, key="make-li-na")

    person = first.json()
    assert (person["grants"], person["must_change_password"], person["etag"]) == ([], True, '"1"')
    assert refusal(again) == (409, "SECRET_SHOWN_ONCE")
    assert "one_time_password" not in now(service, person)
    signed_in = browser(service).sign_in("li.na", person["one_time_password"])
    assert signed_in.headers["location"] == "/account/password"


def test_an_account_name_is_given_once(sqlite_service: Service) -> None:
    made(sqlite_service)
    body = {"username": "li.na", "name": "李纳", "organization_id": at(sqlite_service, NINGBO)}

    answer = sqlite_service.person(SYSTEM)("POST", "/people", json=body)

    assert refusal(answer) == (409, "USERNAME_TAKEN")


@pytest.mark.parametrize(
    "changes",
    [
        {"username": "Li"},
        {"username": "李娜"},
        {"expires_on": "2026-02-30"},
        {"phone": "call me"},
        {"role": "AUDITOR"},
    ],
)
def test_an_account_is_checked_field_by_field(sqlite_service: Service, changes: dict[str, str]) -> None:
    body = {"username": "li.na", "name": "李娜", "organization_id": at(sqlite_service, HANGZHOU)} | changes

    answer = sqlite_service.person(SYSTEM)("POST", "/people", json=body)

    assert refusal(answer) == (422, "VALIDATION_FAILED")
    assert answer.json()["errors"][1]["pointer"] == f"/{next(iter(changes))}"


@pytest.mark.rule("R-048")
def test_an_administrator_reaches_no_further_than_their_organisation(sqlite_service: Service) -> None:
    person = made(sqlite_service, organization=NINGBO)
    system = sqlite_service.person(SYSTEM, HANGZHOU)
    security = sqlite_service.person(SECURITY, HANGZHOU)
    body = {"username": "wang.wu", "name": "王五", "organization_id": at(sqlite_service, NINGBO)}

    assert refusal(system("POST", "/people", json=body)) == (404, "NOT_FOUND")
    assert refusal(system("GET", url(person))) == (404, "NOT_FOUND")
    assert refusal(granted(sqlite_service, person, organization=HANGZHOU, by=security)) == (404, "NOT_FOUND")
    own = made(sqlite_service, "zhao.liu", XIHU)
    assert refusal(granted(sqlite_service, own, organization="ZJ", by=security)) == (404, "NOT_FOUND")
    assert granted(sqlite_service, own, organization=XIHU, by=security).status_code == 201


def test_whoever_was_appointed_in_the_area_is_seen_there_without_their_telephone(
    sqlite_service: Service,
) -> None:
    person = made(sqlite_service, organization=NINGBO, phone="0574-1234567")
    granted(sqlite_service, person, Role.REVIEWER, HANGZHOU)

    here = sqlite_service.person(SYSTEM, HANGZHOU)("GET", url(person)).json()
    home = sqlite_service.person(SYSTEM, NINGBO)("GET", url(person)).json()

    assert (here["name"], here["phone"], home["phone"]) == ("李娜", "", "0574-1234567")


@pytest.mark.parametrize("act", ["/password-resets", "/disablements"])
def test_nobody_takes_over_an_account_that_reaches_further_than_they_do(
    sqlite_service: Service, act: str
) -> None:
    person = made(sqlite_service, organization=HANGZHOU)
    granted(sqlite_service, person, Role.DISCIPLINE_OFFICER, "ZJ")
    body: dict[str, Any] = {"json": {"reason": "调离"}} if act == "/disablements" else {}
    version = now(sqlite_service, person)["etag"]

    refused = sqlite_service.person(SYSTEM, HANGZHOU)("POST", url(person, act), version=version, **body)

    assert refusal(refused) == (403, "PERMISSION_MISSING")
    assert sqlite_service.person(SYSTEM)("POST", url(person, act), version=version, **body).status_code == 201


@pytest.mark.parametrize(
    ("watched", "by", "taken"),
    [
        (SECURITY, SYSTEM, False),
        (SECURITY, SECURITY, True),
        (SYSTEM, SECURITY, False),
        (SYSTEM, SYSTEM, True),
    ],
)
def test_no_administrator_becomes_another_by_a_new_password(
    sqlite_service: Service, watched: Role, by: Role, taken: bool
) -> None:
    victim = sqlite_service.person(watched, "ZJ", "victim")

    answer = sqlite_service.person(by, "ZJ", "taker")("POST", url(victim, "/password-resets"), version=1)

    assert (answer.status_code == 201) is taken
    assert taken or refusal(answer) == (403, "PERMISSION_MISSING")


def test_a_new_password_ends_sessions_and_tokens_and_lifts_the_lock(service: Service) -> None:
    person = made(service)
    own = browser(service)
    own.sign_in("li.na", person["one_time_password"])
    for _ in range(6):
        browser(service, "203.0.113.9").sign_in("li.na", "wrong")

    version = now(service, person)["etag"]
    reset = service.person(SYSTEM)("POST", url(person, "/password-resets"), version=version).json()

    assert own.get("/account/password").status_code == 303
    assert code(browser(service).sign_in("li.na", person["one_time_password"])) == "SIGN_IN_FAILED"
    assert browser(service).sign_in("li.na", reset["one_time_password"]).status_code == 303


def test_a_closed_account_is_out_with_the_next_call_and_comes_back_without_its_sessions(
    service: Service,
) -> None:
    officer = service.person(Role.REVIEWING_OFFICER, HANGZHOU)
    admin = service.person(SYSTEM)

    closed = admin("POST", url(officer, "/disablements"), json={"reason": "调离"}, version=1)
    outside = [officer("GET", "/windows").status_code, officer.page("/account").status_code]
    opened = admin("POST", url(officer, "/enablements"), version=closed.json()["etag"])

    assert (closed.json()["status"], opened.json()["status"]) == ("DISABLED", "ACTIVE")
    assert outside == [401, 303]
    assert [officer("GET", "/windows").status_code, officer.page("/account").status_code] == [401, 303]


def test_a_closed_account_is_out_on_every_replica(service: Service) -> None:
    officer = service.person(Role.REVIEWING_OFFICER, HANGZHOU)
    other = create_app(service.plant.settings, service.clock)
    there = replace(officer, client=TestClient(other))
    assert (there("GET", "/me").status_code, there.page("/account").status_code) == (200, 200)

    service.person(SYSTEM)("POST", url(officer, "/disablements"), json={"reason": "调离"}, version=1)

    assert (there("GET", "/me").status_code, there.page("/account").status_code) == (401, 303)
    other.state.plant.engine.dispose()


def test_closing_a_closed_account_changes_nothing(sqlite_service: Service) -> None:
    officer = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU)
    admin = sqlite_service.person(SYSTEM)
    reason: dict[str, Any] = {"json": {"reason": "调离"}}
    tag = admin("POST", url(officer, "/disablements"), version=1, **reason).json()["etag"]

    again = admin("POST", url(officer, "/disablements"), version=tag, **reason)

    assert (again.status_code, again.json()["etag"]) == (201, tag)


def test_nobody_closes_or_resets_their_own_account(sqlite_service: Service) -> None:
    admin = sqlite_service.person(SYSTEM)

    closing = admin("POST", url(admin, "/disablements"), json={"reason": "调离"}, version=1)

    assert refusal(closing) == (403, "SAME_PERSON")
    assert refusal(admin("POST", url(admin, "/password-resets"), version=1)) == (403, "SAME_PERSON")


def test_a_person_is_changed_from_the_version_that_was_read(sqlite_service: Service) -> None:
    person = made(sqlite_service)
    admin = sqlite_service.person(SYSTEM)
    body = {
        "name": "李纳",
        "organization_id": at(sqlite_service, NINGBO),
        "phone": "0574-1",
        "expires_on": "2027-01-31",
    }

    changed = admin("PATCH", url(person), json=body, version=1)
    stale = admin("PATCH", url(person), json=body, version=1)

    kept = {name: changed.json()[name] for name in ("name", "organization_id", "phone", "expires_on")}
    assert kept == body
    assert refusal(stale) == (412, "VERSION_CONFLICT")


def test_an_account_is_over_after_its_last_day(service: Service) -> None:
    person = made(service, expires_on="2026-07-01")
    one = browser(service)
    assert one.sign_in("li.na", person["one_time_password"]).status_code == 303

    service.clock.advance(hours=14)

    assert one.get("/account/password").status_code == 303
    assert code(browser(service).sign_in("li.na", person["one_time_password"])) == "SIGN_IN_FAILED"


def test_no_answer_and_no_record_holds_a_password(service: Service) -> None:
    person = made(service)
    with Session(service.plant.engine) as session:
        stored = session.get_one(Person, parsed("per", person["id"])).password_hash

    assert stored.startswith("$argon2id$")
    assert "argon2" not in service.person(SYSTEM)("GET", url(person)).text
    dumped = dump(service)
    assert person["one_time_password"] not in dumped


def dump(service: Service) -> str:
    """Every value of every row."""
    from sqlmodel import SQLModel  # noqa: PLC0415  (used here alone)

    with service.plant.engine.connect() as connection:
        return repr([connection.execute(table.select()).all() for table in SQLModel.metadata.sorted_tables])


def test_the_list_is_of_ones_own_area_and_found_by_name_or_account(sqlite_service: Service) -> None:
    made(sqlite_service, "li.na", HANGZHOU)
    made(sqlite_service, "wang.wu", NINGBO, name="王五")
    system = sqlite_service.person(SYSTEM, HANGZHOU)

    def names(query: str = "") -> list[str]:
        return [one["username"] for one in system("GET", f"/people{query}").json()["items"]]

    assert names() == ["li.na", "system_admin-330100"]
    assert names("?q=李") == ["li.na"]
    assert names("?q=li.") == ["li.na"]
    assert names("?q=wang") == []
    first = system("GET", "/people?limit=1").json()
    rest = system("GET", f"/people?limit=1&cursor={first['next_cursor']}").json()
    assert [one["username"] for one in first["items"] + rest["items"]] == names()


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    admin = sqlite_service.person(SYSTEM, HANGZHOU)
    costs = []
    for name in ("li.na", "wang.wu", "zhao.liu"):
        granted(sqlite_service, made(sqlite_service, name))
        with sqlite_service.statements() as counted:
            assert admin("GET", "/people").status_code == 200
        costs.append(len(counted))

    assert len(set(costs)) == 1


@pytest.mark.parametrize("role", [Role.WINDOW_FILER, Role.REVIEWING_OFFICER, Role.REVIEWER])
def test_people_are_read_by_whoever_keeps_them_only(sqlite_service: Service, role: Role) -> None:
    made(sqlite_service)

    assert refusal(sqlite_service.person(role)("GET", "/people")) == (403, "PERMISSION_MISSING")
