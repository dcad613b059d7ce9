"""How outcomes of close cases are spread, how sure that is, and whether a draft lies outside it.

Intervals are 95 %: of a share after Wilson (1927), of a median by order statistics (binomial), so that
the same cases always give the same numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

LEAST = 20
"""With fewer close cases nothing is said."""
OUTER = 0.1
"""A number in the outermost tenth on either side departs."""
RARE = 0.2
"""An outcome departs when its share is below this with 95 % confidence."""
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of `of`, as a share with its interval, each 0–1."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing is 0."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Numbers of close cases: median with its interval, inner range between the outer tenths."""

    n: int
    median: float
    median_low: float
    median_high: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Departure:
    """A draft beside the close cases: what it says, where it stands, whether that departs."""

    name: str
    unit: str
    draft: float
    spread: Spread
    beyond: Share
    departs: bool


@dataclass(frozen=True, slots=True)
class RareOutcome:
    """How often close cases ended as the draft does."""

    draft: str
    share: Share
    usual: str
    departs: bool


def share(count: int, of: int) -> Share:
    """A share with its Wilson interval."""
    if not of:
        return Share(0, 0, 0.0, 1.0)
    p, z2 = count / of, _Z * _Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Share(count, of, max(0.0, middle - half), min(1.0, middle + half))


def quantile(ordered: Sequence[float], at: float) -> float:
    """The quantile of sorted numbers, between neighbours by distance; raises on none."""
    place = (len(ordered) - 1) * at
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def spread(numbers: Sequence[float]) -> Spread | None:
    """Median with interval and the inner range; None without numbers."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    rank = _median_rank(len(ordered))
    return Spread(
        n=len(ordered),
        median=quantile(ordered, 0.5),
        median_low=ordered[rank],
        median_high=ordered[-1 - rank],
        low=quantile(ordered, OUTER),
        high=quantile(ordered, 1 - OUTER),
    )


def _median_rank(n: int) -> int:
    """The largest rank (from 0) so that [rank, n-1-rank] holds the median with at least 95 %."""
    total, tail = 2**n, 0
    for rank in range(n // 2 + 1):
        tail += comb(n, rank)
        if 2 * tail > 0.05 * total:
            return max(0, rank - 1) if rank else 0
    return 0


def departure(name: str, unit: str, draft: float, close: Sequence[float]) -> Departure | None:
    """Where a draft's number stands among the close cases; None with fewer than `LEAST`."""
    if len(close) < LEAST or (found := spread(close)) is None:
        return None
    above = draft > found.median
    beyond = sum(each >= draft if above else each <= draft for each in close)
    return Departure(
        name=name,
        unit=unit,
        draft=draft,
        spread=found,
        beyond=share(beyond, len(close)),
        departs=not found.low <= draft <= found.high,
    )


def rarity(draft: str, close: Sequence[str]) -> RareOutcome | None:
    """How usual a draft's outcome is among the close cases; None with fewer than `LEAST`."""
    if len(close) < LEAST or not draft:
        return None
    counts = Counter(close)
    usual = min(counts, key=lambda name: (-counts[name], name))
    held = share(counts[draft], len(close))
    return RareOutcome(draft, held, usual, held.high < RARE)
