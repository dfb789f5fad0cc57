"""One's own account: a password that must be changed first, the rules for a new one, sessions that one ends."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.db.tables.people import LoginSession, Person
from app.domain.access import Role
from app.main import create_app
from tests.plugins.service import Caller, Service, make
from tests.sign_in_cases import PASSWORD, WRONG, account, browser, changing, code, rows


def test_a_one_time_password_opens_nothing_but_the_form_that_changes_it(service: Service) -> None:
    account(service, one_time=True)
    one = browser(service)
    first = one.sign_in("li.na", to="/regions")

    assert first.headers["location"] == "/account/password"
    assert one.get("/regions").headers["location"] == "/account/password"
    refused = one.post("/regions/330110/rename", name_zh="甲", name_en="A", _version="1")
    assert (refused.status_code, code(refused)) == (403, "PASSWORD_CHANGE_NEEDED")
    changed = changing(one, PASSWORD, "nine paper boats drift")
    assert (changed.status_code, changed.headers["location"]) == (303, "/account")
    assert one.get("/regions").status_code == 200


def test_a_one_time_password_nobody_used_serves_a_day(sqlite_service: Service) -> None:
    account(sqlite_service, one_time=True)
    sqlite_service.clock.advance(hours=24, seconds=1)

    assert code(browser(sqlite_service).sign_in("li.na")) == "SIGN_IN_FAILED"


def test_changing_the_password_signs_out_everywhere_else(service: Service) -> None:
    account(service)
    here, there = browser(service), browser(service, "203.0.113.9")
    here.sign_in("li.na")
    there.sign_in("li.na")

    changed = changing(here, PASSWORD, "nine paper boats drift")

    assert (changed.status_code, changed.headers["location"]) == (303, "/account")
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert code(there.sign_in("li.na")) == "SIGN_IN_FAILED"
    assert there.sign_in("li.na", "nine paper boats drift").status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "repeated", "expected"),
    [
        (WRONG, "nine paper boats drift", "", "PASSWORD_WRONG"),
        (PASSWORD, "nine paper boats drift", "nine paper boats", "PASSWORD_DIFFERS"),
        (PASSWORD, "short", "", "TEXT_TOO_SHORT"),
        (PASSWORD, "x" * 129, "", "TEXT_TOO_LONG"),
        (PASSWORD, "Password2026!!", "", "PASSWORD_COMMON"),
        (PASSWORD, "Zhejiang lanterns", "", "PASSWORD_NAMES"),
        (PASSWORD, "my name is Li.Na!", "", "PASSWORD_NAMES"),
        (PASSWORD, PASSWORD, "", "PASSWORD_SERVED"),
    ],
)
def test_a_new_password_is_refused_with_the_reason_at_its_field(
    sqlite_service: Service, current: str, new: str, repeated: str, expected: str
) -> None:
    account(sqlite_service)
    one = browser(sqlite_service)
    one.sign_in("li.na")

    answer = changing(one, current, new, repeated)

    assert (answer.status_code, code(answer)) == (422, expected)
    assert new not in answer.text
    assert browser(sqlite_service).sign_in("li.na").status_code == 303


def test_a_password_is_hashed_again_when_the_parameters_have_changed(
    service: Service, tmp_path: Path
) -> None:
    person = account(service)
    stronger = service.plant.settings.model_copy(update={"password_memory_kib": 2048, "password_passes": 3})
    other = create_app(stronger, service.clock)

    answer = browser(Service(other, TestClient(other), service.clock)).sign_in("li.na")

    (now,) = [one.password_hash for one in rows(service, Person) if one.id == person.id]
    assert answer.status_code == 303
    assert now.startswith("$argon2id$v=19$m=2048,t=3,p=1$")
    assert person.password_hash.startswith("$argon2id$v=19$m=1024,t=2,p=1$")
    assert browser(service).sign_in("li.na").status_code == 303
    other.state.plant.engine.dispose()


@pytest.fixture
def guarded(sqlite_database: str, tmp_path: Path) -> Iterator[Service]:
    """Under classified protection."""
    made = make(sqlite_database, tmp_path, classified_protection=True)
    yield made
    made.plant.engine.dispose()


STRICT = (
    "Seven green lanterns",
    "Nine paper boats!",
    "Ten quiet Rivers.",
    "Two loud Kettles?",
    "One old Compass;",
)


def test_classified_protection_asks_for_three_kinds_and_remembers_five_passwords(guarded: Service) -> None:
    account(guarded, STRICT[0])
    one = browser(guarded)
    one.sign_in("li.na", STRICT[0])

    assert code(changing(one, STRICT[0], "nine paper boats drift")) == "PASSWORD_KINDS"
    for old, new in pairwise(STRICT):
        assert changing(one, old, new).status_code == 303
    assert [code(changing(one, STRICT[-1], old)) for old in STRICT] == ["PASSWORD_SERVED"] * 5


def test_classified_protection_lets_a_password_serve_ninety_days(guarded: Service) -> None:
    account(guarded, STRICT[0])
    guarded.clock.advance(days=90)
    assert browser(guarded).sign_in("li.na", STRICT[0], to="/regions").headers["location"] == "/regions"
    guarded.clock.advance(seconds=1)
    assert browser(guarded).sign_in("li.na", STRICT[0]).headers["location"] == "/account/password"


def test_classified_protection_allows_one_session_and_a_short_rest_for_administrators(
    guarded: Service,
) -> None:
    account(guarded, STRICT[0], role=Role.SYSTEM_ADMIN)
    first, second = browser(guarded), browser(guarded, "203.0.113.9")
    first.sign_in("li.na", STRICT[0])
    second.sign_in("li.na", STRICT[0])

    assert (first.get("/account").status_code, second.get("/account").status_code) == (303, 200)
    guarded.clock.advance(minutes=15, seconds=1)
    assert second.get("/account").status_code == 303


def test_ones_own_page_shows_appointments_and_sessions_and_ends_another(service: Service) -> None:
    account(service)
    here, there = browser(service), browser(service, "203.0.113.9")
    there.sign_in("li.na")
    service.clock.advance(minutes=1)
    here.sign_in("li.na")

    page = here.get("/account").text
    links = page.split('href="/account/sessions/')[1:]
    assert "指导小组办公室，浙江省劳动和社会保障厅" in page
    assert page.count("当前设备") == 1
    ended = [here.post(f"/account/sessions/{link.partition('/')[0]}/end").status_code for link in links]
    assert ended == [303] * len(links)
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


def test_nobody_ends_a_session_of_somebody_else(sqlite_service: Service) -> None:
    account(sqlite_service)
    one = browser(sqlite_service)
    one.sign_in("li.na")
    (session,) = [row for row in rows(sqlite_service, LoginSession) if row.address_digest]
    stranger: Caller = sqlite_service.person(Role.SYSTEM_ADMIN)

    refused = stranger.page(f"/account/sessions/ses_{session.id.hex}/end", {})

    assert (refused.status_code, "NOT_FOUND" in refused.text) == (404, True)
    assert one.get("/account").status_code == 200
