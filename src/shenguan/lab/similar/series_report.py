"""Pairwise recall and precision of the series detector over the synthetic dockets, errors shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shenguan.lab.similar.series_truth import LEVELS, Docket, docket
from shenguan.programs.similar.series import detect


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield one record a noise level; `n`: number of true series in each docket."""
    for level in LEVELS:
        yield measured(level, docket(level, groups=n or 40))


def measured(level: int, truth: Docket) -> dict[str, Any]:
    """Pairs of the proposed groups against the true pairs, with the wrong ones named."""
    proposed = {
        (a, b) for each in detect(truth.cases) for a in each.cases for b in each.cases if a < b
    }
    true = truth.pairs()
    right = len(proposed & true)
    return {
        "name": f"系列案:噪声{level}",
        "recall": round(right / len(true), 4) if true else 1.0,
        "precision": round(right / len(proposed), 4) if proposed else 1.0,
        "pairs": len(true),
        "cases": len(truth.cases),
        "missed": sorted(true - proposed)[:20],
        "wrong": sorted(proposed - true)[:20],
    }
