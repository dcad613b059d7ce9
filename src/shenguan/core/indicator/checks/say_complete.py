"""Each version says in words what stands above, what below and by which rule; official ones cite a source."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library

_WANTED = {"numerator": "分子", "rule": "口径"}


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield missing words and sources."""
    for code, indicator in library.indicators.items():
        for version in indicator.versions:
            wanted = dict(_WANTED)
            if indicator.kind in {"ratio", "mean"}:
                wanted["denominator"] = "分母"
            missing = [label for key, label in wanted.items() if not version.say.get(key)]
            if missing:
                yield f"指标 {code}（{version.regime}）：say 缺 {'、'.join(missing)}"
            if not version.source:
                yield f"指标 {code}（{version.regime}）：official.source 没有写依据"
