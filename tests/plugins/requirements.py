"""Which requirement is proved by which test: `@pytest.mark.rule("R-028", "E-09")` → tests/requirements.md.

pytest --collect-only -q --check-requirements     # in `make check`: the file says what the markers say
pytest --collect-only -q --write-requirements     # `make requirements`
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypedDict

import pytest

HERE = Path(__file__).resolve().parents[1]
DOCUMENT = HERE / "requirements.md"
HEAD = """# Requirements and the tests that prove them

Made from the `rule` markers by `make requirements`; `make check` compares. A test that runs on several databases or
with several values is named once.
"""


class Group(TypedDict):
    """One kind of requirement in requirements.toml."""

    title: str
    owed: bool
    ids: dict[str, str]


def load() -> dict[str, Group]:
    """Every known requirement, by kind."""
    return dict(tomllib.loads((HERE / "requirements.toml").read_text(encoding="utf-8")))


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("requirements")
    group.addoption(
        "--check-requirements", action="store_true", help="fail when tests/requirements.md is out of date"
    )
    group.addoption("--write-requirements", action="store_true", help="write tests/requirements.md")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "rule(*ids): requirements (R-, I-, E-, D-, G-) which this test really proves"
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Unknown ids are refused in every run; the document only when asked for, over the whole suite."""
    groups = load()
    proofs = _proofs(session.items)
    known = {key for group in groups.values() for key in group["ids"]}
    if unknown := sorted(proofs.keys() - known):
        raise pytest.UsageError(
            f"rule markers name ids that tests/requirements.toml does not know: {', '.join(unknown)}"
        )
    made = document(groups, proofs)
    if session.config.getoption("--write-requirements"):
        DOCUMENT.write_text(made, encoding="utf-8")
    elif session.config.getoption("--check-requirements") and made != _committed():
        raise pytest.UsageError("tests/requirements.md is out of date: run `make requirements` and commit it")


def document(groups: Mapping[str, Group], proofs: Mapping[str, list[str]]) -> str:
    """The whole of requirements.md."""
    owed = [key for group in groups.values() if group["owed"] for key in group["ids"]]
    still_open = [key for key in owed if key not in proofs]
    summary = f"Proved: {len(owed) - len(still_open)} of {len(owed)} that are owed (R, I, E).\n\nOpen: {', '.join(still_open) or 'none'}.\n"
    return "\n".join([HEAD, summary, *(_table(group, proofs) for group in groups.values())])


def _table(group: Group, proofs: Mapping[str, list[str]]) -> str:
    rows = [
        f"| {key} | {text.replace('|', '/')} | {'<br>'.join(f'`{name}`' for name in proofs.get(key, [])) or '**open**'} |"
        for key, text in group["ids"].items()
        if group["owed"] or key in proofs
    ]
    return "\n".join([f"## {group['title']}\n", "| id | requirement | tests |", "|---|---|---|", *rows, ""])


def _proofs(items: Iterable[pytest.Item]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for item in items:
        name = item.nodeid.split("[")[0]
        for marker in item.iter_markers("rule"):
            for key in marker.args:
                found.setdefault(_spelt(key), set()).add(name)
    return {key: sorted(names) for key, names in found.items()}


def _spelt(key: str) -> str:
    """`D7` and `D-07` are the same decision."""
    return re.sub(r"^([A-Z])(\d+)$", lambda found: f"{found[1]}-{int(found[2]):02}", key)


def _committed() -> str:
    return DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
