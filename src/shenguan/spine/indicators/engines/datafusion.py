"""DataFusion, in this process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import datafusion
import pyarrow as pa
from pyarrow.dataset import dataset
from sqlglot import exp

from shenguan.spine.indicators.engines import plain_division, whole_numbers, write_rows


class DataFusionEngine:
    """A DataFusion session."""

    name = "datafusion"

    def __init__(self) -> None:
        self.session = datafusion.SessionContext()

    def put(self, table: pa.Table, name: str) -> None:
        """Register the table's batches without copying."""
        if self.session.table_exist(name):
            self.session.deregister_table(name)
        batches = table.to_batches() or [pa.RecordBatch.from_pylist([], schema=table.schema)]
        self.session.register_record_batches(name, [batches])

    def put_parquet(self, files: Sequence[str], name: str) -> None:
        """Read the files where they lie, each time."""
        if self.session.table_exist(name):
            self.session.deregister_table(name)
        self.session.register_table(name, dataset(list(files), format="parquet"))

    def hold(self, files: Sequence[str], name: str) -> None:
        """The same: nothing of it is kept beyond what the engine keeps by itself."""
        self.put_parquet(files, name)

    def text(self, tree: exp.Query) -> str:
        """Return a tree in this engine's spelling."""
        return plain_division(tree).sql("postgres")

    def run(self, tree: exp.Query | str) -> pa.Table:
        """Run a tree in PostgreSQL's spelling, with plain `/` for whole division."""
        text = tree if isinstance(tree, str) else self.text(tree)
        return whole_numbers(self.session.sql(text).to_arrow_table())

    def fetch(self, text: str) -> pa.Table:
        """Run the text of a tree."""
        return self.run(text)

    def keep(self, tree: exp.Query, name: str) -> None:
        """Run a tree and keep its rows."""
        self.put(self.run(tree), name)

    def write(self, tree: exp.Query, path: Path) -> None:
        """Run a tree into one Parquet file."""
        write_rows(self.run(tree), path)


def connect() -> DataFusionEngine:
    """Return a new engine."""
    return DataFusionEngine()
