"""Other people's files that we ship are what VENDOR.toml says and load nothing from elsewhere."""

import re
import runpy
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "app" / "web" / "static" / "vendor"
FONTS = ROOT / "app" / "documents" / "fonts"
CSS = (VENDOR / "tabler.min.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "tools" / "vendor.py"))


@pytest.mark.parametrize("folder", [VENDOR, FONTS], ids=["pages", "fonts"])
def test_every_committed_file_has_the_hash_that_the_manifest_names(
    tool: dict[str, Any], folder: Path
) -> None:
    assert tool["check"](folder) == []
    assert folder in tool["FOLDERS"]


def test_a_changed_a_missing_and_an_unnamed_file_are_each_found(tool: dict[str, Any], tmp_path: Path) -> None:
    copy = Path(shutil.copytree(VENDOR, tmp_path / "vendor"))
    (copy / "htmx.min.js").write_text("alert(1)")
    (copy / "icons" / "home.svg").unlink()
    (copy / "extra.js").write_text("")

    assert tool["check"](copy) == [
        "missing: icons/home.svg",
        "not in VENDOR.toml: extra.js",
        "changed: htmx.min.js",
    ]


@pytest.mark.parametrize(
    ("folder", "licences"),
    [
        (VENDOR, {"htmx.org": "0BSD", "@tabler/core": "MIT", "@tabler/icons": "MIT"}),
        (FONTS, {"@expo-google-fonts/noto-serif-sc": "OFL-1.1", "@fontsource/lxgw-wenkai": "OFL-1.1"}),
    ],
    ids=["pages", "fonts"],
)
def test_every_package_names_its_version_licence_and_the_licence_text(
    folder: Path, licences: dict[str, str]
) -> None:
    packages = tomllib.loads((folder / "VENDOR.toml").read_text(encoding="utf-8"))["package"]

    assert {p["npm"]: p["licence"] for p in packages} == licences
    for package in packages:
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        texts = [row["to"] for row in package["file"] if row["to"].startswith("licences/")]
        assert len(texts) == 1
        assert "permission" in (folder / texts[0]).read_text(encoding="utf-8").lower()


def test_the_style_sheet_loads_nothing_but_data_images() -> None:
    sources = re.findall(r"url\(\s*[\"']?([^:)\"']*:?)", CSS)

    assert "@import" not in CSS
    assert "@font-face" not in CSS
    assert len(sources) == 23
    assert set(sources) == {"data:"}


def test_the_icons_are_plain_drawings_without_script_or_reference() -> None:
    icons = sorted(VENDOR.glob("icons/*.svg"))

    assert len(icons) == 24
    for icon in icons:
        drawing = icon.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "currentColor" in drawing
        assert not re.search(r"<script|href|http:|https:|\son\w+=|<style", drawing)
