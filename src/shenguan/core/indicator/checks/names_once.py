"""A name means one indicator; codes of atoms and indicators don't collide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield each name used twice and each code used for both."""
    for things in (library.atoms, library.indicators):
        for name, times in Counter(thing.name for thing in things.values()).items():
            if times > 1:
                codes = "、".join(c for c, thing in things.items() if thing.name == name)
                yield f"名称“{name}”用了 {times} 次：{codes}"
    for code in library.atoms.keys() & library.indicators.keys():
        yield f"编码 {code} 既是原子又是指标"
