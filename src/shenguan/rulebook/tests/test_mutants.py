"""A definition with a slip in it is caught by its own worked examples: every mutant of every atom must die."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest

from shenguan.core.indicator.checks.examples_pass import matches
from shenguan.core.indicator.expr import (
    EVERYTHING,
    All,
    Any,
    Col,
    Compare,
    Expr,
    In,
    IsNull,
    Not,
    both,
)
from shenguan.core.indicator.grammar import parse_condition
from shenguan.core.indicator.model import Atom, Example, Indicator, Library, Version
from shenguan.core.indicator.naive import evaluate
from shenguan.core.indicator.sample import rows_of
from shenguan.core.indicator.terms import Op, Term
from shenguan.rulebook import load

LIBRARY, FACTS = load().library, load().facts
FLIPPED = {"<=": "<", "<": "<=", ">=": ">", ">": ">=", "=": "<>", "<>": "="}
Use = tuple[Indicator, Example, Version, int]


def _uses() -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = defaultdict(list)
    for indicator in LIBRARY.indicators.values():
        for number, example in enumerate(indicator.examples):
            version = indicator.version(example.period.end, example.regime)
            assert version is not None
            for code in {ref.code for ref in version.refs}:
                found[code].append((indicator, example, version, number))
    return found


USES = _uses()
ROWS = {
    (indicator.code, number): rows_of(example, FACTS)
    for indicator in LIBRARY.indicators.values()
    for number, example in enumerate(indicator.examples)
}


def _slips(expr: Expr) -> Iterator[tuple[str, Expr]]:
    match expr:
        case Compare(op):
            yield f"{op} → {FLIPPED[op]}", replace(expr, op=FLIPPED[op])
        case In(_, values) if len(values) > 1:
            for at, value in enumerate(values):
                yield f"少 {value.label}", replace(expr, values=values[:at] + values[at + 1 :])
        case Not(item):
            yield "少 not", item
            yield from ((name, Not(slip)) for name, slip in _slips(item))
        case All(parts) | Any(parts):
            yield "and ↔ or", (Any if isinstance(expr, All) else All)(parts)
            for at, part in enumerate(parts):
                rest = parts[:at] + parts[at + 1 :]
                yield f"少第 {at + 1} 项", rest[0] if len(rest) == 1 else type(expr)(rest)
                for name, slip in _slips(part):
                    yield name, type(expr)((*parts[:at], slip, *parts[at + 1 :]))
        case IsNull() | Col():
            yield "多 not", Not(expr)


def _mutants(atom: Atom) -> Iterator[tuple[str, Atom]]:
    assert atom.table
    own = parse_condition(atom.written, atom.table, FACTS.codes) if atom.written else EVERYTHING
    parts = atom.where.parts if isinstance(atom.where, All) else (atom.where,)
    count = len(own.parts) if isinstance(own, All) else 1
    scope = All(parts[: len(parts) - count])
    for name, slip in _slips(own):
        yield name, replace(atom, where=both(scope, slip))
    if atom.written:
        yield "少条件", replace(atom, where=scope)
    if (
        atom.scope and "类型" not in atom.written
    ):  # a condition on the type is narrower than the scope
        yield "少案件范围", replace(atom, where=own)
    if atom.month and atom.table.name == "case":
        other = "结案月" if atom.month.name == "立案月" else "立案月"
        yield f"{atom.month.name} → {other}", replace(atom, month=atom.table.column(other))
    yield from _stock_mutants(atom)


def _stock_mutants(atom: Atom) -> Iterator[tuple[str, Atom]]:
    stock = atom.stock
    if stock is None:
        return
    yield "超过 ↔ 满", replace(atom, stock=replace(stock, beyond=not stock.beyond))
    if stock.months:
        for months in (stock.months // 12, stock.months + 1, stock.months - 1):
            yield f"{months} 个月", replace(atom, stock=replace(stock, months=months))
    if stock.days:
        yield "少一日", replace(atom, stock=replace(stock, days=stock.days - 1))


def _survives(code: str, mutant: Library) -> bool:
    for indicator, example, version, number in USES[code]:
        rows = ROWS[indicator.code, number]
        found = evaluate(indicator, version, rows, example.period, mutant, example.given)
        if not matches(found, example.expect):
            return False
    return True


@pytest.mark.parametrize("code", [code for code, atom in LIBRARY.atoms.items() if atom.table])
def test_a_slip_in_an_atom_is_caught_by_an_example(code):
    survivors = [
        name
        for name, mutant in _mutants(LIBRARY.atoms[code])
        if _survives(code, Library({**LIBRARY.atoms, code: mutant}, LIBRARY.indicators))
    ]
    assert survivors == []


def _shorter(term: Term | None) -> Iterator[Term]:
    if isinstance(term, Op):
        yield from (term.left, term.right)
        yield from (replace(term, left=left) for left in _shorter(term.left))
        yield from (replace(term, right=right) for right in _shorter(term.right))


@pytest.mark.parametrize("code", LIBRARY.indicators)
def test_a_term_left_out_of_a_formula_is_caught_by_an_example(code):
    indicator = LIBRARY.indicators[code]
    seen = {}
    for number, example in enumerate(indicator.examples):
        version = indicator.version(example.period.end, example.regime)
        seen.setdefault(indicator.versions.index(version), []).append((number, example))
    for at, examples in seen.items():
        version = indicator.versions[at]
        for part in ("numerator", "denominator", "formula"):
            for term in _shorter(getattr(version, part)):
                slip = replace(version, **{part: term})
                results = [
                    matches(
                        evaluate(indicator, slip, ROWS[code, n], e.period, LIBRARY, e.given),
                        e.expect,
                    )
                    for n, e in examples
                ]
                assert not all(results), (version.regime, part, term)
