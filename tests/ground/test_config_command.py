"""`python -m app config`: what an operator may see, and what stops a start."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.__main__ import cli

SAFE = {
    "PINGYOU_MODE": "production",
    "PINGYOU_DATABASE_URL": "postgresql://pingyou:open-sesame@database/pingyou",
    "PINGYOU_SECRET_KEY": "k" * 48,
    "PINGYOU_PUBLIC_URL": "https://pingyou.example",
    "PINGYOU_STORE": "s3",
    "PINGYOU_S3_ENDPOINT": "https://objects.example",
    "PINGYOU_S3_ACCESS_KEY": "app",
    "PINGYOU_S3_SECRET_KEY": "open-sesame-too",
}


def config(environment: dict[str, str], action: str = "check") -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["config", action], env=environment)
    return done.exit_code, done.output


def test_the_settings_are_shown_without_any_secret() -> None:
    code, shown = config(SAFE)

    assert code == 0
    assert "sesame" not in shown
    assert "kkk" not in shown
    assert json.loads(shown)["database_url"] == "postgresql://pingyou:***@database/pingyou"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PINGYOU_DATABASE_URL", "sqlite:///data/pingyou.db"),
        ("PINGYOU_SECRET_KEY", "short"),
        ("PINGYOU_PUBLIC_URL", "http://pingyou.example"),
        ("PINGYOU_STORE", "folder"),
        ("PINGYOU_S3_ENDPOINT", ""),
        ("PINGYOU_SAMPLE", "true"),
        ("PINGYOU_PORT", "tcp://10.0.0.1:80"),
        ("PINGYOU_NO_SUCH_SETTING", "1"),
        ("PINGYOU_SECRET_KEY_FILE", "/no/such/file"),
    ],
)
def test_an_unsafe_or_unknown_setting_stops_with_78_and_its_reason(name: str, value: str) -> None:
    code, shown = config(SAFE | {name: value})

    assert code == 78
    assert "设置有误" in shown
    assert "sesame" not in shown


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("f" * 48 + "\n")
    given = {name: value for name, value in SAFE.items() if name != "PINGYOU_SECRET_KEY"}

    assert config(given | {"PINGYOU_SECRET_KEY_FILE": str(tmp_path / "key")})[0] == 0


def test_a_fresh_secret_is_long_and_never_the_same() -> None:
    first, second = config({}, "secret")[1], config({}, "secret")[1]

    assert len(first.strip()) >= 48
    assert first != second


def test_one_folder_holds_all_of_an_embedded_installation() -> None:
    code, shown = config({"PINGYOU_DATA_DIR": "/srv/pingyou"})

    assert code == 0
    assert json.loads(shown)["database_url"] == "sqlite:////srv/pingyou/pingyou.db"
