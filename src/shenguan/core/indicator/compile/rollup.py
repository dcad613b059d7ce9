"""Shape 2, `rollup`: from the cube to any level and period, several periods in one scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from shenguan.core.indicator.compile.sql import (
    ALL_ROWS,
    Filters,
    all_of,
    between,
    case_when,
    column,
    integer,
    kept_by,
    total,
)
from shenguan.core.indicator.grain import MONTH


@dataclass(frozen=True, slots=True)
class Cell:
    """One sum wanted: atom `code` over months; `first` None is from the beginning (a stock at `last`)."""

    code: str
    first: int | None
    last: int


def rollup(
    relation: str,
    cells: Sequence[Cell],
    dimensions: Sequence[str],
    filters: Filters = ALL_ROWS,
) -> exp.Select:
    """Return `SELECT keys, c0, c1, … FROM cube GROUP BY keys`, one column a cell in order."""
    keys = [column(name) for name in dimensions]
    last = max(cell.last for cell in cells)
    first = min((cell.first for cell in cells if cell.first is not None), default=0)
    stocks = any(cell.first is None for cell in cells)
    outer = (
        exp.LTE(this=column(MONTH), expression=integer(last))
        if stocks
        else between(MONTH, first, last)
    )
    kept = kept_by(filters, lambda name: name)
    sums = [_sum(cell, first, last, stocks, f"c{at}") for at, cell in enumerate(cells)]
    tree = exp.select(*keys, *sums, copy=False).from_(relation, copy=False)
    tree.where(all_of([outer, *kept]), copy=False)
    return tree.group_by(*(key.copy() for key in keys), copy=False) if keys else tree


def _sum(cell: Cell, first: int, last: int, stocks: bool, alias: str) -> exp.Expr:
    """A cell that spans all months read needs no condition."""
    if cell.first is None and cell.last == last:
        return total(column(cell.code), alias)
    if cell.first is None:
        upto = exp.LTE(this=column(MONTH), expression=integer(cell.last))
        return total(case_when(upto, column(cell.code)), alias)
    if (cell.first, cell.last) == (first, last) and not stocks:
        return total(column(cell.code), alias)
    return total(case_when(between(MONTH, cell.first, cell.last), column(cell.code)), alias)


def level(relation: str, codes: Sequence[str], dimensions: Sequence[str]) -> exp.Select:
    """Return a cube at a higher level: fewer keys, the same months and sums."""
    names = [*dimensions, MONTH]
    sums = [total(column(code), code) for code in codes]
    tree = exp.select(*(column(name) for name in names), *sums).from_(relation)
    return tree.group_by(*(column(name) for name in names))


def merged(
    relations: Sequence[str | exp.Subquery], dimensions: Sequence[str], codes: Sequence[str]
) -> exp.Select:
    """Return the sum of several cubes of one pass (base and changes) as one cube again."""
    names = [*dimensions, MONTH]
    parts = [
        exp.select(*(column(name) for name in (*names, *codes))).from_(relation)
        for relation in relations
    ]
    whole: exp.Query = parts[0]
    for part in parts[1:]:
        whole = exp.union(whole, part, distinct=False)
    sums = [total(column(code), code) for code in codes]
    tree = exp.select(*(column(name) for name in names), *sums).from_(whole.subquery("parts"))
    return tree.group_by(*(column(name) for name in names))
