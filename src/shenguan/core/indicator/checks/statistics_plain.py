"""统计项,不作考核指标: no interval, no direction (contracts: 结案率, 年度收结比, 法官人均结案数 …)."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import NOT_FOR_ASSESSMENT, Library


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield statistics that carry an interval or a direction."""
    for code, indicator in library.indicators.items():
        if not indicator.statistic:
            continue
        if any(reference.filled for v in indicator.versions for reference in v.reference):
            yield f"指标 {code}：{NOT_FOR_ASSESSMENT}，不能有区间"
        if indicator.direction != "none":
            yield f"指标 {code}：{NOT_FOR_ASSESSMENT}，direction 只能是 none"
