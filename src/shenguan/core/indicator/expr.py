"""The tree of a condition or a value: our own, closed set of nodes.

Everything made from a definition is made from this tree: SQL, the predicate of the naive oracle, the
Chinese sentence, the lineage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shenguan.core.indicator.facttable import Column


@dataclass(frozen=True, slots=True)
class Col:
    """A column of the fact table."""

    column: Column


@dataclass(frozen=True, slots=True)
class Int:
    """An integer as written, or a code name resolved to its integer (`label` keeps the name)."""

    value: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Arith:
    """`+ - *` of two numbers."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Compare:
    """`= <> < <= > >=`; unknown when a side is null."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class In:
    """The column is one of the values."""

    item: Expr
    values: tuple[Int, ...]


@dataclass(frozen=True, slots=True)
class IsNull:
    """The column has no value."""

    item: Expr


@dataclass(frozen=True, slots=True)
class Not:
    """Not; of unknown, unknown."""

    item: Expr


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds. Without parts: every row."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Expr, ...]


Expr = Col | Int | Arith | Compare | In | IsNull | Not | All | Any
EVERYTHING = All(())


def both(left: Expr, right: Expr) -> Expr:
    """Return `left and right`, flat."""
    parts = tuple(
        part
        for side in (left, right)
        for part in (side.parts if isinstance(side, All) else (side,))
    )
    return parts[0] if len(parts) == 1 else All(parts)


def children(expr: Expr) -> tuple[Expr, ...]:
    """Return the nodes directly below."""
    match expr:
        case Arith(_, left, right) | Compare(_, left, right):
            return (left, right)
        case All(parts) | Any(parts):
            return parts
        case In(item, values):
            return (item, *values)
        case IsNull(item) | Not(item):
            return (item,)
        case _:
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield the node and all below it."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def columns_of(expr: Expr | None) -> tuple[Column, ...]:
    """Return the columns an expression reads, each once, in order of appearance."""
    if expr is None:
        return ()
    return tuple(dict.fromkeys(node.column for node in walk(expr) if isinstance(node, Col)))
