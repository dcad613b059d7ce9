"""`shenguan bench related`: recall and precision of 关联案件 on synthetic dockets of five noise levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shenguan.lab.similar import related_report
from shenguan.lab.similar.bench_series import shares


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield two lines a noise level; `missed` and `wrong` name the pairs (`--format json`)."""
    for found in related_report.run(n):
        yield from shares(found)
