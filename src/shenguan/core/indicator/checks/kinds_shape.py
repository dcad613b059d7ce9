"""Each kind has the parts it is computed from, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library, Version

_PARTS = {
    "count": {"numerator"},
    "sum": {"numerator"},
    "stock": {"numerator"},
    "ratio": {"numerator", "denominator"},
    "mean": {"numerator", "denominator"},
    "quantile": {"of", "q"},
    "evenness": {"of"},
    "derived": {"formula"},
}


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield what is missing and what doesn't belong."""
    for code, indicator in library.indicators.items():
        wanted = _PARTS.get(indicator.kind, set())
        for version in indicator.versions:
            written = _written(version)
            place = f"指标 {code}（{version.regime}）：kind {indicator.kind}"
            if wanted - written:
                yield f"{place} 缺 {'、'.join(sorted(wanted - written))}"
            if written - wanted:
                yield f"{place} 不用 {'、'.join(sorted(written - wanted))}"


def _written(version: Version) -> set[str]:
    parts = {
        "numerator": version.numerator,
        "denominator": version.denominator,
        "of": version.of,
        "q": version.q,
        "formula": version.formula,
    }
    return {name for name, part in parts.items() if part}
