"""Rows as Arrow tables, and digests of results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

import pyarrow as pa

from shenguan.core.indicator.facttable import FactTable
from shenguan.spine.facts.schema import schema_of


def table_of(rows: Iterable[Mapping[str, object]], table: FactTable) -> pa.Table:
    """Return rows keyed by Chinese column name as an Arrow table of the declared schema."""
    listed = list(rows)
    schema = schema_of(table)
    columns = [
        pa.array([row[c.name] for row in listed], schema.field(c.column).type)
        for c in table.columns.values()
    ]
    return pa.table(columns, schema=schema)


def digest(table: pa.Table) -> str:
    """Return a hash of the rows that doesn't depend on their order; all columns must be int64."""
    keys = [(name, "ascending") for name in table.column_names]
    ordered = table.sort_by(keys).combine_chunks() if table.num_rows else table
    found = sha256(",".join(table.column_names).encode())
    for column in ordered.itercolumns():
        for chunk in column.chunks:
            found.update(chunk.to_numpy().tobytes())
    return found.hexdigest()
