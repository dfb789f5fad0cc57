"""Signing in: one answer for every failure, a lock that really locks, a session that ends when it should."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.db.tables.people import AccountStatus, LoginSession
from app.db.tables.system import SecurityEvent
from app.domain.access import Role
from app.main import create_app
from tests.plugins.service import Service, make
from tests.sign_in_cases import PASSWORD, WRONG, account, browser, code, events, rows


def test_the_right_password_opens_a_session_and_leads_back(service: Service) -> None:
    account(service)
    one = browser(service)

    answer = one.sign_in(" LI.NA ", to="/regions?parent=330100")

    assert (answer.status_code, answer.headers["location"]) == (303, "/regions?parent=330100")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    assert one.get("/regions").status_code == 200


@pytest.mark.parametrize(
    ("username", "password", "changes"),
    [
        ("li.na", WRONG, {}),
        ("nobody", PASSWORD, {}),
        ("li.na", PASSWORD, {"status": AccountStatus.DISABLED}),
        ("li.na", PASSWORD, {"password_hash": ""}),
    ],
    ids=["wrong password", "unknown account", "disabled account", "account without a password"],
)
def test_every_failure_gets_the_same_answer(
    sqlite_service: Service, username: str, password: str, changes: dict[str, Any]
) -> None:
    account(sqlite_service, **changes)

    answer = browser(sqlite_service).sign_in(username, password)

    assert (answer.status_code, code(answer)) == (422, "SIGN_IN_FAILED")
    assert "账号或密码不正确，或账号不可用。" in answer.text
    assert password not in answer.text
    assert rows(sqlite_service, LoginSession)[1:] == []


def test_an_unknown_account_costs_the_same_work_as_a_wrong_password(
    sqlite_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(sqlite_service)
    compared: list[int] = []
    genuine = PasswordHasher.verify

    def counted(hasher: Any, stored: str, given: str) -> bool:
        compared.append(hasher.memory_cost)
        return genuine(hasher, stored, given)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    browser(sqlite_service).sign_in("li.na", WRONG)
    browser(sqlite_service).sign_in("nobody", WRONG)

    assert compared == [1024, 1024]


def test_five_wrong_passwords_lock_the_account_and_after_the_window_it_opens(service: Service) -> None:
    account(service)
    guesser = browser(service)

    answers = [code(guesser.sign_in("li.na", WRONG)) for _ in range(6)]
    right = browser(service, "203.0.113.9").sign_in("li.na")
    service.clock.advance(minutes=14, seconds=59)
    still = browser(service, "203.0.113.9").sign_in("li.na")
    service.clock.advance(seconds=1)
    opened = browser(service, "203.0.113.9").sign_in("li.na")

    assert answers == ["SIGN_IN_FAILED"] * 5 + ["SIGN_IN_LOCKED"]
    assert (right.status_code, code(right)) == (429, "SIGN_IN_LOCKED")
    assert "请在 15 分钟后再试。" in right.text
    assert (still.status_code, opened.status_code) == (429, 303)


def test_four_wrong_passwords_and_the_right_one_start_the_count_anew(sqlite_service: Service) -> None:
    account(sqlite_service)
    one = browser(sqlite_service)

    for _ in range(2):
        for _ in range(4):
            one.sign_in("li.na", WRONG)
        assert one.sign_in("li.na").status_code == 303


def test_the_lock_is_shared_by_every_replica(service: Service, tmp_path: Path) -> None:
    account(service)
    other = create_app(service.plant.settings, service.clock)
    replica = Service(other, TestClient(other), service.clock)

    for one in (service, replica, service, replica, service):
        browser(one).sign_in("li.na", WRONG)

    assert code(browser(replica).sign_in("li.na")) == "SIGN_IN_LOCKED"
    other.state.plant.engine.dispose()


def test_a_rush_of_guesses_outruns_no_count(service: Service) -> None:
    account(service)
    meeting = threading.Barrier(12)

    def guess(number: int) -> str:
        one = browser(service, f"203.0.113.{number}")
        meeting.wait(30)
        return code(one.sign_in("li.na", WRONG))

    with ThreadPoolExecutor(12) as pool:
        answers = Counter(pool.map(guess, range(12)))

    assert answers == {"SIGN_IN_FAILED": 5, "SIGN_IN_LOCKED": 7}


def test_an_unknown_account_locks_as_a_known_one_does(sqlite_service: Service) -> None:
    one = browser(sqlite_service)

    assert [code(one.sign_in("nobody")) for _ in range(6)][-2:] == ["SIGN_IN_FAILED", "SIGN_IN_LOCKED"]


def test_the_browser_its_owner_used_before_is_not_locked_out_by_a_stranger(sqlite_service: Service) -> None:
    account(sqlite_service)
    own, stranger = browser(sqlite_service), browser(sqlite_service, "203.0.113.9")
    own.sign_in("li.na")

    for _ in range(6):
        stranger.sign_in("li.na", WRONG)

    assert code(stranger.sign_in("li.na")) == "SIGN_IN_LOCKED"
    assert own.sign_in("li.na").status_code == 303


def test_a_made_up_mark_of_a_browser_is_worth_nothing(sqlite_service: Service) -> None:
    account(sqlite_service)
    own, stranger = browser(sqlite_service), browser(sqlite_service, "203.0.113.9")
    own.sign_in("li.na")
    for number in range(6):
        stranger.cookies["pingyou-device"] = f"{number}{own.cookies['pingyou-device']}"
        last = stranger.sign_in("li.na", WRONG)

    assert code(last) == "SIGN_IN_LOCKED"


@pytest.fixture
def narrow(sqlite_database: str, tmp_path: Path) -> Iterator[Service]:
    made = make(sqlite_database, tmp_path, lockout_address_failures=7)
    yield made
    made.plant.engine.dispose()


def test_an_address_that_tries_many_accounts_is_locked_and_others_are_not(narrow: Service) -> None:
    account(narrow)
    for number in range(7):
        browser(narrow).sign_in(f"user{number}", WRONG)

    assert code(browser(narrow).sign_in("li.na")) == "SIGN_IN_LOCKED"
    assert browser(narrow, "203.0.113.9").sign_in("li.na").status_code == 303


def test_successes_do_not_use_up_what_an_address_may_fail(narrow: Service) -> None:
    account(narrow)

    assert [browser(narrow).sign_in("li.na").status_code for _ in range(9)] == [303] * 9


def test_the_security_log_holds_who_and_what_and_no_secret(service: Service) -> None:
    person = account(service)
    one = browser(service)
    one.sign_in("li.na", WRONG)
    one.sign_in("mypassword1", WRONG)
    one.sign_in("li.na")
    one.post("/sign-out")

    key = f"person:{person.id.hex}"
    assert events(service) == [
        ("sign_in.failed", key),
        ("sign_in.failed", "public"),
        ("sign_in.succeeded", key),
        ("sign_out", key),
    ]
    kept = repr([row.model_dump() for row in rows(service, SecurityEvent)])
    assert [word for word in (PASSWORD, WRONG, "mypassword1", "198.51.100.1") if word in kept] == []
    assert len({row.address_digest for row in rows(service, SecurityEvent)[:3]}) == 1


def test_signing_in_again_ends_the_session_the_browser_had(sqlite_service: Service) -> None:
    account(sqlite_service)
    one = browser(sqlite_service)
    one.sign_in("li.na")
    earlier = one.cookies["pingyou"]
    one.sign_in("li.na")

    assert one.cookies["pingyou"] != earlier
    assert one.get("/regions").status_code == 200
    one.cookies["pingyou"] = earlier
    assert one.get("/regions").headers["location"] == "/sign-in?next=/regions"


def test_a_session_is_over_when_it_was_idle_and_when_its_day_is_over(service: Service) -> None:
    account(service)
    one = browser(service)
    one.sign_in("li.na")

    for _ in range(15):
        service.clock.advance(minutes=30)
        assert one.get("/regions").status_code == 200
    service.clock.advance(minutes=30)
    assert one.get("/regions").status_code == 303

    one.sign_in("li.na")
    service.clock.advance(minutes=30, seconds=1)
    assert one.get("/regions").status_code == 303


def test_that_a_session_was_used_is_written_at_most_once_a_minute(service: Service) -> None:
    account(service)
    one = browser(service)
    one.sign_in("li.na")
    started = service.clock.now(Session())
    seen = []
    for seconds in (59, 1, 30, 29, 1):
        service.clock.advance(seconds=seconds)
        one.get("/regions")
        seen.append(int((rows(service, LoginSession)[-1].last_seen_at - started).total_seconds()))

    assert seen == [0, 60, 60, 60, 120]


def test_signing_out_ends_the_session_on_the_server_too(sqlite_service: Service) -> None:
    account(sqlite_service)
    one = browser(sqlite_service)
    one.sign_in("li.na")
    held = one.cookies["pingyou"]

    left = one.post("/sign-out")
    one.cookies["pingyou"] = held

    assert (left.status_code, left.headers["location"]) == (303, "/sign-in")
    assert one.get("/regions").headers["location"] == "/sign-in?next=/regions"


def test_sessions_that_are_long_over_are_forgotten(sqlite_service: Service) -> None:
    account(sqlite_service)
    browser(sqlite_service).sign_in("li.na")
    sqlite_service.clock.advance(days=29)
    browser(sqlite_service).sign_in("li.na")
    sqlite_service.clock.advance(days=2)
    browser(sqlite_service).sign_in("li.na")

    kept = [row for row in rows(sqlite_service, LoginSession) if row.address_digest]
    assert len(kept) == 2


def test_over_https_the_cookies_are_the_hosts_own(sqlite_database: str, tmp_path: Path) -> None:
    service = make(sqlite_database, tmp_path, public_url="https://pingyou.example")
    account(service)

    cookies = browser(service).sign_in("li.na").headers.get_list("set-cookie")

    assert [cookie.partition("=")[0] for cookie in cookies] == ["__Host-pingyou", "__Host-pingyou-device"]
    for cookie in cookies:
        assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    service.plant.engine.dispose()


def test_where_to_go_after_signing_in_is_never_another_site(sqlite_service: Service) -> None:
    account(sqlite_service)

    assert browser(sqlite_service).sign_in("li.na", to="//evil.example/x").headers["location"] == "/"


@pytest.mark.parametrize("sample", [True, False])
def test_a_sample_installation_names_the_accounts_that_anybody_may_use(
    sqlite_service: Service, sample: bool
) -> None:
    account(sqlite_service, username="auditor-zj", role=Role.AUDITOR)
    plant = sqlite_service.plant
    plant.settings = plant.settings.model_copy(update={"sample": sample})

    page = browser(sqlite_service).get("/sign-in?next=/regions").text
    chosen = browser(sqlite_service).get("/sign-in?next=/regions&account=auditor-zj").text

    assert ('href="/sign-in?next=%2Fregions&amp;account=auditor-zj"' in page) is sample
    assert ("yangli-2026-shifan" in page) is sample
    assert "discipline-officer-zj" not in page  # nobody has it here
    assert 'value="auditor-zj"' in chosen
