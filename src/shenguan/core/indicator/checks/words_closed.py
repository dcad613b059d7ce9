"""Kind, unit, class, direction, status and rounding come from closed lists."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator import keys
from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Indicator, Library


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield each word outside its list."""
    for indicator in library.indicators.values():
        for key, word, allowed in _words(indicator):
            if word not in allowed:
                yield f"指标 {indicator.code}：{key} 不能是“{word}”，可用：{'、'.join(allowed)}"


def _words(indicator: Indicator) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield "kind", indicator.kind, keys.KINDS
    yield "unit", indicator.unit, tuple(keys.UNITS)
    yield "class", indicator.group, keys.GROUPS
    yield "direction", indicator.direction, keys.DIRECTIONS
    yield "zero_denominator", indicator.zero_denominator, keys.ZERO_DENOMINATORS
    for version in indicator.versions:
        yield "official.status", version.status, keys.STATUSES
        yield "rounding", version.rounding, keys.ROUNDINGS
