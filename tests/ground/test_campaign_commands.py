"""`python -m app campaign`: who signs in may do at the command line what the pages allow, and two persons stay two."""

import json
from pathlib import Path

import pytest
from sqlmodel import Session, col, select
from typer.testing import CliRunner

from app.__main__ import cli
from app.db.tables.campaigns import Campaign, QuotaPlan, QuotaSeat
from app.db.tables.people import Person
from app.db.tables.system import AuditEvent
from app.domain.access import Role
from app.services import passwords
from tests.campaign_cases import drafted
from tests.packs.changing import PROVINCIAL
from tests.plugins.service import Service

PASSWORD = "seven green lanterns"


class Console:
    """A shell on the machine of one service."""

    def __init__(self, service: Service) -> None:
        self.service = service
        settings = service.plant.settings
        self.environment = {
            "PINGYOU_DATABASE_URL": settings.database_url,
            "PINGYOU_DATA_DIR": str(settings.data_dir),
            "PINGYOU_SECRET_KEY": settings.secret_key.get_secret_value(),
            "PINGYOU_PASSWORD_MEMORY_KIB": str(settings.password_memory_kib),
            "PINGYOU_SAMPLE": "true",
        }

    def account(self, name: str, role: Role = Role.STEERING_OFFICE, at: str = "ZJ") -> str:
        """Somebody with a password."""
        caller = self.service.person(role, at, name)
        with self.service.system() as ctx:
            person = ctx.session.get_one(Person, caller.person_id)
            person.password_hash = passwords.hashed(ctx.settings, PASSWORD)
            person.password_changed_at = ctx.now
            ctx.noted += 1
        return name

    def __call__(self, user: str, *words: str, password: str = PASSWORD) -> tuple[int, str]:
        done = CliRunner().invoke(
            cli, ["campaign", "--user", user, *words], input=f"{password}\n", env=self.environment
        )
        return done.exit_code, done.output


@pytest.fixture
def console(service: Service) -> Console:
    return Console(service)


def rows(console: Console) -> tuple[list[str], int]:
    with Session(console.service.plant.engine) as session:
        codes = session.exec(select(Campaign.code).order_by(col(Campaign.id))).all()
        return list(codes), len(session.exec(select(QuotaSeat)).all())


@pytest.mark.rule("R-012", "R-045", "I-13")
def test_two_persons_set_a_campaign_up_at_the_command_line(console: Console, tmp_path: Path) -> None:
    first, second = console.account("li.na"), console.account("chen.li")
    sheet = tmp_path / "annex.csv"
    places = PROVINCIAL["quota"]["sample_allocation"]["places"]
    lines = "\n".join(f"{code},名额单位{code},{number}" for code, number in places.items())
    sheet.write_text(f"代码,名称,名额\n{lines}\n", encoding="utf-8")

    made = console(first, "create", "windows-2026")
    console(first, "paper", "windows-2026", "BASIS", "通知", "153号", "劳动和社会保障部", "2026-05-20")
    dated = console(first, "edit", "windows-2026", "materials_due_on=2027-09-30", "title=省级评选表彰")
    planned = console(first, "plan", "windows-2026", "--file", str(sheet), "--note", "通知附件2")
    alone = console(first, "confirm", "windows-2026")
    assert rows(console)[1] == 0
    confirmed = console(second, "confirm", "windows-2026")
    shown = console(second, "show", "windows-2026")

    assert [made[0], dated[0], planned[0], confirmed[0]] == [0, 0, 0, 0], (made, dated, planned, confirmed)
    assert alone[0] == 1
    assert "SAME_PERSON" in alone[1]
    assert "windows-2026\tDRAFT\t省级评选表彰" in shown[1]
    assert "批准" in shown[1]  # what recording the decision still wants
    assert rows(console) == (["windows-2026"], 34 + 34 + 10)
    with Session(console.service.plant.engine) as session:
        plan = session.exec(select(QuotaPlan)).one()
        actors = session.exec(select(AuditEvent.actor).where(col(AuditEvent.entity) == "QuotaPlan")).all()
    assert plan.prepared_by != plan.confirmed_by
    assert set(actors) == {f"person:{one.hex}" for one in (plan.prepared_by, plan.confirmed_by) if one}


@pytest.mark.rule("E-45", "R-020")
def test_rules_of_ones_own_are_imported_printed_and_cloned(console: Console, tmp_path: Path) -> None:
    office = console.account("li.na")
    console(office, "create", "windows-2026")
    printed = console(office, "rules", "windows-2026")[1]
    own = tmp_path / "own.toml"
    text = printed[printed.index("[identity]") :].replace("min_days = 5", "min_days = 7")
    own.write_text(text.replace('code = "provincial-windows"', 'code = "own-windows"'), encoding="utf-8")

    imported = console(office, "import", "own-2026", str(own))
    cloned = console(office, "clone", "own-2026", "own-2028", "--title", "第二届评选表彰")

    assert imported[0] == 0, imported
    assert cloned[0] == 0, cloned
    assert "min_days = 7" in console(office, "rules", "own-2028")[1]
    assert [line.split("\t")[0] for line in console(office, "list")[1].splitlines() if "\t" in line] == [
        "own-2028",
        "own-2026",
        "windows-2026",
    ]


def test_a_refusal_is_said_in_both_languages_and_keeps_nothing(
    sqlite_service: Service, tmp_path: Path
) -> None:
    console = Console(sqlite_service)
    city = console.account("wang.fang", Role.STEERING_OFFICE, "330100")
    drafted(sqlite_service)
    bad = tmp_path / "bad.toml"
    bad.write_text("[identity", encoding="utf-8")

    foreign = console(city, "edit", "windows-2026", "title=别人的评选活动")
    unknown = console(city, "show", "no-such-campaign")
    unreadable = console(console.account("li.na"), "rules", "windows-2026", "--file", str(bad))

    assert [one[0] for one in (foreign, unknown, unreadable)] == [1, 1, 1]
    assert "PERMISSION_MISSING" in foreign[1]
    assert "NOT_FOUND" in unknown[1]
    assert "PACK_UNREADABLE" in unreadable[1]
    assert console.service.person(Role.STEERING_OFFICE)("GET", "/campaigns").json()["items"][0]["title"] != (
        "别人的评选活动"
    )


def test_nobody_acts_without_the_right_password(sqlite_service: Service) -> None:
    console = Console(sqlite_service)
    office = console.account("li.na")

    wrong = console(office, "create", "windows-2026", password="eight green lanterns")

    assert (wrong[0], "SIGN_IN_FAILED" in wrong[1]) == (1, True)
    assert rows(console)[0] == []


@pytest.mark.rule("D-07")
def test_a_year_of_working_days_is_loaded_from_its_file(sqlite_service: Service, tmp_path: Path) -> None:
    console = Console(sqlite_service)
    office = console.account("li.na")
    file, broken = tmp_path / "2027.json", tmp_path / "broken.json"
    days = [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]
    file.write_text(json.dumps({"year": 2027, "papers": [], "days": days}), encoding="utf-8")
    broken.write_text("{", encoding="utf-8")

    loaded = console(office, "calendar", "2027", str(file))
    refused = console(office, "calendar", "2028", str(broken))

    assert loaded[0] == 0, loaded
    assert "2027\t1 days" in loaded[1]
    assert (refused[0], "JSON_INVALID" in refused[1]) == (1, True)
