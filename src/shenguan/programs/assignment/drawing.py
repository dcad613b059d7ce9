"""The draw itself: from a seed, a case number and weighted candidates to one of them, always the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

METHOD = "sha256-1"
EVEN, BALANCED = "等概率", "均衡"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A candidate with a whole, positive weight."""

    person_id: int
    name: str
    weight: int = 1


def pick(seed: str, number: str, tickets: Sequence[Ticket]) -> Ticket:
    """Return the candidate drawn; order of `tickets` doesn't matter. Raises `ValueError` when there are none."""
    ordered = sorted(tickets, key=lambda ticket: ticket.person_id)
    total = sum(ticket.weight for ticket in ordered)
    if total <= 0:
        raise ValueError("没有可以参加随机分案的审判人员")
    names = ",".join(f"{ticket.person_id}:{ticket.weight}" for ticket in ordered)
    digest = hashlib.sha256(f"{METHOD}|{seed}|{number}|{names}".encode()).hexdigest()
    at = int(digest, 16) % total
    for ticket in ordered:
        at -= ticket.weight
        if at < 0:
            return ticket
    raise AssertionError("unreachable")


def weighted(loads: Sequence[tuple[int, str, int]], way: str) -> list[Ticket]:
    """Return tickets of (person, name, cases in hand): alike, or the more the fewer one has in hand."""
    if way != BALANCED:
        return [Ticket(person, name) for person, name, _load in loads]
    most = max((load for _person, _name, load in loads), default=0)
    return [Ticket(person, name, most - load + 1) for person, name, load in loads]
