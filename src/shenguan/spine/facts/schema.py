"""Arrow schemas of the fact tables, made from `facts.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter

import pyarrow as pa

from shenguan.core.facts import Row
from shenguan.core.indicator import Facts, FactTable
from shenguan.rulebook import load

_TYPES: Mapping[str, pa.DataType] = {
    "day": pa.int32(),
    "month": pa.int32(),
    "days": pa.int32(),
    "count": pa.int32(),
    "money": pa.int64(),
    "bool": pa.bool_(),
    "code": pa.int32(),
    "id": pa.int64(),
}
_ORDER = {
    "case": ("court", "filed_on", "case_id"),
    "interval": ("court", "case_id", "start_on"),
    "hearing": ("court", "case_id", "held_on"),
    "step": ("court", "case_id", "happened_on"),
    "link": ("court", "case_id"),
}
"""By court, then day, then case: what a court's figures read lies together."""


def schema_of(table: FactTable) -> pa.Schema:
    """Return the Arrow schema of a table: column order as declared, only days and months nullable."""
    return pa.schema(
        [
            pa.field(column.column, _TYPES[column.type], nullable=column.nullable)
            for column in table.columns.values()
        ]
    )


@cache
def schemas() -> Mapping[str, pa.Schema]:
    """Return the schemas of all tables of this installation."""
    facts: Facts = load().facts
    return {name: schema_of(table) for name, table in facts.tables.items()}


def table_of(name: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows as an Arrow table; raises `KeyError` where a row lacks a declared column."""
    schema = schemas()[name]
    if not rows:
        return schema.empty_table()
    columns = zip(*map(itemgetter(*schema.names), rows), strict=True)
    arrays = [
        pa.array(values, type=field.type) for field, values in zip(schema, columns, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def in_order(name: str, table: pa.Table) -> pa.Table:
    """Return the rows in the archive's order; rows of one case and day keep theirs."""
    return table.sort_by([(column, "ascending") for column in _ORDER[name]])
