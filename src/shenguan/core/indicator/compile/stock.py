"""Shape 3, `stock`: how many are pending, over N months, overdue — at any month's end by prefix sums.

Each case is one interval, so two signed events: +1 in the month at whose end it first counts, −1 in the month
it leaves. Summed up to a month they give the stock at its end, so as-of counts are as additive as any atom.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlglot import exp

from shenguan.core.indicator.compile.cube import Pass
from shenguan.core.indicator.compile.months import exceeded_in, month_of
from shenguan.core.indicator.compile.sql import (
    Filters,
    all_of,
    amount,
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
from shenguan.core.indicator.grain import MONTH
from shenguan.core.indicator.model import Atom, Stock
from shenguan.core.indicator.period import add_months, day_number, day_of_number

_Event = tuple[str, str]
"""(column, `after` as text): stocks with the same start event share one pass over the facts."""


def stock_changes(
    fused: Pass,
    dimensions: Sequence[str],
    *,
    filters: Filters | None = None,
    relation: str = "",
) -> exp.Select:
    """Return keys, month and for each stock atom its change in that month (signed)."""
    parts = [
        *_entries(fused, dimensions, filters or {}, relation),
        *_exits(fused, dimensions, filters or {}, relation),
    ]
    whole: exp.Query = parts[0]
    for part in parts[1:]:
        whole = exp.union(whole, part, distinct=False)
    names = [*dimensions, MONTH]
    sums = [total(column(code), code) for code in fused.codes]
    changes = exp.select(*(column(name) for name in names), *sums).from_(whole.subquery("changes"))
    return changes.group_by(*(column(name) for name in names))


def _entries(
    fused: Pass, dimensions: Sequence[str], filters: Filters, relation: str
) -> list[exp.Select]:
    starts: dict[tuple[str, int, int, bool], list[Atom]] = {}
    for atom in fused.atoms:
        stock = _stock(atom)
        key = (stock.start.column, stock.months, stock.days, stock.beyond)
        starts.setdefault(key, []).append(atom)
    return [
        _signed(fused, atoms, dimensions, filters, relation, entering=True)
        for atoms in starts.values()
    ]


def _exits(
    fused: Pass, dimensions: Sequence[str], filters: Filters, relation: str
) -> list[exp.Select]:
    ends: dict[str, list[Atom]] = {}
    for atom in fused.atoms:
        ends.setdefault(_stock(atom).end.column, []).append(atom)
    return [
        _signed(fused, atoms, dimensions, filters, relation, entering=False)
        for atoms in ends.values()
    ]


def _signed(
    fused: Pass,
    atoms: Sequence[Atom],
    dimensions: Sequence[str],
    filters: Filters,
    relation: str,
    *,
    entering: bool,
) -> exp.Select:
    first = fused.atoms[0]
    assert first.table is not None
    month = entry_month(atoms[0]) if entering else exit_month(atoms[0])
    known = _stock(atoms[0]).start if entering else _stock(atoms[0]).end
    counted = {atom.code: _change(atom, entering) for atom in atoms}
    nothing = exp.cast(integer(0), "bigint")
    sums = [
        total(counted[code], code) if code in counted else exp.alias_(nothing.copy(), code)
        for code in fused.codes
    ]
    conditions = [_known(known.column), *kept(first, filters)]
    if entering:
        conditions.append(_ever(atoms[0]))
    else:
        conditions.append(_any([_ever(atom) for atom in atoms]))
    return (
        exp.select(*keys_of(first, dimensions), exp.alias_(month, MONTH), *sums)
        .from_(relation or fact_relation(first.table))
        .where(all_of(conditions))
        .group_by(*group_keys(first, dimensions), month.copy())
    )


def _change(atom: Atom, entering: bool) -> exp.Expr:
    if entering:
        return case_when(sql(atom.where), amount(atom))
    less = exp.Neg(this=exp.Paren(this=amount(atom)))
    return case_when(
        all_of([sql(atom.where), _known(_stock(atom).start.column), _ever(atom)]), less
    )


def _ever(atom: Atom) -> exp.Expr:
    """It counts at some month's end: it hasn't left by the end of the month in which it would enter."""
    end = _stock(atom).end.column
    still = exp.Is(this=column(end), expression=exp.Null())
    later = exp.GT(this=exit_month(atom), expression=entry_month(atom))
    return exp.Paren(this=exp.Or(this=still, expression=later))


def entry_month(atom: Atom) -> exp.Expr:
    """Return the first month at whose end the row is in stock, if it hasn't left."""
    stock = _stock(atom)
    start = column(stock.start.column)
    if not stock.beyond:
        return _month_of(atom, stock.start.column)
    return exceeded_in(start, _month_of(atom, stock.start.column), stock.months, stock.days)


def exit_month(atom: Atom) -> exp.Expr:
    """Return the month in which the row leaves."""
    return _month_of(atom, _stock(atom).end.column)


def _month_of(atom: Atom, day: str) -> exp.Expr:
    """The month column beside a day where the table has one, else by arithmetic."""
    assert atom.table is not None
    beside = atom.table.by_column(day.removesuffix("_on") + "_month")
    return column(beside.column) if beside else month_of(column(day))


def _known(name: str) -> exp.Expr:
    return exp.Not(this=exp.Is(this=column(name), expression=exp.Null()))


def _any(parts: list[exp.Expr]) -> exp.Expr:
    unique = list({part.sql(): part for part in parts}.values())
    whole = unique[0]
    for part in unique[1:]:
        whole = exp.Or(this=whole, expression=part)
    return exp.Paren(this=whole)


def _stock(atom: Atom) -> Stock:
    assert atom.stock is not None
    return atom.stock


def in_stock(atom: Atom, on: date) -> exp.Expr:
    """Return the condition that a row is in stock at the end of one day, by constants."""
    stock = _stock(atom)
    since = exp.LTE(this=column(stock.start.column), expression=integer(latest_start(stock, on)))
    still = exp.Is(this=column(stock.end.column), expression=exp.Null())
    later = exp.GT(this=column(stock.end.column), expression=integer(day_number(on)))
    return all_of([since, exp.Paren(this=exp.Or(this=still, expression=later))])


def latest_start(stock: Stock, on: date) -> int:
    """Return the last day number of `start` that counts on `on`."""
    if not stock.beyond:
        return day_number(on)
    target = on - timedelta(days=stock.days + 1)
    guess = day_number(add_months(target, -stock.months)) + 4
    while add_months(day_of_number(guess), stock.months) > target:
        guess -= 1
    return guess


def stock_at(
    atoms: Sequence[Atom],
    dimensions: Sequence[str],
    on: date,
    *,
    filters: Filters | None = None,
    relation: str = "",
) -> exp.Select:
    """Return keys and the stock of each atom at the end of one day, by one scan of the facts."""
    first = atoms[0]
    assert first.table is not None
    sums = [
        total(case_when(all_of([in_stock(atom, on), sql(atom.where)]), amount(atom)), atom.code)
        for atom in atoms
    ]
    tree = exp.select(*keys_of(first, dimensions), *sums)
    tree = tree.from_(relation or fact_relation(first.table)).where(
        all_of(kept(first, filters or {}))
    )
    groups = group_keys(first, dimensions)
    return tree.group_by(*groups) if groups else tree
