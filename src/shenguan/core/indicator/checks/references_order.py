"""Bounds of a reference interval stand in order and cite where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library, Reference


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield intervals upside down or without a source."""
    for code, indicator in library.indicators.items():
        for version in indicator.versions:
            for reference in version.reference:
                place = f"指标 {code}（{version.regime}）{reference.line}区间"
                if not _ordered(reference):
                    yield f"{place}：下限高于上限"
                if reference.filled and not reference.source:
                    yield f"{place}：填了数就要写出处"


def _ordered(reference: Reference) -> bool:
    pairs = (
        (reference.low, reference.high),
        (reference.excellent_low, reference.excellent_high),
    )
    return all(low is None or high is None or low <= high for low, high in pairs)
