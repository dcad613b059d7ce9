"""Chance with a memory: the same seed gives the same city, and a small city still meets the averages.

`Dice` draws from one numpy Generator in blocks, which makes a scalar draw ten times cheaper. Its `even`
draws fill [0, 1) evenly per key (a Kronecker sequence: golden-ratio steps from a random start), so that a
hundred cases show the published share or mean as closely as ten thousand independent ones would.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping
from itertools import accumulate
from math import exp, log
from statistics import NormalDist
from zlib import crc32

import numpy as np

BLOCK = 8192
_INVERSE = NormalDist().inv_cdf
_STEPS = tuple(p**0.5 % 1 for p in (5, 2, 3, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53))
"""Irrational steps: sequences of different keys must not march in lockstep."""


class Dice:
    """All the randomness of one city."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.default_rng(seed)
        self._block: list[float] = []
        self._points: dict[Hashable, list[float]] = {}
        self._tables: dict[int, tuple[list[str], list[float], Mapping[str, float]]] = {}

    def u(self) -> float:
        """Return a number in [0, 1)."""
        if not self._block:
            self._block = self._generator.random(BLOCK).tolist()
        return self._block.pop()

    def chance(self, share: float) -> bool:
        """Return whether something of this probability happens."""
        return self.u() < share

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self.u() * (high - low + 1))

    def tail(self, mean: float) -> int:
        """Return whole days ≥ 0 of a memoryless wait."""
        return int(-mean * log(1 - self.u()))

    def even(self, *key: Hashable) -> float:
        """Return the next point of the evenly filling sequence of this key."""
        state = self._points.get(key)
        if state is None:
            step = _STEPS[crc32(repr(key).encode()) % len(_STEPS)]
            state = self._points[key] = [self.u(), step]
        point = (state[0] + state[1]) % 1.0
        state[0] = point
        return point

    def even_chance(self, share: float, *key: Hashable) -> bool:
        """Return a chance whose frequency follows `share` closely for each key."""
        return self.even(*key) < share

    def pick(self, shares: Mapping[str, float], *key: Hashable) -> str:
        """Return one name by its share; with a key, evenly for that key."""
        names, bounds, _ = self._table(shares)
        point = self.even(*key) if key else self.u()
        return names[min(bisect_right(bounds, point * bounds[-1]), len(names) - 1)]

    def _table(
        self, shares: Mapping[str, float]
    ) -> tuple[list[str], list[float], Mapping[str, float]]:
        table = self._tables.get(id(shares))
        if table is None:  # the mapping is kept too, so that its id stays its own
            table = (list(shares), list(accumulate(shares.values())), shares)
            self._tables[id(shares)] = table
        return table

    def days(self, median: float, spread: float, *key: Hashable) -> float:
        """Return a lognormal length in days, evenly over its quantiles for each key."""
        point = min(max(self.even(*key), 0.0005), 0.9995)
        return median * exp(spread * _INVERSE(point))


class Quota:
    """A rate kept over a whole stream: says yes as often as `rate` × what was counted allows."""

    __slots__ = ("count", "given", "rate")

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.count = 0
        self.given = 0

    def saw(self) -> None:
        """Count one more of the base."""
        self.count += 1

    def grants(self, point: float) -> bool:
        """Return whether a yes is owed; `point` in [0, 1) blurs the moment it comes."""
        if self.rate * self.count - self.given <= point:
            return False
        self.given += 1
        return True
