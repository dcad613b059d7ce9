"""Shape 3, `stock`: how many are pending, over N months, overdue — at any month's end by prefix sums.

Each case is one interval, so two signed events: +1 in the month at whose end it first counts, −1 in the month
it leaves. Summed up to a month they give the stock at its end, so as-of counts are as additive as any atom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def stock_changes(
    fused: Pass,
    dimensions: Sequence[str],
    *,
    filters: Filters = ALL_ROWS,
    relation: str = "",
) -> exp.Select:
    """Return keys, month and for each stock atom its change in that month (signed)."""
    parts = [
        *_entries(fused, dimensions, filters, relation),
        *_exits(fused, dimensions, filters, relation),
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
    found = []
    for atoms in starts.values():
        sums = {a.code: case_when(_counted(a), _amount(a)) for a in atoms}
        spans = _spans(fused, atoms[:1], dimensions, filters, relation)
        found.append(_signed(fused, dimensions, spans, "enters_0", sums, _ever(0)))
    return found


def _exits(
    fused: Pass, dimensions: Sequence[str], filters: Filters, relation: str
) -> list[exp.Select]:
    ends: dict[str, list[Atom]] = {}
    for atom in fused.atoms:
        ends.setdefault(_stock(atom).end.column, []).append(atom)
    found = []
    for atoms in ends.values():
        sums = {
            a.code: case_when(all_of([_ever(at), _counted(a)]), exp.Neg(this=_amount(a)))
            for at, a in enumerate(atoms)
        }
        spans = _spans(fused, atoms, dimensions, filters, relation)
        found.append(_signed(fused, dimensions, spans, "leaves", sums, _known("leaves")))
    return found


def _spans(
    fused: Pass, atoms: Sequence[Atom], dimensions: Sequence[str], filters: Filters, relation: str
) -> exp.Select:
    """Each row with the month it leaves and, for each atom, the month it enters."""
    first = fused.atoms[0]
    assert first.table is not None
    read = (c for a in fused.atoms for c in columns_of(a.where) + columns_of(a.value))
    own = [column(c.column) for c in dict.fromkeys(read)]
    keys = [_aside(key) for key in keys_of(first, dimensions)]
    enters = [exp.alias_(entry_month(atom), f"enters_{at}") for at, atom in enumerate(atoms)]
    starts = list(dict.fromkeys(_stock(atom).start.column for atom in atoms))
    known = [_known(starts[0])] if len(starts) == 1 else []
    return (
        exp.select(*own, *keys, exp.alias_(exit_month(atoms[0]), "leaves"), *enters)
        .from_(relation or fact_relation(first.table))
        .where(all_of([*known, *kept(first, filters)]))
    )


def _aside(key: exp.Expr) -> exp.Expr:
    """A key under a name of its own: it may be called like a column the condition reads."""
    return exp.alias_(key.this, f"key_{key.alias}")


def _signed(
    fused: Pass,
    dimensions: Sequence[str],
    spans: exp.Select,
    month: str,
    counted: Mapping[str, exp.Expr],
    wanted: exp.Expr,
) -> exp.Select:
    nothing = exp.cast(integer(0), "bigint")
    sums = [
        total(counted[code], code) if code in counted else exp.alias_(nothing.copy(), code)
        for code in fused.codes
    ]
    keys = [exp.alias_(column(f"key_{name}"), name) for name in dimensions]
    return (
        exp.select(*keys, exp.alias_(column(month), MONTH), *sums)
        .from_(spans.subquery("spans"))
        .where(wanted)
        .group_by(*(column(f"key_{name}") for name in dimensions), column(month))
    )


def _counted(atom: Atom) -> exp.Expr:
    return sql(atom.where)


def _amount(atom: Atom) -> exp.Expr:
    return exp.Paren(this=amount(atom)) if atom.value is not None else amount(atom)


def _ever(at: int) -> exp.Expr:
    """It counts at some month's end: it hasn't left by the end of the month in which it enters."""
    still = exp.Is(this=column("leaves"), expression=exp.Null())
    later = exp.GT(this=column("leaves"), expression=column(f"enters_{at}"))
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
