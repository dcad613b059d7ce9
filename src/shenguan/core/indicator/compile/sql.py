"""Our tree to sqlglot's, and the few building blocks every shape uses.

Only what every engine has: `SUM(CASE WHEN p THEN v ELSE 0 END)`, never FILTER or IS TRUE; sums are cast back
to 64 bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from shenguan.core.indicator.expr import (
    All,
    Any,
    Arith,
    Col,
    Compare,
    Expr,
    In,
    Int,
    IsNull,
    Not,
)
from shenguan.core.indicator.facttable import FactTable
from shenguan.core.indicator.grain import key_column
from shenguan.core.indicator.model import Atom

_COMPARE: Mapping[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "<>": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
    "+": exp.Add,
    "-": exp.Sub,
    "*": exp.Mul,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Rows kept: in `every` dimension one of its keys, and in at least one dimension of `either` one of its.

    A dimension not named isn't restricted; `either` None restricts nothing, empty keeps nothing.
    """

    every: Mapping[str, Sequence[int]] = field(default_factory=dict)
    either: Mapping[str, Sequence[int]] | None = None

    @property
    def dimensions(self) -> frozenset[str]:
        """Return the dimensions it looks at."""
        return frozenset(self.every) | frozenset(self.either or ())

    def also(self, **every: Sequence[int]) -> Filters:
        """Return the filters narrowed further."""
        both = dict(self.every)
        for name, keys in every.items():
            both[name] = sorted(set(keys) & set(both[name])) if name in both else keys
        return Filters(both, self.either)


ALL_ROWS = Filters()


def fact_relation(table: FactTable) -> str:
    """Return the name under which engines know a fact table (`case` alone is a keyword)."""
    return f"fact_{table.name}"


def integer(value: int) -> exp.Expr:
    """Return a literal."""
    literal = exp.Literal.number(abs(value))
    return exp.Neg(this=literal) if value < 0 else literal


def column(name: str) -> exp.Column:
    """Return a column by its English name."""
    return exp.column(name)


def sql(expr: Expr) -> exp.Expr:
    """Return the expression; mixed `and`/`or` get their brackets."""
    match expr:
        case Int(value):
            return integer(value)
        case Col(found):
            return column(found.column)
        case Arith(op, left, right) | Compare(op, left, right):
            return _COMPARE[op](this=_bracketed(left), expression=_bracketed(right))
        case Not(item):
            return exp.Not(this=exp.Paren(this=sql(item)))
    return _rest(expr)


def _rest(expr: Expr) -> exp.Expr:
    match expr:
        case In(item, values):
            return exp.In(this=sql(item), expressions=[integer(v.value) for v in values])
        case IsNull(item):
            return exp.Is(this=sql(item), expression=exp.Null())
        case All(parts):
            return all_of([sql(part) for part in parts])
        case Any(parts):
            return _joined(exp.Or, [sql(part) for part in parts])
    raise TypeError(expr)


def _bracketed(expr: Expr) -> exp.Expr:
    return exp.Paren(this=sql(expr)) if isinstance(expr, Arith) else sql(expr)


def all_of(parts: Iterable[exp.Expr]) -> exp.Expr:
    """Return `a AND b AND …`; TRUE without parts."""
    return _joined(exp.And, list(parts)) if (parts := list(parts)) else exp.true()


def any_of(parts: Iterable[exp.Expr]) -> exp.Expr:
    """Return `a OR b OR …`; FALSE without parts."""
    return _joined(exp.Or, list(parts)) if (parts := list(parts)) else exp.false()


def _joined(kind: type[exp.Binary], parts: list[exp.Expr]) -> exp.Expr:
    bracketed = [exp.Paren(this=p) if isinstance(p, exp.And | exp.Or) else p for p in parts]
    whole = bracketed[0]
    for part in bracketed[1:]:
        whole = kind(this=whole, expression=part)
    return whole


def between(name: str, low: int, high: int) -> exp.Expr:
    """Return `name BETWEEN low AND high`, `name = low` when both are the same."""
    if low == high:
        return exp.EQ(this=column(name), expression=integer(low))
    return exp.Between(this=column(name), low=integer(low), high=integer(high))


def one_of(name: str, values: Sequence[int]) -> exp.Expr:
    """Return `name IN (…)`; false when nothing is allowed."""
    if not values:
        return exp.false()
    return exp.In(this=column(name), expressions=[integer(v) for v in sorted(values)])


def amount(atom: Atom) -> exp.Expr:
    """Return what a counted row adds: 1 or the value."""
    return integer(1) if atom.value is None else sql(atom.value)


def case_when(condition: exp.Expr, then: exp.Expr, otherwise: int | None = 0) -> exp.Expr:
    """Return `CASE WHEN condition THEN then ELSE otherwise END`."""
    found = exp.Case(ifs=[exp.If(this=condition, true=then)])
    if otherwise is not None:
        found.set("default", integer(otherwise))
    return found


def total(summand: exp.Expr, alias: str) -> exp.Expr:
    """Return `CAST(SUM(summand) AS BIGINT) AS alias`: never a 128-bit or decimal sum."""
    return exp.alias_(exp.cast(exp.Sum(this=summand), "bigint", copy=False), alias, copy=False)


def keys_of(atom: Atom, dimensions: Sequence[str]) -> list[exp.Expr]:
    """Return the key columns of an atom's credit, aliased by dimension; 0 where it has none."""
    assert atom.table is not None
    found = ((d, key_column(d, atom.credit, atom.table)) for d in dimensions)
    return [exp.alias_(column(c) if c else integer(0), d, copy=False) for d, c in found]


def group_keys(atom: Atom, dimensions: Sequence[str]) -> list[exp.Expr]:
    """Return the key columns to group by: constants aren't grouped by."""
    assert atom.table is not None
    found = (key_column(d, atom.credit, atom.table) for d in dimensions)
    return [column(c) for c in dict.fromkeys(found) if c]


def kept(atom: Atom, filters: Filters) -> list[exp.Expr]:
    """Return the conditions of the filters on the columns of an atom's credit."""
    table, credit = atom.table, atom.credit
    assert table is not None
    return kept_by(filters, lambda dimension: key_column(dimension, credit, table))


def kept_by(filters: Filters, name_of: Callable[[str], str | None]) -> list[exp.Expr]:
    """Return the conditions of the filters on the columns `name_of` gives; a missing key is 0."""

    def one(dimension: str, values: Sequence[int]) -> exp.Expr:
        name = name_of(dimension)
        if name is None:
            return exp.true() if 0 in values else exp.false()
        return one_of(name, values)

    conditions = [one(*pair) for pair in filters.every.items()]
    if filters.either is not None:
        conditions.append(any_of(one(*pair) for pair in filters.either.items()))
    return conditions
