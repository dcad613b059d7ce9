"""Wrong definitions made from right ones, to see whether the worked examples would notice.

A real programme once counted "over 3 years pending" with 3 months: an example that doesn't tell those apart shows
nothing. Each mutant changes one thing: a comparison at its boundary, a term of the condition, months ÷ 12.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shenguan.core.indicator.expr import All, Any, Compare, Expr, Not
from shenguan.core.indicator.model import Atom

_BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "="}


def mutants(atom: Atom) -> Iterator[tuple[str, Atom]]:
    """Yield (what was changed, the wrong atom)."""
    for what, where in _conditions(atom.where):
        yield what, replace(atom, where=where)
    stock = atom.stock
    if stock and stock.months:
        yield "月数÷12", replace(atom, stock=replace(stock, months=stock.months // 12))
    if stock and stock.beyond:
        yield "少计一日", replace(atom, stock=replace(stock, days=stock.days + 1))


def _conditions(expr: Expr) -> Iterator[tuple[str, Expr]]:
    """Yield every condition that differs in one place."""
    if isinstance(expr, Compare):
        yield f"{expr.op} 改为 {_BOUNDARY[expr.op]}", replace(expr, op=_BOUNDARY[expr.op])
    elif isinstance(expr, Not):
        yield "去掉 not", expr.item
        yield from ((what, Not(inner)) for what, inner in _conditions(expr.item))
    elif isinstance(expr, All | Any):
        yield from _joined(expr)


def _joined(expr: All | Any) -> Iterator[tuple[str, Expr]]:
    kind = type(expr)
    for at, part in enumerate(expr.parts):
        before, after = expr.parts[:at], expr.parts[at + 1 :]
        if len(expr.parts) > 1:
            yield f"去掉第 {at + 1} 项", kind((*before, *after))
        for what, changed in _conditions(part):
            yield what, kind((*before, changed, *after))
