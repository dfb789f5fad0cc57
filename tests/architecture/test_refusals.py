"""The catalogue of refusals is whole: every code is used, every used code is in it, every one is provoked by a test."""

import ast

from app.domain.errors import CATALOGUE
from tests.architecture import tree

# The API's description lists codes beside operations; listing one is not using it.
APP = [
    path for path in tree.python_files("app") if "openapi" not in path.parts and "apidocs" not in path.parts
]
TESTS = [path for path in tree.python_files("tests") if "architecture" not in path.parts]
MAKERS = {"Refusal", "Reason"}


def test_every_code_that_is_named_is_in_the_catalogue() -> None:
    named = {
        (node.args[0].value, tree.name(path))
        for path in APP
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in MAKERS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert named
    assert {(code, where) for code, where in named if code not in CATALOGUE} == set()


def test_every_code_in_the_catalogue_is_used() -> None:
    used = {value for path in APP for value in tree.strings(path)}

    assert sorted(CATALOGUE.keys() - used) == []


def test_every_code_in_the_catalogue_is_provoked_by_a_test() -> None:
    provoked = {value for path in TESTS for value in tree.strings(path)}

    assert sorted(CATALOGUE.keys() - provoked) == []
