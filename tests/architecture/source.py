"""The source of the product as the architecture tests read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("casework", "models", "views")


def product_files() -> list[Path]:
    """Every Python file that runs in production, migrations apart."""
    inside = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return sorted([*inside, ROOT / "app.py", ROOT / "config.py"])


def files_of_tests() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    """`casework.people.actions.accounts` for the file of that module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions_of(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            yield node


def lines_of(function: ast.FunctionDef) -> int:
    """Lines of the body, the docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0  # type: ignore[operator]


def calls_in(node: ast.AST) -> Iterator[ast.Call]:
    for found in ast.walk(node):
        if isinstance(found, ast.Call):
            yield found


def called(call: ast.Call) -> str:
    """`audit.record` or `record`; empty for anything that is no plain name."""
    return ast.unparse(call.func) if isinstance(call.func, (ast.Name, ast.Attribute)) else ""
