"""Who must keep out of a case by what only one program knows: each program adds its own at the start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date

from shenguan.spine.cases.models import Case

Barring = Callable[[Sequence[Case], Collection[int], date], dict[int, set[int]]]
"""Cases, ids of people and a day → case id → people who must keep out of it."""
_known: dict[str, Barring] = {}


def keeps_out(name: str, found: Barring) -> None:
    """Add one ground of keeping out."""
    _known[name] = found


def kept_out(cases: Sequence[Case], people: Collection[int], on: date) -> dict[int, set[int]]:
    """Return who of these people must keep out of which case, whatever the ground."""
    barred: dict[int, set[int]] = defaultdict(set)
    for found in _known.values():
        for case_id, whom in found(cases, people, on).items():
            barred[case_id] |= whom
    return barred
