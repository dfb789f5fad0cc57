"""The token address (RFC 6749, 4.4 and 5; RFC 7009) and the caller's self-test."""

import base64
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from app.db.tables.people import AccessToken
from app.domain.access import Role
from app.domain.errors import CATALOGUE
from app.services import identity
from tests.client_cases import NINGBO, System, system
from tests.plugins.service import Service, make
from tests.sign_in_cases import events

TOKEN, REVOKE = "/api/v1/oauth/token", "/api/v1/oauth/revoke"
GRANT = {"grant_type": "client_credentials"}


def basic(name: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def test_the_right_secret_gets_a_token_for_a_quarter_of_an_hour(service: Service) -> None:
    one = system(service)

    answer = one.ask()

    body = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 900)
    assert body["scope"] == "nominations:read nominations:write"
    assert body["access_token"].startswith("pyt_")
    service.clock.advance(seconds=899)
    assert one.get("/me", body["access_token"]).status_code == 200
    service.clock.advance(seconds=1)
    assert one.get("/me", body["access_token"]).status_code == 401


def test_a_key_on_the_token_address_keeps_no_token_to_be_told_again(service: Service) -> None:
    one = system(service)
    proof = GRANT | {"client_id": one.client["id"], "client_secret": one.secret}
    headers = {"Idempotency-Key": "a-key-of-a-generic-client"}

    first, second = (service.client.post(TOKEN, data=proof, headers=headers) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["access_token"] != second.json()["access_token"]


def test_only_the_digest_of_a_token_is_stored(sqlite_service: Service) -> None:
    token = system(sqlite_service).token()
    with Session(sqlite_service.plant.engine) as session:
        stored = session.exec(
            select(AccessToken.token_hash).where(col(AccessToken.client_id).is_not(None))
        ).all()

    assert stored == [identity.secret_hash(token)]


def test_the_client_may_prove_itself_by_the_header_instead(sqlite_service: Service) -> None:
    one = system(sqlite_service)

    answer = sqlite_service.client.post(TOKEN, data=GRANT, headers=basic(one.client["id"], one.secret))

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("form", "headers", "status", "error"),
    [
        (GRANT | {"client_id": "{id}", "client_secret": "pyt_wrong"}, {}, 401, "invalid_client"),
        (GRANT | {"client_id": "cli_0", "client_secret": "{secret}"}, {}, 401, "invalid_client"),
        (GRANT | {"client_id": "{id}"}, {}, 401, "invalid_client"),
        (GRANT, {}, 401, "invalid_client"),
        ({"client_id": "{id}", "client_secret": "{secret}"}, {}, 400, "invalid_request"),
        (
            {"grant_type": "password", "client_id": "{id}", "client_secret": "{secret}"},
            {},
            400,
            "unsupported_grant_type",
        ),
        (
            GRANT | {"client_id": "{id}", "client_secret": "{secret}", "scope": "people:edit"},
            {},
            400,
            "invalid_scope",
        ),
        (
            GRANT | {"client_id": "{id}", "client_secret": "{secret}", "scope": "nominations:file"},
            {},
            400,
            "invalid_scope",
        ),
        (GRANT | {"client_id": "密钥"}, {}, 400, "invalid_request"),
        (GRANT, {"Authorization": "Basic !!!"}, 400, "invalid_request"),
        (GRANT | {"client_secret": "{secret}"}, basic("x", "y"), 400, "invalid_request"),
        (GRANT, basic("x", "y"), 401, "invalid_client"),
    ],
)
def test_a_refusal_is_told_as_the_standard_says(
    sqlite_service: Service, form: dict[str, str], headers: dict[str, str], status: int, error: str
) -> None:
    one = system(sqlite_service)
    filled = {k: v.format(id=one.client["id"], secret=one.secret) for k, v in form.items()}

    answer = sqlite_service.client.post(TOKEN, data=filled, headers=headers)

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json().keys() == {"error", "error_description"}
    assert ("www-authenticate" in answer.headers) is (status == 401)
    assert one.secret not in answer.text


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("CLIENT_UNKNOWN", {"client_secret": "pyt_wrong"}),
        ("GRANT_UNSUPPORTED", {"grant_type": "password"}),
        ("SCOPE_NOT_GRANTED", {"scope": "people:edit"}),
    ],
)
def test_the_words_beside_the_standards_code_are_the_catalogues(
    sqlite_service: Service, code: str, changes: dict[str, str]
) -> None:
    one = system(sqlite_service)
    form = GRANT | {"client_id": one.client["id"], "client_secret": one.secret} | changes

    answer = sqlite_service.client.post(TOKEN, data=form)

    first = CATALOGUE[code].detail_en.split("{")[0]
    assert answer.json()["error_description"].startswith(first)


def test_a_member_given_twice_is_refused_and_an_unknown_one_ignored(sqlite_service: Service) -> None:
    one = system(sqlite_service)
    twice = f"grant_type=client_credentials&client_id={one.client['id']}&client_secret={one.secret}&client_secret=x"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    assert (
        sqlite_service.client.post(TOKEN, content=twice, headers=headers).json()["error"] == "invalid_request"
    )
    assert one.ask(resource="https://pingyou.example").status_code == 200


def test_a_token_may_ask_for_less_than_the_client_has(sqlite_service: Service) -> None:
    one = system(sqlite_service)

    token = one.token(scope="nominations:read")

    assert one.get("/me", token).json()["scopes"] == ["nominations:read"]
    assert one.get("/windows", token).status_code == 200


def test_wrong_secrets_lock_the_address_and_not_the_client(sqlite_database: str, tmp_path: Path) -> None:
    service = make(sqlite_database, tmp_path, lockout_address_failures=3)
    one = system(service)
    answers = [one.ask(client_secret="pyt_wrong").status_code for _ in range(3)]
    locked = one.ask()

    assert (answers, locked.status_code, locked.json()["code"]) == ([401, 401, 401], 429, "RATE_LIMITED")
    assert int(locked.headers["retry-after"]) == 900
    service.clock.advance(minutes=15)
    assert [one.ask().status_code for _ in range(5)] == [200] * 5
    service.plant.engine.dispose()


def test_a_live_installation_gives_live_tokens(sqlite_database: str, tmp_path: Path) -> None:
    service = make(sqlite_database, tmp_path, sample=False)
    one = system(service)

    assert (one.secret[:4], one.token()[:4], one.get("/me").json()["livemode"]) == ("pyl_", "pyl_", True)
    service.plant.engine.dispose()


def test_a_token_given_back_is_over_at_once_and_an_unknown_one_is_answered_alike(service: Service) -> None:
    one = system(service)
    token = one.token()
    proof = {"client_id": one.client["id"], "client_secret": one.secret}

    gone = service.client.post(REVOKE, data=proof | {"token": token})
    again = service.client.post(REVOKE, data=proof | {"token": "pyt_unknown"})

    assert [(answer.status_code, answer.content) for answer in (gone, again)] == [(200, b"")] * 2
    assert one.get("/me", token).status_code == 401


def test_nobody_gives_back_a_token_of_another_client(sqlite_service: Service) -> None:
    one, other = system(sqlite_service), system(sqlite_service, NINGBO)
    token = one.token()
    proof = {"client_id": other.client["id"], "client_secret": other.secret}

    assert sqlite_service.client.post(REVOKE, data=proof | {"token": token}).status_code == 200
    assert sqlite_service.client.post(REVOKE, data={"token": token}).json()["error"] == "invalid_client"
    assert one.get("/me", token).status_code == 200


def test_the_security_log_says_who_was_given_a_token_and_that_one_was_refused(
    sqlite_service: Service,
) -> None:
    one = system(sqlite_service)
    one.token()
    one.ask(client_secret="pyt_wrong")

    key = f"client:{one.client['id'].removeprefix('cli_')}"
    assert events(sqlite_service) == [("token.issued", key), ("token.refused", "public")]


def test_tokens_that_are_long_over_are_forgotten(sqlite_service: Service) -> None:
    one = system(sqlite_service)
    one.token()
    sqlite_service.clock.advance(days=2)
    one.token()

    with Session(sqlite_service.plant.engine) as session:
        kept = session.exec(select(AccessToken).where(col(AccessToken.client_id).is_not(None))).all()
    assert len(kept) == 1


def test_a_client_sees_at_one_glance_whether_everything_is_set_up(service: Service) -> None:
    one: System = system(service)

    me = one.get("/me").json()

    assert {
        name: me[name] for name in ("kind", "id", "name", "organization", "source", "scopes", "livemode")
    } == {
        "kind": "CLIENT",
        "id": one.client["id"],
        "name": "市人社一体化平台",
        "organization": "杭州市劳动和社会保障局",
        "source": "hrss-330100",
        "scopes": ["nominations:read", "nominations:write"],
        "livemode": False,
    }
    assert (me["token_expires_at"], me["server_time"]) == (
        "2026-07-01T02:15:00.000000Z",
        "2026-07-01T02:00:00.000000Z",
    )
    assert me["limits"]["json_bytes"] == 2 * 1024 * 1024


def test_a_person_sees_their_appointments(sqlite_service: Service) -> None:
    me = sqlite_service.person(Role.REVIEWING_OFFICER, "330100")("GET", "/me").json()

    assert (me["kind"], me["source"], me["scopes"]) == ("PERSON", "", [])
    assert [(one["role"], one["organization"]) for one in me["grants"]] == [
        ("REVIEWING_OFFICER", "杭州市劳动和社会保障局")
    ]


def test_nobody_unknown_is_told_anything(sqlite_service: Service) -> None:
    assert sqlite_service.client.get("/api/v1/me").status_code == 401
