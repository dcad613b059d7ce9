"""`shenguan bench related`: recall and precision of 关联案件 on synthetic dockets of five noise levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shenguan.lab.measure import Pair, line
from shenguan.lab.similar import related_report
from shenguan.lab.similar.bench_series import shares


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield four lines a noise level; `missed` and `wrong` name the pairs (`--format json`).

    The last two: cases that share a party alone, proven by its number, and listed at all.
    """
    for found in related_report.run(n):
        yield from shares(found)
        for key, name in (
            ("party_proven", "仅同一当事人，确认"),
            ("party_shown", "仅同一当事人，列出"),
        ):
            pair = Pair(found[key], None)
            yield line(f"{found['name']}:{name}", pair, n=found["by_party"], unit="比例")
