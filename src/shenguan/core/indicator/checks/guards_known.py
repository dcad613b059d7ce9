"""Guards are other indicators."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield guards that don't exist, and indicators that guard themselves."""
    for code, indicator in library.indicators.items():
        for guard in indicator.guard:
            if guard not in library.indicators:
                yield f"指标 {code}：没有关联校验指标“{guard}”"
            elif guard == code:
                yield f"指标 {code}：不能以自己为关联校验指标"
