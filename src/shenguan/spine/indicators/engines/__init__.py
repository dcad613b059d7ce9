"""Engines that run the compiled trees. An adapter is a dialect, `run(tree)` and `put(table, name)`, no more."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet
from sqlglot import exp

ENGINES = ("duckdb", "polars", "datafusion", "postgres")


class EngineMissing(RuntimeError):  # noqa: N818 - it says what is the case
    """The engine isn't installed or can't be reached; the message is Chinese."""


class Engine(Protocol):
    """What the services ask of an engine."""

    name: str

    def put(self, table: pa.Table, name: str) -> None:
        """Make a table known under a name, replacing one of that name."""

    def put_parquet(self, files: Sequence[str], name: str) -> None:
        """Make Parquet files of one schema known together under a name."""

    def hold(self, files: Sequence[str], name: str) -> None:
        """The same for files asked many times: in memory where the engine can, what they are now."""

    def text(self, tree: exp.Query) -> str:
        """Return a tree in this engine's spelling, to be kept and run again."""

    def run(self, tree: exp.Query | str) -> pa.Table:
        """Run a tree (or its text) and return its rows, every column int64."""

    def fetch(self, text: str) -> pa.Table:
        """Run the text of a tree whose answer is small: a page's."""

    def keep(self, tree: exp.Query, name: str) -> None:
        """Run a tree and keep its rows in the engine under a name."""

    def write(self, tree: exp.Query, path: Path) -> None:
        """Run a tree into one Parquet file."""


def engine(name: str = "duckdb", **options: object) -> Engine:
    """Return a new engine by name; raises `EngineMissing`."""
    if name not in ENGINES:
        raise EngineMissing(f"没有计算引擎“{name}”，可用：{'、'.join(ENGINES)}")
    try:
        module = import_module(f"shenguan.spine.indicators.engines.{name}")
    except ImportError as error:
        raise EngineMissing(f"计算引擎 {name} 未安装：{error}") from None
    made: Engine = module.connect(**options)
    return made


def write_rows(table: pa.Table, path: Path) -> None:
    """Write rows to one Parquet file."""
    pyarrow.parquet.write_table(table, path, compression="zstd")


def whole_numbers(table: pa.Table) -> pa.Table:
    """Return the table with every column int64, whatever width the engine chose; empty sums are 0."""
    return pa.table([_whole(column) for column in table.itercolumns()], names=table.column_names)


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if column.type != pa.int64():
        column = column.cast(pa.int64())
    return column.fill_null(0) if column.null_count else column


def plain_division(tree: exp.Query) -> exp.Query:
    """Return the tree with `/` for whole division, for engines whose `/` divides integers so."""
    copied = tree.copy()
    for node in reversed(list(copied.find_all(exp.IntDiv))):
        node.replace(exp.Div(this=node.this, expression=node.expression, typed=True, safe=False))
    return copied
