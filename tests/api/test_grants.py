"""Appointments: granted by the security administrator, never to oneself, and somebody can always grant."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests.people_cases import HANGZHOU, SECURITY, SYSTEM, XIHU, at, granted, made, now, refusal, url
from tests.plugins.service import Caller, Service


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
