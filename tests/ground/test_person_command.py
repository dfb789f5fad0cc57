"""`python -m app person`: the first administrators, without any default password; and the accounts of a sample."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.__main__ import cli
from app.db.tables.people import Person
from app.domain.access import Role
from app.services import first_accounts
from tests.plugins.service import Service, make
from tests.sign_in_cases import browser, changing, rows


@pytest.fixture
def live(sqlite_database: str, tmp_path: Path) -> Iterator[Service]:
    made = make(sqlite_database, tmp_path, sample=False)
    yield made
    made.plant.engine.dispose()


def person(service: Service, *arguments: str) -> tuple[int, str]:
    settings = service.plant.settings
    where = {"PINGYOU_DATABASE_URL": settings.database_url, "PINGYOU_DATA_DIR": str(settings.data_dir)}
    done = CliRunner().invoke(cli, ["person", *arguments], env=where)
    return done.exit_code, done.output.strip()


def test_an_installation_starts_without_any_account(live: Service) -> None:

    assert rows(live, Person) == []


def test_the_first_administrator_signs_in_with_what_was_printed_and_changes_it(live: Service) -> None:
    status, secret = person(live, "create", "zhang.san", "张三", "--role", "SECURITY_ADMIN")
    one = browser(live)

    assert status == 0
    assert one.sign_in("zhang.san", secret).headers["location"] == "/account/password"
    assert changing(one, secret, "nine paper boats drift").status_code == 303
    assert "安全管理员，浙江省劳动和社会保障厅" in one.get("/account").text


def test_a_lost_password_is_replaced_from_the_command_line(live: Service) -> None:
    _, first = person(live, "create", "zhang.san", "张三", "--role", "SYSTEM_ADMIN")
    status, second = person(live, "reset-password", "zhang.san")

    assert (status, first == second) == (0, False)
    assert browser(live).sign_in("zhang.san", first).status_code == 422
    assert browser(live).sign_in("zhang.san", second).status_code == 303


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "zhang.san", "张三", "--role", "AUDITOR"), "That account name is in use"),
        (("create", "Zhang San", "张三", "--role", "AUDITOR"), "/username"),
        (
            ("create", "li.na", "李娜", "--role", "AUDITOR", "--organization", "999"),
            "There is no such thing here",
        ),
        (("reset-password", "li.na"), "There is no such thing here"),
    ],
)
def test_a_refusal_is_said_and_changes_nothing(live: Service, arguments: tuple[str, ...], said: str) -> None:
    person(live, "create", "zhang.san", "张三", "--role", "SYSTEM_ADMIN")

    status, output = person(live, *arguments)

    assert status == 1
    assert said in output


def test_a_sample_account_has_a_password_that_everybody_knows(sqlite_service: Service) -> None:
    roles = (Role.REVIEWING_OFFICER, Role.WINDOW_FILER)
    for _ in range(2):
        with sqlite_service.system() as ctx:
            first_accounts.sample(ctx, "li.na", "李娜", roles, "330100", "sample")

    one = browser(sqlite_service)
    assert one.sign_in("li.na", "sample").headers["location"] == "/"
    assert "审核经办人，杭州市劳动和社会保障局" in one.get("/account").text


def test_no_known_password_is_given_in_a_live_installation(live: Service) -> None:
    with live.system() as ctx, pytest.raises(RuntimeError, match="sample installation only"):
        first_accounts.sample(ctx, "li.na", "李娜", (Role.AUDITOR,), "ZJ", "sample")
