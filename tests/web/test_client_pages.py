"""API clients and personal tokens as pages: each act has its screen, each secret is shown once."""

import re
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests.plugins.service import Caller, Service

HANGZHOU = "330100"


def version(page: str) -> str:
    (found,) = re.findall(r'name="_version" value="(\d+)"', page)
    return str(found)


def sent(who: Caller, url: str, **form: Any) -> Any:
    """The form of the page, filled in and sent."""
    page = who.page(url)
    assert page.status_code == 200, page.text
    return who.page(url, {"_version": version(page.text), **form})


def told(page: str) -> str:
    (secret,) = re.findall(r'<code class="receipt">([^<]+)</code>', page)
    return str(secret)


@pytest.fixture
def admin(sqlite_service: Service) -> Caller:
    return sqlite_service.person(Role.SECURITY_ADMIN)


@pytest.fixture
def address(sqlite_service: Service, admin: Caller) -> str:
    where = shown("org", sqlite_service.organization(HANGZHOU).id)
    form = {"name": "市平台", "organization_id": where, "source": "hrss", "scopes": ["nominations:read"]}
    made = admin.page("/api-clients/new", form)
    assert made.status_code == 303
    location: str = made.headers["location"]
    return location


def tokens(service: Service, address: str, secret: str) -> int:
    form = {
        "grant_type": "client_credentials",
        "client_id": address.rpartition("/")[2],
        "client_secret": secret,
    }
    return service.client.post("/api/v1/oauth/token", data=form).status_code


def test_a_secret_of_the_page_gets_a_token_and_is_seen_once(
    sqlite_service: Service, admin: Caller, address: str
) -> None:
    page = sent(admin, f"{address}/new-secret")

    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert tokens(sqlite_service, address, told(page.text)) == 200
    again = admin.page(address).text
    assert told(page.text) not in again
    assert f"pyt_…{told(page.text)[-4:]}" in again
    assert address.rpartition("/")[2] in again


def test_secrets_are_rotated_and_the_client_revoked_and_restored(
    sqlite_service: Service, admin: Caller, address: str
) -> None:
    first, second = (told(sent(admin, f"{address}/new-secret").text) for _ in range(2))
    page = admin.page(address).text
    (old, _) = re.findall(rf'href="({address}/secrets/sec_[0-9a-f]{{32}}/revoke)"', page)

    assert f"{address}/new-secret" not in page
    assert sent(admin, old).status_code == 303
    assert [tokens(sqlite_service, address, secret) for secret in (first, second)] == [401, 200]
    assert sent(admin, f"{address}/revoke").status_code == 303
    assert tokens(sqlite_service, address, second) == 401
    assert sent(admin, f"{address}/restore").status_code == 303
    assert "尚无有效密钥。" in admin.page(address).text


def test_a_client_is_edited_with_its_scopes_ticked(admin: Caller, address: str) -> None:
    page = admin.page(f"{address}/edit").text
    assert re.findall(r'value="(nominations:\w+)" checked', page) == ["nominations:read"]

    sent(admin, f"{address}/edit", name="新名", scopes=["nominations:read", "nominations:file"])

    assert "新名" in admin.page("/api-clients").text
    assert "nominations:file nominations:read" in admin.page(address).text


def test_a_client_with_nothing_ticked_is_refused_at_the_field(admin: Caller, address: str) -> None:
    answer = sent(admin, f"{address}/edit", name="新名")

    assert (answer.status_code, 'id="e-scopes"' in answer.text) == (422, True)
    assert "新名" not in admin.page(address).text


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_nobody_else_enters(sqlite_service: Service, address: str, role: Role) -> None:
    answer = sqlite_service.person(role).page(address)

    assert (answer.status_code, "PERMISSION_MISSING" in answer.text) == (403, True)


def test_a_personal_token_carries_ones_own_roles_and_is_revoked_by_its_owner(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    page = office.page("/account/tokens/new", {"_key": "k" * 8})
    headers = {"Authorization": f"Bearer {told(page.text)}"}

    before = sqlite_service.client.get("/api/v1/me", headers=headers)
    again = office.page("/account/tokens/new", {"_key": "k" * 8})
    assert page.headers["cache-control"] == "no-store"
    assert [one["role"] for one in before.json()["grants"]] == ["STEERING_OFFICE"]
    assert before.json()["token_expires_at"] == "2026-07-01T10:00:00.000000Z"
    assert (again.status_code, "SECRET_SHOWN_ONCE" in again.text) == (409, True)
    office.page("/account/tokens/revoke", {})
    assert sqlite_service.client.get("/api/v1/me", headers=headers).status_code == 401
