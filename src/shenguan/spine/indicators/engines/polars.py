"""Polars, in this process, by its SQL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars
import pyarrow as pa
from sqlglot import exp

from shenguan.spine.indicators.engines import whole_numbers, write_rows


class PolarsEngine:
    """A Polars SQL context."""

    name = "polars"

    def __init__(self) -> None:
        self.context = polars.SQLContext()

    def put(self, table: pa.Table, name: str) -> None:
        """Register the table without copying."""
        self.context.register(name, polars.from_arrow(table).lazy())  # type: ignore[union-attr]

    def put_parquet(self, files: Sequence[str], name: str) -> None:
        """Scan the files where they lie, each time."""
        self.context.register(name, polars.scan_parquet(list(files), hive_partitioning=False))

    def hold(self, files: Sequence[str], name: str) -> None:
        """The same: nothing of it is kept beyond what the engine keeps by itself."""
        self.put_parquet(files, name)

    def text(self, tree: exp.Query) -> str:
        """Return a tree in this engine's spelling."""
        return tree.sql("duckdb")

    def run(self, tree: exp.Query | str) -> pa.Table:
        """Run a tree; Polars takes DuckDB's spelling of these shapes, `//` included."""
        text = tree if isinstance(tree, str) else self.text(tree)
        return whole_numbers(self.context.execute(text).collect().to_arrow())

    def fetch(self, text: str) -> pa.Table:
        """Run the text of a tree."""
        return self.run(text)

    def keep(self, tree: exp.Query, name: str) -> None:
        """Run a tree and keep its rows."""
        self.put(self.run(tree), name)

    def write(self, tree: exp.Query, path: Path) -> None:
        """Run a tree into one Parquet file."""
        write_rows(self.run(tree), path)


def connect() -> PolarsEngine:
    """Return a new engine."""
    return PolarsEngine()
