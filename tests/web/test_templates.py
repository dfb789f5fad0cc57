"""What every template keeps to, whoever wrote it."""

import re
from pathlib import Path

import pytest

from app.web import assets, pages
from app.web.wording import Language

ALL = sorted(pages.TEMPLATES.rglob("*.html"))
NAMES = [str(path.relative_to(pages.TEMPLATES)) for path in ALL]
# C19, C21: nothing is trusted as markup, nothing runs or styles inline, htmx evaluates nothing.
FORBIDDEN = re.compile(
    r"\|\s*safe\b|Markup\(|\sstyle=|<style|\son[a-z]+=|hx-on|hx-vals='js:|javascript:|<script(?![^>]*\ssrc=)|autoescape\s+false"
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_compiles(name: str, language: Language) -> None:
    assert pages.environment(language).get_template(name).name == name


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(pages.TEMPLATES)}:{number}: {hit[0]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (hit := pattern.search(line))
    ]


def test_nothing_is_trusted_as_markup_and_nothing_runs_inline() -> None:
    assert len(ALL) > 10
    assert found(FORBIDDEN, ALL) == []


@pytest.mark.parametrize(
    "line",
    ['<p style="x">', "{{ text|safe }}", '<a onclick="x()">', "<script>x()</script>", '<b hx-on:click="x">'],
)
def test_a_line_that_did_would_be_found(line: str) -> None:
    assert FORBIDDEN.search(line)


def test_macros_are_imported_with_what_they_read() -> None:
    assert found(re.compile(r"{%-? *(import|from) (?!.*with context)"), ALL) == []


def test_every_form_that_changes_something_carries_its_key() -> None:
    forms = [
        (name, form)
        for name, path in zip(NAMES, ALL, strict=True)
        for form in re.findall(r"<form.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL)
        if 'method="post"' in form
    ]

    assert len(forms) >= 2
    assert [name for name, form in forms if 'name="_key"' not in form] == []


def test_every_icon_that_is_drawn_is_shipped() -> None:
    texts = [path.read_text(encoding="utf-8") for path in ALL]
    named = {name for text in texts for name in re.findall(r"icon\('([a-z-]+)'", text)}

    assert named
    assert sorted(name for name in named if not (assets.ICONS / f"{name}.svg").exists()) == []
