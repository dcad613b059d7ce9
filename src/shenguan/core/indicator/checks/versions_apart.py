"""Under one regime a day has one version."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library, Version


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield overlapping versions and versions that end before they begin."""
    for code, indicator in library.indicators.items():
        for version in indicator.versions:
            if version.valid_to and version.valid_to < version.valid_from:
                yield f"指标 {code}（{version.regime}）：止日早于起日"
        for one, other in combinations(indicator.versions, 2):
            if one.regime == other.regime and _overlap(one, other):
                yield f"指标 {code}（{one.regime}）：两版的期间重叠"


def _overlap(one: Version, other: Version) -> bool:
    return one.holds_on(other.valid_from) or other.holds_on(one.valid_from)
