"""Bars of a wall: filed beside closed month by month, as rectangles of an SVG drawn by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT = 1200, 300, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """A pair of bars of one month: where they stand, how high, what they count."""

    month: str
    x: float
    filed: int
    filed_top: float
    closed: int
    closed_top: float
    width: float

    @property
    def filed_height(self) -> float:
        """Height of the filed bar."""
        return round(HEIGHT - FOOT - self.filed_top, 1)

    @property
    def closed_height(self) -> float:
        """Height of the closed bar."""
        return round(HEIGHT - FOOT - self.closed_top, 1)

    @property
    def second(self) -> float:
        """Where the closed bar stands."""
        return round(self.x + self.width + 4, 1)

    @property
    def middle(self) -> float:
        """Where the month is written."""
        return round(self.x + self.width + 2, 1)


def bars(months: Sequence[str], filed: Sequence[int], closed: Sequence[int]) -> list[Bar]:
    """Return the bars; heights share one scale that begins at nought."""
    highest = max([1, *filed, *closed])
    room = HEIGHT - FOOT - 30
    step = WIDTH / max(len(months), 1)
    width = round(step * 0.34, 1)

    def top(number: int) -> float:
        return round(HEIGHT - FOOT - room * number / highest, 1)

    return [
        Bar(month, round(at * step + step * 0.12, 1), a, top(a), b, top(b), width)
        for at, (month, a, b) in enumerate(zip(months, filed, closed, strict=True))
    ]
