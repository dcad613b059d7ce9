"""撤诉再诉: a suit withdrawn and brought again within sixty days, same court, same parties, same cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

WITHIN = timedelta(days=60)


class Suit(NamedTuple):
    """A first-instance case as far as it tells two suits apart; `on` is its closing or its filing.

    `parties` is what `party_mark` makes of the names.
    """

    case_id: int
    court_id: int
    cause: str
    parties: int
    on: date


def party_mark(names: Iterable[str]) -> int:
    """Return a number that is the same for the same names in any order, 0 for none.

    It holds within one process only: it stands for the names in memory, nowhere else.
    """
    present = tuple(sorted({name for name in names if name}))
    return (hash(present) or 1) if present else 0


def refilings(withdrawn: Iterable[Suit], filed: Iterable[Suit]) -> dict[int, int]:
    """Return, by the case filed again, the withdrawn one: of several the last to be withdrawn.

    Parties are the same whatever their roles: a counter-suit of the defendant isn't told from a second try.
    """
    gone: dict[tuple[int, str, int], list[Suit]] = defaultdict(list)
    for suit in withdrawn:
        if suit.parties:
            gone[suit[1:4]].append(suit)
    found: dict[int, int] = {}
    for suit in filed:
        before = [
            w
            for w in gone.get(suit[1:4], ())
            if w.on <= suit.on <= w.on + WITHIN and w.case_id != suit.case_id
        ]
        if before:
            found[suit.case_id] = max(before, key=lambda w: (w.on, w.case_id)).case_id
    return found
