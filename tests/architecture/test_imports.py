"""Fences that import-linter cannot say; the others are its contracts in pyproject.toml."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

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


def running(module: ast.Module) -> ast.Module:
    """The module without what only the type checker reads."""
    kept = [n for n in module.body if not (isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test))]
    return ast.Module(kept, [])


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


def test_the_service_imports_only_what_is_shipped_with_it() -> None:
    lock = (tree.ROOT / "requirements.lock").read_text(encoding="utf-8")
    shipped = set(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==", lock, re.MULTILINE))
    owners = packages_distributions()
    used = {
        (name, tree.name(path))
        for path in tree.python_files("app")
        for name in {each.split(".")[0] for each in imported(running(tree.tree(path)))}
        if name not in sys.stdlib_module_names | {"app", ""}
    }

    unshipped = {
        (name, where)
        for name, where in used
        if not shipped & {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners.get(name, [])}
    }
    assert len(used) > 20
    assert unshipped == set()
