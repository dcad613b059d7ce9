"""Who may see what is decided in the query: `Scope` is the first argument of every selector."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.source import PACKAGE, Function, place, tree_of


def selector_files() -> list[Path]:
    return sorted(f for f in PACKAGE.rglob("selectors*.py") if "tests" not in f.parts)


def first_argument(function: Function) -> tuple[str, str]:
    arguments = function.args.posonlyargs + function.args.args
    if not arguments:
        return "", ""
    note = arguments[0].annotation
    return arguments[0].arg, ast.unparse(note) if note else ""


def test_scope_is_the_first_argument_of_every_selector():
    wrong = [
        f"{place(file, node.lineno)} {node.name}"
        for file in selector_files()
        for node in tree_of(file).body
        if isinstance(node, Function) and not node.name.startswith("_")
        if first_argument(node) != ("scope", "Scope")
    ]
    assert wrong == []
