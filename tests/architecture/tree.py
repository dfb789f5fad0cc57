"""The project's own files, as the tests of its shape read them."""

import ast
import io
import subprocess
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
OTHERS = ("app/web/static/vendor/",)  # other people's files, shipped as they are


class Function(NamedTuple):
    """One function and how long it is, docstring included, decorators not."""

    where: str
    lines: int


@cache
def files() -> tuple[Path, ...]:
    """Everything that is committed or about to be, without what others wrote."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    own = (ROOT / name for name in listed if not name.startswith(OTHERS))
    return tuple(path for path in own if path.is_file())


def python_files(*folders: str) -> list[Path]:
    """The Python files below some folders of the project."""
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


def text(path: Path) -> str | None:
    """A file's text, or nothing for pictures and the like."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Every function of a file, nested ones as well."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(f"{name(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Every comment with its line; strings that look like one are none."""
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def strings(path: Path) -> Iterator[str]:
    """Every string constant of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
