"""DuckDB, in this process: the default."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlglot import exp

from shenguan.spine.indicators.engines import whole_numbers


class DuckEngine:
    """One in-memory connection; Parquet is the archive, never a database file."""

    name = "duckdb"

    def __init__(self, threads: int | None = None) -> None:
        self.connection = duckdb.connect()
        if threads:
            self.connection.execute(f"SET threads = {int(threads)}")

    def put(self, table: pa.Table, name: str) -> None:
        """Copy the table in, so that later scans are DuckDB's own."""
        self.connection.register("arriving", table)
        self.connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM arriving')
        self.connection.unregister("arriving")

    def put_parquet(self, files: Sequence[str], name: str) -> None:
        """Read the files where they lie, each time."""
        listed = ", ".join(exp.Literal.string(file).sql("duckdb") for file in files)
        self.connection.execute(
            f'CREATE OR REPLACE VIEW "{name}" AS '
            f"SELECT * FROM read_parquet([{listed}], hive_partitioning = false)"
        )

    def run(self, tree: exp.Query) -> pa.Table:
        """Run a tree."""
        return whole_numbers(self.connection.cursor().sql(tree.sql("duckdb")).to_arrow_table())

    def write(self, tree: exp.Query, path: Path) -> None:
        """Run a tree into one Parquet file, without holding its rows."""
        target = exp.Literal.string(str(path)).sql("duckdb")
        self.connection.cursor().execute(
            f"COPY ({tree.sql('duckdb')}) TO {target} (FORMAT parquet, COMPRESSION zstd)"
        )


def connect(threads: int | None = None) -> DuckEngine:
    """Return a new engine."""
    return DuckEngine(threads)
