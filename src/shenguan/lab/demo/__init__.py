"""What people of the demo city have done with the programs, so that every page has something to show.

Each filler puts plainly invented records in through its program's own services, never into tables. Fillers
run in this order after the first nightly run; the same seed gives the same records.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from shenguan.lab.demo import (
    appeals,
    approvals,
    assignment,
    attention,
    caseplans,
    casereview,
    desk,
    hearings,
    registering,
    reports,
    similar,
    supervision,
)


class Filler(Protocol):
    """Puts one program's records in as they would stand on a day; returns one Chinese line on what it did."""

    def __call__(self, *, on: date, now: datetime, seed: int) -> str:
        """Fill in what stands on the day `on`."""
        ...


FILLERS: tuple[Filler, ...] = (
    attention.fill,
    caseplans.fill,
    desk.fill,
    similar.fill,
    reports.fill,
    registering.fill,
    assignment.fill,
    hearings.fill,
    supervision.fill,
    appeals.fill,
    casereview.fill,
    approvals.fill,
)


def fill_all(*, on: date, now: datetime, seed: int, say: Callable[[str], None]) -> None:
    """Run every filler in order."""
    for filler in FILLERS:
        say(filler(on=on, now=now, seed=seed))
