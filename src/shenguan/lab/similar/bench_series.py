"""`shenguan bench series`: recall and precision of 系列案 on synthetic dockets of five noise levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shenguan.lab.measure import Pair, line
from shenguan.lab.similar import series_report


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield two lines a noise level; `missed` and `wrong` name the pairs (`--format json`)."""
    for found in series_report.run(n):
        yield from shares(found)


def shares(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A report as lines of the bench."""
    for key, name, errors in (("recall", "召回", "missed"), ("precision", "精确", "wrong")):
        told = line(
            f"{found['name']}:{name}", Pair(found[key], None), n=found["pairs"], unit="比例"
        )
        yield told | {errors: found[errors]}
