"""Shape 5, `list`: the cases behind a number, by the same predicate, so that number and list can't disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlglot import exp

from shenguan.core.indicator.compile.cube import in_window
from shenguan.core.indicator.compile.sql import (
    ALL_ROWS,
    Filters,
    all_of,
    amount,
    case_when,
    column,
    fact_relation,
    kept,
    sql,
    total,
)
from shenguan.core.indicator.compile.stock import in_stock
from shenguan.core.indicator.model import Atom
from shenguan.core.indicator.period import Period

CASE, VALUE = "case_id", "value"


def predicate(atom: Atom, moment: Period | date) -> exp.Expr:
    """Return the condition that a row counts in the period, or in stock on the day."""
    when = in_stock(atom, moment) if isinstance(moment, date) else in_window(atom, moment)
    return all_of([when, sql(atom.where)])


def cases(
    atom: Atom,
    moment: Period | date,
    filters: Filters = ALL_ROWS,
    *,
    relation: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> exp.Select:
    """Return case_id and value of every row that counts, ordered by case."""
    assert atom.table is not None
    tree = (
        exp.select(column(CASE), exp.alias_(amount(atom), VALUE))
        .from_(relation or fact_relation(atom.table))
        .where(all_of([predicate(atom, moment), *kept(atom, filters)]))
        .order_by(column(CASE))
    )
    if limit is not None:
        tree = tree.limit(limit).offset(offset)
    return tree


def weights(
    wanted: Sequence[tuple[Atom, Period | date, int]],
    filters: Filters = ALL_ROWS,
    *,
    relation: str = "",
) -> exp.Select:
    """Return case_id and what each case adds to each term: columns w0, w1, … (coefficient × amount).

    All atoms must be of one fact table. Rows that add nothing to any term are left out.
    """
    first = wanted[0][0]
    assert first.table is not None
    counted = [
        all_of([predicate(atom, moment), *kept(atom, filters)]) for atom, moment, _ in wanted
    ]
    columns = [
        total(case_when(condition.copy(), _times(amount(atom), factor)), f"w{at}")
        for at, (condition, (atom, _, factor)) in enumerate(zip(counted, wanted, strict=True))
    ]
    any_part: exp.Expr = exp.false()
    for condition in counted:
        any_part = exp.Or(this=any_part, expression=exp.Paren(this=condition))
    return (
        exp.select(column(CASE), *columns)
        .from_(relation or fact_relation(first.table))
        .where(any_part)
        .group_by(column(CASE))
    )


def _times(value: exp.Expr, factor: int) -> exp.Expr:
    if factor == 1:
        return value
    number = exp.Literal.number(abs(factor))
    product: exp.Expr = exp.Mul(this=exp.Paren(this=value), expression=number)
    return exp.Neg(this=exp.Paren(this=product)) if factor < 0 else product
