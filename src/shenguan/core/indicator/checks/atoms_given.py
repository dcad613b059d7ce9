"""A number the court enters has no source until it does: it must say what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield given atoms without `needs`."""
    for code, atom in library.atoms.items():
        if atom.given and not atom.needs:
            yield f"原子 {code}：填报数要写 needs，未填报时显示“暂无数据来源”"
