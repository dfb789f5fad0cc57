"""How long things may be. The median keeps itself; it is the tail that needs holding."""

from pathlib import Path

import pytest

from tests.architecture import tree

# A migration is written once, from top to bottom, and a list of columns has no parts.
APP = [path for path in tree.python_files("app") if "migrations" not in path.parts]
ALL = [
    path
    for path in tree.python_files("app", "tests", "tools", "benchmarks")
    if "migrations" not in path.parts
]
TEMPLATES = [path for path in tree.files() if "templates" in path.parts and path.suffix == ".html"]


def quantile(values: list[int], share: float) -> int:
    return sorted(values)[int(share * (len(values) - 1))]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(("share", "most"), [(0.5, 8), (0.9, 25)], ids=["median", "nine of ten"])
def test_functions_are_short(share: float, most: int) -> None:
    lengths = [function.lines for path in APP for function in tree.functions(path)]

    assert len(lengths) > 100
    assert quantile(lengths, share) <= most


def test_no_function_is_longer_than_fifty_lines() -> None:
    assert [f for path in ALL for f in tree.functions(path) if f.lines > 50] == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    assert [(tree.name(path), lines(path)) for path in ALL if lines(path) > 400] == []


def test_templates_are_short() -> None:
    lengths = [lines(path) for path in TEMPLATES]

    assert lengths
    assert quantile(lengths, 0.9) <= 60
