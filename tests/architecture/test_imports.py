"""Fences that import-linter cannot say; the others are its contracts in pyproject.toml."""

import ast
import sys

from tests.architecture import tree

DOMAIN = [path for path in tree.python_files("app") if path.parent == tree.ROOT / "app" / "domain"]


def imported(module: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(f"{'.' * node.level}{node.module or ''}")
    return names


def test_the_domain_imports_the_standard_library_and_itself() -> None:
    assert DOMAIN
    foreign = {
        f"{tree.name(path)}: {name}"
        for path in DOMAIN
        for name in imported(tree.tree(path))
        if not name.startswith("app.domain") and name.split(".")[0] not in sys.stdlib_module_names
    }

    assert foreign == set()


def test_the_domain_never_asks_what_time_it_is() -> None:
    asked = [
        f"{tree.name(path)}:{node.lineno}"
        for path in DOMAIN
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today", "monotonic"}
    ]

    assert asked == []
