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
    ALL_ROWS,
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
from shenguan.core.indicator.expr import columns_of
from shenguan.core.indicator.grain import MONTH
from shenguan.core.indicator.model import Atom, Stock
from shenguan.core.indicator.period import add_months, day_number, day_of_number

SHORTEST_MONTH = 28


def stock_changes(
    fused: Pass,
    dimensions: Sequence[str],
    *,
    filters: Filters = ALL_ROWS,
    relation: str = "",
) -> exp.Select:
    """Return keys, month and for each stock atom its change in that month (signed).

    Stocks with the same span are read together. A span that few rows ever reach (overdue, over N months) is
    computed once for both events; that of all pending cases is scanned twice, so as not to be held.
    """
    spans: dict[Stock, list[Atom]] = {}
    for atom in fused.atoms:
        spans.setdefault(_stock(atom), []).append(atom)
    parts: list[exp.Select] = []
    held: list[tuple[str, exp.Select]] = []
    for number, atoms in enumerate(spans.values()):
        source: exp.Expr = _spans(fused, atoms, dimensions, filters, relation)
        if _stock(atoms[0]).beyond:
            held.append((f"spans_{number}", source))  # type: ignore[arg-type]
            source = exp.to_table(f"spans_{number}")
        else:
            source = source.subquery("spans")  # type: ignore[attr-defined]
        parts += [_events(fused, atoms, dimensions, source.copy(), sign) for sign in (1, -1)]
    whole: exp.Query = parts[0]
    for part in parts[1:]:
        whole = exp.union(whole, part, distinct=False, copy=False)
    names = [*dimensions, MONTH]
    sums = [total(column(code), code) for code in fused.codes]
    changes = exp.select(*(column(name) for name in names), *sums).from_(whole.subquery("changes"))
    for name, query in held:
        changes = changes.with_(name, as_=query)
    return changes.group_by(*(column(name) for name in names))


def _spans(
    fused: Pass, atoms: Sequence[Atom], dimensions: Sequence[str], filters: Filters, relation: str
) -> exp.Select:
    """Return the rows ever in stock at a month's end, with the months they enter and leave."""
    first, stock = atoms[0], _stock(atoms[0])
    assert first.table is not None
    read = (c for atom in atoms for c in columns_of(atom.where) + columns_of(atom.value))
    own = [column(c.column) for c in dict.fromkeys(read)]
    keys = [_aside(key) for key in keys_of(first, dimensions)]
    months = [
        exp.alias_(entry_month(first), "enters"),
        exp.alias_(exit_month(first), "leaves"),
    ]
    rows = (
        exp.select(*own, *keys, *months)
        .from_(relation or fact_relation(first.table))
        .where(all_of([_known(stock.start.column), _long_enough(stock), *kept(first, filters)]))
    )
    still = exp.Is(this=column("leaves"), expression=exp.Null())
    later = exp.GT(this=column("leaves"), expression=column("enters"))
    return exp.select("*").from_(rows.subquery("rows")).where(_either(still, later))


def _long_enough(stock: Stock) -> exp.Expr:
    """A cheap first sieve: the row hasn't left, or not before it could have come into stock."""
    end = column(stock.end.column)
    least = stock.months * SHORTEST_MONTH + stock.days
    since = column(stock.start.column)
    reach = exp.Add(this=since, expression=integer(least)) if least else since
    return _either(
        exp.Is(this=end, expression=exp.Null()), exp.GT(this=end.copy(), expression=reach)
    )


def _either(one: exp.Expr, other: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.Or(this=one, expression=other))


def _aside(key: exp.Expr) -> exp.Expr:
    """A key under a name of its own: it may be called like a column the condition reads."""
    return exp.alias_(key.this, f"key_{key.alias}")


def _events(
    fused: Pass, atoms: Sequence[Atom], dimensions: Sequence[str], spans: exp.Expr, sign: int
) -> exp.Select:
    """Return the entries (+) or exits (−) of some atoms by month; other atoms of the pass have 0."""
    month = "enters" if sign > 0 else "leaves"
    own = {atom.code for atom in atoms}
    nothing = exp.cast(integer(0), "bigint")
    sums = [
        total(case_when(sql(atom.where), _signed(atom, sign)), atom.code)
        if atom.code in own
        else exp.alias_(nothing.copy(), atom.code)
        for atom in fused.atoms
    ]
    keys = [exp.alias_(column(f"key_{name}"), name) for name in dimensions]
    return (
        exp.select(*keys, exp.alias_(column(month), MONTH), *sums)
        .from_(spans)
        .where(_known(month))
        .group_by(*(column(f"key_{name}") for name in dimensions), column(month))
    )


def _signed(atom: Atom, sign: int) -> exp.Expr:
    added = amount(atom)
    return added if sign > 0 else exp.Neg(this=exp.Paren(this=added))


def entry_month(atom: Atom) -> exp.Expr:
    """Return the first month at whose end the row is in stock, if it hasn't left."""
    stock = _stock(atom)
    start = column(stock.start.column)
    if not stock.beyond:
        return _month_of(atom, stock.start.column)
    return exceeded_in(start, _month_of(atom, stock.start.column), stock.months, stock.days)


def exit_month(atom: Atom) -> exp.Expr:
    """Return the month in which the row leaves; of few rows it is computed rather than read."""
    stock = _stock(atom)
    return month_of(column(stock.end.column)) if stock.beyond else _month_of(atom, stock.end.column)


def _month_of(atom: Atom, day: str) -> exp.Expr:
    """The month column beside a day where the table has one, else by arithmetic."""
    assert atom.table is not None
    beside = atom.table.by_column(day.removesuffix("_on") + "_month")
    return column(beside.column) if beside else month_of(column(day))


def _known(name: str) -> exp.Expr:
    return exp.Not(this=exp.Is(this=column(name), expression=exp.Null()))


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
    filters: Filters = ALL_ROWS,
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
    tree = tree.from_(relation or fact_relation(first.table)).where(all_of(kept(first, filters)))
    groups = group_keys(first, dimensions)
    return tree.group_by(*groups) if groups else tree
