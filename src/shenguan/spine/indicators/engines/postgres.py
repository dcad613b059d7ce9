"""PostgreSQL, over its own protocol; tables are temporary, so nothing stays behind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import psycopg
import pyarrow as pa
from psycopg import sql
from pyarrow.dataset import dataset
from sqlglot import exp

from shenguan.spine.indicators.engines import (
    EngineMissing,
    plain_division,
    whole_numbers,
    write_rows,
)


class PostgresEngine:
    """One connection."""

    name = "postgres"

    def __init__(self, dsn: str) -> None:
        try:
            self.connection = psycopg.connect(dsn, autocommit=True)
        except psycopg.OperationalError as error:
            raise EngineMissing(f"连不上 PostgreSQL：{error}") from None

    def put(self, table: pa.Table, name: str) -> None:
        """Copy the table into a temporary one."""
        columns = [
            sql.SQL("{} {}").format(sql.Identifier(field.name), sql.SQL(_type(field.type)))
            for field in table.schema
        ]
        drop = sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(name))
        make = sql.SQL("CREATE TEMP TABLE {} ({})")
        fill = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
        with self.connection.cursor() as cursor:
            cursor.execute(drop)
            cursor.execute(make.format(sql.Identifier(name), sql.SQL(", ").join(columns)))
            with cursor.copy(fill) as copy:
                for batch in table.to_batches(max_chunksize=10_000):
                    for row in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                        copy.write_row(row)

    def put_parquet(self, files: Sequence[str], name: str) -> None:
        """Copy the files in: PostgreSQL doesn't read Parquet itself."""
        self.put(dataset(list(files), format="parquet").to_table(), name)

    def hold(self, files: Sequence[str], name: str) -> None:
        """The same: nothing of it is kept beyond what the engine keeps by itself."""
        self.put_parquet(files, name)

    def text(self, tree: exp.Query) -> str:
        """Return a tree in this engine's spelling."""
        return plain_division(tree).sql("postgres")

    def run(self, tree: exp.Query | str) -> pa.Table:
        """Run a tree."""
        text = tree if isinstance(tree, str) else self.text(tree)
        with self.connection.cursor() as cursor:
            cursor.execute(text.encode())
            names = [column.name for column in cursor.description or ()]
            rows = cursor.fetchall()
        columns = [pa.array([row[at] for row in rows], pa.int64()) for at in range(len(names))]
        return whole_numbers(pa.table(columns, names=names))

    def fetch(self, text: str) -> pa.Table:
        """Run the text of a tree."""
        return self.run(text)

    def keep(self, tree: exp.Query, name: str) -> None:
        """Run a tree and keep its rows."""
        self.put(self.run(tree), name)

    def write(self, tree: exp.Query, path: Path) -> None:
        """Run a tree into one Parquet file."""
        write_rows(self.run(tree), path)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    return "bigint" if kind.bit_width > 32 else "integer"


def connect(dsn: str = "") -> PostgresEngine:
    """Return a new engine on a connection string; empty: what libpq's environment says."""
    return PostgresEngine(dsn)
