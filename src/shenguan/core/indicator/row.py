"""A tree over one row (column name → integer, boolean or None): the predicate of the naive oracle.

Three-valued as in SQL: a comparison with null is unknown (None), and unknown doesn't count.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TypeAlias

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

Row: TypeAlias = Mapping[str, int | bool | None]
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def counts(condition: Expr, row: Row) -> bool:
    """Whether the row is counted: the condition is true, neither false nor unknown."""
    return truth(condition, row) is True


def number(expr: Expr, row: Row) -> int | None:
    """Return the value of a number node, None for null."""
    match expr:
        case Int(value):
            return value
        case Col(column):
            return row[column.name]
        case Arith(op, left, right):
            a, b = number(left, row), number(right, row)
            return None if a is None or b is None else _ARITHMETIC[op](a, b)
    raise TypeError(expr)


def truth(expr: Expr, row: Row) -> bool | None:
    """Return true, false, or None for unknown."""
    match expr:
        case All(parts):
            return _all([truth(part, row) for part in parts])
        case Any(parts):
            return _negated(_all([_negated(truth(part, row)) for part in parts]))
        case Not(item):
            return _negated(truth(item, row))
        case Compare(op, left, right):
            a, b = number(left, row), number(right, row)
            return None if a is None or b is None else _COMPARE[op](a, b)
    return _simple(expr, row)


def _simple(expr: Expr, row: Row) -> bool | None:
    match expr:
        case In(item, values):
            found = number(item, row)
            return None if found is None else found in {value.value for value in values}
        case IsNull(item):
            return number(item, row) is None
        case Col(column):
            flag = row[column.name]
            return None if flag is None else bool(flag)
    raise TypeError(expr)


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _negated(value: bool | None) -> bool | None:
    return None if value is None else not value
