"""Accounts and appointments as pages: each act has its screen, each secret is shown once."""

import re
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests.plugins.service import Caller, Service
from tests.sign_in_cases import browser

HANGZHOU = "330100"


def version(page: str) -> str:
    (found,) = re.findall(r'name="_version" value="(\d+)"', page)
    return str(found)


def sent(who: Caller, url: str, **form: str) -> Any:
    """The form of the page, filled in and sent."""
    page = who.page(url)
    assert page.status_code == 200, page.text
    return who.page(url, {"_version": version(page.text), **form})


@pytest.fixture
def made(sqlite_service: Service) -> tuple[str, str]:
    """The address of a new person, and the one-time password that the page showed."""
    where = shown("org", sqlite_service.organization(HANGZHOU).id)
    form = {"username": "li.na", "name": "李娜", "organization_id": where, "phone": "0571-1", "_key": "k" * 8}
    page = sqlite_service.person(Role.SYSTEM_ADMIN).page("/people/new", form)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    (secret,) = re.findall(r'<code class="receipt">([^<]+)</code>', page.text)
    (address,) = re.findall(r'href="(/people/per_[0-9a-f]{32})"', page.text)
    return address, secret


def test_a_new_account_signs_in_with_what_the_page_showed(
    sqlite_service: Service, made: tuple[str, str]
) -> None:
    address, secret = made
    admin = sqlite_service.person(Role.SYSTEM_ADMIN)

    assert secret not in admin.page(address).text
    assert "待本人首次修改" in admin.page(address).text
    assert browser(sqlite_service).sign_in("li.na", secret).headers["location"] == "/account/password"


def test_a_double_click_shows_no_second_password(sqlite_service: Service, made: tuple[str, str]) -> None:
    where = shown("org", sqlite_service.organization(HANGZHOU).id)
    form = {"username": "li.na", "name": "李娜", "organization_id": where, "phone": "0571-1", "_key": "k" * 8}

    again = sqlite_service.person(Role.SYSTEM_ADMIN).page("/people/new", form)

    assert (again.status_code, "SECRET_SHOWN_ONCE" in again.text) == (409, True)
    assert made[1] not in again.text


def test_a_role_is_granted_and_taken_back_on_its_own_screens(
    sqlite_service: Service, made: tuple[str, str]
) -> None:
    address, _ = made
    admin = sqlite_service.person(Role.SECURITY_ADMIN)
    where = shown("org", sqlite_service.organization(HANGZHOU).id)

    granted = sent(admin, f"{address}/grant", role="REVIEWING_OFFICER", organization_id=where)
    page = admin.page(address).text
    (revoking,) = re.findall(rf'href="({address}/grants/grt_[0-9a-f]{{32}}/revoke)"', page)
    revoked = sent(admin, revoking)

    assert (granted.status_code, granted.headers["location"]) == (303, address)
    assert "审核经办人" in page
    assert revoked.status_code == 303
    assert "尚未授予角色。" in admin.page(address).text


def test_closing_opening_and_resetting(sqlite_service: Service, made: tuple[str, str]) -> None:
    address, first = made
    admin = sqlite_service.person(Role.SYSTEM_ADMIN)

    assert sent(admin, f"{address}/disable", reason="调离").status_code == 303
    assert "已停用" in admin.page(address).text
    assert sent(admin, f"{address}/enable").status_code == 303
    page = sent(admin, f"{address}/reset-password")
    (secret,) = re.findall(r'<code class="receipt">([^<]+)</code>', page.text)
    assert secret != first
    assert browser(sqlite_service).sign_in("li.na", secret).status_code == 303


def test_an_account_is_edited_and_an_empty_field_empties_it(
    sqlite_service: Service, made: tuple[str, str]
) -> None:
    address, _ = made
    admin = sqlite_service.person(Role.SYSTEM_ADMIN)
    where = shown("org", sqlite_service.organization("ZJ").id)

    saved = sent(admin, f"{address}/edit", name="李纳", organization_id=where, phone="")
    page = admin.page(address).text

    assert saved.status_code == 303
    assert "李纳" in page
    assert "0571-1" not in page


def test_two_accounts_are_linked_and_unlinked(sqlite_service: Service, made: tuple[str, str]) -> None:
    address, _ = made
    other = sqlite_service.person(Role.REVIEWER, "ZJ", "li.na.two")
    admin = sqlite_service.person(Role.SECURITY_ADMIN)
    form = {"other_id": shown("per", other.person_id)}

    found = admin.page(f"{address}/link?q=li.na").text
    linked = admin.page(f"{address}/link?q=li.na", {"_version": version(found), **form})

    assert form["other_id"] in found
    assert linked.status_code == 303
    assert "li.na.two" in admin.page(address).text
    assert sent(admin, f"{address}/unlink").status_code == 303
    assert "li.na.two" not in admin.page(address).text


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR, Role.STEERING_OFFICE])
def test_everybody_sees_only_the_buttons_that_are_theirs(
    sqlite_service: Service, made: tuple[str, str], role: Role
) -> None:
    address, _ = made
    page = sqlite_service.person(role).page(address).text
    offered = {
        act for act in ("edit", "disable", "reset-password", "grant", "link") if f"{address}/{act}" in page
    }

    expected = {
        Role.SYSTEM_ADMIN: {"edit", "disable", "reset-password"},
        Role.SECURITY_ADMIN: {"grant", "link"},
    }
    assert offered == expected.get(role, set())


def test_a_list_finds_people_by_name(sqlite_service: Service, made: tuple[str, str]) -> None:
    admin = sqlite_service.person(Role.SYSTEM_ADMIN)

    assert made[0] in admin.page("/people?q=李").text
    assert made[0] not in admin.page("/people?q=王").text
