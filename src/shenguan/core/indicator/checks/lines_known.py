"""Lines (条线) are classes of the code table."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield lines the code table 类别 doesn't have."""
    known = facts.codes.tables.get("类别", {})
    for code, indicator in library.indicators.items():
        lines = {*indicator.lines, *(r.line for v in indicator.versions for r in v.reference)}
        unknown = sorted(line for line in lines if line and line not in known)
        if unknown and known:
            yield f"指标 {code}：没有条线 {'、'.join(unknown)}，可用：{'、'.join(known)}"
