"""Fact rows of many cases, chunk by chunk, in this process or in several.

Each chunk holds whole disputes, so that chunks don't wait for one another.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

from shenguan.rulebook import load
from shenguan.spine.facts import helping
from shenguan.spine.facts.deriving import Deriver
from shenguan.spine.facts.links import Links
from shenguan.spine.facts.shaping import Made, make

CHUNK = 2000
WORTH_SHARING = 50_000
"""Cases from which on several processes finish sooner, their start included."""


def processes_for(cases: int) -> int:
    """Return how many processes to use: one a core for much work, this one alone for little."""
    return min(os.cpu_count() or 1, 8) if cases >= WORTH_SHARING else 1


def made(
    chunks: Iterable[Sequence[int]], links: Links, on: date, *, processes: int = 1
) -> Iterator[tuple[int, Made]]:
    """Yield (number of cases, their tables) of each chunk, in the order given."""
    if processes > 1:
        yield from _made_together(chunks, links, on, processes)
        return
    deriver = Deriver(load(), on=on)
    for chunk in chunks:
        yield len(chunk), make(deriver, chunk, links.before(chunk))


def _made_together(
    chunks: Iterable[Sequence[int]], links: Links, on: date, processes: int
) -> Iterator[tuple[int, Made]]:
    """Let other processes make the rows; a few chunks ahead of the reader, never all of them."""
    pool = ProcessPoolExecutor(processes, get_context("spawn"), helping.begin, (on,))
    waiting: deque[tuple[int, Future[Made]]] = deque()
    with pool:
        for chunk in chunks:
            waiting.append((len(chunk), pool.submit(helping.work, chunk, links.before(chunk))))
            if len(waiting) > 2 * processes:
                count, future = waiting.popleft()
                yield count, future.result()
        while waiting:
            count, future = waiting.popleft()
            yield count, future.result()
