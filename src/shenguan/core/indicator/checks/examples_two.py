"""Two worked examples at least, that don't come out the same, else they show little.

A court's own indicators, read from its workbook, have no worked examples: ten cases in and out stand for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield indicators with fewer than two, or with all examples alike."""
    for code, indicator in library.indicators.items():
        if indicator.of_workbook:
            continue
        if len(indicator.examples) < 2:
            yield f"指标 {code}：例子不足两个（{len(indicator.examples)}）"
        elif len({example.expect for example in indicator.examples}) < 2:
            yield f"指标 {code}：各例结果相同，至少要有两种结果"
