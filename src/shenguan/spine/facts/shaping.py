"""Rows as tables on their way to the archive: with the month their case was filed in, split by it."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc

from shenguan.core.facts import Row
from shenguan.spine.facts.deriving import Deriver, Rows
from shenguan.spine.facts.links import Before
from shenguan.spine.facts.schema import table_of

MONTH = "_month"
NO_MONTH = "0"
Made = Mapping[str, pa.Table]
"""Table → rows with the column `_month` (0: no filing day)."""


def with_months(rows: Rows) -> dict[str, pa.Table]:
    """Return the tables of rows, each row with the month its case was filed in."""
    months = {row["case_id"]: row["filed_month"] or 0 for row in rows["case"]}
    return {name: _dated(name, listed, months) for name, listed in rows.items()}


def split(table: pa.Table) -> dict[str, pa.Table]:
    """Return the rows by month of filing, `202603` or `0`, without the column that said so."""
    if not table.num_rows:
        return {}
    ordered = table.sort_by(MONTH)
    counts = pc.value_counts(ordered[MONTH]).to_pylist()
    plain, start = ordered.drop_columns([MONTH]), 0
    found: dict[str, pa.Table] = {}
    for entry in counts:
        found[month_name(entry["values"])] = plain.slice(start, entry["counts"])
        start += entry["counts"]
    return found


def month_name(month: int) -> str:
    """Return `202603` of a month number, `0` of none."""
    return f"{month // 12:04d}{month % 12 + 1:02d}" if month else NO_MONTH


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector away while rows are made: they hold no cycles, and it costs a third."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def make(deriver: Deriver, chunk: Sequence[int], before: Before) -> dict[str, pa.Table]:
    """Return the tables of one chunk."""
    with collector_at_rest():
        return with_months(deriver.rows(chunk, before))


def _dated(name: str, rows: Sequence[Row], months: Mapping[int | bool | None, int]) -> pa.Table:
    column = pa.array([months[row["case_id"]] for row in rows], pa.int32())
    return table_of(name, rows).append_column(MONTH, column)
