"""Measuring ours against another way: medians of five alternating runs, in CPU-seconds.

CPU-seconds of this process and of the children it has waited for, because a machine shared with
others makes wall time meaningless. Alternating, because caches and clock speed drift within a minute.
"""

from __future__ import annotations

import gc
import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

RUNS = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians of both sides, in CPU-seconds unless the caller measured something else."""

    ours: float
    against: float | None

    @property
    def ratio(self) -> float | None:
        """Ours ÷ against: below 1 is cheaper than the other way. None without another way."""
        return self.ours / self.against if self.against else None


def cpu_seconds() -> float:
    """Return user and system time spent so far by this process and its finished children."""
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


def timed(work: Callable[[], object]) -> float:
    """Return the CPU-seconds of one run of `work`, garbage of earlier runs collected before."""
    gc.collect()
    before = cpu_seconds()
    work()
    return cpu_seconds() - before


def alternate(
    ours: Callable[[], object],
    against: Callable[[], object] | None = None,
    *,
    runs: int = RUNS,
    warm_up: bool = True,
) -> Pair:
    """Run both sides in turn `runs` times and return the medians in CPU-seconds.

    `warm_up` runs each side once unmeasured, so that imports and first reads don't count.
    """
    sides = [ours] if against is None else [ours, against]
    if warm_up:
        for side in sides:
            side()
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(runs):
        for side, spent in zip(sides, times, strict=True):
            spent.append(timed(side))
    medians = [median(spent) for spent in times]
    return Pair(medians[0], medians[1] if against is not None else None)


def line(name: str, pair: Pair, *, n: int, unit: str = "CPU-s", **more: Any) -> dict[str, Any]:
    """Return one record of contracts.md §5; `more` adds keys behind the fixed ones."""
    return {
        "name": name,
        "ours": _rounded(pair.ours),
        "against": _rounded(pair.against),
        "ratio": _rounded(pair.ratio),
        "unit": unit,
        "n": n,
        **more,
    }


def rate_line(
    name: str, pair: Pair, *, n: int, what: str = "件/CPU-s", **more: Any
) -> dict[str, Any]:
    """Return the same runs as a rate: `n` things ÷ CPU-seconds, so larger is better."""
    ours = n / pair.ours if pair.ours else float(n)
    against = n / pair.against if pair.against else None
    return line(name, Pair(ours, against), n=n, unit=what, **more)


def quantile(times: Sequence[float], percent: int) -> int | None:
    """Return a percentile of milliseconds as a whole number, None of nothing."""
    if not times:
        return None
    if len(times) == 1:
        return round(times[0])
    return round(quantiles(times, n=100, method="inclusive")[percent - 1])


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
