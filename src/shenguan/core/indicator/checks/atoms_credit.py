"""An atom is credited by a rule we know, and its table has the keys for it."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.grain import CREDITS
from shenguan.core.indicator.model import Library


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield atoms with an unknown credit or one whose court column is missing."""
    for code, atom in library.atoms.items():
        if atom.credit not in CREDITS:
            yield f"原子 {code}：credit“{atom.credit}”不可用，可用：{'、'.join(CREDITS)}"
        elif atom.table and CREDITS[atom.credit]["court"] not in atom.table.columns:
            yield f"原子 {code}：事实表“{atom.table.label}”没有{CREDITS[atom.credit]['court']}，不能这样记"
