"""The list of requirements is whole, and says which of them nobody has proved yet."""

import pytest

from tests.plugins.requirements import Group, document, load


def test_every_requirement_invariant_and_edge_case_is_owed() -> None:
    owed = [key for group in load().values() if group["owed"] for key in group["ids"]]

    assert owed == [
        *(f"R-{n:03}" for n in range(1, 50)),
        *(f"I-{n:02}" for n in range(1, 23)),
        *(f"E-{n:02}" for n in range(1, 46)),
    ]


def test_what_no_test_carries_is_listed_as_open() -> None:
    groups: dict[str, Group] = {
        "R": {"title": "Asked", "owed": True, "ids": {"R-001": "first", "R-002": "second"}},
        "G": {"title": "Left open", "owed": False, "ids": {"G-01": "third"}},
    }

    made = document(groups, {"R-002": ["tests/a.py::test_b", "tests/a.py::test_c"]})

    assert "Proved: 1 of 2 that are owed" in made
    assert "Open: R-001." in made
    assert "| R-001 | first | **open** |" in made
    assert "| R-002 | second | `tests/a.py::test_b`<br>`tests/a.py::test_c` |" in made
    assert "G-01" not in made


def test_a_marker_with_an_unknown_id_stops_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile('import pytest\n\n@pytest.mark.rule("R-050")\ndef test_a() -> None:\n    pass\n')

    result = pytester.runpytest("-p", "tests.plugins.requirements", "-p", "no:cacheprovider")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "rule markers name ids that tests/requirements.toml does not know: R-050" in result.stderr.str()
