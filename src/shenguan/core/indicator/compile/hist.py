"""Shape 4, `hist`: the exact histogram of an integer, from which medians and quantiles are read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from shenguan.core.indicator.compile.cube import in_window
from shenguan.core.indicator.compile.sql import (
    ALL_ROWS,
    Filters,
    all_of,
    any_of,
    case_when,
    column,
    fact_relation,
    group_keys,
    integer,
    kept,
    keys_of,
    sql,
    total,
)
from shenguan.core.indicator.model import Atom
from shenguan.core.indicator.period import Period

VALUE, COUNT = "value", "n"


def hist(
    atom: Atom,
    dimensions: Sequence[str],
    periods: Sequence[Period],
    filters: Filters = ALL_ROWS,
    relation: str = "",
) -> exp.Select:
    """Return keys, value and how many rows of each period have it (`n0`, `n1`, …), all in one scan.

    Rows without a value are left out; keys that the atom's table lacks aren't columns.
    """
    assert atom.table is not None
    assert atom.value is not None
    value = sql(atom.value)
    windows = [in_window(atom, period) for period in periods]
    known = exp.Not(this=exp.Is(this=exp.Paren(this=value.copy()), expression=exp.Null()))
    conditions = [any_of(windows), *kept(atom, filters), sql(atom.where), known]
    counts = [f"{COUNT}{at}" for at in range(len(windows))]
    inside = [case_when(window.copy(), integer(1)) for window in windows]
    inner = (
        exp.select(*keys_of(atom, dimensions), exp.alias_(value, VALUE))
        .select(*(exp.alias_(one, name) for one, name in zip(inside, counts, strict=True)))
        .from_(relation or fact_relation(atom.table))
        .where(all_of(conditions))
    )
    if not group_keys(atom, dimensions):
        dimensions = ()
    names = [*dimensions, VALUE]
    found = [*(column(name) for name in names), *(total(column(name), name) for name in counts)]
    tree = exp.select(*found).from_(inner.subquery("found"))
    return tree.group_by(*(column(name) for name in names))
