"""What `make run` shows: a campaign in full swing on its own clock, with accounts that open the door."""

from datetime import UTC, datetime
from pathlib import Path

from fastapi.testclient import TestClient

from app import sample
from app.domain.access import Role
from app.main import create_app, wrapped
from app.settings import Settings


def test_a_first_start_makes_a_whole_campaign_and_a_second_one_changes_nothing(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/pingyou.db",
        data_dir=tmp_path,
        sample=True,
        database_fsync=False,
        password_memory_kib=1024,
    )
    said: list[str] = []

    sample.prepare(settings, said.append)
    made = (tmp_path / "pingyou.db").read_bytes()
    sample.prepare(settings, said.append)

    assert len(said) == 8
    assert not (tmp_path / "making").exists()
    assert (tmp_path / "pingyou.db").read_bytes() == made
    app = create_app(settings)
    plant = app.state.plant
    with TestClient(wrapped(app)) as client:
        public = client.get("/public").text
        name = sample.account(Role.APPROVING_OFFICER, "330400")
        form = {"username": name, "password": sample.PASSWORD}
        headers = {"Origin": "http://testserver"}
        answer = client.post("/sign-in", data=form, headers=headers, follow_redirects=False)
        home = client.get("/").text
    assert "嘉兴市劳动和社会保障局优质服务窗口推荐对象公示" in public
    assert answer.status_code == 303
    assert "示范安装" in home
    assert name in sample.greeting(settings)
    assert plant.clock.shift.total_seconds() != 0
    assert (datetime.now(UTC) + plant.clock.shift).year == 2026
