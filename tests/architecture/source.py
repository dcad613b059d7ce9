"""Reading our own source: which files there are and what stands in them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "shenguan"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def repository_files() -> tuple[Path, ...]:
    """Return every file that is, or would be, under version control."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = (ROOT / name for name in listing.stdout.split("\0") if name)
    return tuple(sorted(file for file in files if file.is_file()))


def python_files() -> list[Path]:
    """Return our Python files, migrations apart: those are written by Django."""
    return [f for f in repository_files() if f.suffix == ".py" and "migrations" not in f.parts]


@cache
def tree_of(file: Path) -> ast.Module:
    """Parse one Python file."""
    return ast.parse(file.read_text("utf-8"), str(file))


def functions_of(file: Path) -> Iterator[Function]:
    """Yield every function of a file, methods and nested ones too."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, Function):
            yield node


def length_of(function: Function) -> int:
    """Return the lines of a function without its docstring, decorators and signature counted in."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    own = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - own


def imports_of(file: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, module) for each import of a file."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def place(file: Path, line: int | None = None) -> str:
    """Say where, as a path from the root of the repository."""
    return f"{file.relative_to(ROOT)}" + (f":{line}" if line else "")
