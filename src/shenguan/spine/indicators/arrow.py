"""Arrow schemas of the fact tables, and rows as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

import pyarrow as pa

from shenguan.core.indicator.facttable import FactTable

_ARROW = {
    "day": pa.int32(),
    "month": pa.int32(),
    "days": pa.int32(),
    "count": pa.int32(),
    "money": pa.int64(),
    "bool": pa.bool_(),
    "code": pa.int32(),
    "id": pa.int64(),
}


def schema_of(table: FactTable) -> pa.Schema:
    """Return the Parquet schema of a fact table, English column names, days and months nullable."""
    return pa.schema(
        [pa.field(c.column, _ARROW[c.type], nullable=c.nullable) for c in table.columns.values()]
    )


def table_of(rows: Iterable[Mapping[str, object]], table: FactTable) -> pa.Table:
    """Return rows keyed by Chinese column name as an Arrow table."""
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
