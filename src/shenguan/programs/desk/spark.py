"""A trend as a line small enough for a tile: points of an SVG, drawn by the server, without any script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 120, 28, 3


@dataclass(frozen=True, slots=True)
class Spark:
    """Points of a polyline in a box of `WIDTH` × `HEIGHT`; `last` is where the dot sits."""

    points: str = ""
    last: tuple[float, float] | None = None


def spark(values: Sequence[float | None]) -> Spark:
    """Return the line through the values that there are; nothing for fewer than two."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return Spark()
    low, high = min(v for _, v in known), max(v for _, v in known)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    spots = [
        (
            round(MARGIN + at * step, 1),
            round(HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2 * MARGIN), 1),
        )
        for at, value in known
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in spots), spots[-1])
