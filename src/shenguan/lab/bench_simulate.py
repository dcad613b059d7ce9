"""How many cases a second the demo city makes, and how many of them an import takes in."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from shenguan import rulebook
from shenguan.lab.measure import alternate, rate_line
from shenguan.lab.simulate.world import world

CASES = 5000


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield one line: cases generated per CPU-second, events included, nothing written."""
    size = n or CASES
    calendar = rulebook.load().calendar
    pair = alternate(lambda: deque(world(1, size, 10, calendar=calendar), maxlen=0))
    yield rate_line("模拟:生成案件", pair, n=size)
