"""Every "Must be refused" cell of domain.md 1.1 has, clause by clause, a test of that requirement which asserts the code."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from app.domain.errors import CATALOGUE
from tests.architecture import tree
from tests.plugins.requirements import load

CELLS: dict[str, list[list[str]]] = tomllib.loads(
    (tree.ROOT / "tests" / "refusal_cells.toml").read_text(encoding="utf-8")
)
EMPTY = {"R-005", "R-020", "R-046", "R-049"}
"""Cells that refuse nothing: a purpose, a first edition, a default, late entries that are taken and flagged."""
CLAUSES = [(requirement, *clause) for requirement, clauses in CELLS.items() for clause in clauses]


def test_every_requirement_has_its_cell() -> None:
    (owed,) = [group["ids"] for group in load().values() if "R-001" in group["ids"]]

    assert CELLS.keys() == owed.keys() - EMPTY


@pytest.mark.parametrize(("requirement", "clause", "code", "test"), CLAUSES, ids=lambda one: str(one)[-60:])
def test_each_clause_is_provoked_by_a_test_that_says_its_code(
    requirement: str, clause: str, code: str, test: str
) -> None:
    path, name = test.split("::")
    function = next(one for one in _tests(path) if one.name == name)

    assert code in CATALOGUE, clause
    assert requirement in _markers(function), f"{test} is not marked {requirement}"
    assert code in _strings(path, function), f"{test} does not assert {code}"


@cache
def _module(path: str) -> ast.Module:
    return tree.tree(tree.ROOT / "tests" / path)


def _tests(path: str) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(_module(path)) if isinstance(node, ast.FunctionDef))


def _markers(function: ast.FunctionDef) -> set[str]:
    calls = [each for each in function.decorator_list if isinstance(each, ast.Call)]
    return {
        str(arg.value)
        for call in calls
        if ast.unparse(call.func) == "pytest.mark.rule"
        for arg in call.args
        if isinstance(arg, ast.Constant)
    }


def _strings(path: str, function: ast.FunctionDef) -> set[str]:
    """What the test says itself, and what stands in constants of its module that it names."""
    named = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    tables = [
        node
        for node in _module(path).body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        and {ast.unparse(target) for target in _targets(node)} & named
    ]
    return {
        str(node.value)
        for part in (function, *tables)
        for node in ast.walk(part)
        if isinstance(node, ast.Constant)
    }


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]
