"""What the committed text may not hold: unexplained exceptions, unfinished work, one machine's paths and hosts."""

import re
from pathlib import Path

import pytest

from tests.architecture import tree

PYTHON = tree.python_files("app", "tests", "tools", "benchmarks")
LOCKS = [tree.ROOT / "requirements.lock", tree.ROOT / "requirements-dev.lock"]

EXCEPTION = re.compile(r"#\s*(type:\s*ignore|noqa|ruff:|mypy:|pragma:|fmt:|pylint:|pyright:)")
# One line, its codes, and after them why, in brackets or behind a second hash sign.
EXPLAINED = re.compile(r"#\s*(type: ignore\[[a-z, -]+\]|noqa: [A-Z]+\d+(, [A-Z]+\d+)*)\s+[#(]\s*\S.{5,}")

# Written in halves, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" + "DO|FIX" + "ME|XX" + r"X)\b")
SKIPPED = re.compile(r"(pytest\.|mark\.)(sk" + "ip|xf" + r"ail)|import" + r"orskip|unittest\.sk" + "ip")
MACHINE = re.compile(
    "|".join(rf"/{folder}/" for folder in ("wo" + "rk", "fa" + "rm", "home/[a-z]", "Us" + "ers"))
)
HOST = re.compile(r"\b(?:https?|ftp|git|ssh)://([^/\s\"'`<>()\[\]{}\\,;|#]+)")
# This machine and its neighbours in a compose file, names that exist in examples only, names of formats.
ALLOWED_HOST = re.compile(
    r"(127\.0\.0\.1|0\.0\.0\.0|localhost|[a-z_-]+)?(:\S*)?$"  # one word is a container's name
    r"|(\S+@)?(\S+\.)?example(\.\w+)?(:\d+)?$|\S+\.(invalid|test)(:\d+)?$|\$|%|…"
    r"|(www\.)?(w3|apache|json-schema|openxmlformats|rfc-editor|standardwebhooks)\.\w+$|schemas\.\S+$|\S+\.gov\.cn$"
)


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    texts = [(path, tree.text(path)) for path in paths]
    return [
        f"{tree.name(path)}:{number}: {hit[0]}"
        for path, content in texts
        if content
        for number, line in enumerate(content.splitlines(), 1)
        if (hit := pattern.search(line))
    ]


def test_every_exception_from_a_check_names_its_code_and_its_reason() -> None:
    blanket = [
        f"{tree.name(path)}:{number}: {comment}"
        for path in PYTHON
        for number, comment in tree.comments(path)
        if EXCEPTION.search(comment) and not EXPLAINED.search(comment)
    ]

    assert blanket == []


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: S603",
        "# type: ignore",
        "# type: ignore[misc]",
        "# type: ignore  # because it is so",
        "# fmt: off",
    ],
)
def test_an_exception_without_code_or_reason_would_be_found(comment: str) -> None:
    assert EXCEPTION.search(comment)
    assert not EXPLAINED.search(comment)


def test_nothing_is_left_unfinished() -> None:
    assert found(UNFINISHED, list(tree.files())) == []


def test_no_test_is_skipped() -> None:
    assert found(SKIPPED, tree.python_files("tests")) == []


def test_no_path_of_one_machine_is_committed() -> None:
    assert found(MACHINE, list(tree.files())) == []


def test_no_host_is_committed_that_is_not_an_example() -> None:
    foreign = [
        f"{tree.name(path)}: {host}"
        for path in tree.files()
        if path.parent.name != "licences"  # other people's words, kept to the letter
        for host in HOST.findall(tree.text(path) or "")
        if not ALLOWED_HOST.match(host)
    ]

    assert foreign == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_versions_and_hashes_and_no_place(lock: Path) -> None:
    content = lock.read_text(encoding="utf-8")

    assert not re.search(r"://|@ |--(index|extra|find|trusted)|^-[fi] ", content, re.MULTILINE)
    pins = re.findall(r"^[a-z0-9].*==.*$", content, re.MULTILINE)
    assert len(pins) > 20
    assert len(
        re.findall(r"^[a-z0-9].*==.* \\\n    --hash=sha256:[0-9a-f]{64}", content, re.MULTILINE)
    ) == len(pins)


def test_developers_run_the_versions_that_are_shipped() -> None:
    shipped, developed = (
        dict(
            re.findall(
                r"^([a-z0-9._-]+(?:\[[a-z,]+\])?)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        for lock in LOCKS
    )

    assert {package: developed.get(package) for package in shipped} == shipped
