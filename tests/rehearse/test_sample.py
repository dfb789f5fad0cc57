"""What `make run` shows: last year's campaign, this year's in full swing, its own clock, accounts that open the door."""

from datetime import UTC, datetime
from pathlib import Path

from fastapi.testclient import TestClient

from app import sample
from app.domain.access import Role
from app.main import create_app, wrapped
from app.rehearse.acts import yesteryear
from app.services import sample_accounts
from app.settings import Settings


def ledger_acts() -> int:
    return len(yesteryear.ACTS) + len(sample.THIS_YEAR) + 2


def test_a_first_start_makes_two_years_of_campaigns_and_a_second_one_changes_nothing(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/pingyou.db",
        data_dir=tmp_path,
        sample=True,
        database_fsync=False,
        password_memory_kib=1024,
        port=8123,
    )
    said: list[str] = []

    sample.prepare(settings, said.append)
    made = (tmp_path / "pingyou.db").read_bytes()
    sample.prepare(settings, said.append)

    assert len(said) == 1 + ledger_acts()
    assert not (tmp_path / "making").exists()
    assert (tmp_path / "pingyou.db").read_bytes() == made
    app = create_app(settings)
    plant = app.state.plant
    with TestClient(wrapped(app)) as client:
        public = client.get("/public").text
        roll = client.get("/api/v1/public/awards?limit=100").json()["items"]
        name = sample_accounts.account(Role.APPROVING_OFFICER, "330400")
        form = {"username": name, "password": sample_accounts.PASSWORD}
        headers = {"Origin": "http://testserver"}
        answer = client.post("/sign-in", data=form, headers=headers, follow_redirects=False)
        home = client.get("/").text
    assert "鹿城区劳动和社会保障局优质服务窗口推荐对象公示" in public
    assert (len(roll), {one["conferred_on"] for one in roll}) == (34, {"2025-12-26"})
    assert answer.status_code == 303
    assert "示范安装" in home
    assert name in sample.greeting(settings)
    assert "reviewer-330100" in sample.greeting(settings)
    assert "http://127.0.0.1:8123/" in sample.greeting(settings)
    assert plant.clock.shift.total_seconds() != 0
    assert (datetime.now(UTC) + plant.clock.shift).year == 2026
