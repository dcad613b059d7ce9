"""DuckDB, in this process: the default."""

from __future__ import annotations

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

    def put_parquet(self, pattern: str, name: str) -> None:
        """Read the files where they lie, each time."""
        literal = exp.Literal.string(pattern).sql("duckdb")
        self.connection.execute(
            f'CREATE OR REPLACE VIEW "{name}" AS '
            f"SELECT * FROM read_parquet({literal}, hive_partitioning = false, union_by_name = true)"
        )

    def run(self, tree: exp.Query) -> pa.Table:
        """Run a tree."""
        return whole_numbers(self.connection.sql(tree.sql("duckdb")).to_arrow_table())


def connect(threads: int | None = None) -> DuckEngine:
    """Return a new engine."""
    return DuckEngine(threads)
