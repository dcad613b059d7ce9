"""Shape 4, `hist`: the exact histogram of an integer, from which medians and quantiles are read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from shenguan.core.indicator.compile.cube import in_window
from shenguan.core.indicator.compile.sql import (
    ALL_ROWS,
    Filters,
    all_of,
    column,
    fact_relation,
    group_keys,
    kept,
    keys_of,
    sql,
)
from shenguan.core.indicator.model import Atom
from shenguan.core.indicator.period import Period

VALUE, COUNT = "value", "n"


def hist(
    atom: Atom,
    dimensions: Sequence[str],
    period: Period,
    filters: Filters = ALL_ROWS,
    relation: str = "",
) -> exp.Select:
    """Return keys, value and how many rows of the period have it; rows without a value are left out."""
    assert atom.table is not None
    assert atom.value is not None
    value = sql(atom.value)
    known = exp.Not(this=exp.Is(this=exp.Paren(this=value.copy()), expression=exp.Null()))
    conditions = [in_window(atom, period), *kept(atom, filters), sql(atom.where), known]
    inner = (
        exp.select(*keys_of(atom, dimensions), exp.alias_(value, VALUE))
        .from_(relation or fact_relation(atom.table))
        .where(all_of(conditions))
    )
    if not group_keys(atom, dimensions):
        dimensions = ()
    names = [*dimensions, VALUE]
    count = exp.alias_(exp.cast(exp.Count(this=exp.Star()), "bigint"), COUNT)
    tree = exp.select(*(column(name) for name in names), count).from_(inner.subquery("found"))
    return tree.group_by(*(column(name) for name in names))
