"""API clients: bound to one organisation and one source, two secrets at most, out at once when revoked."""

from typing import Any

import pytest
from sqlmodel import Session, select

from app.db.tables.people import ApiClientSecret
from app.domain.access import SCOPES, Role
from app.domain.ids import shown
from app.services import identity
from tests.client_cases import HANGZHOU, NINGBO, URL, admin, created, now, secret, system
from tests.plugins.service import Service


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_new_client_may_read_and_push_and_not_file(service: Service) -> None:
    answer = created(service)

    client = answer.json()
    assert (answer.status_code, client["scopes"]) == (201, ["nominations:read", "nominations:write"])
    assert (client["status"], client["secrets"], client["source"]) == ("ACTIVE", [], "hrss-330100")
    assert answer.headers["location"] == f"/api/v1{URL}/{client['id']}"


def test_filing_is_given_by_naming_it(sqlite_service: Service) -> None:
    assert created(sqlite_service, scopes=["nominations:file"]).json()["scopes"] == ["nominations:file"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"scopes": ["people:edit"]}, "/scopes/0"),
        ({"scopes": []}, "/scopes"),
        ({"source": "Hangzhou"}, "/source"),
        ({"source": "-x-"}, "/source"),
        ({"expires_on": "2026-13-01"}, "/expires_on"),
        ({"secret": "mine"}, "/secret"),
    ],
)
def test_a_client_is_checked_field_by_field(
    sqlite_service: Service, changes: dict[str, Any], pointer: str
) -> None:
    answer = created(sqlite_service, **changes)

    assert refusal(answer) == (422, "VALIDATION_FAILED")
    assert answer.json()["errors"][1]["pointer"] == pointer


def test_a_source_belongs_to_one_client(sqlite_service: Service) -> None:
    created(sqlite_service, source="shared-name")

    assert refusal(created(sqlite_service, NINGBO, source="shared-name")) == (409, "SOURCE_TAKEN")


@pytest.mark.rule("R-048", "I-20")
def test_an_administrator_keeps_the_clients_of_their_own_area(sqlite_service: Service) -> None:
    client = created(sqlite_service, NINGBO).json()
    of_hangzhou = admin(sqlite_service, HANGZHOU)

    assert refusal(created(sqlite_service, NINGBO, by=of_hangzhou, source="other")) == (404, "NOT_FOUND")
    assert refusal(of_hangzhou("GET", f"{URL}/{client['id']}")) == (404, "NOT_FOUND")
    assert refusal(of_hangzhou("DELETE", f"{URL}/{client['id']}", version=1)) == (404, "NOT_FOUND")
    assert of_hangzhou("GET", URL).json()["items"] == []
    assert created(sqlite_service, HANGZHOU, by=of_hangzhou).status_code == 201


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.STEERING_OFFICE, Role.APPROVING_OFFICER])
def test_clients_are_kept_by_the_security_administrator_alone(sqlite_service: Service, role: Role) -> None:
    created(sqlite_service)

    assert refusal(sqlite_service.person(role)("GET", URL)) == (403, "PERMISSION_MISSING")


def test_a_secret_is_told_once_and_stored_as_a_digest(service: Service) -> None:
    client = created(service).json()
    url = f"{URL}/{client['id']}/secrets"
    first = admin(service)("POST", url, version=1, key="first-secret")
    again = admin(service)("POST", url, version=1, key="first-secret")

    told = first.json()["client_secret"]
    assert told.startswith("pyt_")
    assert len(told) == 47
    assert refusal(again) == (409, "SECRET_SHOWN_ONCE")
    (shown_now,) = now(service, client)["secrets"]
    assert shown_now["hint"] == f"pyt_…{told[-4:]}"
    with Session(service.plant.engine) as session:
        stored = session.exec(select(ApiClientSecret.secret_hash)).all()
    assert stored == [identity.secret_hash(told)]


def test_two_secrets_live_at_once_and_no_third(service: Service) -> None:
    one = system(service)
    second = secret(service, one.client)

    assert refusal(secret(service, one.client)) == (409, "SECRETS_LIMIT")
    assert one.ask().status_code == 200
    assert one.ask(client_secret=second.json()["client_secret"]).status_code == 200
    url = f"{URL}/{one.client['id']}/secrets/{one.secret_id}"
    left = admin(service)("DELETE", url, version=now(service, one.client)["etag"])
    assert [each["id"] for each in left.json()["secrets"]] == [second.json()["id"]]
    assert one.ask().status_code == 401
    assert secret(service, one.client).status_code == 201


def test_a_revoked_secret_takes_the_tokens_that_are_out_with_it(service: Service) -> None:
    one = system(service)
    token = one.token()
    assert one.get("/me", token).status_code == 200

    url = f"{URL}/{one.client['id']}/secrets/{one.secret_id}"
    admin(service)("DELETE", url, version=now(service, one.client)["etag"])

    assert refusal(one.get("/me", token)) == (401, "UNAUTHENTICATED")
    assert refusal(admin(service)("DELETE", url, version=now(service, one.client)["etag"])) == (
        404,
        "NOT_FOUND",
    )


def test_a_revoked_client_is_out_with_the_next_call_and_comes_back_without_secrets(service: Service) -> None:
    one = system(service)
    token = one.token()
    url = f"{URL}/{one.client['id']}"

    gone = admin(service)("DELETE", url, version=now(service, one.client)["etag"])
    after = now(service, one.client)

    assert (gone.status_code, gone.content, after["status"], after["secrets"]) == (204, b"", "DISABLED", [])
    assert one.get("/me", token).status_code == 401
    assert one.ask().status_code == 401
    assert refusal(secret(service, one.client)) == (409, "CLIENT_REVOKED")
    back = admin(service)("POST", f"{url}/restorations", version=after["etag"])
    assert (back.status_code, back.json()["status"]) == (201, "ACTIVE")
    assert one.ask().status_code == 401
    assert one.get("/me", token).status_code == 401
    assert secret(service, one.client).status_code == 201


def test_a_client_is_over_after_its_last_day(sqlite_service: Service) -> None:
    one = system(sqlite_service, expires_on="2026-07-01")
    token = one.token()

    sqlite_service.clock.advance(hours=14)

    assert one.get("/me", token).status_code == 401
    assert one.ask().status_code == 401


def test_a_scope_taken_away_counts_for_tokens_that_are_out(service: Service) -> None:
    one = system(service)
    token = one.token()
    before = one.get("/windows", token).status_code
    body = {"name": "改名", "scopes": ["nominations:file"]}

    edited = admin(service)(
        "PATCH", f"{URL}/{one.client['id']}", json=body, version=now(service, one.client)["etag"]
    )

    assert (edited.json()["name"], edited.json()["scopes"]) == ("改名", ["nominations:file"])
    assert one.get("/me", token).json()["scopes"] == []
    assert before == 200


def test_a_client_is_changed_from_the_version_that_was_read(sqlite_service: Service) -> None:
    client = created(sqlite_service).json()
    url = f"{URL}/{client['id']}"
    admin(sqlite_service)("PATCH", url, json={"name": "改名"}, version=1)

    assert refusal(admin(sqlite_service)("PATCH", url, json={"name": "又改"}, version=1)) == (
        412,
        "VERSION_CONFLICT",
    )
    unread = admin(sqlite_service)("DELETE", url)
    assert refusal(unread) == (428, "PRECONDITION_REQUIRED")


@pytest.mark.rule("I-20")
def test_a_client_reaches_its_own_organisation_and_nothing_beside_it(service: Service) -> None:
    hangzhou, ningbo = system(service), system(service, NINGBO)
    filer = service.person(Role.WINDOW_FILER, NINGBO)
    window = filer(
        "POST",
        "/windows",
        json={
            "sponsor_id": shown("org", service.organization(NINGBO).id),
            "name": "社会保险服务大厅",
            "region_code": NINGBO,
            "address": "江厦街 1 号",
            "window_type": "SOCIAL_INSURANCE",
            "affiliation_level": "40",
            "in_labor_system": True,
            "serves_public_directly": True,
        },
    ).json()

    assert refusal(hangzhou.get(f"/windows/{window['id']}")) == (404, "NOT_FOUND")
    assert hangzhou.get("/windows").json()["items"] == []
    assert [one["id"] for one in ningbo.get("/windows").json()["items"]] == [window["id"]]


@pytest.mark.parametrize("url", ["/people", "/api-clients", "/objections"])
def test_no_scope_opens_accounts_clients_or_objections(sqlite_service: Service, url: str) -> None:
    one = system(sqlite_service, scopes=list(SCOPES))

    assert refusal(one.get(url)) == (403, "PERMISSION_MISSING")


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    costs = []
    for code in (HANGZHOU, NINGBO, "330300"):
        created(sqlite_service, code)
        with sqlite_service.statements() as counted:
            assert admin(sqlite_service)("GET", URL).status_code == 200
        costs.append(len(counted))

    assert len(set(costs)) == 1
    first = admin(sqlite_service)("GET", f"{URL}?limit=2").json()
    rest = admin(sqlite_service)("GET", f"{URL}?limit=2&cursor={first['next_cursor']}").json()
    assert [one["source"] for one in first["items"] + rest["items"]] == [
        "hrss-330100",
        "hrss-330200",
        "hrss-330300",
    ]
