"""Shape 1, `cube`: one fused pass over a fact table for all atoms of one month axis and one credit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from shenguan.core.indicator.compile.sql import (
    ALL_ROWS,
    Filters,
    all_of,
    amount,
    between,
    case_when,
    column,
    fact_relation,
    group_keys,
    kept,
    keys_of,
    sql,
    total,
)
from shenguan.core.indicator.grain import MONTH
from shenguan.core.indicator.model import Atom
from shenguan.core.indicator.period import Period, day_number

WIDEST = 80
"""Atoms in one pass: more would hold too many partial sums at once."""
_CREDIT_NAMES = {"承办法官": "judge", "收案法官": "filed", "原审法官": "prior"}


@dataclass(frozen=True, slots=True)
class Pass:
    """Atoms that share fact table, axis and credit. `stock` passes hold signed monthly changes."""

    name: str
    atoms: tuple[Atom, ...]
    stock: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of its atoms, which are its columns."""
        return tuple(atom.code for atom in self.atoms)


def passes_of(atoms: Iterable[Atom], widest: int = WIDEST) -> list[Pass]:
    """Return the atoms grouped into passes; atoms without a fact table (填报数) are in none."""
    groups: dict[tuple[str, str, str], list[Atom]] = {}
    for atom in atoms:
        if atom.table is not None:
            axis = atom.month.column if atom.month else "stock"
            groups.setdefault((atom.table.name, axis, _CREDIT_NAMES[atom.credit]), []).append(atom)
    return [
        Pass("_".join(key) + (f"_{at // widest}" if at else ""), tuple(part), key[1] == "stock")
        for key, group in groups.items()
        for at in range(0, len(group), widest)
        if (part := group[at : at + widest])
    ]


def cube(
    fused: Pass,
    dimensions: Sequence[str],
    *,
    by_month: bool = True,
    period: Period | None = None,
    filters: Filters = ALL_ROWS,
    relation: str = "",
) -> exp.Select:
    """Return `SELECT keys, month, sums FROM facts GROUP BY keys, month`.

    `period` restricts to it, by month when it is whole months, else by day; `relation` reads another table
    than the fact table of the pass (one with the same columns).
    """
    first = fused.atoms[0]
    assert first.table is not None
    assert first.month is not None
    axis = first.month.column
    months = [exp.alias_(column(axis), MONTH)] if by_month else []
    select = exp.select(*keys_of(first, dimensions), *months, *sums(fused.atoms))
    conditions = [*_window(first, period), *kept(first, filters)]
    groups = group_keys(first, dimensions) + ([column(axis)] if by_month else [])
    tree = select.from_(relation or fact_relation(first.table)).where(all_of(conditions))
    return tree.group_by(*groups) if groups else tree


def sums(atoms: Iterable[Atom]) -> list[exp.Expr]:
    """Return one sum an atom: `SUM(CASE WHEN p THEN v ELSE 0 END)`."""
    return [total(case_when(sql(atom.where), amount(atom)), atom.code) for atom in atoms]


def _window(atom: Atom, period: Period | None) -> list[exp.Expr]:
    return [in_window(atom, period)] if period else [_has_month(atom)]


def _has_month(atom: Atom) -> exp.Expr:
    assert atom.month is not None
    return exp.Not(this=exp.Is(this=column(atom.month.column), expression=exp.Null()))


def in_window(atom: Atom, period: Period) -> exp.Expr:
    """Return the condition that a row falls into the period by the atom's axis."""
    assert atom.month is not None
    assert atom.table is not None
    if period.whole_months:
        return between(atom.month.column, period.first_month, period.last_month)
    day = atom.table.day_of(atom.month).column
    return between(day, day_number(period.start), day_number(period.end))
