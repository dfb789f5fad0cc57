"""Accounts and appointments: who makes them, who grants, and that nobody climbs by either."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import Session

from app.db.tables.people import Person
from app.domain.access import Role
from app.domain.ids import parsed, shown
from tests.plugins.service import Caller, Service
from tests.sign_in_cases import browser, code

HANGZHOU, NINGBO, XIHU = "330100", "330200", "330106"
SYSTEM, SECURITY = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN


def at(service: Service, organization: str) -> str:
    return shown("org", service.organization(organization).id)


def made(
    service: Service, username: str = "li.na", organization: str = HANGZHOU, **changes: Any
) -> dict[str, Any]:
    body = {"username": username, "name": "李娜", "organization_id": at(service, organization)} | changes
    answer = service.person(SYSTEM)("POST", "/people", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def url(person: dict[str, Any] | Caller, rest: str = "") -> str:
    one = person["id"] if isinstance(person, dict) else shown("per", person.person_id)
    return f"/people/{one}{rest}"


def now(service: Service, person: dict[str, Any] | Caller) -> dict[str, Any]:
    found: dict[str, Any] = service.person(SYSTEM)("GET", url(person)).json()
    return found


def granted(
    service: Service,
    person: dict[str, Any] | Caller,
    role: Role = Role.REVIEWING_OFFICER,
    organization: str = HANGZHOU,
    by: Caller | None = None,
) -> Any:
    body = {"role": role.value, "organization_id": at(service, organization)}
    admin = by or service.person(SECURITY)
    return admin("POST", url(person, "/grants"), json=body, version=now(service, person)["etag"])


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


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


def test_the_system_administrator_makes_accounts_and_grants_nothing(sqlite_service: Service) -> None:
    person = made(sqlite_service)

    answer = granted(sqlite_service, person, by=sqlite_service.person(SYSTEM))

    assert refusal(answer) == (403, "PERMISSION_MISSING")
    assert now(sqlite_service, person)["grants"] == []


def test_the_security_administrator_grants_and_makes_no_account(sqlite_service: Service) -> None:
    body = {"username": "li.na", "name": "李娜", "organization_id": at(sqlite_service, HANGZHOU)}
    refused = sqlite_service.person(SECURITY)("POST", "/people", json=body)

    answer = granted(sqlite_service, made(sqlite_service))

    assert refusal(refused) == (403, "PERMISSION_MISSING")
    given = answer.json()["grants"]
    assert [(one["role"], one["organization"]) for one in given] == [
        ("REVIEWING_OFFICER", "杭州市劳动和社会保障局")
    ]


@pytest.mark.parametrize("role", [SYSTEM, SECURITY])
@pytest.mark.parametrize("url", ["/nominations", "/windows", "/notices", "/objections", "/campaigns"])
def test_neither_sees_what_is_selected(sqlite_service: Service, role: Role, url: str) -> None:
    answer = sqlite_service.person(role)("GET", url)

    assert answer.status_code == 403 or answer.json()["items"] == []


def test_nobody_grants_themselves_under_no_account(sqlite_service: Service) -> None:
    admin = sqlite_service.person(SECURITY)
    second = made(sqlite_service, organization="ZJ")
    helper = sqlite_service.person(SECURITY, "ZJ", "helper")
    linked = helper(
        "POST",
        url(second, "/identity-links"),
        json={"other_id": shown("per", admin.person_id)},
        version=second["etag"],
    )

    assert linked.json()["linked"] == [shown("per", admin.person_id)]
    assert refusal(granted(sqlite_service, admin, Role.AUDITOR)) == (403, "SAME_PERSON")
    assert refusal(granted(sqlite_service, second, Role.AUDITOR)) == (403, "SAME_PERSON")


@pytest.mark.parametrize(
    ("held", "wanted", "taken"),
    [
        (SYSTEM, SECURITY, False),
        (Role.REVIEWING_OFFICER, SYSTEM, False),
        (Role.AUDIT_ADMIN, Role.AUDITOR, False),
        (Role.REVIEWING_OFFICER, Role.AUDITOR, True),
        (SYSTEM, SYSTEM, True),
    ],
)
def test_an_administrator_holds_no_other_office(
    sqlite_service: Service, held: Role, wanted: Role, taken: bool
) -> None:
    person = made(sqlite_service)
    granted(sqlite_service, person, held, HANGZHOU)

    answer = granted(sqlite_service, person, wanted, XIHU)

    assert (answer.status_code == 201) is taken
    assert taken or refusal(answer) == (409, "ROLES_INCOMPATIBLE")


def test_linked_accounts_share_what_may_be_held(sqlite_service: Service) -> None:
    first, second = made(sqlite_service), made(sqlite_service, "li.na2")
    admin = sqlite_service.person(SECURITY)
    granted(sqlite_service, first, Role.REVIEWING_OFFICER)
    body = {"other_id": second["id"]}
    admin("POST", url(first, "/identity-links"), json=body, version=now(sqlite_service, first)["etag"])

    assert refusal(granted(sqlite_service, second, SYSTEM)) == (409, "ROLES_INCOMPATIBLE")
    unlinked = admin("DELETE", url(second, "/identity-links"), version=now(sqlite_service, second)["etag"])
    assert unlinked.json()["linked"] == []
    assert granted(sqlite_service, second, SYSTEM).status_code == 201


def test_an_account_is_not_linked_with_itself(sqlite_service: Service) -> None:
    one = made(sqlite_service)
    admin = sqlite_service.person(SECURITY)

    answer = admin("POST", url(one, "/identity-links"), json={"other_id": one["id"]}, version=one["etag"])

    assert refusal(answer) == (422, "FIELD_CHOICE")


def test_an_appointment_is_held_once_and_may_come_back(service: Service) -> None:
    person = made(service)
    grant = granted(service, person).json()["grants"][0]

    assert refusal(granted(service, person)) == (409, "GRANT_HELD")
    admin = service.person(SECURITY)
    back = admin("DELETE", url(person, f"/grants/{grant['id']}"), version=now(service, person)["etag"])
    assert (back.status_code, back.json()["grants"]) == (200, [])
    assert granted(service, person).json()["grants"][0]["id"] == grant["id"]


def test_an_appointment_taken_back_counts_from_the_next_call(service: Service) -> None:
    officer = service.person(Role.AUDITOR, HANGZHOU)
    (grant,) = now(service, officer)["grants"]
    before = officer("GET", "/people").status_code

    service.person(SECURITY)("DELETE", url(officer, f"/grants/{grant['id']}"), version=1)

    assert before == 200
    assert refusal(officer("GET", "/people")) == (403, "PERMISSION_MISSING")


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


def test_the_last_security_administrator_of_an_area_stays(service: Service) -> None:
    last, system = service.person(SECURITY), service.person(SYSTEM)
    city = service.person(SECURITY, HANGZHOU)
    edited = {"name": "末位", "organization_id": at(service, "ZJ"), "expires_on": "2026-12-31"}

    closing = system("POST", url(last, "/disablements"), json={"reason": "调离"}, version=1)
    ending = system("PATCH", url(last), json=edited, version=1)
    of_the_city = system("POST", url(city, "/disablements"), json={"reason": "调离"}, version=1)
    service.person(SECURITY, "ZJ", "second")
    after = system("POST", url(last, "/disablements"), json={"reason": "调离"}, version=1)

    assert refusal(closing) == refusal(ending) == (409, "LAST_SECURITY_ADMIN")
    assert (of_the_city.status_code, after.status_code) == (201, 201)


def test_of_two_last_security_administrators_one_stays_whoever_is_first(service: Service) -> None:
    first, second = service.person(SECURITY, "ZJ", "first"), service.person(SECURITY, "ZJ", "second")
    meeting = threading.Barrier(2)

    def revoke(by: Caller, of: Caller) -> int:
        (grant,) = now(service, of)["grants"]
        meeting.wait(30)
        return by("DELETE", url(of, f"/grants/{grant['id']}"), version=1).status_code

    service.person(SYSTEM)
    with ThreadPoolExecutor(2) as pool:
        pairs: list[tuple[Caller, Caller]] = [(first, second), (second, first)]
        answers = sorted(pool.map(lambda pair: revoke(*pair), pairs))

    assert answers[0] == 200
    assert answers[1] in (403, 404, 409)
    left = [one for one in (first, second) if now(service, one)["grants"]]
    assert len(left) == 1


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
