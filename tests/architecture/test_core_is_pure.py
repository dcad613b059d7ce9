"""core computes: it neither reads the clock nor opens, draws lots nor looks around."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, imports_of, place, tree_of

FORBIDDEN_MODULES = {
    "asyncio", "django", "duckdb", "io", "logging", "os", "pathlib", "psycopg", "random", "secrets",
    "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
    "uuid", "yaml",
}  # fmt: skip
FORBIDDEN_NAMES = {"open", "print", "input", "exec", "eval", "__import__"}
CLOCK_CALLS = {"now", "today", "utcnow", "fromtimestamp"}


def core_files() -> list[Path]:
    return sorted(f for f in (PACKAGE / "core").rglob("*.py") if "tests" not in f.parts)


def impure_imports(file: Path) -> Iterator[str]:
    for line, module in imports_of(file):
        if module.split(".")[0] in FORBIDDEN_MODULES:
            yield f"{place(file, line)} import {module}"


def impure_calls(file: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(file)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in FORBIDDEN_NAMES:
            yield f"{place(file, node.lineno)} {called.id}()"
        if isinstance(called, ast.Attribute) and called.attr in CLOCK_CALLS:
            yield f"{place(file, node.lineno)} .{called.attr}()"


def test_core_imports_no_clock_file_system_database_or_randomness():
    assert [found for file in core_files() for found in impure_imports(file)] == []


def test_core_calls_neither_clock_nor_open_nor_print():
    assert [found for file in core_files() for found in impure_calls(file)] == []


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import date\ndate.today()",
        "import datetime\ndatetime.datetime.now()",
        "open('x')",
    ],
)
def test_the_watch_sees_an_impure_call(tmp_path, monkeypatch, code):
    file = tmp_path / "impure.py"
    file.write_text(code)
    monkeypatch.setattr("tests.architecture.source.ROOT", tmp_path)
    assert len(list(impure_calls(file))) == 1
